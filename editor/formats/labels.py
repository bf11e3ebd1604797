"""Which labels name the speakers of a file, judged by how much of the file has them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from editor.document import has_sound_word
from editor.formats.names import (
    NUMBERED,
    PROSE,
    count_of_words,
    is_capitalised,
    is_proper_name,
    may_be_name,
)
from editor.formats.signs import (
    capitals_again,
    has_sign,
    sign_labels,
    without_sign,
    written_before_sign,
)

_TURN = re.compile(r"\s*(?:(>>)>*\s*|-\s+|[–—](?![–—-])\s*)(?=\S)")
LABEL = re.compile(r"([^:：\n]{1,60}?)[ \u00a0\u202f]?(?::\s+|：\s*)(?=\S)")
_BRACKETED = re.compile(
    r"(\[[^\[\]\n]{1,60}\]|\([^()\n]{1,60}\)|<[^<>\n]{1,60}>)\s*+(:?)\s*+(?=\S)"
)
_BRACKETS = ("[", "(", "<")
#: What may stand before each line, as in lists.
_BULLET = re.compile(r"[^\w\s\[\](){}<>\"'“‘«„@#&+$]\ufe0f?\s+")
_LETTER = re.compile(r"([A-Z])[.:]\s+(?=\S)")
#: Question and answer in English, German, Spanish, French and Dutch.
_ASKED = ("QA", "FA", "PR", "DR", "VA")
_SHOUTED = 0.8
#: So many lines tell how a file is written.
_SOME_LINES = 2_000
#: Shares of a file's lines that have a label.
_RARE, _SOME, _MOST, _NEARLY_ALL = 0.02, 0.3, 0.5, 0.9
_LONG = 50
_MOST_NAME_WORDS, _MOST_ABOVE = 4, 10


def known_labels(lines: Iterable[str], firsts: Iterable[str] | None = None) -> frozenset[str]:
    """The labels of this file, as they are written; prose that merely holds a colon gives none.

    `firsts` are those of the lines that begin what one person may say, where others go on. What is
    like a name is one if it is in capitals or like "Speaker 1", if it comes again, or where most
    lines have one; what is less so, where nearly all lines have one or it comes again and again.
    """
    rows = list(lines)
    bare = [_without_mark(line) for line in rows if line.strip()]
    found = Counter(written for line in bare if (written := _written_label(line)))
    heads = bare if firsts is None else [_without_mark(one) for one in firsts if one.strip()]
    letters = _letters(bare)
    if not letters and (signed := sign_labels(heads, is_shouted=_is_shouted(bare))):
        return signed
    if letters:
        found = Counter({one: n for one, n in found.items() if not _LETTER.match(f"{one} x")})
    for one in _above(rows, found):
        del found[one]
    shares = _Shares(found, heads, bare, is_prose=firsts is None)
    kept = (one for one, times in found.items() if shares.is_label(one, times))
    return frozenset(kept) | letters


def with_names_beside(lines: Sequence[str]) -> list[str]:
    """The lines, each name that stands alone with a colon before what is said below it.

    >>> with_names_beside(["ANA:", "", "Hello.", "BO:", "Yes."])
    ['', '', 'ANA: Hello.', '', 'BO: Yes.']
    """
    names = {n: name for n, line in enumerate(lines) if (name := _alone(line))}
    names |= _stopped_alone(lines)
    said = [n for n, line in enumerate(lines) if line.strip()]
    below = {n: b for n, b in pairwise(said) if n in names and b not in names}
    if not below:
        return list(lines)
    beside = list(lines)
    for n, at in below.items():
        beside[n], beside[at] = "", f"{names[n]}: {lines[at].strip()}"
    labels = known_labels(beside)
    kept = {n: at for n, at in below.items() if names[n] in labels}
    moved = {*kept, *kept.values()}
    return [beside[n] if n in moved else line for n, line in enumerate(lines)]


def _alone(line: str) -> str:
    """The name that a line of nothing else is, with a colon; nothing if it is none."""
    bare = line.strip()
    name = bare[:-1].strip() if bare.endswith((":", "：")) else ""
    return name if name and is_proper_name(name) else ""


def _stopped_alone(lines: Sequence[str]) -> dict[int, str]:
    """The names in capitals that stand alone with a full stop, as in printed plays."""
    bare = {n: line.strip() for n, line in enumerate(lines) if line.rstrip().endswith(".")}
    loud = {n: one[:-1] for n, one in bare.items() if one.isupper() and is_proper_name(one[:-1])}
    again = capitals_again([*loud.values()])
    return {n: name for n, name in loud.items() if name in again}


class _Shares:
    """How much of a file has labels, by which one of them is judged."""

    def __init__(
        self, found: Counter[str], heads: Sequence[str], bare: Sequence[str], *, is_prose: bool
    ) -> None:
        self._counted = _counted(found)
        plain = {one: n for one, n in found.items() if self._is_like_a_name(one)}
        again = {one for one, times in plain.items() if times > 1}
        labelled = [one for one in map(_written_label, heads) if one in plain]
        first = next((n for n, line in enumerate(heads) if _written_label(line) in plain), 0)
        # A title may stand above.
        said = len(heads) - (first if first <= _MOST_ABOVE and len(labelled) > 2 else 0)
        self._share = len(labelled) / max(1, said)
        self._share_again = sum(one in again for one in labelled) / max(1, said)
        # Captions name who speaks only now and then; in a long text such are no names.
        self._is_rare = is_prose and len(heads) > _LONG and self._share_again < _RARE
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
        if self._is_rare:
            return False
        is_proper = is_capitalised(name) and count_of_words(name) <= _MOST_NAME_WORDS
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
        is_everywhere = self._share_again >= _NEARLY_ALL and self._count > 2
        is_name = is_capitalised(name) and (written[0] != "(" or name.isupper() or is_everywhere)
        return is_numbered or (is_name and (times > 1 or self._share >= _MOST))

    def _is_like_a_name(self, written: str) -> bool:
        name = name_of(written)
        if not may_be_name(name) or name in self._counted:
            return False
        return name.isupper() or is_capitalised(name) or name.split()[0].lower() not in PROSE


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
    >>> name_of("Ana –"), name_of("• Ana")
    ('Ana', 'Ana')
    """
    written = without_sign(written)
    if bullet := _BULLET.match(written):
        written = written[bullet.end() :] or written
    if written[0] in "[(<":
        return written.rstrip(":")[1:-1].strip()
    return written[:-1] if len(written) == 2 and written[1] == "." else written


def written_labels(text: str) -> Iterator[tuple[str, int]]:
    """What may be a label at the head of a text, as it is written, and where it ends."""
    if text.startswith(_BRACKETS) and (match := _BRACKETED.match(text)):
        yield match[1] + match[2], match.end()
    if match := _LETTER.match(text):
        yield f"{match[1]}.", match.end()
    if (":" in text or "：" in text) and (match := LABEL.match(text)):
        yield match[1].strip(), match.end()
    yield from written_before_sign(text)


def _written_label(text: str) -> str:
    if ":" not in text and "：" not in text and not text.startswith(_BRACKETS):
        return ""
    labels = (one for one, _ in written_labels(text) if not has_sign(one))
    return next((one for one in labels if len(one) != 2 or one[1] != "."), "")


def _is_shouted(lines: Sequence[str]) -> bool:
    """Whether a file is in capitals throughout, labels or none: capitals say nothing there."""
    some = lines[:_SOME_LINES]
    rest = "".join(line[next((end for _, end in written_labels(line)), 0) :] for line in some)
    upper = sum(map(str.isupper, rest))
    return upper > _SHOUTED * (upper + sum(map(str.islower, rest)))


def _without_mark(line: str) -> str:
    turn = turn_mark(line)
    return (line[turn.end() :] if turn else line).strip()


def turn_mark(line: str) -> re.Match[str] | None:
    """The mark of a turn at the head of a line; its first group are arrows."""
    # Most lines begin with a letter: those are not worth a search.
    return None if line[:1].isalpha() else _TURN.match(line)
