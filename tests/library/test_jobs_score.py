"""Listening for doubtful words, with an ear whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from editor.asr import Prepared
from editor.asr.forced import AlignedWord, ForcedAligner
from editor.asr.recogniser import Recogniser
from editor.asr.sounds_like import Place
from editor.document import RecognisedWord, Segment, Word
from editor.errors import JobCancelled
from editor.library import soundings
from editor.library.jobs_score import listen_for_doubts
from editor.store import Store
from tests.store.samples import new_transcript
from tests.support.speech import silence, write_wav


class StubRecogniser:
    """Finds every written "Alad" unlikely."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def forced_aligner(self, samples: Any, *, language: str) -> ForcedAligner:
        def force_align(words: Sequence[str]) -> list[AlignedWord]:
            self.asked.append(list(words))
            return [AlignedWord(0, 100, -7.0 if word == "Alad" else -0.1) for word in words]

        return force_align


class Seen:
    """Cancels when a checkpoint is passed for the `limit`-th time."""

    def __init__(self, limit: int = 99) -> None:
        self.left = limit

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        assert 0 <= fraction <= 1
        assert phase == "listen"

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise JobCancelled("job")


def word(text: str, at_ms: int, *heard: int) -> Word:
    return Word(text, at_ms, at_ms + 200, recognised_ids=heard)


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    path = write_wav(silence(9000), tmp_path / "work.wav")
    return Prepared(path, 9000, [], [(0, 3000), (3000, 6000), (6000, 9000)])


@pytest.fixture
def transcript_id(store: Store) -> str:
    """Three pieces of two words; the first and the last are heard otherwise."""
    made = new_transcript(
        store,
        [
            Segment("a", "met Alad", (word("met", 0, 0), word("Alad", 500, 1))),
            Segment("b", "in town", (word("in", 3100, 10_000), word("town", 3500, 10_001))),
            Segment("c", "with Alad", (word("with", 6100, 20_000), word("Alad", 6500, 20_001))),
        ],
    )
    for chunk, texts in enumerate((("met", "Elad"), ("in", "town"), ("with", "Elad"))):
        heard = [
            RecognisedWord(
                chunk * 10_000 + n,
                text,
                chunk * 3000 + 100 + n * 400,
                chunk * 3000 + 300 + n * 400,
                0.9,
                chunk,
            )
            for n, text in enumerate(texts)
        ]
        store.save_chunk(made, "r", chunk, chunk * 3000, chunk * 3000 + 3000, heard)
    return made


def listen(
    store: Store, transcript_id: str, prepared: Prepared, stub: StubRecogniser, seen: Seen
) -> None:
    recogniser = cast(Recogniser, stub)
    listen_for_doubts(store, transcript_id, "r", prepared, recogniser, language="en", progress=seen)


def test_words_in_doubt_are_told_both_ways_and_pieces_without_doubts_left_out(
    store: Store, transcript_id: str, prepared: Prepared
) -> None:
    stub = StubRecogniser()
    listen(store, transcript_id, prepared, stub, Seen())
    assert stub.asked == [["met", "Alad"], ["met", "Elad"], ["with", "Alad"], ["with", "Elad"]]
    listened = store.word_scores(transcript_id)
    assert listened.written == {"Alad": ((500, 700, -7.0), (6500, 6700, -7.0))}
    assert listened.recognised == {1: -0.1, 20_001: -0.1}
    assert store.scored_chunks(transcript_id, "r") == {0, 1, 2}


def test_terms_that_were_said_are_kept_with_the_chunk_of_their_words(
    store: Store, transcript_id: str, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Place] = []

    def terms_said(
        _: Prepared, places: Sequence[Place], terms: Sequence[str], **__: Any
    ) -> list[str]:
        asked.extend(places)
        assert terms == ["Elad Gil", "Elad", "Gil"]
        return ["Elad" for _ in places]

    monkeypatch.setattr(soundings, "terms_said", terms_said)
    recogniser = cast(Recogniser, StubRecogniser())
    listen_for_doubts(
        store,
        transcript_id,
        "r",
        prepared,
        recogniser,
        language="en",
        terms=["Elad Gil"],
        progress=Seen(),
    )
    # What is surely heard as it is written is not asked about; no neighbour is beyond a pause.
    assert [(one.written, one.recognised) for one in asked] == [(["Alad"], ["Elad"])] * 2
    assert [(one.before, one.after) for one in asked] == [("", ""), ("with", "")]
    told = store.word_scores(transcript_id).soundings
    assert told == {"Alad": ((500, 700, "Elad"), (6500, 6700, "Elad"))}


def test_a_job_that_was_cancelled_goes_on_at_the_next_piece(
    store: Store, transcript_id: str, prepared: Prepared
) -> None:
    with pytest.raises(JobCancelled):
        listen(store, transcript_id, prepared, StubRecogniser(), Seen(limit=5))
    assert store.scored_chunks(transcript_id, "r") == {0}
    stub = StubRecogniser()
    listen(store, transcript_id, prepared, stub, Seen())
    assert stub.asked == [["with", "Alad"], ["with", "Elad"]]
