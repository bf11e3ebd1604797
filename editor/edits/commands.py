"""Edits as people ask for them: what to change, and on which state it was decided.

Owns their shape; the API takes them as JSON as they are.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator

from editor.document import Kind
from editor.errors import InvalidValue
from editor.languages import language_code

#: The greatest integer that JavaScript holds exactly.
MAX_INT = 2**53 - 1
#: More places than anyone looks through.
MOST_PLACES = 5_000
#: More segments than any transcript has.
MOST_CHOSEN = 50_000


def storable(text: str) -> str:
    """A text that a database takes.

    Raises:
        ValueError: it holds what none can save.
    """
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("contains half of a surrogate pair or a NUL")
    return text


def _code_name(text: str) -> str:
    if text != " ".join(storable(text).split()):
        raise ValueError("write it on one line, without spaces around it")
    return text


def _language(text: str) -> str:
    try:
        return language_code(text)
    except InvalidValue as error:
        raise ValueError(error.reason) from error


Text = Annotated[str, Field(max_length=100_000), AfterValidator(storable)]
Name = Annotated[str, Field(max_length=300), AfterValidator(storable)]
CodeName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_code_name)]
Language = Annotated[str, Field(max_length=100), AfterValidator(_language)]
Id = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(storable)]
Count = Annotated[int, Field(ge=0, le=MAX_INT)]


class Body(BaseModel):
    """A request's body: types are not converted, unknown names are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
    shot_ms: int = 0
    turn_mark: Literal["- ", ">> "] = "- "
    keeps_lines: bool = False


class OneEdit(Body):
    """Sent twice under one `edit_id`, it is done once."""

    edit_id: Id | None = None


class _SegmentEdit(OneEdit):
    segment_id: Id
    base_revision: Count


class TextEdit(_SegmentEdit):
    kind: Literal["text"]
    text: Text


class SplitEdit(_SegmentEdit):
    """`offset` counts UTF-16 code units of `text`. With `new_turn` another speaker, who may have no
    name, begins with the second part."""

    kind: Literal["split"]
    offset: Count
    text: Text
    new_turn: bool = False
    speaker: Name | None = None


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


class InsertEdit(OneEdit):
    """Its words lie from `start_ms` to `end_ms`, which come both or not at all, else where there
    is room."""

    kind: Literal["insert"]
    after_id: Id | None
    text: Text
    speaker: Name | None = None
    start_ms: Count | None = None
    end_ms: Count | None = None

    @model_validator(mode="after")
    def _has_both_times(self) -> Self:
        if (self.start_ms is None) != (self.end_ms is None):
            raise ValueError("start_ms and end_ms come both or not at all")
        return self


class DeleteEdit(_SegmentEdit):
    kind: Literal["delete"]


class TimesEdit(_SegmentEdit):
    """With `below_by_ms` all words below move by so much in the same step."""

    kind: Literal["times"]
    first_word: Count
    last_word: Count
    start_ms: Count
    end_ms: Count
    below_by_ms: Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)] = 0


class UnlockEdit(_SegmentEdit):
    """The times of words, set by hand, are let go: they may be moved again."""

    kind: Literal["unlock"]
    first_word: Count
    last_word: Count


class LineEdit(_SegmentEdit):
    """A word ends a line of its caption, where captions keep one's own segments, or does not."""

    kind: Literal["line"]
    word: Count
    ends_line: bool = True


class WordsPlace(Body):
    segment_id: Id
    base_revision: Count
    first_word: Count
    last_word: Count


class StrikeEdit(OneEdit):
    """Words are struck out, or with `struck` false restored, as one step."""

    kind: Literal["strike"]
    places: Annotated[list[WordsPlace], Field(min_length=1, max_length=MOST_CHOSEN)]
    struck: bool = True


class CodeEdit(OneEdit):
    """Words get a code, or with `coded` false lose it, as one step."""

    kind: Literal["code"]
    code: CodeName
    places: Annotated[list[WordsPlace], Field(min_length=1, max_length=MOST_CHOSEN)]
    coded: bool = True


class RenameCode(OneEdit):
    """Everywhere; a name that another code has makes the two one, null takes it away."""

    kind: Literal["rename_code"]
    code: CodeName
    to: CodeName | None


class Chosen(Body):
    segment_id: Id
    base_revision: Count


class _ManyEdit(OneEdit):
    segments: Annotated[list[Chosen], Field(min_length=1, max_length=MOST_CHOSEN)]


class SetManyEdit(_ManyEdit):
    """As "set", for all of them in one step."""

    kind: Literal["set_many"]
    speaker: Name | None = None
    reviewed: bool = False
    kind_of_segment: Kind = "speech"
    new_turn: bool = False


class DeleteManyEdit(_ManyEdit):
    kind: Literal["delete_many"]


class MergeManyEdit(_ManyEdit):
    """Neighbours become one; what lies between others that are chosen would be lost."""

    kind: Literal["merge_many"]


class ReplaceRunEdit(_ManyEdit):
    """Neighbours lose what stands between a place in the first and one in the last.

    `first_text` is what the first has then, with what was typed, `last_text` the last. One without
    a text goes, as do all between.
    """

    kind: Literal["replace_run"]
    segments: Annotated[list[Chosen], Field(min_length=2, max_length=MOST_CHOSEN)]
    first_text: Text
    last_text: Text


class RenameSpeaker(OneEdit):
    """Everywhere; a name that another speaker has makes the two one, null takes it away.

    With `base`, the segments that were seen with this name, the answer is 409 where none has it
    any more.
    """

    kind: Literal["rename_speaker"]
    speaker: Name
    to: Name | None
    base: Annotated[list[Id], Field(max_length=MOST_CHOSEN)] | None = None


class RestoreEdit(OneEdit):
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


class CorrectEdit(OneEdit):
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


class BreakEdit(OneEdit):
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


class FollowVoices(OneEdit):
    """Let the turns of the text follow the voices wherever those are doubted and nobody has kept
    what is there.

    With `base_seq`, the `seq` that was seen, all stays where somebody else changed it since (409).
    """

    kind: Literal["follow_voices"]
    base_seq: Count | None = None


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
    | StrikeEdit
    | CodeEdit
    | RenameCode
    | LineEdit
    | SetManyEdit
    | DeleteManyEdit
    | MergeManyEdit
    | ReplaceRunEdit
    | RenameSpeaker
    | RestoreEdit
    | CorrectEdit
    | BreakEdit
    | FollowVoices
)


class EditRequest(RootModel[Annotated[AnyEdit, Field(discriminator="kind")]]):
    """One edit; `kind` tells which."""
