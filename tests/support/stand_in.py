"""Stands in for the worker, whose recognition is slow: what is heard is known beforehand.

A recording is made of tones, one a word. All else is as in the real one.
"""

from __future__ import annotations

import threading
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest import mock

import numpy as np
from argon2 import PasswordHasher

from editor import formats, media
from editor.accounts import Accounts
from editor.align.report import Coverage
from editor.config import Settings
from editor.document import RecognisedWord, Turn, Word, is_guessed, split_words
from editor.jobs import Queue
from editor.library import jobs_make, jobs_realign, jobs_speakers, project_file, transcripts
from editor.library.job_kinds import LISTEN, MAKE, SPEAKERS, TranscribeParams, transcribe_soon
from editor.library.recordings import PEAKS, folder_of
from editor.library.speakers import Heard
from editor.media import source
from editor.store import JobRow, Store
from editor.web import Services, uploads

RATE_HZ = 8000
WORD_MS = 300
STEP_MS = 400
_POLL_S = 0.02
#: So long what is listened to may be held back: a slow test holds it for longer than a short wait.
LONGEST_S = 120

#: Passwords in tests cost no time.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def write_recording(path: Path, word_count: int, *, rate_hz: int = RATE_HZ) -> None:
    """One tone for each word, as a WAV file."""
    clock = np.arange(rate_hz * STEP_MS // 1000 * word_count)
    tone = 12_000 * np.sin(clock * (2 * np.pi * 220 / rate_hz))
    is_word = clock % (rate_hz * STEP_MS // 1000) < rate_hz * WORD_MS // 1000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.asarray(tone * is_word, dtype="<i2").tobytes())


def placed_words(text: str, first_word: int) -> tuple[Word, ...]:
    """The words of a text on the tones from `first_word` on."""
    starts = range(first_word * STEP_MS, 10**9, STEP_MS)
    return tuple(
        Word(word, start_ms, start_ms + WORD_MS)
        for word, start_ms in zip(split_words(text), starts, strict=False)
    )


def draw_tones(settings: Settings, transcript_id: str, word_count: int) -> None:
    """Write the peaks of a recording of so many tones, as the worker does."""
    folder = folder_of(settings, transcript_id)
    folder.mkdir(parents=True, exist_ok=True)
    write_recording(folder / "tones", word_count, rate_hz=media.SAMPLE_RATE_HZ)
    media.write_peaks(folder / "tones", folder / PEAKS)
    (folder / "tones").unlink()


def services_for(settings: Settings, store: Store, queue: Queue) -> Services:
    """What the web room needs."""
    return Services(settings, store, Accounts(store, hasher=CHEAP), queue)


@contextmanager
def opened_here() -> Iterator[None]:
    """Let what is brought be opened in this process: one of its own takes 0.3 s for each file."""
    with ExitStack() as stack:
        for room in (project_file, transcripts, uploads):
            stack.enter_context(mock.patch.object(room, "read_apart", formats.read))
        stack.enter_context(mock.patch.object(media, "probe", source.probe))
        yield


class _Ears(Queue):
    """A queue that hands each job on at once."""

    def __init__(self, where: Path, run: Callable[[str], None]) -> None:
        super().__init__(where)
        self._run = run

    def enqueue(self, job_id: str, model: str = "") -> bool:
        self._run(job_id)
        return True


class Listener:
    """A worker that "listens", once `may_finish` is set; `heard` has what is heard otherwise."""

    def __init__(self, settings: Settings, store: Store, heard: dict[str, str]) -> None:
        self.settings, self.store, self.heard = settings, store, heard
        self.data_dir = settings.data_dir
        self.queue: Queue = _Ears(settings.data_dir / "queue.db", self._begin)
        self.may_finish = threading.Event()
        self.may_finish.set()
        self._is_over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listening: list[threading.Thread] = []
        self._patches = ExitStack()

    def create_transcript(
        self,
        media_path: Path,
        media_name: str,
        text: bytes | None,
        text_name: str | None,
        text_encoding: str | None,
        title: str | None,
        model: str,
        language: str | None,
    ) -> str:
        """As a person brings a recording and a text; it is heard then."""
        return transcripts.create_transcript(
            self.settings,
            self.store,
            media_path=media_path,
            media_name=media_name,
            text=text,
            text_name=text_name,
            text_encoding=text_encoding,
            title=title,
            model=model,
            language=language,
            queue=self.queue,
        )

    def start_transcription(self, transcript_id: str) -> None:
        """As a person has it heard again."""
        transcribe_soon(self.store, self.queue, transcript_id, TranscribeParams(model="base"))

    def hold(self) -> None:
        """Let what is heard end; what is heard from now on goes on until `may_finish` is set.

        A recording that is still heard would not be heard again, and might end at any moment.
        """
        for thread in self._listening:
            thread.join()
        self.may_finish.clear()

    def listen_to_edits(self) -> None:
        """From now on words with guessed times are "heard" 50 ms later than they were."""
        for name, value in {"model_at_hand": lambda *_: "base", "REST_MS": 0}.items():
            self._patches.enter_context(mock.patch.object(jobs_realign, name, value))
        self._start(self._watch, LISTEN, self._listen_again)

    def find_speakers(self, turns: Sequence[Turn]) -> None:
        """From now on these are who speaks when, whenever speakers are looked for."""
        heard = mock.patch.object(jobs_speakers, "_heard", return_value=Heard(tuple(turns)))
        self._patches.enter_context(heard)
        self._start(self._watch, SPEAKERS, self._find_speakers)

    def make_files(self) -> None:
        """From now on files that take long are made."""
        for kind in MAKE.values():
            self._start(self._watch, kind, self._make)

    def finish(self) -> None:
        """Let all jobs end, so that the store can be closed."""
        self.may_finish.set()
        for thread in self._threads:
            thread.join()

    def close(self) -> None:
        """The same, for good."""
        self._is_over.set()
        self.finish()
        self.queue.close()
        self._patches.close()

    def _start(self, run: Callable[..., None], *args: object) -> threading.Thread:
        self._threads.append(thread := threading.Thread(target=run, args=args))
        thread.start()
        return thread

    def _watch(self, kind: str, run: Callable[[JobRow], None]) -> None:
        while not self._is_over.wait(_POLL_S):
            for job_id in self.store.due_jobs(kinds=[kind]):
                job = self.store.claim_job(job_id, "test", 60_000)
                if job is not None:
                    run(job)

    def _listen_again(self, job: JobRow) -> None:
        self.may_finish.wait(LONGEST_S)
        item = str(job.transcript_id)
        timed = [
            (one.segment.id, one.segment.revision, tuple(map(_heard_later, one.segment.words)))
            for one in self.store.changes_since(item, job.params["since"]).segments
        ]
        self.store.update_times(item, timed)
        self.store.finish_job(job.id, job.fence)

    def _begin(self, job_id: str) -> None:
        job = self.store.claim_job(job_id, "test", 60_000)
        if job is None or job.transcript_id is None:
            return
        if self.store.transcript(job.transcript_id).recognition is None:
            self._place(job.transcript_id)
        self._listening.append(self._start(self._listen, job))

    def _find_speakers(self, job: JobRow) -> None:
        self.may_finish.wait(LONGEST_S)
        jobs_speakers.name_speakers(self.settings, self.store, job, mock.Mock())
        self.store.finish_job(job.id, job.fence)

    def _make(self, job: JobRow) -> None:
        jobs_make.make_file(self.settings, self.store, job, mock.Mock())
        self.store.finish_job(job.id, job.fence)

    def _place(self, transcript_id: str) -> None:
        """Put the words of a text on the tones, and draw these."""
        first_word, timed = 0, []
        for one in (stored.segment for stored in self.store.segments(transcript_id)):
            placed = zip(placed_words(one.text, first_word), one.words, strict=True)
            words = tuple(replace(new, ends_line=old.ends_line) for new, old in placed)
            timed.append((one.id, one.revision, words))
            first_word += len(one.words)
        self.store.update_times(transcript_id, timed)
        draw_tones(self.settings, transcript_id, first_word)

    def _listen(self, job: JobRow) -> None:
        self.store.report_progress(job.id, job.fence, 0.4, "hear", "", 4000)
        self.may_finish.wait(LONGEST_S)
        item = str(job.transcript_id)
        stored = [one.segment for one in self.store.segments(item)]
        words = [word for segment in stored for word in segment.words]
        heard = [
            RecognisedWord(i, self.heard.get(word.text, word.text), word.start_ms, word.end_ms, 0.9)
            for i, word in enumerate(words)
        ]
        self.store.save_chunk(item, job.id, 0, 0, len(words) * STEP_MS, heard)
        ids = count()
        timed = [
            (
                one.id,
                one.revision,
                tuple(replace(w, recognised_ids=(next(ids),)) for w in one.words),
            )
            for one in stored
        ]
        self.store.update_times(item, timed)
        coverage = Coverage(100, 96, 100, 96, unwritten_ms=12_000, unmatched_spans=())
        self.store.update_transcript(item, coverage=coverage.as_json())
        self.store.set_recognised_until(item, len(words) * STEP_MS)
        self.store.finish_job(job.id, job.fence)


def _heard_later(word: Word) -> Word:
    if not is_guessed(word):
        return word
    return replace(word, start_ms=word.start_ms + 50, end_ms=word.end_ms + 50, origin="listened")
