"""Stands in for the pipeline, whose recognition is slow: what is heard is known beforehand.

A recording is made of tones, one a word. All else is as in the real one.
"""

from __future__ import annotations

import threading
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import numpy as np
from argon2 import PasswordHasher

from editor.accounts import Accounts
from editor.align.report import Coverage
from editor.captions import Rules
from editor.config import Settings
from editor.document import RecognisedWord, Segment, Transcript, Word, is_guessed, split_words
from editor.edits import Change, retimed
from editor.edits.window import Window
from editor.formats import read
from editor.formats.exports import Batch, Captioned, Exported, Options, captioned
from editor.library import export, project_file
from editor.store import Applied, Store
from editor.web import ModelState, Services
from tests.store.samples import save_edit

RATE_HZ = 8000
WORD_MS = 300
STEP_MS = 400

#: Passwords in tests cost no time.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def write_recording(path: Path, word_count: int) -> None:
    """One tone for each word, as a WAV file."""
    clock = np.arange(RATE_HZ * STEP_MS // 1000 * word_count)
    tone = 12_000 * np.sin(clock * (2 * np.pi * 220 / RATE_HZ))
    is_word = clock % (RATE_HZ * STEP_MS // 1000) < RATE_HZ * WORD_MS // 1000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.asarray(tone * is_word, dtype="<i2").tobytes())


def placed_words(text: str, first_word: int) -> tuple[Word, ...]:
    """The words of a text on the tones from `first_word` on."""
    starts = range(first_word * STEP_MS, 10**9, STEP_MS)
    return tuple(
        Word(word, start_ms, start_ms + WORD_MS)
        for word, start_ms in zip(split_words(text), starts, strict=False)
    )


@dataclass
class Pipeline:
    """Gives a text its times at once, and keeps the jobs it is asked for in `queued`."""

    store: Store
    data_dir: Path
    queued: list[str] = field(default_factory=list)
    is_listening: bool = False
    listened_since: list[int] = field(default_factory=list)
    exported: list[str] = field(default_factory=list)

    def create_transcript(
        self,
        media_upload_path: Path,
        media_name: str,
        text_bytes: bytes | None,
        text_name: str | None,
        text_encoding: str | None,
        title: str | None,
        model: str,
        language: str | None,
        is_trusted: bool = False,
        track: int | None = None,
    ) -> str:
        text = read(text_bytes, text_name or "", encoding=text_encoding) if text_bytes else None
        row = self.store.create_transcript(
            title=title or media_name,
            media_name=media_name,
            model=model,
            language=language,
            imported_format=text.format if text else None,
        )
        path = Path("media") / row.id / f"original{Path(media_name).suffix}"
        (self.data_dir / path).parent.mkdir(parents=True)
        media_upload_path.rename(self.data_dir / path)
        segments, word_count = [], 0
        for number, draft in enumerate(text.drafts if text else ()):
            words = placed_words(draft.text, word_count)
            segments.append(Segment(f"s{number}", draft.text, words))
            word_count += len(words)
        self.store.replace_all_segments(row.id, segments)
        self.store.update_transcript(
            row.id, media_path=path.as_posix(), duration_ms=word_count * STEP_MS, has_video=False
        )
        self.start_transcription(
            row.id, model=model, language=language, is_trusted=is_trusted, track=track
        )
        return row.id

    def start_transcription(
        self,
        transcript_id: str,
        *,
        model: str,
        language: str | None,
        is_trusted: bool = False,
        track: int | None = None,
    ) -> str:
        job = self.store.create_job(
            "transcribe",
            transcript_id,
            {"model": model, "language": language, "trusted": is_trusted, "track": track},
            unique_key=f"transcribe:{transcript_id}",
        )
        self.enqueue(job.id)
        return job.id

    def enqueue(self, job_id: str, model: str = "") -> bool:
        self.queued.append(job_id)
        return True

    def is_reachable(self) -> bool:
        return True

    def listen_soon(self, transcript_id: str, *, since: int) -> None:
        self.listened_since.append(since)

    def read_peaks(
        self, transcript_id: str, *, level: int, start_ms: int, end_ms: int
    ) -> bytes | None:
        duration_ms = self.store.transcript(transcript_id).duration_ms
        if duration_ms is None:
            return None
        first, after = (ms * level // 1000 for ms in (start_ms, min(end_ms, duration_ms)))
        begin_ms = np.arange(first, after) * 1000 // level % STEP_MS
        loud = np.where(begin_ms < WORD_MS, 47, 0).astype(np.int8)
        return np.stack([-loud, loud], axis=1).tobytes()

    def export_file(self, transcript_id: str, *, format_name: str, options: Options) -> Exported:
        self.exported.append(format_name)
        stored = [one.segment for one in self.store.segments(transcript_id)]
        lines = [f"{segment.start_ms} {segment.text}" for segment in stored]
        head = f"{format_name} {options.rules.name} {options.offset_ms} {options.is_retimed}"
        head += " mended" if options.is_mended else ""
        text = "\n".join([head, *lines, ""])
        return Exported(text.encode(), f".{format_name}", "application/x-subrip")

    def mend_times(
        self,
        transcript_id: str,
        *,
        edit_id: str | None,
        author: str | None = None,
        client: str | None = None,
    ) -> Applied:
        """All begin 1 s later."""

        def build(window: Window) -> Change:
            old = list(window.segments)
            return retimed(old, [replace(one, words=_later(one.words)) for one in old])

        return save_edit(
            self.store,
            transcript_id,
            build,
            base_revisions={},
            author=author,
            client=client,
            edit_id=edit_id,
        )

    def export_several(
        self, transcript_ids: Sequence[str], *, format_name: str, options: Options
    ) -> Batch:
        return export.export_several(
            self.store, transcript_ids, format_name=format_name, options=options
        )

    def captions_of(self, transcript_id: str, rules: Rules) -> Captioned:
        self.store.transcript(transcript_id)
        segments = tuple(one.segment for one in self.store.segments(transcript_id))
        return captioned(Transcript(segments), rules, "en")


class Listener(Pipeline):
    """Also "listens", once `may_finish` is set; `heard` has what is heard otherwise."""

    def __init__(self, store: Store, data_dir: Path, heard: dict[str, str]) -> None:
        super().__init__(store, data_dir)
        self.heard = heard
        self.may_finish = threading.Event()
        self.may_finish.set()
        self._threads: list[threading.Thread] = []

    def enqueue(self, job_id: str, model: str = "") -> bool:
        super().enqueue(job_id)
        self._threads.append(threading.Thread(target=self._listen, args=(job_id,)))
        self._threads[-1].start()
        return True

    def listen_soon(self, transcript_id: str, *, since: int) -> None:
        """Words with guessed times are "heard" 50 ms later than they were."""
        super().listen_soon(transcript_id, since=since)
        if self.is_listening:
            self._threads.append(
                threading.Thread(target=self._listen_again, args=(transcript_id, since))
            )
            self._threads[-1].start()

    def _listen_again(self, transcript_id: str, since: int) -> None:
        self.may_finish.wait(20)
        timed = [
            (one.segment.id, one.segment.revision, tuple(map(_heard_later, one.segment.words)))
            for one in self.store.changes_since(transcript_id, since).segments
        ]
        self.store.update_times(transcript_id, timed)

    def finish(self) -> None:
        """Let all jobs end, so that the store can be closed."""
        self.may_finish.set()
        for thread in self._threads:
            thread.join()

    def _listen(self, job_id: str) -> None:
        job = self.store.claim_job(job_id, "test", 60_000)
        if job is None or job.transcript_id is None:
            return
        self.store.report_progress(job_id, job.fence, 0.4, "hear", "", 4000)
        self.may_finish.wait(20)
        stored = [one.segment for one in self.store.segments(job.transcript_id)]
        words = [word for segment in stored for word in segment.words]
        heard = [
            RecognisedWord(i, self.heard.get(word.text, word.text), word.start_ms, word.end_ms, 0.9)
            for i, word in enumerate(words)
        ]
        self.store.save_chunk(job.transcript_id, job.id, 0, 0, len(words) * STEP_MS, heard)
        ids = count()
        timed = [
            (
                one.id,
                one.revision,
                tuple(replace(w, recognised_ids=(next(ids),)) for w in one.words),
            )
            for one in stored
        ]
        self.store.update_times(job.transcript_id, timed)
        coverage = Coverage(100, 96, 100, 96, unwritten_ms=12_000, unmatched_spans=())
        self.store.update_transcript(job.transcript_id, coverage=coverage.as_json())
        self.store.set_recognised_until(job.transcript_id, len(words) * STEP_MS)
        self.store.finish_job(job_id, job.fence)


def _later(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(
        replace(word, start_ms=word.start_ms + 1000, end_ms=word.end_ms + 1000) for word in words
    )


def _heard_later(word: Word) -> Word:
    if not is_guessed(word):
        return word
    return replace(word, start_ms=word.start_ms + 50, end_ms=word.end_ms + 50, origin="listened")


def services(settings: Settings, pipeline: Pipeline, models: Sequence[ModelState]) -> Services:
    """What the web room needs, made of the stand-in."""
    return Services(
        settings=settings,
        store=pipeline.store,
        accounts=Accounts(pipeline.store, hasher=CHEAP),
        queue=pipeline,
        read_text=read,
        create_transcript=pipeline.create_transcript,
        start_transcription=pipeline.start_transcription,
        listens_again=lambda transcript_id: pipeline.is_listening,
        listen_soon=pipeline.listen_soon,
        delete_transcript=pipeline.store.delete_transcript,
        read_peaks=pipeline.read_peaks,
        mend_times=pipeline.mend_times,
        export_file=pipeline.export_file,
        pack=lambda item, out: project_file.pack(settings, pipeline.store, item, out),
        unpack=lambda path, *, named: project_file.unpack(
            settings, pipeline.store, path, named=named
        ),
        export_several=pipeline.export_several,
        captions_of=pipeline.captions_of,
        list_models=lambda: models,
    )
