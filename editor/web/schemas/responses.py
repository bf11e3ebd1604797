"""What the API gives, described.

`present` builds it as plain dicts, since a transcript has very many words; the tests hold those to
these shapes.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from editor.document import Kind
from editor.edits.commands import CaptionRules
from editor.library.disk_usage import Kind as RemovableKind
from editor.review import DoubtKind
from editor.store import ActivityKind, JobState


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


class MediaFacts(BaseModel):
    name: str
    duration_ms: int | None
    has_video: bool
    frame_us: int | None


class Problem(BaseModel):
    line: int
    text: str
    reason: str


class Doubt(BaseModel):
    """An insertion before word `first_word` has `last_word` = `first_word` - 1."""

    kind: DoubtKind
    first_word: int
    last_word: int
    written: str
    heard: str
    score: float
    start_ms: int
    end_ms: int
    why: str
    kept: bool


#: offset, length (UTF-16 code units), start_ms, end_ms, index of the origin, confidence, locked
WordRow = tuple[int, int, int, int, int, float | None, int]


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


class Summary(BaseModel):
    id: str
    title: str
    media: MediaFacts
    created_ms: int
    updated_ms: int
    coverage: dict[str, Any] | None
    deleted_ms: int | None
    job: Job | None


class Library(BaseModel):
    """Some of the transcripts; `total` counts all that were asked about."""

    transcripts: list[Summary]
    total: int


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


class TextChange(BaseModel):
    """One segment's text before and after; null where it was not there."""

    segment_id: str
    before: str | None
    after: str | None


class Step(BaseModel):
    """A step of the history; `changes` holds the first few of `segment_count`."""

    id: int
    action: Literal["edit", "undo", "redo"]
    kind: str
    state: Literal["done", "undone", "dropped"]
    author: str | None
    created_ms: int
    segment_count: int
    changes: list[TextChange]


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


class Version(BaseModel):
    id: int
    name: str
    revision_id: int
    created_ms: int
    author: str | None


class Deed(BaseModel):
    """What was done to the whole; a title or name is `before` and `after` it."""

    id: int
    kind: ActivityKind
    before: str
    after: str
    author: str | None
    created_ms: int


class HistoryAnswer(BaseModel):
    steps: list[Step]
    versions: list[Version]
    deeds: list[Deed]


class PastSegment(BaseModel):
    id: str
    speaker: str | None
    kind: Kind
    text: str


class PastState(BaseModel):
    segments: list[PastSegment]


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


class ModelList(BaseModel):
    models: list[Model]
    default: str


class Spelling(BaseModel):
    text: str
    count: int


class NameGroup(BaseModel):
    """Spellings that may mean the same, the most frequent first; `heard` are not in the text."""

    spellings: list[Spelling]
    heard: list[str]


class DoubtfulSegment(BaseModel):
    """A segment's doubts, as judged at `revision`."""

    id: str
    revision: int
    doubts: list[Doubt]


class AllDoubts(BaseModel):
    """Doubts of all segments that have some; what was changed after `seq` may have others."""

    seq: int
    segments: list[DoubtfulSegment]


class Names(BaseModel):
    """`segments` are those in which a name is spelled otherwise than elsewhere."""

    groups: list[NameGroup]
    segments: list[DoubtfulSegment]


class GlossaryAnswer(BaseModel):
    terms: list[str]


class FoundPlace(BaseModel):
    """`start` and `length` count UTF-16 code units of the segment's text at `revision`."""

    segment_id: str
    revision: int
    start: int
    length: int
    old: str
    new: str
    likeness: Literal["exact", "case", "spelling", "sound"]
    score: float


class Found(BaseModel):
    """The first places, in the order of the text; a greater `count` says that there are more."""

    count: int
    places: list[FoundPlace]


class Violation(BaseModel):
    """`cue` counts from 0 in the captions of the export; without a `fix` nothing can mend it."""

    cue: int
    rule: str
    severity: Literal["error", "warning"]
    start_ms: int
    text: str
    message: str
    fix: str | None


class Cue(BaseModel):
    """`segment_id` is of the segment with the cue's first word."""

    start_ms: int
    end_ms: int
    lines: list[str]
    speaker: str | None
    new_turn: bool
    kind: Kind
    segment_id: str | None


class Lint(BaseModel):
    """What breaks a preset's rules; `counts` has the number of violations by rule."""

    errors: int
    warnings: int
    counts: dict[str, int]
    violations: list[Violation]


class CaptionsAnswer(Lint):
    cues: list[Cue]


class PresetList(BaseModel):
    """`presets` are ours, `own` the library's."""

    presets: list[CaptionRules]
    own: list[CaptionRules]
