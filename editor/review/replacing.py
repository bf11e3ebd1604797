"""One correction carried through a text: what is found, and what it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from editor.document import word_offsets
from editor.errors import InvalidValue
from editor.review.everywhere import bare, similar_places


@dataclass(frozen=True, slots=True)
class Correction:
    """What is looked for and what takes its place.

    `is_pattern`: a regular expression, whose groups `new` may name (`\\1`). `is_whole_word`: not
    within longer words. `any_case`: also in other case, which the new text then takes over.
    `is_similar`: also other spellings and what sounds alike, as `similar_places` finds it.

    Raises:
        InvalidValue: there is nothing to look for, or the expression cannot be read.
    """

    old: str
    new: str
    is_pattern: bool = False
    is_whole_word: bool = False
    any_case: bool = False
    is_similar: bool = False

    def __post_init__(self) -> None:
        if not self.old.strip():
            raise InvalidValue("old", "there is nothing to look for")
        try:
            self.pattern.sub(self.new if self.is_pattern else "", "")
        except (re.error, IndexError) as error:
            raise InvalidValue("old", f"the expression cannot be read: {error}") from error

    @property
    def pattern(self) -> re.Pattern[str]:
        """What is looked for, as a regular expression."""
        old = self.old if self.is_pattern else re.escape(self.old)
        old = rf"(?<!\w)(?:{old})(?!\w)" if self.is_whole_word else old
        return re.compile(old, re.IGNORECASE if self.any_case else 0)


def corrected(text: str, correction: Correction) -> tuple[str, int]:
    """Apply a correction to a text; gives the new text and the number of places changed.

    >>> corrected("Alad met ALAD.", Correction("alad", "elad", any_case=True))
    ('Elad met ELAD.', 2)
    >>> corrected("no-priers, or No Pryers", Correction("No Priers", "No Priors", is_similar=True))
    ('No Priors, or No Priors', 2)
    """
    if correction.is_similar:
        return _similar_corrected(text, correction)

    def new_text(found: re.Match[str]) -> str:
        new = found.expand(correction.new) if correction.is_pattern else correction.new
        return _in_case_of(found[0], new) if correction.any_case else new

    return correction.pattern.subn(new_text, text)


def _similar_corrected(text: str, correction: Correction) -> tuple[str, int]:
    words = text.split()
    starts = [start for _, start in word_offsets(text, words)]
    places = similar_places(words, correction.old)
    for place in reversed(places):
        first, last = starts[place.first_word], place.last_word
        whole = text[first : starts[last] + len(words[last])]
        inner = bare(whole)
        at = first + whole.index(inner)
        text = text[:at] + correction.new + text[at + len(inner) :]
    return text, len(places)


def _in_case_of(old: str, new: str) -> str:
    """The new text in capitals, or with a capital, where the old one is so."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
