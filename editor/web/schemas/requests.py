"""What the API takes, checked; what it gives is described in `answers`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field, RootModel

from editor.document import Kind
from editor.errors import InvalidValue
from editor.languages import language_code
from editor.library.disk_usage import DAYS
from editor.library.disk_usage import Kind as RemovableKind
from editor.library.file_kinds import HEAD_BYTES
from editor.review import MOST_TERMS, DoubtKind
from editor.store import ListedState

#: The greatest integer that JavaScript holds exactly.
_MAX_INT = 2**53 - 1
#: More places than anyone looks through.
MOST_PLACES = 5_000
#: More sound tracks than any recording has that is taken.
MOST_TRACKS = 100
#: More segments than any transcript has.
MOST_CHOSEN = 50_000
PEAK_LEVELS = (100, 20, 4, 1)


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("holds half a character or a NUL")
    return text


def _peak_level(level: int) -> int:
    if level not in PEAK_LEVELS:
        raise ValueError(f"is one of {', '.join(map(str, PEAK_LEVELS))}")
    return level


def _language(text: str) -> str:
    try:
        return language_code(text)
    except InvalidValue as error:
        raise ValueError(error.reason) from error


Text = Annotated[str, Field(max_length=100_000), AfterValidator(_storable)]
Name = Annotated[str, Field(max_length=300), AfterValidator(_storable)]
Language = Annotated[str, Field(max_length=100), AfterValidator(_language)]
Id = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_storable)]
#: The number of a sound track.
Track = Annotated[int, Field(ge=1, le=MOST_TRACKS)]
Count = Annotated[int, Field(ge=0, le=_MAX_INT)]
ExportFormat = Literal[
    "original", "srt", "vtt", "vtt-words", "ttml", "ass", "txt", "md", "docx", "json"
]


class Body(BaseModel):
    """A request's body: types are not converted, unknown names are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """An empty object: the address says everything."""


class LoginRequest(Body):
    name: Annotated[str, Field(max_length=300), AfterValidator(_storable)]
    password: Annotated[str, Field(max_length=1_000), AfterValidator(_storable)]


class FileHead(Body):
    """A file's name and its first bytes, in base64."""

    name: Name = Field(min_length=1)
    head: Annotated[Base64Bytes, Field(strict=False, max_length=HEAD_BYTES)]


class PreviewRequest(Body):
    encoding: Name | None = None


class NewTranscript(Body):
    media_upload: Id
    text_upload: Id | None = None
    text_encoding: Name | None = None
    title: Name | None = None
    model: Name | None = None
    language: Language | None = None
    trusted: bool = False
    track: Track | None = None


class PackedProject(Body):
    """A project as `GET .../project` gave it, uploaded."""

    upload: Id


class TitleChange(Body):
    """`was`: the title that was seen; where it is another by now, nothing is changed (409)."""

    title: Name = Field(min_length=1)
    was: Name | None = None


class NewJob(Body):
    kind: Literal["transcribe"]
    model: Name | None = None
    language: Language | None = None
    trusted: bool = False
    track: Track | None = None


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
    note: Text = ""


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


class UnlockEdit(_SegmentEdit):
    """The times of words, set by hand, are let go: they may be moved again."""

    kind: Literal["unlock"]
    first_word: Count
    last_word: Count


class Chosen(Body):
    segment_id: Id
    base_revision: Count


class _ManyEdit(_Edit):
    segments: Annotated[list[Chosen], Field(min_length=1, max_length=MOST_CHOSEN)]


class SetManyEdit(_ManyEdit):
    """As "set", for all of them in one step."""

    kind: Literal["set_many"]
    speaker: Name | None = None
    reviewed: bool = False
    kind_of_segment: Kind = "speech"


class DeleteManyEdit(_ManyEdit):
    kind: Literal["delete_many"]


class MergeManyEdit(_ManyEdit):
    """Neighbours become one; what lies between others that are chosen would be lost."""

    kind: Literal["merge_many"]


class RenameSpeaker(_Edit):
    """Everywhere; a name that another speaker has makes the two one, null takes it away.

    With `base`, the segments that were seen with this name, the answer is 409 where none has it
    any more.
    """

    kind: Literal["rename_speaker"]
    speaker: Name
    to: Name | None
    base: Annotated[list[Id], Field(max_length=MOST_CHOSEN)] | None = None


class RestoreEdit(_Edit):
    """Back to the state after a revision (0: as it came), of one segment or of all.

    With `base_revision`, the one that was seen, a segment that was changed meanwhile stays (409).
    With `base_seq`, the `seq` that was seen, all stays where somebody else changed it since (409).
    """

    kind: Literal["restore"]
    revision_id: Count
    segment_id: Id | None = None
    base_revision: Count | None = None
    base_seq: Count | None = None


class ReplacedPlace(Body):
    """`start` and `length` count UTF-16 code units of the segment's text at `base_revision`."""

    segment_id: Id
    base_revision: Count
    start: Count
    length: Count
    new: Text


class CorrectEdit(_Edit):
    """Other words at many places, as one step; the places do not overlap."""

    kind: Literal["correct"]
    places: Annotated[list[ReplacedPlace], Field(min_length=1, max_length=MOST_PLACES)]


class Anchor(Body):
    """A word whose time is right; without a segment the start of the recording."""

    segment_id: Id | None
    word: Count = 0


class MoveEdit(_SegmentEdit):
    """The word begins at `to_ms`; everything below moves by the same time, and what lies between
    it and the anchor, if there is one, is stretched."""

    kind: Literal["move"]
    word: Count
    to_ms: Count
    anchor: Anchor | None = None


class BreakEdit(_Edit):
    """Break segments anew where their captions break the rules: those of one, or (null) of all.

    With `base_revision`, the one that was seen, a segment that was changed meanwhile stays (409).
    With `base_seq`, the `seq` that was seen, all stays where somebody else changed it since (409).
    """

    kind: Literal["break"]
    segment_id: Id | None
    base_revision: Count | None = None
    base_seq: Count | None = None
    rules: CaptionRules
    language: Language | None = None


AnyEdit = (
    TextEdit
    | SplitEdit
    | MergeEdit
    | SetEdit
    | InsertEdit
    | DeleteEdit
    | TimesEdit
    | MoveEdit
    | UnlockEdit
    | SetManyEdit
    | DeleteManyEdit
    | MergeManyEdit
    | RenameSpeaker
    | RestoreEdit
    | CorrectEdit
    | BreakEdit
)


class EditRequest(RootModel[Annotated[AnyEdit, Field(discriminator="kind")]]):
    """One edit; `kind` tells which."""


class KeptDoubt(Body):
    """A doubt as it was shown; `kept` of false opens it again."""

    segment_id: Id
    kind: DoubtKind
    written: Text
    heard: Text
    kept: bool = True


class Undoing(_Edit):
    """`before`: a step of the history; only what was done before it is undone."""

    before: Count | None = None


class Redoing(_Edit):
    """Says nothing but its own id."""


class Mending(_Edit):
    """Says nothing but its own id."""


class Search(Body):
    """What is looked for and what would take its place; the flags are those of `replace`."""

    old: Text
    new: Text
    is_pattern: bool = False
    is_whole_word: bool = False
    any_case: bool = False
    is_similar: bool = False


class GlossaryTerms(Body):
    """Spellings of names and terms; a `#` begins a remark.

    With `base`, the terms that were seen, only what differs from these is put in or taken out.
    """

    terms: Annotated[list[Name], Field(max_length=MOST_TERMS)]
    base: Annotated[list[Name], Field(max_length=MOST_TERMS)] | None = None


class CaptionRules(Body):
    """What captions have to obey; null where nothing is asked. With `keeps_lines` each segment is
    a caption."""

    name: Name = Field(min_length=1)
    line_chars: int
    lines: int = 2
    chars_per_second: float | None = None
    words_per_minute: float | None = None
    min_ms: int = 0
    min_ms_per_word: int = 0
    max_ms: int | None = None
    gap_ms: int = 0
    close_gaps_under_ms: int = 0
    turn_mark: Literal["- ", ">> "] = "- "
    keeps_lines: bool = False


class SavedPreset(CaptionRules):
    """`base`: the rules that were seen under this name, null where there were none; where it has
    others by now, nothing is saved (409). Without it they are put in their place."""

    base: CaptionRules | None = None


class ForgottenPreset(Body):
    """`base`: the rules that were seen under this name; where it has others by now, nothing is
    deleted (409). Without it, or a body, it is deleted as it is."""

    base: CaptionRules | None = None


class PresetFile(Body):
    """A file of caption rules: its name without the ending, and its text, which is JSON."""

    stem: Name
    text: Text


class NewVersion(Body):
    name: Name = Field(min_length=1)


class HistoryQuery(BaseModel):
    """`before`: only steps below this revision."""

    before: Count | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NamesQuery(BaseModel):
    """`style`: give also what is said alike but written otherwise."""

    style: bool = False


class Since(BaseModel):
    """`client` says for a stream of events what the header `X-Client` says else."""

    since: Count = 0
    client: str | None = None


class MediaQuery(BaseModel):
    """`made` tells copies apart, so that no browser goes on with what it had of another."""

    only: Literal["sound"] | None = None
    made: Name = ""


class PeaksQuery(BaseModel):
    """`start` and `end` are milliseconds."""

    level: Annotated[int, AfterValidator(_peak_level)]
    start: Count = 0
    end: Count = _MAX_INT


class ExportQuery(BaseModel):
    format: ExportFormat
    preset: Name = "lines"
    offset: Annotated[int, Field(ge=-_MAX_INT, le=_MAX_INT)] = 0
    retimed: bool = False
    mended: bool = False


class LibraryQuery(BaseModel):
    """`q`: only those that have it in their title, or its words in a segment of their text.

    `state` is how the newest job stands; "unheard" was not listened to, or not to its end.
    """

    q: Name = ""
    state: ListedState | None = None
    trash: bool = False
    limit: Annotated[int, Field(ge=1, le=10_000)] = 100
    offset: Count = 0


class StorageQuery(BaseModel):
    """`days`: so long something is in the trash before it counts as old; `limit`: transcripts."""

    days: Annotated[int, Field(ge=0, le=36_500)] = DAYS
    limit: Annotated[int, Field(ge=0, le=10_000)] = 50


class Cleaning(Body):
    kinds: Annotated[list[RemovableKind], Field(min_length=1, max_length=20)]
    days: Annotated[int, Field(ge=0, le=36_500)] = DAYS


class SearchQuery(BaseModel):
    q: Name
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class BatchQuery(BaseModel):
    """`ids` are those of transcripts, with commas between."""

    ids: str = Field(min_length=1)
    format: ExportFormat
    preset: Name = "lines"
    offset: Annotated[int, Field(ge=-_MAX_INT, le=_MAX_INT)] = 0


class Batch(Body):
    """Transcripts to export together."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    format: ExportFormat
    preset: Name = "lines"
    offset: Annotated[int, Field(ge=-_MAX_INT, le=_MAX_INT)] = 0


class LintQuery(BaseModel):
    preset: Name = "youtube"
