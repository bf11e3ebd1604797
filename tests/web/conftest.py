from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from editor.captions import Violation
from editor.config import Settings
from editor.document import DraftSegment, HeardWord, Segment, Word
from editor.errors import NotFound, UnreadableTranscript
from editor.export import Exported, Options
from editor.store import Store, open_store
from editor.web import ModelState, Services, Streams, create_app
from tests.web.uploading import begin, send_piece


@dataclass(frozen=True)
class Problem:
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Read:
    format: str
    encoding: str
    encoding_is_guess: bool
    drafts: Sequence[DraftSegment]
    problems: Sequence[Problem]


def read_text(data: bytes, name: str, *, encoding: str | None = None) -> Read:
    """One segment a line; a stand-in for the formats."""
    try:
        lines = data.decode(encoding or "utf-8").splitlines()
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableTranscript(name, "it is not in this encoding") from error
    problems = [Problem(i, line, "odd") for i, line in enumerate(lines, 1) if line == "???"]
    drafts = [DraftSegment(line) for line in lines if line != "???"]
    return Read("txt", encoding or "utf-8", encoding is None, drafts, problems)


@dataclass
class Pipeline:
    """Does just enough of what the pipeline does, at once."""

    store: Store
    data_dir: Path
    queued: list[str] = field(default_factory=list)

    def enqueue(self, job_id: str) -> None:
        self.queued.append(job_id)

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
        if text_bytes is not None:
            read_text(text_bytes, text_name or "", encoding=text_encoding)
        row = self.store.create_transcript(
            title=title or media_name, media_name=media_name, model=model, language=language
        )
        path = Path("media") / row.id / "original.wav"
        (self.data_dir / path).parent.mkdir(parents=True)
        media_upload_path.rename(self.data_dir / path)
        self.store.update_transcript(row.id, media_path=str(path))
        self.start_transcription(row.id, model=model, language=language)
        return row.id

    def start_transcription(self, transcript_id: str, *, model: str, language: str | None) -> str:
        job = self.store.create_job(
            "transcribe", transcript_id, {"model": model}, unique_key=f"transcribe:{transcript_id}"
        )
        self.enqueue(job.id)
        return job.id

    def read_peaks(self, transcript_id: str, *, level: int, start_ms: int, end_ms: int) -> bytes:
        if level == 1:
            raise NotFound("peaks of transcript", transcript_id)
        return bytes(range(10))[start_ms // 1000 : end_ms // 1000]

    def export_file(self, transcript_id: str, *, format_name: str, options: Options) -> Exported:
        texts = [stored.segment.text for stored in self.store.segments(transcript_id)]
        text = "\n".join(
            [f"{format_name} {options.preset} {options.offset_ms} {options.is_retimed}", *texts]
        )
        return Exported(text.encode(), f".{format_name}", "application/x-subrip")

    def lint(self, transcript_id: str, *, preset: str) -> list[Violation]:
        self.store.transcript(transcript_id)
        return [
            Violation(0, "gap", "error", 0, "hey", f"5 ms by {preset}", "end it earlier"),
            Violation(1, "bad_break", "warning", 9, "the", "a break", None),
        ]


class ReadingClient(FlaskClient):
    """Reads each answer to its end, so that no file stays open."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"TRANSCRIPT_EDITOR_DATA": str(tmp_path), "TRANSCRIPT_EDITOR_UPLOAD_MAX_BYTES": "20000000"}
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings.database_url)
    yield store
    store.close()


@pytest.fixture
def pipeline(store: Store, settings: Settings) -> Pipeline:
    return Pipeline(store, settings.data_dir)


@pytest.fixture
def services(store: Store, settings: Settings, pipeline: Pipeline) -> Services:
    models = [
        ModelState("base", 145_000_000, "cached", False),
        ModelState("tiny.en", 75_000_000, None, True),
    ]
    return Services(
        settings=settings,
        store=store,
        queue=pipeline,
        read_text=read_text,
        create_transcript=pipeline.create_transcript,
        start_transcription=pipeline.start_transcription,
        delete_transcript=store.delete_transcript,
        read_peaks=pipeline.read_peaks,
        export_file=pipeline.export_file,
        lint=pipeline.lint,
        list_models=lambda: models,
    )


@pytest.fixture
def streams() -> Streams:
    return Streams(poll_s=0.01, keep_alive_s=0.05, idle_s=0.1, limit=2)


@pytest.fixture
def page_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    (folder / "js").mkdir(parents=True)
    (folder / "index.html").write_text("library", "utf-8")
    (folder / "editor.html").write_text("editor", "utf-8")
    (folder / "js" / "main.js").write_text("export {};", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    return folder


@pytest.fixture
def client(services: Services, streams: Streams, page_folder: Path) -> FlaskClient:
    app = create_app(services, streams=streams, static=page_folder)
    app.test_client_class = ReadingClient
    return app.test_client()


@pytest.fixture
def transcript_id(store: Store) -> str:
    """Two segments of two words each, and all of it heard; "Alad" differs."""
    row = store.create_transcript(title="Episode 7", media_name="e7.mp3", model="base")
    store.update_transcript(row.id, duration_ms=10_000)
    first = Segment(
        "s1",
        "😀hey Alad",
        (Word("😀hey", 0, 500, "heard", 0.9, heard=(0,)), Word("Alad", 500, 900, heard=(1,))),
    )
    second = Segment(
        "s2",
        "good day",
        (Word("good", 2000, 2300, "heard", heard=(2,)), Word("day", 2400, 2800, heard=(3,))),
    )
    heard = [
        HeardWord(0, "hey", 0, 500, 0.9),
        HeardWord(1, "Aled", 500, 900, 0.8),
        HeardWord(2, "good", 2000, 2300, 0.9),
        HeardWord(3, "day", 2400, 2800, 0.9),
    ]
    store.replace_all_segments(row.id, [first, second])
    store.save_piece(row.id, "base", 0, 0, 10_000, heard)
    return row.id


#: Uploads data under a name and gives the upload's id.
Upload = Callable[[bytes, str], str]


@pytest.fixture
def upload(client: FlaskClient) -> Upload:
    def whole(data: bytes, name: str) -> str:
        upload_id = begin(client, len(data), name)
        assert send_piece(client, upload_id, 0, data).status_code == 204
        return upload_id

    return whole
