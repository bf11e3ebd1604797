"""The marks that plain lines carry: who speaks, where the speaker changes, what is a sound.

Reading and writing stand side by side, so that what is written reads back the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.captions import Cue
from editor.document import Segment, join_lines
from editor.formats.labels import LABEL, known_labels, name_of, turn_mark, written_labels
from editor.formats.names import PROSE, is_capitalised, may_be_name
from editor.formats.signs import said_behind

#: Brackets of Latin and of East Asian scripts, and what people put around sounds and songs.
_SOUND = re.compile(
    r"(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|［[^［］]*］|【[^【】]*】|〔[^〔〕]*〕|\s)+"
    r"|\*[^*\s](?:[^*]*[^*\s])?\*|#\s*+[^#\s][^#]*+#"
)
_BEGINS_SOUND, _NOTES = tuple("([（［【〔*#"), tuple("♪♫♬♩🎵🎶")
_SENTENCE_END = re.compile(r"[.?!…。？！♪♫][\"'”’»)\]」』]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line taken apart: the text, the name before it if any, and the mark before that."""

    text: str
    label: str | None
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What a line says, who says it, and whether the speaker changes with it."""

    text: str
    speaker: str | None
    new_turn: bool
    is_sound: bool


def is_sound(text: str) -> bool:
    """Tell whether a whole line is a sound in brackets or stars, or between notes or `#`.

    >>> is_sound("(upbeat music)"), is_sound("♪ la la ♪"), is_sound("[door] Hello?")
    (True, True, False)
    >>> is_sound("（笑い声）"), is_sound("*applause*"), is_sound("# la la #"), is_sound("# One")
    (True, True, True, False)
    """
    text = text.strip()
    if text.startswith(_NOTES):
        return text.endswith(_NOTES) or not any(note in text[1:] for note in _NOTES)
    return text.startswith(_BEGINS_SOUND) and _SOUND.fullmatch(text) is not None


def take_apart(line: str, labels: frozenset[str]) -> Marked:
    """Separate a line's marks from its text, given the labels known in its file."""
    turn = turn_mark(line)
    text = line[turn.end() :].strip() if turn else line.strip()
    has_arrows = turn is not None and turn[1] is not None
    if labels:
        for written, end in written_labels(text):
            if written in labels:
                said = said_behind(written, text[end:])
                return Marked(said, name_of(written), turn is not None)
    if has_arrows and (name := LABEL.match(text)) and _may_follow_arrows(name[1].strip()):
        return Marked(text[name.end() :], name[1].strip(), turn is not None)
    return Marked(text, None, turn is not None)


def begins_turn(
    line: str, line_before: str, labels: frozenset[str], *, is_first_marked: bool
) -> bool:
    """Tell whether a further line of a caption is someone else's.

    A dash there may also go on with a sentence; it is a mark where the line before it ends one,
    or where the caption's first line has a mark too.
    """
    marked = take_apart(line, labels)
    if marked.label is not None or line.lstrip().startswith(">>"):
        return True
    return marked.is_marked and (is_first_marked or _SENTENCE_END.search(line_before) is not None)


class TurnReader:
    """Follows who speaks from line to line: a name holds until the next mark."""

    def __init__(self, labels: frozenset[str]) -> None:
        self.labels = labels
        self._speaker: str | None = None

    def read(self, line: str) -> Turn:
        """Read the next line; a sound without a mark belongs to nobody."""
        if not self.labels and line[:1].isalpha():
            # No mark and no sound begins with a letter.
            return Turn(line.strip(), self._speaker, False, False)
        marked = take_apart(line, self.labels)
        sound = is_sound(marked.text)
        if marked.label is None and not marked.is_marked:
            return Turn(marked.text, None if sound else self._speaker, False, sound)
        new_turn = marked.is_marked or marked.label != self._speaker
        self._speaker = marked.label
        return Turn(marked.text, marked.label, new_turn, sound)

    def read_named(self, speaker: str, text: str) -> Turn:
        """Take a line whose speaker is told by other means than the marks in it."""
        new_turn, self._speaker = speaker != self._speaker, speaker
        return Turn(text, speaker, new_turn, is_sound(text))


def with_marks(turns: Sequence[Turn]) -> list[str]:
    """Write turns as lines whose marks `TurnReader` understands; a text may hold line ends.

    >>> with_marks([Turn("Hi.", "ANN", True, False), Turn("Yes?", None, True, False)])
    ['ANN: Hi.', '- Yes?']
    """
    prefixes, speaker = [], None
    for turn in turns:
        prefixes.append(_prefix(turn, speaker))
        if prefixes[-1]:
            speaker = turn.speaker
    lines = [prefix + turn.text for prefix, turn in zip(prefixes, turns, strict=True)]
    labels = known_labels(line for block in lines for line in block.split("\n"))
    return [
        f">> {prefix.removeprefix('- ')}{turn.text}"
        if turn.speaker and prefix and take_apart(line, labels).label != label_of(turn.speaker)
        else line
        for prefix, turn, line in zip(prefixes, turns, lines, strict=True)
    ]


def marked_cues(cues: Sequence[Cue]) -> list[str]:
    """What cues show as plain text: a name where the speaker changes, else a dash for a turn."""
    return with_marks(
        [Turn("\n".join(c.lines), c.speaker, c.new_turn, c.kind == "sound") for c in cues]
    )


def marked_segments(segments: Sequence[Segment]) -> list[str]:
    """What segments say, on one line each, with marks as `marked_cues` has them."""
    return with_marks(
        [
            Turn(join_lines(s.text.splitlines()), s.speaker, s.new_turn, s.kind == "sound")
            for s in segments
        ]
    )


def _prefix(turn: Turn, speaker: str | None) -> str:
    if turn.speaker is None:
        is_needed = turn.new_turn or (speaker is not None and not turn.is_sound)
        return "- " if is_needed else ""
    if turn.speaker == speaker:
        return f"- {label_of(turn.speaker)}: " if turn.new_turn else ""
    return f"{label_of(turn.speaker)}: "


def label_of(speaker: str) -> str:
    """A speaker's name in the form a label can have: on one line, without a colon."""
    return " ".join(re.sub(r"[:：]", " ", speaker).split())


def _may_follow_arrows(name: str) -> bool:
    """After `>>` one such line is enough, and a name of one word may be in small letters."""
    words = name.split()
    is_short = len(words) == 1 and words[0].lower() not in PROSE
    return len(words) <= 4 and may_be_name(name) and (is_short or is_capitalised(name))
