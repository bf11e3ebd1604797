"""The real server on a free port, with a pipeline that knows the recording beforehand.

Only recognition, slow and far, is stood in for: the recording is made of tones, one a word, and
what would be heard in it is given with it.
"""

from __future__ import annotations

import threading
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np
from waitress.server import create_server

from editor.config import Settings
from editor.document import DraftSegment, HeardWord, Segment, Word, split_words
from editor.formats import Problem
from editor.store import Store, open_store
from editor.web import ModelState, Services, Streams, create_app

RATE_HZ = 8000
WORD_MS = 300
STEP_MS = 400
STATIC = Path(__file__).resolve().parents[2] / "static"


@dataclass(frozen=True)
class TextRead:
    format: str
    encoding: str
    encoding_is_guess: bool
    drafts: Sequence[DraftSegment]
    problems: Sequence[Problem] = ()


def read_lines(data: bytes, name: str, *, encoding: str | None = None) -> TextRead:
    """One segment a line."""
    lines = data.decode(encoding or "utf-8").splitlines()
    return TextRead("txt", encoding or "utf-8", encoding is None, [DraftSegment(x) for x in lines])


def recording(word_count: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """One tone for each word: samples int16 (n,), mono, 8 kHz."""
    clock = np.arange(RATE_HZ * STEP_MS // 1000 * word_count)
    tone = 12_000 * np.sin(clock * (2 * np.pi * 220 / RATE_HZ))
    is_word = clock % (RATE_HZ * STEP_MS // 1000) < RATE_HZ * WORD_MS // 1000
    return np.asarray(tone * is_word, dtype=np.int16)


def write_recording(path: Path, word_count: int) -> None:
    """The same as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(recording(word_count).tobytes())


def placed_words(text: str, first_word: int) -> tuple[Word, ...]:
    """The words of a text on the tones from `first_word` on."""
    starts = range(first_word * STEP_MS, 10**9, STEP_MS)
    return tuple(
        Word(word, start_ms, start_ms + WORD_MS)
        for word, start_ms in zip(split_words(text), starts, strict=False)
    )


class Pipeline:
    """Gives the text its times at once and then "listens", when `may_finish` is set."""

    def __init__(self, store: Store, data_dir: Path, heard: dict[str, str]) -> None:
        self.store, self.data_dir, self.heard = store, data_dir, heard
        self.may_finish = threading.Event()
        self.may_finish.set()

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
    ) -> str:
        row = self.store.create_transcript(
            title=title or media_name, media_name=media_name, model=model, language=language
        )
        path = Path("media") / f"{row.id}{Path(media_name).suffix}"
        (self.data_dir / path).parent.mkdir(parents=True, exist_ok=True)
        media_upload_path.rename(self.data_dir / path)
        drafts = read_lines(text_bytes or b"", "", encoding=text_encoding).drafts
        segments, word_count = [], 0
        for number, draft in enumerate(drafts):
            words = placed_words(draft.text, word_count)
            segments.append(Segment(f"s{number}", draft.text, words))
            word_count += len(words)
        self.store.replace_all_segments(row.id, segments)
        self.store.update_transcript(
            row.id, media_path=str(path), duration_ms=word_count * STEP_MS, has_video=False
        )
        self.start_transcription(row.id, model=model, language=language)
        return row.id

    def start_transcription(self, transcript_id: str, *, model: str, language: str | None) -> str:
        job = self.store.create_job(
            "transcribe",
            transcript_id,
            {"model": model, "language": language},
            unique_key=transcript_id,
        )
        self.enqueue(job.id)
        return job.id

    def enqueue(self, job_id: str) -> None:
        threading.Thread(target=self._listen, args=(job_id,), daemon=True).start()

    def _listen(self, job_id: str) -> None:
        job = self.store.claim_job(job_id, "test", 60_000)
        if job is None or job.transcript_id is None:
            return
        self.store.report_progress(job_id, job.fence, 0.4, "listening", "Listening", 4000)
        self.may_finish.wait(20)
        stored = [one.segment for one in self.store.segments(job.transcript_id)]
        words = [word for segment in stored for word in segment.words]
        heard = [
            HeardWord(i, self.heard.get(word.text, word.text), word.start_ms, word.end_ms, 0.9)
            for i, word in enumerate(words)
        ]
        self.store.save_piece(job.transcript_id, job.id, 0, 0, len(words) * STEP_MS, heard)
        ids = count()
        timed = [
            (one.id, one.revision, tuple(replace(w, heard=(next(ids),)) for w in one.words))
            for one in stored
        ]
        self.store.update_times(job.transcript_id, timed)
        coverage = {"written_share": 0.96, "unwritten_ms": 12_000, "passages": []}
        self.store.update_transcript(job.transcript_id, coverage=coverage)
        self.store.finish_job(job_id, job.fence)

    def read_peaks(self, transcript_id: str, *, level: int, start_ms: int, end_ms: int) -> bytes:
        duration_ms = self.store.transcript(transcript_id).duration_ms or 0
        first, after = (ms * level // 1000 for ms in (start_ms, min(end_ms, duration_ms)))
        begin_ms = np.arange(first, after) * 1000 // level % STEP_MS
        loud = np.where(begin_ms < WORD_MS, 47, 0).astype(np.int8)
        return np.stack([-loud, loud], axis=1).tobytes()

    def export_text(self, transcript_id: str, *, format_name: str, preset: str) -> str:
        return "".join(
            f"{one.segment.start_ms} {one.segment.text}\n"
            for one in self.store.segments(transcript_id)
        )


@dataclass(frozen=True)
class Server:
    """A server that runs; `url` has no slash at its end."""

    url: str
    store: Store
    pipeline: Pipeline


@contextmanager
def running_server(data_dir: Path, heard: dict[str, str], *, port: int = 0) -> Iterator[Server]:
    """Serve the app; `heard` says which written words are heard otherwise."""
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(data_dir)})
    store = open_store(settings.database_url)
    pipeline = Pipeline(store, settings.data_dir, heard)
    models = [
        ModelState("base", 145_000_000, "packaged", False),
        ModelState("small", 484_000_000, None, False),
    ]
    services = Services(
        settings=settings,
        store=store,
        queue=pipeline,
        read_text=read_lines,
        create_transcript=pipeline.create_transcript,
        start_transcription=pipeline.start_transcription,
        delete_transcript=store.delete_transcript,
        read_peaks=pipeline.read_peaks,
        export_text=pipeline.export_text,
        list_models=lambda: models,
    )
    streams = Streams()
    app = create_app(services, streams=streams, static=STATIC)
    server = create_server(app, host="127.0.0.1", port=port, threads=16, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.effective_port}", store, pipeline)
    finally:
        pipeline.may_finish.set()
        streams.stop()
        server.close()
        thread.join(10)
        store.close()
