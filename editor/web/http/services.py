"""What the web room needs from the rooms below, handed in once, so that it builds none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, cast

from flask import current_app

from editor.accounts import Accounts
from editor.captions import Rules
from editor.config import Settings
from editor.document import DraftSegment
from editor.formats.exports import Batch, Captioned, Exported, Options
from editor.store import Applied, Store

SERVICES = "transcript-editor"


class Queue(Protocol):
    """Where the ids of jobs wait for a worker."""

    def enqueue(self, job_id: str, model: str = "") -> bool:
        """Let a worker run the job, one for `model` where it needs one."""

    def is_reachable(self) -> bool:
        """Whether workers hear of jobs now."""


class ReadProblem(Protocol):
    """A line of an imported text that could not be used."""

    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def reason(self) -> str: ...


class TextRead(Protocol):
    """What reading an imported text gave."""

    @property
    def format(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def encoding_is_guess(self) -> bool: ...
    @property
    def drafts(self) -> Sequence[DraftSegment]: ...
    @property
    def problems(self) -> Sequence[ReadProblem]: ...


class ReadText(Protocol):
    """Reads an imported text. Raises UnreadableTranscript."""

    def __call__(self, data: bytes, name: str, *, encoding: str | None = None) -> TextRead: ...


class CreateTranscript(Protocol):
    """Stores a transcript, takes over the media file, starts its job, gives the transcript's id.

    When it raises, the media file still lies where it was.
    """

    def __call__(
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
    ) -> str: ...


class StartTranscription(Protocol):
    """Creates and enqueues a job that listens to a recording (again); gives the job's id.

    A text that `is_trusted` is only given its times. `track` is the one to hear from now on.
    """

    def __call__(
        self,
        transcript_id: str,
        *,
        model: str,
        language: str | None,
        is_trusted: bool = False,
        track: int | None = None,
    ) -> str: ...


class ListenSoon(Protocol):
    """Sees to it that what was written after `since` is listened to again, where that can be."""

    def __call__(self, transcript_id: str, *, since: int) -> None: ...


class ReadPeaks(Protocol):
    """Gives int8 (lowest, highest) pairs, `level` a second; None before they exist."""

    def __call__(
        self, transcript_id: str, *, level: int, start_ms: int, end_ms: int
    ) -> bytes | None: ...


class ExportFile(Protocol):
    """Writes a transcript in a format. Raises ExportRefused."""

    def __call__(self, transcript_id: str, *, format_name: str, options: Options) -> Exported: ...


class Pack(Protocol):
    """Writes a project and all that belongs to it to one file."""

    def __call__(self, transcript_id: str, out: Path) -> None: ...


class Unpack(Protocol):
    """Puts a packed project into the library, gives its id. Raises UnreadableArchive."""

    def __call__(self, path: Path, *, named: str) -> str: ...


class MendTimes(Protocol):
    """Gives words that were not heard their file's times, mended. Raises InvalidValue."""

    def __call__(
        self,
        transcript_id: str,
        *,
        edit_id: str | None,
        author: str | None = None,
        client: str | None = None,
    ) -> Applied: ...


class ExportSeveral(Protocol):
    """Writes transcripts in a format. Raises NotFound."""

    def __call__(
        self, transcript_ids: Sequence[str], *, format_name: str, options: Options
    ) -> Batch: ...


@dataclass(frozen=True, slots=True)
class ModelState:
    """A recognition model and whether its weights are at hand."""

    name: str
    download_bytes: int
    available: Literal["cached", "packaged"] | None
    english_only: bool


@dataclass(frozen=True)
class Services:
    """Everything a view may call. `delete_transcript` removes rows and files; `listens_again` tells
    whether edits of a transcript are listened to.
    """

    settings: Settings
    store: Store
    accounts: Accounts
    queue: Queue
    read_text: ReadText
    create_transcript: CreateTranscript
    start_transcription: StartTranscription
    listens_again: Callable[[str], bool]
    listen_soon: ListenSoon
    delete_transcript: Callable[[str], None]
    read_peaks: ReadPeaks
    export_file: ExportFile
    pack: Pack
    unpack: Unpack
    mend_times: MendTimes
    export_several: ExportSeveral
    captions_of: Callable[[str, Rules], Captioned]
    list_models: Callable[[], Sequence[ModelState]]


def services() -> Services:
    """The services of the app that answers the current request."""
    return cast(Services, current_app.extensions[SERVICES])
