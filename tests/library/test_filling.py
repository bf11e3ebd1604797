"""A recording alone fills its text piece by piece; heard is a word in each tone."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest

from editor import edits
from editor.asr import Chunk, ModelCache, Progress, model_cache
from editor.config import Settings
from editor.document import Segment
from editor.edits import Change, Splice
from editor.edits.window import Window
from editor.errors import JobCancelled
from editor.library import chunks, jobs_transcribe, transcripts
from editor.store import JobRow, Store
from editor.web.schemas.serialize import doubts_in
from tests.bench.listening import Quiet
from tests.faults.program import QuickRecogniser
from tests.store.samples import save_edit
from tests.support.fresh import fresh_store
from tests.support.library import settings_for
from tests.support.machines import job_of
from tests.support.stand_in import write_recording

#: Three pieces: 30 s, 2 minutes, and the rest.
WORD_COUNT = 800


@dataclass
class Talk:
    """A recording without a text, and what is done while it is heard."""

    settings: Settings
    store: Store
    job: JobRow
    seen: list[int] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.job.transcript_id)

    def segments(self) -> list[Segment]:
        return [one.segment for one in self.store.segments(self.id)]

    def words(self) -> list[str]:
        return " ".join(segment.text for segment in self.segments()).split()

    def hear(self, *between: Callable[[], object]) -> None:
        """Run the job; after each piece something is done, if there is."""
        todo = iter(between)

        def hear(transcription: chunks.Transcription, progress: Progress) -> Generator[Chunk]:
            for chunk in chunks.recognise_alone(transcription, progress):
                yield chunk
                self.seen.append(len(self.segments()))
                next(todo, lambda: None)()

        model_cache = ModelCache(self.settings)
        with mock.patch.object(jobs_transcribe, "recognise_together", hear):
            jobs_transcribe.transcribe(self.settings, self.store, self.job, Quiet(), model_cache)

    def write(self, text: str, after_id: str | None) -> None:
        """Write a line as a person does."""

        def build(window: Window) -> Change:
            above = window.segment(after_id) if after_id else None
            before_ms = (above.end_ms or 0) if above else 0
            line = edits.new_segment(text, text, before_ms=before_ms, after_ms=None)
            return Change("insert", (Splice(after_id, (), (line,)),))

        save_edit(self.store, self.id, build, base_revisions={})

    def delete(self, segment: Segment, after_id: str | None) -> None:
        """Delete a segment as a person does."""
        change = Change("delete", (Splice(after_id, (segment,), ()),))
        save_edit(self.store, self.id, lambda _: change, base_revisions={})


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    settings = settings_for(tmp_path / "data")
    store = fresh_store(settings.database_url)
    monkeypatch.setattr(jobs_transcribe, "_HEARD_PER_ALIGNED", 0)
    with mock.patch.object(model_cache, "load_recogniser", return_value=QuickRecogniser()):
        yield Talk(settings, store, job_of(settings, store, tmp_path, WORD_COUNT))
    store.close()


def test_the_text_grows_piece_by_piece_and_what_is_typed_meanwhile_stays(talk: Talk) -> None:
    talk.write("My own heading stands above all of it", None)
    talk.hear(
        lambda: talk.write("and a line below what was heard", talk.segments()[-1].id),
        lambda: talk.delete(talk.segments()[1], talk.segments()[0].id),
    )
    assert talk.seen == sorted(set(talk.seen))
    assert talk.seen[0] > 1
    texts = [segment.text for segment in talk.segments()]
    assert texts[0].startswith("My own heading")
    assert texts.index("and a line below what was heard") == talk.seen[0] - 1
    # All but what was deleted, and nothing twice.
    heard = [word for word in talk.words() if word.startswith("word")]
    assert len(talk.store.recognised_words(talk.id)) - len(heard) == 24
    row = talk.store.transcript(talk.id)
    assert (row.generated_until_ms, row.recognised_until_ms) == (row.duration_ms, row.duration_ms)


def test_a_line_typed_and_taken_back_fails_nothing(talk: Talk) -> None:
    def type_and_undo() -> None:
        talk.write("Hello", None)
        talk.store.undo(talk.id)

    type_and_undo()
    talk.hear(type_and_undo, type_and_undo)
    assert len(talk.words()) == len(talk.store.recognised_words(talk.id))


def test_what_was_heard_before_a_cancel_stays_and_is_gone_on_from(talk: Talk) -> None:
    def cancel() -> None:
        raise JobCancelled(talk.job.id)

    with pytest.raises(JobCancelled):
        talk.hear(lambda: None, cancel)
    before = talk.segments()
    row = talk.store.transcript(talk.id)
    assert row.duration_ms
    assert 0 < row.recognised_until_ms < row.duration_ms
    assert row.generated_until_ms == row.recognised_until_ms
    assert len(before) == talk.seen[-1]
    # Another recognition hears all of it, and writes what is not there yet.
    talk.store.request_cancel(talk.job.id)
    talk.job = talk.store.create_job("transcribe", talk.id, {"model": "base", "language": "en"})
    talk.hear()
    assert talk.segments()[: len(before)] == before
    assert len(talk.words()) == len(talk.store.recognised_words(talk.id))


def test_only_what_is_recognised_is_in_doubt(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "again.wav"
    write_recording(path, WORD_COUNT)
    lines = [" ".join(f"word{n % 40}" for n in range(at, at + 10)) for at in range(0, 790, 10)]
    lines[1] = "something that nobody said at all"
    transcript_id = transcripts.create_transcript(
        talk.settings,
        talk.store,
        media_path=path,
        media_name="again.wav",
        text="\n".join([*lines, "Notes that nobody reads out"]).encode(),
        text_name="again.txt",
        text_encoding=None,
        title=None,
        model="base",
        language="en",
    )
    talk.job = talk.store.create_job("transcribe", transcript_id, {"model": "base"})
    settled: list[tuple[int, int]] = []

    def doubted() -> dict[str, int]:
        stored = talk.store.segments(transcript_id)
        found = doubts_in(talk.store, transcript_id, stored)
        segments = [one.segment for one in stored if one.segment.id in found]
        return {segment.text: segment.words[-1].start_ms for segment in segments}

    def look() -> None:
        row = talk.store.transcript(transcript_id)
        settled.append((row.recognised_until_ms, row.seq))
        found = doubted()
        assert lines[1] in found
        assert max(found.values()) < row.recognised_until_ms

    talk.hear(look, look)
    assert settled == sorted(set(settled))
    assert "Notes that nobody reads out" in doubted()
    # Whoever listens learns of it, though its times are what they were.
    news = talk.store.changes_since(transcript_id, settled[-1][1])
    assert "Notes that nobody reads out" in [one.segment.text for one in news.segments]


def test_a_text_of_which_nothing_is_left_is_written_anew(talk: Talk) -> None:
    talk.hear()
    words = talk.words()
    everything = tuple(talk.segments())
    change = Change("delete", (Splice(None, everything, ()),))
    save_edit(talk.store, talk.id, lambda _: change, base_revisions={})
    talk.job = talk.store.create_job("transcribe", talk.id, {"model": "base", "trusted": True})
    talk.hear()
    assert talk.words() == words
