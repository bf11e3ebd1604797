"""Names of a glossary found in what a real network hears of a synthetic voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.asr import Prepared
from editor.asr.sounds_like import Place, terms_said, window_of
from tests.bench.listening import Quiet
from tests.support.speech import Spoken, speak, write_wav

TERMS = ["Penhallow", "Rasmussen", "Seydisfjord", "Kerouac"]


@pytest.fixture(scope="module")
def spoken() -> Spoken:
    return speak("The captain told Penhallow that the harbour was empty.")


def prepared_of(spoken: Spoken, folder: Path) -> Prepared:
    path = write_wav(spoken, folder / "work.wav")
    return Prepared(path, spoken.duration_ms, [], [])


def place_of(spoken: Spoken, said: str, written: str) -> Place:
    """A place where `said` is said and something else is written."""
    at = [text for text, _, _ in spoken.words].index(said)
    (before, before_ms, _), (_, start_ms, end_ms), (after, _, after_ms) = spoken.words[
        at - 1 : at + 2
    ]
    window = window_of(start_ms, end_ms, before_ms, after_ms)
    return Place(start_ms, end_ms, written.split(), [], before, after, *window)


def test_a_term_that_was_said_is_found_where_another_word_is_written(
    spoken: Spoken, tmp_path: Path
) -> None:
    places = [
        place_of(spoken, "Penhallow", "Penelope,"),
        place_of(spoken, "Penhallow", "pen hollow"),
        # What is written was said, or is spelled as the term is.
        place_of(spoken, "harbour", "harbour"),
        place_of(spoken, "Penhallow", "penhallow."),
    ]
    prepared = prepared_of(spoken, tmp_path)
    said = terms_said(prepared, places, TERMS, language="en", progress=Quiet())
    assert said[0] == "Penhallow,"
    assert said[2:] == [None, None]
    # Also where it was recognised, as names that are expected often are, but unsurely.
    heard = replace(places[0], recognised=["Penhallow"])
    assert terms_said(prepared, [heard], TERMS, language="en", progress=Quiet()) == ["Penhallow,"]
    # Where what is written are words, a term must fit better than they do.
    sure = replace(places[1], least_gain=30.0)
    assert terms_said(prepared, [sure], TERMS, language="en", progress=Quiet()) == [None]


def test_nothing_is_told_without_terms_or_in_a_language_that_cannot_be_said(
    spoken: Spoken, tmp_path: Path
) -> None:
    places = [place_of(spoken, "Penhallow", "Penelope")]
    prepared = prepared_of(spoken, tmp_path)
    assert terms_said(prepared, places, [], language="en", progress=Quiet()) == [None]
    assert terms_said(prepared, places, TERMS, language="ja", progress=Quiet()) == [None]


def test_a_place_beyond_the_end_of_the_sound_has_none(spoken: Spoken, tmp_path: Path) -> None:
    place = place_of(spoken, "Penhallow", "Penelope")
    late = 10 * spoken.duration_ms
    gone = replace(place, start_ms=late, end_ms=late + 300, from_ms=late, until_ms=late + 300)
    prepared = prepared_of(spoken, tmp_path)
    assert terms_said(prepared, [gone], TERMS, language="en", progress=Quiet()) == [None]
