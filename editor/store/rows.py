"""What the store gives out: frozen values, never rows of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from editor.document import Segment
from editor.edits import Change, ChangeKind

Action = Literal["edit", "undo", "redo"]
RevisionState = Literal["done", "undone", "dropped"]
Role = Literal["viewer", "editor"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
ActivityKind = Literal["title", "delete", "restore", "forget"]
FoundKind = Literal["text", "note", "speaker"]
ListedState = Literal["working", "failed", "ready", "unheard"]
#: "left": the most segments that are not reviewed first; "doubts": the most doubts left first.
ListedOrder = Literal["newest", "title", "longest", "left", "doubts"]


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A transcript without its segments.

    Paths are relative to the data folder. `seq` grows with every write. `recognised_until_ms`
    tells how far into the recording recognition and alignment have come; `recognition` names the
    latest one that recognised words. `generated_until_ms` is how far the text of a recording alone
    was made of what was recognised, None where the text is a person's own. `frame_us` is how long a
    frame of the film lasts, in microseconds; `deleted_ms` is when it went to the trash. `track` is
    the number of the audio track that is heard, `tracks` has what is told of each; both are None
    where that is not known.
    """

    id: str
    title: str
    media_name: str
    media_path: str | None
    browser_copy_path: str | None
    duration_ms: int | None
    has_video: bool
    model: str
    language: str | None
    seq: int
    created_ms: int
    updated_ms: int
    coverage: dict[str, Any] | None
    imported_name: str | None
    imported_format: str | None
    imported_encoding: str | None
    problems: list[dict[str, Any]]
    recognised_until_ms: int
    recognition: str | None
    frame_us: int | None = None
    deleted_ms: int | None = None
    generated_until_ms: int | None = None
    track: int | None = None
    tracks: list[str] | None = None

    @property
    def is_recognised(self) -> bool:
        """Whether the recording is recognised to its end, so that times are what they will be."""
        return self.recognised_until_ms >= (self.duration_ms or 0)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which transcripts are listed; an empty one: all that are not in the trash.

    `words` stand in the title or a tag as they are, or are what `Store.search` finds. `state` is
    that of the newest job of a `kind`; "unheard" was not listened to, or not to its end. `order` is
    that in which they are listed; those that are alike in it are listed newest first.
    Where there is a `tag`, they have it.
    """

    words: str = ""
    state: ListedState | None = None
    in_trash: bool = False
    kind: str = "transcribe"
    order: ListedOrder = "newest"
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many of a transcript's segments a person has marked as reviewed."""

    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Found:
    """A segment that holds what was sought; `start_ms` is None where it has no words.

    `text` is what holds it: the segment's text (with that of the one below, where a phrase goes
    on there), its note, or the name of a speaker who speaks there for the first time.
    """

    transcript_id: str
    title: str
    segment_id: str
    start_ms: int | None
    text: str
    kind: FoundKind = "text"


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """A segment with its place in the order and the `seq` it was last written at."""

    segment: Segment
    position: int
    seq: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What an edit, undo or redo left behind; `revision_id` is None when nothing was saved."""

    revision_id: int | None
    seq: int
    segments: tuple[StoredSegment, ...]
    removed_ids: tuple[str, ...]
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """How many doubts an edit resolved and which terms were learned from it, while it holds.

    `forgotten` are terms that were learned from earlier edits and that this one took out.
    """

    count: int = 0
    terms: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All that was written after some `seq`, as it stands at `seq`.

    `reverts` are the newest steps since by which somebody else undid something or did it again.
    """

    seq: int
    segments: tuple[StoredSegment, ...]
    removed_ids: tuple[str, ...]
    can_undo: bool
    can_redo: bool
    reverts: tuple[RevisionRow, ...]


@dataclass(frozen=True, slots=True)
class Retimed:
    """Which segments took their new times, and which were left because they had moved on."""

    seq: int
    written_ids: tuple[str, ...]
    skipped_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One step of a transcript's history. `state` tells whether an edit still holds.

    An undo or redo is a step of its own, always "done".
    """

    id: int
    action: Action
    kind: ChangeKind
    change: Change
    author: str | None
    created_ms: int
    state: RevisionState


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A name for the state after a revision; 0 is the state before the first."""

    id: int
    name: str
    revision_id: int
    created_ms: int
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """What was done to a transcript as a whole; a name or title is `before` and `after` it."""

    id: int
    kind: ActivityKind
    before: str
    after: str
    author: str | None
    created_ms: int


@dataclass(frozen=True, slots=True)
class ChunkRangeRow:
    """Pieces of a recording that a running job shares; `fence` grows with each claim."""

    id: int
    job_id: str
    first_chunk: int
    end_chunk: int
    language: str
    fence: int


@dataclass(frozen=True, slots=True)
class FirstJob:
    """A job that is saved together with its transcript."""

    id: str
    kind: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as it stands. `fence` grows with each claim and tells one run of it from the next.

    `attempts` counts the claims since the job last got further than ever before.
    """

    id: str
    kind: str
    transcript_id: str | None
    params: dict[str, Any]
    state: JobState
    fraction: float
    phase: str
    message: str
    eta_ms: int | None
    error: dict[str, Any] | None
    attempts: int
    fence: int
    lease_until_ms: int | None
    worker: str | None
    cancel_requested: bool
    created_ms: int
    updated_ms: int

    @property
    def model(self) -> str:
        """The model that it needs; "" where it needs none."""
        return str(self.params.get("model") or "")

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("queued", "running")


@dataclass(frozen=True, slots=True)
class Worked:
    """How long a job that was told `params` took for a recording that lasts `duration_ms`."""

    params: dict[str, Any]
    took_ms: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a job that waits stands: how many are `ahead` of it, of which so many are `waiting`,
    too, and the title of the transcript `after` which it begins, None where nothing is ahead.
    """

    ahead: int
    waiting: int
    after: str | None


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job that waits or runs, and the transcript that it is about."""

    job_id: str
    transcript_id: str
    title: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person who may log in; `key` is the name as it is compared."""

    key: str
    name: str
    role: Role
    created_ms: int


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A script's token, without the token itself, which nobody knows any more."""

    id: str
    name: str
    user_name: str
    created_ms: int
