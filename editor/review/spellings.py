"""Names and rare terms of a text, and which of their spellings may mean the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from editor.review.likeness import letters_of, sound_of, sounds_alike, spelled_alike
from editor.review.similar import bare

#: Names of more words than this are phrases.
_MOST_WORDS = 3
#: A name that another one begins with has at least so many letters.
_SHORTEST_BEGINNING = 6
_ALIKE = 0.8
_INNER = re.compile(r"[a-z][A-Z]|\w-\w|[A-Z]{2}|[A-Za-z]\d|\d[A-Za-z]")
_VOWELS = re.compile(r"[AEIOU]")
_NO_NAMES = frozenset(["I", "I'm", "I'll", "I've", "I'd", "OK"])
_ENDINGS = ("'s", "’s", "s", "n", "an", "ns", "ese", "ed", "ing", "er", "ly")


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """Spellings that may mean the same, with the number of times each is written, most first.

    `heard` are other spellings that recognition had for the same.
    """

    spellings: dict[str, int]
    heard: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether more than one spelling is in the text."""
        return len(self.spellings) > 1


def spelling_groups(
    words: Sequence[str], readings: Iterable[tuple[str, str]] = ()
) -> list[SpellingGroup]:
    """Group the names of a text by what they may mean, the most frequent first.

    `readings` are (written, heard) where recognition heard otherwise: what was heard as a spelling
    of a name counts among its spellings, so that "a lot" can stand with "Alad".

    >>> text = "We asked No Priers and the Deepseek team. It is no-priers, or DeepSeq."
    >>> [group.spellings for group in spelling_groups(text.split()) if group.is_doubtful]
    [{'No Priers': 1, 'no-priers': 1}, {'Deepseek': 1, 'DeepSeq': 1}]
    """
    counts = Counter(text for _, _, text in _names(words))
    heard = [(bare(written), bare(said)) for written, said in readings]
    heard = [(written, said) for written, said in heard if written and _is_name(said)]
    names = [*counts, *(said for _, said in heard if said not in counts)]
    groups = _Groups(names)
    for one, other in _candidates(names):
        if may_be_the_same(one, other):
            groups.join(one, other)
    written_as: dict[str, list[str]] = {}
    for written, said in heard:
        written_as.setdefault(groups.root(said), []).append(written)
    found = [
        _group(members, counts, written_as.get(root, [])) for root, members in groups.members()
    ]
    return sorted(
        (group for group in found if group.spellings),
        key=lambda group: -sum(group.spellings.values()),
    )


def other_spellings(words: Sequence[str], terms: Collection[str] = ()) -> dict[int, str]:
    """For each word that is part of a name with more than one spelling, another spelling of it.

    A spelling that is among the `terms` of a glossary is right, and the others' other one.

    >>> other_spellings("I met Deepseek, and DeepSeq".split())
    {2: 'DeepSeq', 4: 'Deepseek'}
    >>> other_spellings("I met Deepseek, and DeepSeq".split(), ["DeepSeek"])
    {2: 'DeepSeek', 4: 'DeepSeek'}
    """
    other: dict[str, str] = {}
    for group in spelling_groups(words, [(term, term) for term in terms]):
        right = [one for one in (*group.spellings, *group.heard) if one in terms]
        for spelling in group.spellings:
            others = [one for one in right or group.spellings if one != spelling]
            if others and spelling not in terms:
                other[spelling] = others[0]
    return {
        index: other[text]
        for first, end, text in _names(words)
        if text in other
        for index in range(first, end)
    }


def may_be_the_same(one: str, other: str) -> bool:
    """Whether two names are spelled or sound so much alike that they may be one.

    >>> may_be_the_same("NoPryersPod", "No Priers"), may_be_the_same("America", "American")
    (True, False)
    """
    a, b = sorted((letters_of(one), letters_of(other)), key=len)
    if not a or any(a + letters_of(ending) == b for ending in _ENDINGS):
        return False
    if _is_longer_name(one, other) or _is_longer_name(other, one):
        return False
    if a == b:
        return not {one[-2:], other[-2:]} & {"'s", "’s"}
    if len(a) < 4 or any(map(str.isdigit, a + b)):
        return False
    if spelled_alike(one, other) >= _ALIKE and sounds_alike(one, other) >= _ALIKE:
        return True
    first, second = sorted((sound_of(one), sound_of(other)), key=len)
    if len(first) >= 3 and first == second and spelled_alike(one, other) >= 0.6:
        return True
    return len(a) >= _SHORTEST_BEGINNING and len(first) >= 4 and second.startswith(first)


def _is_longer_name(one: str, other: str) -> bool:
    """Whether a name is another one with further words, such as a surname."""
    return f"{one} ".startswith(f"{other} ") and one != other


class _Groups:
    """Disjoint sets of names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def root(self, name: str) -> str:
        while self._parent[name] != name:
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        self._parent[self.root(other)] = self.root(one)

    def members(self) -> list[tuple[str, list[str]]]:
        found: dict[str, list[str]] = {}
        for name in self._parent:
            found.setdefault(self.root(name), []).append(name)
        return list(found.items())


def _group(members: Sequence[str], counts: Counter[str], also: Sequence[str]) -> SpellingGroup:
    written = Counter({name: counts[name] for name in members if counts[name]})
    for text, count in Counter(also).items():
        written[text] = max(written[text], count)
    heard = tuple(name for name in members if not counts[name])
    return SpellingGroup(dict(written.most_common()), heard)


def _names(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Each name [first, end) of the text, once for each time that it is there."""
    bares = [bare(word) for word in words]
    sure = {
        text
        for index, text in enumerate(bares)
        if _is_name(text) and not _begins_sentence(words, index)
    }
    first = 0
    for index, (word, text) in enumerate(zip(words, bares, strict=True)):
        is_odd = _INNER.search(text) is not None
        is_part = text in sure and not is_odd
        if first < index and (not is_part or index - first == _MOST_WORDS):
            yield first, index, " ".join(bares[first:index])
            first = index
        if is_odd:
            yield index, index + 1, text
        if not is_part:
            first = index + 1
        elif word[-1:] in ".,;:!?":
            yield first, index + 1, " ".join(bares[first : index + 1])
            first = index + 1
    if first < len(words):
        yield first, len(words), " ".join(bares[first:])


def _begins_sentence(words: Sequence[str], index: int) -> bool:
    return index == 0 or words[index - 1].rstrip("\"'”’)")[-1:] in ".!?-"


def _is_name(text: str) -> bool:
    return text[:1].isupper() and text not in _NO_NAMES and len(text) > 1


def _candidates(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that begin alike, to the ear: only those are compared."""
    blocks: dict[str, list[str]] = {}
    for name in names:
        blocks.setdefault(_VOWELS.sub("", sound_of(name))[:2], []).append(name)
    for block in blocks.values():
        yield from combinations(block, 2)
