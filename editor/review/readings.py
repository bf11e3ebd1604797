"""What the two readings of a place say about which of them is right, by themselves."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Indel

from editor.review.likeness import alike, letters_of
from editor.review.rarity import rarity

_UNKNOWN = 1.0


@lru_cache(maxsize=50_000)
def compared(written: str, said: str, language: str | None) -> dict[str, float]:
    """Signals of a place where something else was recognised than is written.

    Readings that are alike are one a mishearing of the other; which, tells how rare their words
    are. A word that has nothing in the other reading is more than a mishearing.
    """
    likeness = alike(written, said)
    signals = {
        "alike": likeness,
        "least_alike": min(_least_alike(written, said), _least_alike(said, written)),
    }
    written_rare, heard_rare = rarity(written, language), rarity(said, language)
    if written_rare is None or heard_rare is None:
        return signals
    signals |= {"written_rare": written_rare, "heard_rare": heard_rare}
    if written_rare == _UNKNOWN:
        signals["written_unknown"] = 1.0
    elif heard_rare == _UNKNOWN:
        signals["heard_unknown_alike"] = likeness
    return signals


def _least_alike(text: str, other: str) -> float:
    """The least share of a word's letters that the other reading has in the same order."""
    words = [letters for word in text.split() if (letters := letters_of(word))]
    if not words:
        return 0.0
    shared = [
        index
        for block in Indel.opcodes("".join(words), letters_of(other))
        if block.tag == "equal"
        for index in range(block.src_start, block.src_end)
    ]
    least, first = 1.0, 0
    for word in words:
        end = first + len(word)
        least = min(least, sum(first <= index < end for index in shared) / len(word))
        first = end
    return least
