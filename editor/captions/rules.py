"""What a cue is, what captions have to obey, and the presets people know by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from editor.captions.scripts import ENGLISH, Script
from editor.document import Kind, Word
from editor.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first_word` to `last_word` (both included) of a segment as it is at `revision`."""

    segment_id: str
    revision: int
    first_word: int
    last_word: int


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen from `start_ms` to `end_ms`, which is later than `start_ms`.

    `lines` hold the text alone; how a speaker or a `new_turn` is shown is the format's matter.
    `words` are those of the lines, and stand in `parts` of segments, the first of them in
    `segment_id`, where there are segments; `unknown_settings` a file gave it, and players pass
    over.
    """

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str | None = None
    new_turn: bool = False
    word_count: int = 0
    kind: Kind = "speech"
    words: tuple[Word, ...] = field(default=(), compare=False, repr=False)
    unknown_settings: tuple[str, ...] = field(default=(), compare=False)
    parts: tuple[Part, ...] = field(default=(), compare=False, repr=False)

    @property
    def segment_id(self) -> str | None:
        """The segment with the first word; None where a cue is of no segment."""
        return self.parts[0].segment_id if self.parts else None


#: The least and the most that each number of `Rules` may be.
_BOUNDS: dict[str, tuple[float, float]] = {
    "line_chars": (8, 100),
    "lines": (1, 4),
    "chars_per_second": (1, 100),
    "words_per_minute": (10, 1000),
    "min_ms": (0, 10_000),
    "min_ms_per_word": (0, 5_000),
    "max_ms": (500, 60_000),
    "gap_ms": (0, 5_000),
    "close_gaps_under_ms": (0, 10_000),
    "shot_ms": (0, 2_000),
}
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Rules:
    """What captions have to obey; None where nothing is asked.

    Characters are counted as the script of the text asks for. Gaps shorter than
    `close_gaps_under_ms` are closed down to `gap_ms`. Where the speaker changes,
    the first line leaves room for the `turn_mark` and the name; ">> " are the marks of YouTube.
    With `keeps_lines` each segment is a caption. None should end within `shot_ms` of where a shot
    of the film begins, but right before it, as far as gaps are wide, or there.

    Invariants, of which InvalidValue tells: the name has 1 to 60 printable characters, each number
    lies within its bounds, and the longest time is not shorter than the shortest.
    """

    name: str
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

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= _LONGEST_NAME or not self.name.isprintable():
            raise InvalidValue("name", f"1 to {_LONGEST_NAME} printable characters")
        for name, (least, most) in _BOUNDS.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise InvalidValue(name, f"a number from {least} to {most}")
        if self.max_ms is not None and self.max_ms < self.min_ms:
            raise InvalidValue("max_ms", "not shorter than min_ms")
        if self.turn_mark not in ("- ", ">> "):
            raise InvalidValue("turn_mark", "'- ' or '>> '")

    def ms_per_column(self, script: Script) -> float:
        """The time on screen that each column of a text asks for."""
        by_chars = 1000 / self.chars_per_second if self.chars_per_second else 0.0
        asked = by_chars / script.columns_per_char
        if (a_word := script.columns_per_word) is None:
            return asked
        return max(asked, self.ms_per_word / a_word)

    @property
    def ms_per_word(self) -> float:
        """The time on screen that each word asks for."""
        by_words = 60_000 / self.words_per_minute if self.words_per_minute else 0.0
        return max(by_words, self.min_ms_per_word)

    def closed_ms(self, start_ms: int, end_ms: int, next_ms: int) -> int | None:
        """Where a cue has to end because of when the next one starts; None: where it does.

        Too short gaps are opened, and those to be closed are, if that is not too long on screen.
        """
        gap_ms, closed_ms = next_ms - end_ms, next_ms - self.gap_ms
        is_open = self.gap_ms < gap_ms < self.close_gaps_under_ms
        is_closed = is_open and not (self.max_ms and closed_ms - start_ms > self.max_ms)
        return closed_ms if gap_ms < self.gap_ms or is_closed else None

    def reading_ms(self, columns: int, words: int, script: Script) -> int:
        """The time on screen that a text of this size asks for; see `Script`.

        Words count where spaces part them.
        """
        by_words = words * self.ms_per_word if script.is_spaced else 0.0
        return int(max(columns * self.ms_per_column(script), by_words, self.min_ms))


def rules_from_dict(values: object) -> Rules:
    """Rules from data, such as a JSON file holds: names and values of the fields of `Rules`.

    Raises:
        InvalidValue: naming the field that is missing, unknown or not of its kind.
    """
    if not isinstance(values, Mapping):
        raise InvalidValue("preset", "an object with a name, line_chars and so on")
    for name in values:
        if name not in _KINDS:
            raise InvalidValue(str(name), f"unknown rule; the rules are {', '.join(_KINDS)}")
    for name in ("name", "line_chars"):
        if name not in values:
            raise InvalidValue(name, "missing")
    return Rules(**{name: _of_kind(name, value) for name, value in values.items()})


def rules_from_file(text: str, stem: str) -> Rules:
    """Rules from the text of a JSON file, named after it where they have no name of their own.

    Raises:
        InvalidValue: with the line where the text is no JSON, or a rule is not as it has to be.
    """
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidValue("preset", f"{place}: invalid JSON: {error.msg}") from error
    except RecursionError as error:
        raise InvalidValue("preset", "invalid preset: nested too deeply") from error
    try:
        return rules_from_dict({"name": stem, **values} if isinstance(values, dict) else values)
    except InvalidValue as error:
        above, named, _ = text.partition(f'"{error.field}"')
        if not named:
            raise
        line = above.count("\n") + 1
        raise InvalidValue(error.field, f"line {line}: {error.reason}") from error


def _of_kind(name: str, value: object) -> Any:
    kind = _KINDS[name].removesuffix(" | None")
    if value is None and kind != _KINDS[name]:
        return None
    types, said = _TYPES.get(kind, _TYPES["str"])
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise InvalidValue(name, f"{said}, not {value!r}")
    return value


_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "a text"),
    "bool": ((bool,), "true or false"),
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
}
_KINDS = {each.name: str(each.type) for each in fields(Rules)}

#: YouTube states no numbers; its line, lines and maximum here are Netflix's, and so are those that
#: a person's own lines are held to. Two frames last 83 ms.
PRESETS: dict[str, Rules] = {
    "lines": Rules("lines", line_chars=42, max_ms=7000, keeps_lines=True),
    "youtube": Rules("youtube", line_chars=42, max_ms=7000, turn_mark=">> "),
    "netflix": Rules(
        "netflix",
        line_chars=42,
        chars_per_second=20,
        min_ms=833,
        max_ms=7000,
        gap_ms=83,
        close_gaps_under_ms=500,
        # Twelve frames.
        shot_ms=500,
    ),
    "bbc": Rules(
        "bbc", line_chars=37, words_per_minute=180, min_ms_per_word=300, close_gaps_under_ms=1000
    ),
    # The BBC's numbers for vertical pictures.
    "vertical": Rules(
        "vertical",
        line_chars=25,
        lines=3,
        words_per_minute=180,
        min_ms_per_word=300,
        max_ms=7000,
        close_gaps_under_ms=1000,
    ),
    "dcmp": Rules("dcmp", line_chars=32, words_per_minute=160, min_ms=1333, max_ms=6000),
    # One line, as apps of podcasts show it in step.
    "podcast": Rules("podcast", line_chars=65, lines=1, max_ms=7000),
}


def in_script(rules: Rules, script: Script) -> Rules:
    """A preset of ours with the numbers of a script in place of those of English.

    Lines hold the same share of what Netflix's do. People's own presets stay as they are.
    """
    if PRESETS.get(rules.name) != rules:
        return rules
    return replace(
        rules,
        line_chars=round(rules.line_chars * script.line_chars / ENGLISH.line_chars),
        chars_per_second=rules.chars_per_second and script.chars_per_second,
    )


def preset_named(name: str, own: Iterable[Rules] = ()) -> Rules:
    """The preset of this name, among ours and a person's own.

    Raises:
        InvalidValue: there is none.
    """
    known = {each.name: each for each in own} | PRESETS
    if name not in known:
        raise InvalidValue("preset", f"unknown preset {name!r}; choose one of {', '.join(known)}")
    return known[name]
