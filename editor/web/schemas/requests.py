"""What the API takes, checked; what it gives is described in `answers`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Base64Bytes, BaseModel, Field, WithJsonSchema

from editor.diarization import MOST_SPEAKERS
from editor.edits.commands import (
    MAX_INT,
    Body,
    CaptionRules,
    Count,
    Id,
    Language,
    Name,
    OneEdit,
    Text,
    storable,
)
from editor.formats import WRITABLE
from editor.formats.publication import FrameRate
from editor.library.disk_usage import DAYS
from editor.library.disk_usage import Kind as RemovableKind
from editor.library.file_kinds import HEAD_BYTES
from editor.library.shared_links import Lasting
from editor.review import MOST_TERMS, DoubtKind
from editor.store import LONGEST_TAG, MOST_TAGS, ListedOrder, ListedState

#: More audio tracks than any recording has that is taken.
MOST_TRACKS = 100
PEAK_LEVELS = (100, 20, 4, 1)


def _peak_level(level: int) -> int:
    if level not in PEAK_LEVELS:
        raise ValueError(f"must be one of {', '.join(map(str, PEAK_LEVELS))}")
    return level


#: The number of an audio track.
Track = Annotated[int, Field(ge=1, le=MOST_TRACKS)]
SpeakerCount = Annotated[int, Field(ge=1, le=MOST_SPEAKERS)]
_EXPORTED = ("original", *WRITABLE)


def _written_format(name: str) -> str:
    if name not in _EXPORTED:
        raise ValueError(f"must be one of {', '.join(_EXPORTED)}")
    return name


ExportFormat = Annotated[
    str,
    AfterValidator(_written_format),
    WithJsonSchema({"type": "string", "enum": list(_EXPORTED)}),
]


class Nothing(Body):
    """An empty object: the address says everything."""


class JobMove(Body):
    """`before`: the job before which another one comes; null where that comes last."""

    before: Id | None = None


class LoginRequest(Body):
    name: Annotated[str, Field(max_length=300), AfterValidator(storable)]
    password: Annotated[str, Field(max_length=1_000), AfterValidator(storable)]


class FileHead(Body):
    """A file's name and its first bytes, in base64."""

    name: Name = Field(min_length=1)
    head: Annotated[Base64Bytes, Field(strict=False, max_length=HEAD_BYTES)]


class PreviewRequest(Body):
    encoding: Name | None = None
    kind: Name | None = None


class NewTranscript(Body):
    """`speaker_count` is how many speakers are to be found, null where that is to be found, too;
    `glossary` holds names and terms to expect."""

    media_upload: Id
    text_upload: Id | None = None
    text_encoding: Name | None = None
    text_kind: Name | None = None
    title: Name | None = None
    model: Name | None = None
    language: Language | None = None
    trusted: bool = False
    track: Track | None = None
    finds_speakers: bool = False
    speaker_count: SpeakerCount | None = None
    glossary: Annotated[list[Name], Field(max_length=MOST_TERMS)] = Field(default_factory=list)


class PackedProject(Body):
    """A project as `GET .../project` gave it, uploaded."""

    upload: Id


class TitleChange(Body):
    """`was`: the title that was seen; where it is another by now, nothing is changed (409)."""

    title: Name = Field(min_length=1)
    was: Name | None = None


class NewJob(Body):
    """`speaker_count` and `speakers_by` are for finding speakers, the rest is for recognition."""

    kind: Literal["transcribe", "speakers", "shots"]
    model: Name | None = None
    language: Language | None = None
    trusted: bool = False
    track: Track | None = None
    speaker_count: SpeakerCount | None = None
    speakers_by: Literal["auto", "channels", "voices"] = "auto"
    each_alone: bool = False


class MakeFile(Body):
    """`made`: the film with captions drawn into its picture, the sound without struck-out words, or
    a text. `format`: of sound mp3 or wav, of a text one of the export; a film keeps its own.
    `names` is a list of pseudonyms, a line each."""

    made: Literal["film", "sound", "text"]
    format: Literal["mp3", "wav"] | ExportFormat = "mp3"
    preset: Name = "lines"
    speaker_colours: bool = False
    names: Text = ""
    cut_times: bool = False


class KnownVoicesWanted(Body):
    """Whether voices are known again."""

    is_wanted: bool


class KnownVoiceChange(Body):
    """Whether a known voice is offered."""

    is_on: bool


class NewLink(Body):
    """How long a link lasts, and whether the recording can be heard by it."""

    lasts: Lasting
    has_sound: bool = True


class KeptDoubt(Body):
    """A doubt as it was shown; `kept` of false opens it again."""

    segment_id: Id
    kind: DoubtKind
    written: Text
    heard: Text
    kept: bool = True


class Undoing(OneEdit):
    """`before`: a step of the history; only what was done before it is undone."""

    before: Count | None = None


class Redoing(OneEdit):
    """Says nothing but its own id."""


class Mending(OneEdit):
    """Says nothing but its own id."""


class Search(Body):
    """What is looked for and what would take its place; the flags are those of `replace`.

    Only what `speaker` says, if one is named; case does not matter.
    """

    old: Text
    new: Text
    speaker: Name | None = None
    is_pattern: bool = False
    is_whole_word: bool = False
    any_case: bool = False
    is_similar: bool = False


class GlossaryTerms(Body):
    """Spellings of names and terms; a `#` begins a remark.

    With `base`, the terms that were seen, only what differs from these is put in or taken out.
    `transcript_id`: the terms of the glossary for all are looked for in this transcript.
    """

    terms: Annotated[list[Name], Field(max_length=MOST_TERMS)]
    base: Annotated[list[Name], Field(max_length=MOST_TERMS)] | None = None
    transcript_id: str | None = None


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


def _as_tag(text: str) -> str:
    # A comma parts tags where several are typed.
    if "," in text or not text.strip():
        raise ValueError("must be a text without commas")
    return " ".join(text.split())


Tag = Annotated[
    str, Field(max_length=LONGEST_TAG), AfterValidator(storable), AfterValidator(_as_tag)
]


class TagsChange(Body):
    """Tags that transcripts are given, and others that are taken from them."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    add: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = Field(default_factory=list)
    remove: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = Field(default_factory=list)


class CodeTones(Body):
    """The number of the colour of some codes, from 0; with `only_new` none gets another one."""

    tones: Annotated[
        dict[
            Annotated[str, Field(min_length=1, max_length=300), AfterValidator(storable)],
            Annotated[int, Field(ge=0, le=99)],
        ],
        Field(max_length=10_000),
    ]
    only_new: bool = False


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
    end: Count = MAX_INT


class ClipQuery(BaseModel):
    """`start` and `end` are milliseconds."""

    start: Count
    end: Count
    format: Literal["mp3", "wav"] = "mp3"


class ExportQuery(BaseModel):
    """`times`: none, segment, turn or seconds; `columns` of a table, with commas between; `struck`:
    with words that are struck out; `on_frames`: captions begin and end on those of `frame_rate`."""

    format: ExportFormat
    preset: Name = "lines"
    offset: Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)] = 0
    retimed: bool = False
    mended: bool = False
    times: Annotated[str, Field(pattern="^(none|segment|turn|[1-9][0-9]{0,4})?$")] = ""
    speakers: bool = True
    notes: bool = False
    line_numbers: bool = False
    columns: Name = ""
    frame_rate: FrameRate = "25"
    on_frames: bool = False
    struck: bool = False


class LibraryQuery(BaseModel):
    """`q`: only those that have it in their title, or its words in a segment of their text.

    `state` is how the newest job stands; "unheard" was not listened to, or not to its end. With
    `order` "left", what has the most segments that are not reviewed comes first.
    """

    q: Name = ""
    state: ListedState | None = None
    order: ListedOrder = "newest"
    tag: Name = ""
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
    offset: Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)] = 0


class Batch(Body):
    """Transcripts to export together."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    format: ExportFormat
    preset: Name = "lines"
    offset: Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)] = 0


class PresetsQuery(BaseModel):
    language: Annotated[str, Field(max_length=35)] | None = None


class LintQuery(BaseModel):
    preset: Name = "youtube"
