"""Real models on speech whose word times are known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from statistics import median

import pytest
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from editor import weights
from editor.align import comparable, link_words
from editor.asr.forced.phones import phone_network
from editor.asr.forced.pocketsphinx import PocketSphinxAligner, is_installed
from editor.asr.recogniser import Recogniser
from editor.config import Settings
from editor.document import RecognisedWord
from tests.support.robot import say
from tests.support.speech import joined, silence, speak

pytestmark = pytest.mark.model

TEXT = "The keeper of the lighthouse wrote every morning what he had seen in the night."
MORE = "One day a stranger came up the stairs and asked him for a glass of water."
needs_phones = pytest.mark.skipif(
    phone_network() is None, reason="the extra phones is not installed"
)
needs_pocketsphinx = pytest.mark.skipif(
    not is_installed(), reason="pocketsphinx has no wheel for this Python"
)


@cache
def recogniser(model: str) -> Recogniser:
    settings = Settings.from_env({})
    return Recogniser(weights.ensure(model, settings.models_dir), name=model, device="cpu")


SPOKEN = joined([silence(700), speak(TEXT), silence(900), speak(MORE), silence(400)])


def recognised_by(model: str) -> list[RecognisedWord]:
    return list(recogniser(model).recognise(SPOKEN.samples, language="en", start_ms=5000, chunk=3))


def errors_ms(recognised: list[RecognisedWord]) -> list[int]:
    """How far the words that were recognised right begin from where they do."""
    links = link_words(
        [comparable(text) for text, _, _ in SPOKEN.words], [comparable(w.text) for w in recognised]
    )
    errors = [
        recognised[link.recognised_first].start_ms - 5000 - SPOKEN.words[link.written_first][1]
        for link in links
        if link.kind == "equal"
    ]
    assert len(errors) > 15
    return errors


@pytest.mark.parametrize("model", ["base", "tiny.en"])
def test_recognised_words_begin_near_where_they_are_said(model: str) -> None:
    errors = errors_ms(recognised_by(model))
    assert abs(median(errors)) < 80
    assert median(abs(error - median(errors)) for error in errors) < 50


def test_chunks_recognised_at_the_same_time_are_recognised_as_alone() -> None:
    alone = recognised_by("tiny.en")
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(recognised_by, ["tiny.en"] * 2)) == [alone, alone]


def test_where_no_spaces_are_written_each_grapheme_has_its_own_time() -> None:
    text = "孩子们在院子里高兴地唱歌跳舞"
    samples, begins = say(text, "cmn")
    whisper = recogniser("base")._model
    language = Tokenizer(whisper.hf_tokenizer, True, task="transcribe", language="zh")
    features = whisper.feature_extractor(samples)
    encoded = whisper.encode(pad_or_trim(features))
    tokens = language.encode(text)
    (words,) = whisper.find_alignment(language, [tokens], encoded, features.shape[-1])
    assert [word["word"] for word in words] == list(text)
    # A segment has all its words once their tokens are as many as its own.
    assert [token for word in words for token in word["tokens"]] == tokens
    errors = [abs(words[place]["start"] * 1000 - begin) for place, begin in begins.items()]
    assert sorted(errors)[-2] < 80
    # With spaces these are more than can be aligned at once, without them not.
    (words,) = whisper.find_alignment(language, [tokens * 16], encoded, features.shape[-1])
    assert [word["word"] for word in words] == list(text * 16)


@pytest.mark.parametrize(
    "aligner",
    [
        pytest.param("phones", marks=needs_phones),
        pytest.param("pocketsphinx", marks=needs_pocketsphinx),
    ],
)
def test_aligned_again_they_begin_nearer(aligner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recognised = recognised_by("base")
    if aligner == "pocketsphinx":
        monkeypatch.setattr("editor.asr.recogniser.phone_aligner", lambda language: None)
    again = recogniser("base").refine_times(
        SPOKEN.samples, recognised, language="en", start_ms=5000, silences=[]
    )
    assert [(word.id, word.text) for word in again] == [(word.id, word.text) for word in recognised]
    assert {word.aligner for word in again} - {"attention"} == {aligner}
    errors = errors_ms(again)
    assert sorted(abs(error - median(errors)) for error in errors)[-2] < 90


@needs_pocketsphinx
def test_words_that_are_not_said_are_not_found() -> None:
    aligner = PocketSphinxAligner()
    assert aligner.align(SPOKEN.samples[:8000], [word for word, _, _ in SPOKEN.words]) == [
        None
    ] * len(SPOKEN.words)
    assert aligner.align(SPOKEN.samples, ["—"]) == [None]


@needs_pocketsphinx
def test_a_word_without_any_sound_left_for_it_is_not_found() -> None:
    assert PocketSphinxAligner().align(SPOKEN.samples[:0], ["well", "then"]) == [None, None]


@needs_pocketsphinx
def test_a_word_no_dictionary_has_is_found() -> None:
    said = speak("We went to Brixworth and then home.")
    times = PocketSphinxAligner().align(said.samples, [word for word, _, _ in said.words])
    for time, (_, start, _) in zip(times, said.words, strict=True):
        assert time is not None
        assert abs(time[0] - start) < 120


@needs_pocketsphinx
def test_where_there_is_no_sound_the_forced_aligner_finds_nothing() -> None:
    assert PocketSphinxAligner().align(SPOKEN.samples[:0], ["keeper", "lighthouse"]) == [None, None]
