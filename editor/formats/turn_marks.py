"""The marks that plain lines carry: who speaks, where the speaker changes, what is a sound.

Reading and writing stand side by side, so that what is written reads back the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from editor.document import has_sound_word
from editor.formats.names import NUMBERED, PROSE, is_capitalised, may_be_name

_TURN = re.compile(r"\s*(?:(>>)>*\s*|-\s+|[–—](?![–—-])\s*)(?=\S)")
_LABEL = re.compile(r"([^:：\n]{1,60}?)[ \u00a0\u202f]?(?::\s+|：\s*)(?=\S)")
_BRACKETED = re.compile(r"(\[[^\[\]\n]{1,60}\]|\([^()\n]{1,60}\)|<[^<>\n]{1,60}>)\s*(:?)\s*(?=\S)")
_LETTER = re.compile(r"([A-Z])[.:]\s+(?=\S)")
#: Brackets of Latin and of East Asian scripts, and what people put around sounds and songs.
_SOUND = re.compile(
    r"(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|［[^［］]*］|【[^【】]*】|〔[^〔〕]*〕|\s)+"
    r"|\*[^*\s](?:[^*]*[^*\s])?\*|#[^#]*[^#\s][^#]*#"
)
_BEGINS_SOUND, _NOTES = tuple("([（［【〔*#"), tuple("♪♫♬♩🎵🎶")
_SENTENCE_END = re.compile(r"[.?!…。？！♪♫][\"'”’»)\]」』]*\s*\Z")
#: Question and answer in English, German, Spanish, French and Dutch.
_ASKED = ("QA", "FA", "PR", "DR", "VA")
_SHOUTED = 0.8
#: Shares of a file's lines that have a label.
_SOME, _MOST, _NEARLY_ALL = 0.3, 0.5, 0.9
_MOST_NAME_WORDS, _MOST_ABOVE = 4, 10


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


def known_labels(lines: Iterable[str], firsts: Iterable[str] | None = None) -> frozenset[str]:
    """The labels of this file, as they are written; prose that merely holds a colon gives none.

    `firsts` are those of the lines that begin what one person may say, where others go on. What is
    like a name is one if it is in capitals or like "Speaker 1", if it comes again, or where most
    lines have one; what is less so, where nearly all lines have one or it comes again and again.
    """
    rows = list(lines)
    bare = [_without_mark(line) for line in rows if line.strip()]
    heads = bare if firsts is None else [_without_mark(one) for one in firsts if one.strip()]
    found = Counter(written for line in bare if (written := _written_label(line)))
    if not found:
        return frozenset()
    letters = _letters(bare)
    if letters:
        found = Counter({one: n for one, n in found.items() if not _LETTER.match(f"{one} x")})
    for one in _above(rows, found):
        del found[one]
    shares = _Shares(found, heads, bare)
    kept = (one for one, times in found.items() if shares.is_label(one, times))
    return frozenset(kept) | letters


class _Shares:
    """How much of a file has labels, by which one of them is judged."""

    def __init__(self, found: Counter[str], heads: Sequence[str], bare: Sequence[str]) -> None:
        self._counted = _counted(found)
        plain = {one: n for one, n in found.items() if self._is_like_a_name(one)}
        again = {one for one, times in plain.items() if times > 1}
        labelled = [one for one in map(_written_label, heads) if one in plain]
        first = next((n for n, line in enumerate(heads) if _written_label(line) in plain), 0)
        # A title may stand above.
        said = len(heads) - (first if first <= _MOST_ABOVE and len(labelled) > 2 else 0)
        self._share = len(labelled) / max(1, said)
        self._share_again = sum(one in again for one in labelled) / max(1, said)
        self._is_first_labelled = bool(heads) and _written_label(heads[0]) in plain
        self._is_shouted = any(name_of(one).isupper() for one in plain) and _is_shouted(bare)
        self._count = len(labelled)

    def is_label(self, written: str, times: int) -> bool:
        """Whether it is one, having been found so often."""
        if not self._is_like_a_name(written):
            return False
        name = name_of(written)
        if written[0] in "[(<":
            return self._is_bracketed_label(written, name, times)
        if NUMBERED.fullmatch(name) or (name.isupper() and not self._is_shouted):
            return True
        is_proper = is_capitalised(name) and len(name.split()) <= _MOST_NAME_WORDS
        if is_proper and (times > 1 or self._is_most):
            return True
        is_everywhere = self._share >= _NEARLY_ALL and self._count > 2
        return is_everywhere or (times > 1 and self._share_again >= _MOST)

    @property
    def _is_most(self) -> bool:
        """Whether most lines have a label, so that one said once is a name as well."""
        if self._is_first_labelled and self._count > 1 and self._share >= _SOME:
            return True
        return self._count > 2 and self._share_again >= _MOST

    def _is_bracketed_label(self, written: str, name: str, times: int) -> bool:
        if written.endswith(":"):
            return times > 1 or self._count > 1 or bool(NUMBERED.fullmatch(name))
        if has_sound_word(name):
            return False
        is_numbered = bool(NUMBERED.fullmatch(name))
        is_name = is_capitalised(name) and (written[0] != "(" or name.isupper())
        return is_numbered or (is_name and (times > 1 or self._share >= _MOST))

    def _is_like_a_name(self, written: str) -> bool:
        name = name_of(written)
        if not may_be_name(name) or name in self._counted:
            return False
        return name.isupper() or name.split()[0].lower() not in PROSE


def _above(rows: Sequence[str], found: Counter[str]) -> frozenset[str]:
    """What stands with a colon in a head over the text, as "Present: Ana", apart from it."""
    written = [_written_label(_without_mark(row)) if row.strip() else None for row in rows]
    first = next((n for n, one in enumerate(written) if one and found[one] > 1), 0)
    blank = next((n for n in range(first - 1, -1, -1) if written[n] is None), -1)
    below = written[first:]
    is_apart = 2 * below.count(None) < sum(map(bool, below))
    head = written[: blank + 1] if is_apart and blank < _MOST_ABOVE else []
    return frozenset(one for one in head if one and found[one] == 1)


def _counted(found: Counter[str]) -> frozenset[str]:
    """Headings: the same words with other numbers, each once."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for written, times in found.items():
        name = name_of(written)
        stem = name.rstrip("0123456789 ")
        if times == 1 and stem != name and not NUMBERED.fullmatch(name):
            stems[stem].append(name)
    return frozenset(name for names in stems.values() if len(names) > 1 for name in names)


def _letters(lines: Sequence[str]) -> frozenset[str]:
    """The letters for question and answer, as in "Q.  Where?", where lines begin with both."""
    found = Counter(match[1] for line in lines if (match := _LETTER.match(line)))
    asked = next((pair for pair in _ASKED if found.keys() >= set(pair)), "")
    is_most = found.total() >= _SOME * len(lines)
    return frozenset(f"{letter}." for letter in asked if is_most)


def name_of(written: str) -> str:
    """The name in a label as it is written.

    >>> name_of("[Ana]:"), name_of("(ANA)"), name_of("Ana (she/her)"), name_of("Q.")
    ('Ana', 'ANA', 'Ana (she/her)', 'Q')
    """
    if written[0] in "[(<":
        return written.rstrip(":")[1:-1].strip()
    return written[:-1] if len(written) == 2 and written[1] == "." else written


def take_apart(line: str, labels: frozenset[str]) -> Marked:
    """Separate a line's marks from its text, given the labels known in its file."""
    turn = _turn(line)
    text = line[turn.end() :].strip() if turn else line.strip()
    has_arrows = turn is not None and turn[1] is not None
    if labels:
        for written, end in _written_labels(text):
            if written in labels:
                return Marked(text[end:], name_of(written), turn is not None)
    if has_arrows and (name := _LABEL.match(text)) and _may_follow_arrows(name[1].strip()):
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


def _written_labels(text: str) -> Iterator[tuple[str, int]]:
    """What may be a label at the head of a text, as it is written, and where it ends."""
    if text[:1] in ("[", "(", "<") and (match := _BRACKETED.match(text)):
        yield match[1] + match[2], match.end()
    if match := _LETTER.match(text):
        yield f"{match[1]}.", match.end()
    if (":" in text or "：" in text) and (match := _LABEL.match(text)):
        yield match[1].strip(), match.end()


def _written_label(text: str) -> str:
    return next((one for one, _ in _written_labels(text) if not _LETTER.match(f"{one} x")), "")


def _may_follow_arrows(name: str) -> bool:
    """After `>>` one such line is enough, and a name of one word may be in small letters."""
    words = name.split()
    is_short = len(words) == 1 and words[0].lower() not in PROSE
    return len(words) <= 4 and may_be_name(name) and (is_short or is_capitalised(name))


def _is_shouted(lines: Sequence[str]) -> bool:
    """Whether a file is in capitals throughout, labels or none: capitals say nothing there."""
    rest = "".join(line[next((end for _, end in _written_labels(line)), 0) :] for line in lines)
    upper = sum(map(str.isupper, rest))
    return upper > _SHOUTED * (upper + sum(map(str.islower, rest)))
