"""A changed glossary is looked for at once, with an ear whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from editor import weights
from editor.asr import PCM_FILE, Prepared
from editor.asr.sounds_like import Place
from editor.config import Settings
from editor.document import RecognisedWord, Segment, Word
from editor.library import soundings
from editor.library.jobs_terms import look_for_terms, look_for_terms_soon
from editor.library.recordings import folder_of
from editor.review import WordScores
from editor.store import Store
from tests.store.samples import new_transcript
from tests.support.speech import silence, write_wav


class Quiet:
    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


@pytest.fixture
def transcript_id(library: Store, settings: Settings) -> str:
    """Two words, one of them recognised otherwise and listened for, in a language known here."""
    words = (Word("met", 0, 200, recognised_ids=(0,)), Word("Alad", 500, 700, recognised_ids=(1,)))
    made = new_transcript(library, [Segment("a", "met Alad", words)])
    library.update_transcript(made, language="en", duration_ms=3000)
    heard = [RecognisedWord(0, "met", 0, 200, 0.9), RecognisedWord(1, "Elat", 500, 700, 0.9)]
    library.save_chunk(made, "r", 0, 0, 3000, heard)
    folder = folder_of(settings, made)
    folder.mkdir(parents=True)
    write_wav(silence(3000), folder / PCM_FILE)
    return made


@pytest.fixture(autouse=True)
def ear(monkeypatch: pytest.MonkeyPatch) -> None:
    def terms_said(_: Prepared, places: Sequence[Place], terms: Sequence[str], **__: Any) -> object:
        return ["Elad" if "Elad" in terms else None for _ in places]

    monkeypatch.setattr(soundings, "terms_said", terms_said)
    monkeypatch.setattr(weights, "phones_folder", lambda: "phones")
    monkeypatch.setattr(weights, "letter_to_sound_pack", {"en": "pack"}.get)


def test_a_term_given_later_becomes_a_reading_and_goes_with_its_term(
    library: Store, settings: Settings, transcript_id: str
) -> None:
    assert look_for_terms_soon(library, transcript_id) is None, "nothing is listened to yet"
    told = WordScores({"Alad": ((500, 700, -7.0),)}, {1: -0.1})
    library.save_word_scores(transcript_id, "r", 0, 0, 3000, told)
    since = library.transcript(transcript_id).seq
    for terms, reading in ((["Elad"], "Elad"), (["Elad"], "Elad"), ([], "Elat")):
        library.set_glossary(transcript_id, terms)
        job = look_for_terms_soon(library, transcript_id)
        assert job is not None
        look_for_terms(settings, library, job, Quiet())
        segments = library.segments(transcript_id)
        (doubt,) = library.review_context(transcript_id, segments).doubts["a"]
        assert doubt.heard == reading
    assert library.word_scores(transcript_id) == told
    changes = library.changes_since(transcript_id, since)
    assert [one.segment.id for one in changes.segments] == ["a"]
    library.update_transcript(transcript_id, language="xx")
    assert look_for_terms_soon(library, transcript_id) is None, "nothing says its words"
