"""The marks that plain lines carry: who speaks, where the speaker changes, what is a sound.

Reading and writing stand side by side, so that what is written reads back the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

_TURN = re.compile(r"\s*(?:(>>)>*\s*|-\s+|[–—](?![–—-])\s*)(?=\S)")
_NAME_WORD = r"[\p{L}\p{N}(&][\p{L}\p{M}\p{N}'’.&#_()-]{0,30}+"
_LABEL = regex.compile(
    rf"({_NAME_WORD}(?:[ \u00a0]{_NAME_WORD}){{0,3}})[ \u00a0\u202f]?(?::\s+|：\s*)(?=\S)"
)
_LABEL_AFTER_ARROWS = re.compile(r"([^:：]{1,60}?)\s?(?::\s+|：\s*)(?=\S)")
_NUMBERED = re.compile(
    r"(?:speaker|spk|sprecher(?:in)?|locuteur|locutor|hablante|orador|person|participant"
    r"|interviewer|interviewee|caller|voice|guest|host)[ _#-]*(?:\d+|[A-Z])",
    re.IGNORECASE,
)
_PARTICLE_WORDS = "de da di do dos del della van von der den la le el al bin ibn of the y"
#: Capitalised at the head of a sentence, these begin prose, not a name.
_PROSE_WORDS = """
the this that these it and but so or then again also however note remember
das der die und aber also le les el los las y o
"""
_PARTICLES, _PROSE = frozenset(_PARTICLE_WORDS.split()), frozenset(_PROSE_WORDS.split())
#: Brackets of Latin and of East Asian scripts, and what people put around sounds and songs.
_SOUND = re.compile(
    r"(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|［[^［］]*］|【[^【】]*】|〔[^〔〕]*〕|\s)+"
    r"|\*[^*\s](?:[^*]*[^*\s])?\*|#[^#]*[^#\s][^#]*#"
)
_BEGINS_SOUND, _NOTES = tuple("([（［【〔*#"), tuple("♪♫♬♩🎵🎶")
_SENTENCE_END = re.compile(r"[.?!…。？！♪♫][\"'”’»)\]」』]*\s*\Z")
_SHOUTED = 0.8


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


def known_labels(lines: Iterable[str]) -> frozenset[str]:
    """The names that label lines in this file; prose that merely holds a colon gives none.

    A name counts when it is in capitals, when it is like "Speaker 1", or when it is capitalised
    and either labels two lines or stands in the file's first line while others are labelled too.
    """
    bare = [_without_mark(line) for line in lines if line.strip()]
    found = [(match[1] if (match := _label(line)) else None) for line in bare]
    names = Counter(name for name in found if name is not None and _is_like_a_name(name))
    is_shouted = any(map(str.isupper, names)) and _is_shouted(bare)
    begins_labelled = found[:1] != [None] and names.total() > 1
    return frozenset(
        name
        for name, times in names.items()
        if (name.isupper() and not is_shouted)
        or _NUMBERED.fullmatch(name)
        or ((times > 1 or begins_labelled) and _is_capitalised(name))
    )


def take_apart(line: str, labels: frozenset[str]) -> Marked:
    """Separate a line's marks from its text, given the labels known in its file."""
    turn = _turn(line)
    text = line[turn.end() :].strip() if turn else line.strip()
    has_arrows = turn is not None and turn[1] is not None
    if labels and (label := _label(text)) and label[1] in labels:
        return Marked(text[label.end() :], label[1], turn is not None)
    if has_arrows and (name := _LABEL_AFTER_ARROWS.match(text)) and _may_follow_arrows(name[1]):
        return Marked(text[name.end() :], name[1], turn is not None)
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


def _without_mark(line: str) -> str:
    turn = _turn(line)
    return line[turn.end() :].strip() if turn else line.strip()


def _turn(line: str) -> re.Match[str] | None:
    # Most lines begin with a letter: those are not worth a search.
    return None if line[:1].isalpha() else _TURN.match(line)


def _label(text: str) -> regex.Match[str] | None:
    return _LABEL.match(text) if ":" in text or "：" in text else None


def _may_follow_arrows(name: str) -> bool:
    """After `>>` one such line is enough, and a name of one word may be in small letters."""
    words = name.split()
    is_short = len(words) == 1 and words[0].lower() not in _PROSE
    return len(words) <= 4 and _is_like_a_name(name) and (is_short or _is_capitalised(name))


def _is_like_a_name(name: str) -> bool:
    words = name.split()
    ends_a_sentence = any(len(word) > 4 and word.endswith(".") for word in words)
    return not ends_a_sentence and any(map(str.isalpha, name))


def _is_capitalised(name: str) -> bool:
    words = name.split()
    if words[0].lower() in _PROSE:
        return False
    return all(word.lower() in _PARTICLES or not word.lstrip("(")[:1].islower() for word in words)


def _is_shouted(lines: Sequence[str]) -> bool:
    """Whether a file is in capitals throughout, labels or none: capitals say nothing there."""
    rest = "".join(line[match.end() :] if (match := _label(line)) else line for line in lines)
    upper = sum(map(str.isupper, rest))
    return upper > _SHOUTED * (upper + sum(map(str.islower, rest)))
