"""Words typed into a transcript are listened for, with a real model on synthetic speech."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from editor.asr import PCM_FILE, ModelCache, prepare
from editor.config import Settings
from editor.document import RecognisedWord, Segment, Word
from editor.edits import Change, Splice, edit_text, set_times
from editor.edits.window import Window
from editor.jobs import Postponed
from editor.library import jobs_realign, recordings
from editor.library.job_kinds import LISTEN
from editor.store import JobRow, Store
from tests.store.samples import save_edit
from tests.support.clock import Clock, wait_for
from tests.support.fresh import fresh_store
from tests.support.segments import put_segments
from tests.support.speech import joined, silence, speak, write_wav

pytestmark = pytest.mark.model

SAID = (
    "The keeper of the lighthouse wrote every morning in his logbook.",
    "At low tide the rocks were dry, and the gulls came back.",
)


@dataclass
class Quiet:
    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


@dataclass
class Library:
    """A transcript with true times that lacks three words; `true_ms` are the starts of all."""

    settings: Settings
    store: Store
    clock: Clock
    transcript_id: str
    true_ms: list[int]

    def segment(self, number: int) -> Segment:
        return self.store.segments(self.transcript_id)[number].segment

    def write(self, number: int, text: str) -> int:
        """Save another text of a segment; gives the state before."""
        before_seq = self.store.transcript(self.transcript_id).seq
        segment = self.segment(number)

        def build(window: Window) -> Change:
            above, below = window.above(segment.id), window.below(segment.id)
            new = edit_text(
                window.segment(segment.id),
                text,
                before_ms=(above.end_ms or 0) if above else 0,
                after_ms=below.start_ms if below else None,
            )
            return Change("text", (Splice(above.id if above else None, (segment,), (new,)),))

        save_edit(self.store, self.transcript_id, build, base_revisions={})
        return before_seq

    def set_time(self, number: int, word: int, start_ms: int, end_ms: int) -> None:
        segment = self.segment(number)

        def build(window: Window) -> Change:
            timed = set_times(segment, word, word, start_ms, end_ms)
            return Change("times", (Splice(None, (segment,), (timed,)),))

        save_edit(self.store, self.transcript_id, build, base_revisions={})

    def jobs(self) -> list[JobRow]:
        all_jobs = self.store.jobs(self.transcript_id)
        return [job for job in all_jobs if job.kind == LISTEN]

    def listen(self, since: int) -> None:
        jobs_realign.listen_soon(self.settings, self.store, self.transcript_id, since=since)
        (job,) = self.jobs()
        model_cache = ModelCache(self.settings)
        jobs_realign.listen_again(self.settings, self.store, job, Quiet(), model_cache)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, int, int]]]:
    spoken = joined([speak(SAID[0]), silence(900), speak(SAID[1])])
    path = write_wav(spoken, tmp_path_factory.mktemp("sound") / "talk.wav")
    return path, list(spoken.words)


@pytest.fixture
def library(
    tmp_path: Path, recording: tuple[Path, list[tuple[str, int, int]]]
) -> Iterator[Library]:
    path, said = recording
    settings = Settings.from_env(
        {"TRANSCRIPT_EDITOR_DATA": str(tmp_path), "TRANSCRIPT_EDITOR_MODEL": "tiny.en"}
    )
    clock = Clock()
    store = fresh_store(settings.database_url, clock=clock)
    row = store.create_transcript(
        title="Talk", media_name="talk.wav", model="tiny.en", language="en"
    )
    folder = recordings.folder_of(settings, row.id)
    folder.mkdir(parents=True)
    prepare(path, folder, 0, Quiet())
    words = [Word(text, start, end, "heard", 0.9) for text, start, end in said]
    first, second = words[:5] + words[8:11], words[11:]
    segments = [
        Segment(f"s{n}", " ".join(word.text for word in line), tuple(line))
        for n, line in enumerate((first, second))
    ]
    put_segments(store, row.id, segments)
    store.save_chunk(row.id, "r", 0, 0, 9000, [RecognisedWord(0, "The", 0, 100, 0.9)])
    yield Library(settings, store, clock, row.id, [start for _, start, _ in said])
    store.close()


def test_typed_words_are_heard_where_they_are_said(library: Library) -> None:
    since = library.write(0, SAID[0])
    guessed = library.segment(0)
    assert [word.origin for word in guessed.words[5:8]] == ["placed"] * 3
    library.listen(since)
    heard = library.segment(0)
    assert heard.revision == guessed.revision
    assert [word.origin for word in heard.words[5:8]] == ["listened"] * 3
    for word, true_ms in zip(heard.words, library.true_ms, strict=False):
        assert abs(word.start_ms - true_ms) <= 100, word
    assert heard.words[:5] + heard.words[8:] == guessed.words[:5] + guessed.words[8:]


def test_sound_that_was_cleaned_up_is_decoded_again(
    library: Library, recording: tuple[Path, list[tuple[str, int, int]]]
) -> None:
    folder = recordings.folder_of(library.settings, library.transcript_id)
    (folder / PCM_FILE).unlink()
    since = library.write(0, SAID[0])
    library.listen(since)
    assert library.segment(0).words[5].origin == "placed"
    (folder / "original.wav").write_bytes(recording[0].read_bytes())
    name = recordings.name_in(library.settings, folder / "original.wav")
    library.store.update_transcript(library.transcript_id, media_path=name)
    library.listen(since)
    assert [word.origin for word in library.segment(0).words[5:8]] == ["listened"] * 3


def test_words_that_are_not_said_and_locked_ones_stay(library: Library) -> None:
    since = library.write(1, "At low tide the vegetarian rocks were dry, and the gulls came back.")
    guessed = library.segment(1)
    library.listen(since)
    assert library.segment(1) == guessed
    since = library.write(0, SAID[0])
    library.set_time(0, 6, 1800, 1850)
    by_hand = library.segment(0).words[6]
    library.listen(since)
    words = library.segment(0).words
    assert words[6] == by_hand
    assert words[7].origin == "listened"


def test_undo_history_and_redo_know_nothing_of_it(library: Library) -> None:
    since = library.write(1, "At low tide the stony rocks were dry, and the gulls came back.")
    steps = len(library.store.revisions(library.transcript_id))
    library.listen(since)
    assert len(library.store.revisions(library.transcript_id)) == steps
    library.store.undo(library.transcript_id)
    assert library.segment(1).text == SAID[1]
    assert [word.start_ms for word in library.segment(1).words] == library.true_ms[11:]


def test_what_changed_meanwhile_keeps_its_own_times(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = library.write(0, "The keeper of the lighthouse penned every morning in his logbook.")
    neighbours = library.store.neighbours

    def changed_meanwhile(
        transcript_id: str, segment_id: str
    ) -> tuple[Segment | None, Segment | None]:
        found = neighbours(transcript_id, segment_id)
        library.write(0, "The keeper penned.")
        return found

    monkeypatch.setattr(library.store, "neighbours", changed_meanwhile)
    library.listen(since)
    monkeypatch.undo()
    assert library.segment(0).text == "The keeper penned."


def test_it_is_merged_waits_and_lets_a_transcription_go_first(library: Library) -> None:
    since = library.write(0, SAID[0])

    def start() -> None:
        jobs_realign.listen_soon(
            library.settings, library.store, library.transcript_id, since=since
        )

    start()
    start()
    (job,) = library.jobs()
    assert list(library.store.due_jobs()) == []
    library.clock.ms += jobs_realign.REST_MS
    assert list(library.store.due_jobs()) == [job.id]
    claimed = library.store.claim_job(job.id, "w", 60_000)
    assert claimed is not None
    start()
    start()
    assert sorted(one.state for one in library.jobs()) == ["queued", "running"]
    other = library.store.create_job("transcribe", library.transcript_id)
    model_cache = ModelCache(library.settings)
    with pytest.raises(Postponed):
        jobs_realign.listen_again(library.settings, library.store, claimed, Quiet(), model_cache)
    library.store.request_cancel(other.id)
    jobs_realign.listen_again(library.settings, library.store, claimed, Quiet(), model_cache)
    library.store.finish_job(claimed.id, claimed.fence)
    start()
    assert all(one.is_active for one in library.jobs())


def test_without_a_model_or_when_switched_off_nothing_is_asked(library: Library) -> None:
    row = library.store.transcript(library.transcript_id)
    assert jobs_realign.model_at_hand(library.settings, row) == "tiny.en"
    off = replace(library.settings, listens_again=False)
    other = replace(library.settings, model="large-v3")
    assert jobs_realign.model_at_hand(off, row) is None
    assert jobs_realign.model_at_hand(other, replace(row, model="large-v3")) is None
    jobs_realign.listen_soon(off, library.store, library.transcript_id, since=0)
    assert library.jobs() == []


def test_the_model_is_kept_a_while_and_then_let_go(library: Library) -> None:
    model_cache = ModelCache(library.settings, idle_s=0.2)
    with model_cache.recogniser("tiny.en", Quiet()) as first:
        pass
    with model_cache.recogniser("tiny.en", Quiet()) as again:
        assert again is first
    assert model_cache.is_loaded
    wait_for(lambda: not model_cache.is_loaded, 5)
