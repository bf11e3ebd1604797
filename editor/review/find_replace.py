"""One correction carried through a text: what is found, and what it becomes."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from editor.document import split_words, word_offsets
from editor.errors import NotPossible
from editor.review.similar import Likeness, bare, similar_places

#: What looking through a whole text may take; more would hold up a server.
_MOST_S = 3.0
#: Longer names are none, and each stretch of a text about as long would be compared with them.
_MOST_SIMILAR_LETTERS, _MOST_SIMILAR_WORDS = 100, 12
#: As many characters as all places together may become: some ten times the longest text.
_MOST_WRITTEN = 10_000_000
#: Of what names groups, for each may be as long as a segment.
_LONGEST_NEW = 1_000
_POSSESSIVE = regex.compile(r"(?<=\w)['’]s$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is looked for and what takes its place.

    `is_pattern`: a regular expression, whose groups `new` may name (`\\1`). `is_whole_word`: not
    within longer words. `any_case`: also in other case, which the new text then takes over; what
    stands there just as it was looked for becomes just the new text.
    `is_similar`: also other spellings and what sounds alike, as `similar_places` finds it.

    Raises:
        NotPossible: there is nothing to look for, or the expression cannot be read.
    """

    old: str
    new: str
    is_pattern: bool = False
    is_whole_word: bool = False
    any_case: bool = False
    is_similar: bool = False

    def __post_init__(self) -> None:
        if not self.old.strip():
            raise NotPossible("old", "Enter a text to find.")
        if self.is_pattern and len(self.new) > _LONGEST_NEW:
            reason = f"With an expression it has {_LONGEST_NEW} characters at most."
            raise NotPossible("new", reason)
        if self.is_similar and (
            len(self.old) > _MOST_SIMILAR_LETTERS or len(self.old.split()) > _MOST_SIMILAR_WORDS
        ):
            most = f"{_MOST_SIMILAR_WORDS} words and {_MOST_SIMILAR_LETTERS} characters"
            raise NotPossible("old", f"Other spellings are found for {most} at most.")
        try:
            # With an empty choice it always matches, so that the groups of `new` are looked up.
            regex.sub(f"(?:{self.pattern.pattern})|", self.new if self.is_pattern else "", "")
        except (regex.error, IndexError, OverflowError, RecursionError) as error:
            raise NotPossible("old", f"Invalid regular expression: {error}") from error

    @property
    def pattern(self) -> regex.Pattern[str]:
        """What is looked for, as a regular expression."""
        old = self.old if self.is_pattern else regex.escape(self.old)
        old = rf"(?<!\w)(?:{old})(?!\w)" if self.is_whole_word else old
        return regex.compile(old, regex.IGNORECASE if self.any_case else 0)


class Patience:
    """What a search may take altogether, over however many texts."""

    def __init__(self, most_s: float = _MOST_S) -> None:
        self._until_s = time.monotonic() + most_s

    def left_s(self) -> float:
        """How many seconds are left.

        Raises:
            NotPossible: none.
        """
        left_s = self._until_s - time.monotonic()
        if left_s <= 0:
            raise NotPossible("old", "The expression takes too long.")
        return left_s


@dataclass(frozen=True, slots=True)
class Replacement:
    """Code points [start, end) of the text numbered `text`, what stands there and what should.

    `likeness` and `score` tell how much it is like what was looked for, as in `Place`.
    """

    text: int
    start: int
    end: int
    old: str
    new: str
    likeness: Likeness = "exact"
    score: float = 1.0


def replacements(
    texts: Sequence[str], correction: Correction, patience: Patience | None = None
) -> list[Replacement]:
    """All places of some texts that a correction changes, in order; none reaches over two texts.

    Raises:
        NotPossible: the expression takes too long.
    """
    return [one for one in places_found(texts, correction, patience) if one.old != one.new]


def places_found(
    texts: Sequence[str], correction: Correction, patience: Patience | None = None
) -> Iterator[Replacement]:
    """All places that a correction looks for, in order, also where it would change nothing.

    Each is looked for when it is taken.

    Raises:
        NotPossible: the expression takes too long.
    """
    if correction.is_similar:
        return _similar(texts, correction)
    return _matching(texts, correction, patience or Patience())


def corrected(
    text: str, correction: Correction, patience: Patience | None = None
) -> tuple[str, int]:
    """Apply a correction to a text; gives the new text and the number of places changed.

    Where a text is given line by line, all lines share one `patience`.

    >>> corrected("Alad met ALAD.", Correction("alad", "elad", any_case=True))
    ('Elad met ELAD.', 2)
    >>> corrected("Internet or internet", Correction("Internet", "internet", any_case=True))
    ('internet or internet', 1)
    >>> corrected("no-priers, or No Pryers", Correction("No Priers", "No Priors", is_similar=True))
    ('No Priors, or No Priors', 2)
    """
    found = replacements([text], correction, patience)
    for one in reversed(found):
        text = text[: one.start] + one.new + text[one.end :]
    return text, len(found)


def _matching(
    texts: Sequence[str], correction: Correction, patience: Patience
) -> Iterator[Replacement]:
    pattern, written = correction.pattern, 0
    for number, text in enumerate(texts):
        try:
            found = pattern.finditer(text, timeout=patience.left_s())
            matches = [one for one in found if one[0]]
        except TimeoutError as error:
            raise NotPossible("old", "The expression takes too long.") from error
        for match in matches:
            new = match.expand(correction.new) if correction.is_pattern else correction.new
            if correction.any_case and match[0] != correction.old:
                new = _in_case_of(match[0], new)
            written += len(new)
            if written > _MOST_WRITTEN:
                raise NotPossible("new", "All places together would become too long.")
            yield Replacement(number, match.start(), match.end(), match[0], new)


def _similar(texts: Sequence[str], correction: Correction) -> Iterator[Replacement]:
    split = [split_words(text) for text in texts]
    bounds = [0, *accumulate(map(len, split))]
    words = [word for some in split for word in some]
    starts: dict[int, list[int]] = {}
    for place in similar_places(words, correction.old, bounds=bounds):
        number = bisect_right(bounds, place.first_word) - 1
        if number not in starts:
            starts[number] = [at for _, at in word_offsets(texts[number], split[number])]
        first, last = place.first_word - bounds[number], place.last_word - bounds[number]
        begin, end = starts[number][first], starts[number][last] + len(split[number][last])
        inner = bare(texts[number][begin:end])
        at = texts[number].index(inner, begin)
        new = correction.new and correction.new + _possessive(inner, correction.old)
        yield Replacement(number, at, at + len(inner), inner, new, place.likeness, place.score)


def _possessive(found: str, wanted: str) -> str:
    """The 's that stands on what was found, and not on what was looked for."""
    ending = _POSSESSIVE.search(found)
    return ending[0] if ending and not _POSSESSIVE.search(wanted) else ""


def _in_case_of(old: str, new: str) -> str:
    """The new text in capitals, or with a capital, where the old one is so."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
