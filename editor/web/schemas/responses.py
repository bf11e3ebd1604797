"""What the API gives, described.

`serialize` builds it as plain dicts, since a transcript has very many words; the tests hold those
to these shapes.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from editor.document import Kind
from editor.library.disk_usage import Kind as RemovableKind
from editor.store import FoundKind, JobState
from editor.web.schemas.responses_history import Step
from editor.web.schemas.responses_review import Doubt


class Fault(BaseModel):
    """What was refused; more facts may stand beside these."""

    model_config = ConfigDict(extra="allow")
    code: str
    message: str


class Error(BaseModel):
    error: Fault


class Me(BaseModel):
    """Who asks; without a name where nobody needs one."""

    name: str | None
    may_edit: bool
    needs_login: bool


class Job(BaseModel):
    id: str
    kind: str
    transcript_id: str | None
    state: JobState
    fraction: float
    phase: str
    message: str
    eta_ms: int | None
    error: Fault | None
    created_ms: int
    updated_ms: int


class MadeFile(BaseModel):
    made: Literal["film", "sound", "text"]
    name: str
    report: list[str]
    made_ms: int


class MadeFiles(BaseModel):
    files: list[MadeFile]


class MediaFacts(BaseModel):
    name: str
    duration_ms: int | None
    has_video: bool
    frame_us: int | None


class Problem(BaseModel):
    line: int
    text: str
    reason: str


#: offset, length (UTF-16 code units), start_ms, end_ms, index of the origin, confidence, locked,
#: what found the time in the sound: 0 unknown or nothing, 1 Whisper's attention, 2 phones,
#: 3 PocketSphinx, 4 the mean of these two, 5 a CTC model; struck; its codes,
#: with line breaks between
WordRow = tuple[int, int, int, int, int, float | None, int, int, int, str]


class BareSegment(BaseModel):
    id: str
    position: int
    revision: int
    speaker: str | None
    kind: Kind
    new_turn: bool
    reviewed: bool
    text: str
    note: str
    words: list[WordRow]


class Seg(BareSegment):
    doubts: list[Doubt]


class Conflict(Error):
    """`current` is the segment as it is now, null where it is gone or nothing conflicts."""

    current: Seg | None = None


class QueuePlace(BaseModel):
    """How many jobs are `ahead`, of which so many are `waiting`; `after`: the title of the last."""

    ahead: int
    waiting: int
    after: str | None


class Summary(BaseModel):
    """`reviewed` of its `segments` are marked as that. `doubts_left`: of those it had when a job
    judged it, null where none did. `queue_place`: where its job stands
    that waits."""

    id: str
    title: str
    media: MediaFacts
    created_ms: int
    updated_ms: int
    coverage: dict[str, Any] | None
    deleted_ms: int | None
    segments: int
    reviewed: int
    doubts_left: int | None
    tags: list[str]
    job: Job | None
    queue_place: QueuePlace | None


class TagCount(BaseModel):
    """A tag, and how many transcripts have it."""

    tag: str
    count: int


class TagList(BaseModel):
    tags: list[TagCount]


class Library(BaseModel):
    """Some of the transcripts; `total` counts all that were asked about, `tags` are all."""

    transcripts: list[Summary]
    total: int
    tags: list[TagCount]


class HeldByTranscript(BaseModel):
    """`work_bytes`: what is needed only while it is listened to."""

    transcript_id: str
    title: str
    in_trash: bool
    recording_bytes: int
    copy_bytes: int
    peaks_bytes: int
    work_bytes: int
    total_bytes: int


class RemovableFiles(BaseModel):
    """What can go of a kind."""

    kind: RemovableKind
    count: int
    size_bytes: int


class StorageAnswer(BaseModel):
    recording_bytes: int
    copy_bytes: int
    peaks_bytes: int
    work_bytes: int
    uploads_bytes: int
    database_bytes: int
    total_bytes: int
    transcripts: list[HeldByTranscript]
    removable: list[RemovableFiles]


class Cleaned(BaseModel):
    removed: list[RemovableFiles]


class FoundText(BaseModel):
    transcript_id: str
    title: str
    segment_id: str
    start_ms: int | None
    text: str
    kind: FoundKind


class SearchAnswer(BaseModel):
    found: list[FoundText]


class Imported(BaseModel):
    format: str | None
    encoding: str | None
    problems: list[Problem]


class _State(BaseModel):
    """`corrected` counts the doubts that edits settled."""

    seq: int
    can_undo: bool
    can_redo: bool
    corrected: int


class _Removing(_State):
    segments: list[Seg]
    removed: list[str]


class Applied(_Removing):
    """`taught` are terms that the edit put into the glossary of the transcript."""

    taught: list[str]


class Changes(_Removing):
    """`reverts` are the steps by which somebody else undid something or did it again."""

    title: str
    language: str | None
    deleted_ms: int | None
    settled_ms: int
    track: int | None
    tracks: list[str]
    coverage: dict[str, Any] | None
    jobs: list[Job]
    reverts: list[Step]


class Whole(_State):
    """`listens_again`: whether edited words are listened to again, here and now."""

    id: str
    title: str
    media: MediaFacts
    coverage: dict[str, Any] | None
    model: str
    language: str | None
    imported: Imported
    deleted_ms: int | None
    settled_ms: int
    track: int | None
    tracks: list[str]
    jobs: list[Job]
    segments: list[BareSegment]
    listens_again: bool


class FileKind(BaseModel):
    kind: Literal["recording", "text", "project"]


class TextKind(BaseModel):
    name: str
    called: str


class TextKinds(BaseModel):
    kinds: list[TextKind]


class Preview(BaseModel):
    format: str
    recognised: str
    encoding: str
    encoding_is_guess: bool
    segment_count: int
    word_count: int
    first_lines: list[str]
    problems: list[Problem]


class Model(BaseModel):
    name: str
    download_bytes: int
    available: Literal["cached", "packaged"] | None
    english_only: bool
    pace: float
    measured: bool


class ModelList(BaseModel):
    models: list[Model]
    default: str
