"""What a cue is, what captions have to obey, and the presets people know by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from editor.document import Kind, Word


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen from `start_ms` to `end_ms`, which is later than `start_ms`.

    `lines` hold the text alone; how a speaker or a `new_turn` is shown is the format's matter.
    `words` are those of the lines; `unknown_settings` a file gave it, and players pass over.
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


@dataclass(frozen=True, slots=True)
class Rules:
    """What captions have to obey; None where nothing is asked.

    Gaps shorter than `close_gaps_under_ms` are closed down to `gap_ms`. Where the speaker changes,
    the first line leaves room for the `turn_mark` and the name.
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
    turn_mark: str = "- "

    def reading_ms(self, chars: int, words: int) -> int:
        """The time on screen that a text of this size asks for."""
        by_chars = chars * 1000 / self.chars_per_second if self.chars_per_second else 0
        by_words = words * 60_000 / self.words_per_minute if self.words_per_minute else 0
        return int(max(by_chars, by_words, self.min_ms, words * self.min_ms_per_word))


#: YouTube states no numbers; its line, lines and maximum here are Netflix's. Two frames last 83 ms.
PRESETS: dict[str, Rules] = {
    "youtube": Rules("youtube", line_chars=42, max_ms=7000, turn_mark=">> "),
    "netflix": Rules(
        "netflix",
        line_chars=42,
        chars_per_second=20,
        min_ms=833,
        max_ms=7000,
        gap_ms=83,
        close_gaps_under_ms=500,
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
}
