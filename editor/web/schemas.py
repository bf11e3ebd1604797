"""The shapes of the API: what it takes, checked, and what it gives, described.

Answers are built as plain dicts in `present`, since a transcript has very many words; the tests
hold them to these shapes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel

from editor.document import Kind

#: The greatest integer that JavaScript holds exactly.
_MAX_INT = 2**53 - 1
PEAK_LEVELS = (100, 20, 4, 1)


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("holds half a character or a NUL")
    return text


def _peak_level(level: int) -> int:
    if level not in PEAK_LEVELS:
        raise ValueError(f"is one of {', '.join(map(str, PEAK_LEVELS))}")
    return level


Text = Annotated[str, Field(max_length=100_000), AfterValidator(_storable)]
Name = Annotated[str, Field(max_length=300), AfterValidator(_storable)]
Id = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_storable)]
Count = Annotated[int, Field(ge=0, le=_MAX_INT)]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
DoubtKind = Literal["different", "not_heard", "not_written", "spelling"]
ExportFormat = Literal["srt", "vtt", "txt", "json"]
Preset = Literal["lines", "youtube", "netflix", "bbc", "dcmp"]


class Body(BaseModel):
    """A request's body: types are not converted, unknown names are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """An empty object: the address says everything."""


class PreviewRequest(Body):
    encoding: Name | None = None


class NewTranscript(Body):
    media_upload: Id
    text_upload: Id | None = None
    text_encoding: Name | None = None
    title: Name | None = None
    model: Name | None = None
    language: Name | None = None


class TitleChange(Body):
    title: Name = Field(min_length=1)


class NewJob(Body):
    kind: Literal["transcribe"]
    model: Name | None = None
    language: Name | None = None


class _Edit(Body):
    edit_id: Id | None = None


class _SegmentEdit(_Edit):
    segment_id: Id
    base_revision: Count


class TextEdit(_SegmentEdit):
    kind: Literal["text"]
    text: Text


class SplitEdit(_SegmentEdit):
    """`offset` counts UTF-16 code units of `text`."""

    kind: Literal["split"]
    offset: Count
    text: Text


class MergeEdit(_SegmentEdit):
    kind: Literal["merge"]
    next_id: Id
    next_revision: Count
    text: Text
    next_text: Text


class SetEdit(_SegmentEdit):
    """Only what is given is changed; a speaker of null takes the speaker away."""

    kind: Literal["set"]
    speaker: Name | None = None
    reviewed: bool = False
    kind_of_segment: Kind = "speech"
    new_turn: bool = False


class InsertEdit(_Edit):
    kind: Literal["insert"]
    after_id: Id | None
    text: Text
    speaker: Name | None = None


class DeleteEdit(_SegmentEdit):
    kind: Literal["delete"]


class TimesEdit(_SegmentEdit):
    kind: Literal["times"]
    first_word: Count
    last_word: Count
    start_ms: Count
    end_ms: Count


AnyEdit = TextEdit | SplitEdit | MergeEdit | SetEdit | InsertEdit | DeleteEdit | TimesEdit


class EditRequest(RootModel[Annotated[AnyEdit, Field(discriminator="kind")]]):
    """One edit; `kind` tells which."""


class Since(BaseModel):
    since: Count = 0


class PeaksQuery(BaseModel):
    """`start` and `end` are milliseconds."""

    level: Annotated[int, AfterValidator(_peak_level)]
    start: Count = 0
    end: Count = _MAX_INT


class ExportQuery(BaseModel):
    format: ExportFormat
    preset: Preset = "youtube"


class Fault(BaseModel):
    """What was refused; more facts may stand beside these."""

    model_config = ConfigDict(extra="allow")
    code: str
    message: str


class Error(BaseModel):
    error: Fault


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


#: offset, length (UTF-16 code units), start_ms, end_ms, index of the origin, confidence, locked
WordRow = tuple[int, int, int, int, int, float | None, int]


class Seg(BaseModel):
    id: str
    position: int
    revision: int
    speaker: str | None
    kind: Kind
    new_turn: bool
    reviewed: bool
    text: str
    words: list[WordRow]
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
    job: Job | None


class Library(BaseModel):
    transcripts: list[Summary]


class Imported(BaseModel):
    format: str | None
    encoding: str | None
    problems: list[Problem]


class _State(BaseModel):
    seq: int
    can_undo: bool
    can_redo: bool
    segments: list[Seg]


class Applied(_State):
    removed: list[str]


class Changes(Applied):
    settled_ms: int
    coverage: dict[str, Any] | None
    jobs: list[Job]


class Whole(_State):
    id: str
    title: str
    media: MediaFacts
    coverage: dict[str, Any] | None
    model: str
    language: str | None
    imported: Imported
    settled_ms: int
    jobs: list[Job]


class Preview(BaseModel):
    format: str
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
