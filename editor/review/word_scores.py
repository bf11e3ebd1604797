"""How likely words are where they stand, found by listening for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.document import RecognisedWord, Word

#: (start_ms, end_ms, log of the probability) of a word that was listened for.
Told = tuple[int, int, float]
#: (start_ms, end_ms, term) where a term of the glossary was said, and something else is written.
Sounding = tuple[int, int, str]


@dataclass(frozen=True)
class WordScores:
    """What listening told of the words of a text and of the words that were recognised.

    `written` holds it by the word's text, so that a word keeps it through edits around it, and one
    that is changed loses it; `recognised` by the recognised word's id; `soundings` by the text of a
    span.
    """

    written: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    recognised: Mapping[int, float] = field(default_factory=dict)
    soundings: Mapping[str, tuple[Sounding, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.written or self.recognised)

    def log_of(self, word: Word) -> float | None:
        """Log of the probability of a word where it stands, None where it was not listened for."""
        for start_ms, end_ms, log in self.written.get(word.text, ()):
            if start_ms < word.end_ms and word.start_ms < end_ms:
                return log
        return None

    def log_of_recognised(self, word: RecognisedWord) -> float | None:
        """The same for a recognised word."""
        return self.recognised.get(word.id)
