"""What a correction teaches: names and rare terms that a person put for other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from editor.review.rarity import rarity
from editor.review.similar import bare

#: A correction of more words than this is another text.
_MOST_WORDS = 4
#: From this on a word is a term: "basalt" is, "spectacles" is not.
_RARE = 0.7
_INNER_CAPITAL = re.compile(r"\w[A-Z]|[A-Za-z]\d|\d[A-Za-z]")
_NO_NAMES = frozenset(["I", "I'm", "I'll", "I've", "I'd", "OK"])


def learned_terms(before: str, after: str, language: str | None) -> list[str]:
    """The names and rare terms in what was put for other words of a text, as they are spelled now.

    `language` (ISO 639-1) tells which words are rare.

    >>> learned_terms("he met a lot in town", "he met Elad Gil in town", "en")
    ['Elad Gil']
    >>> learned_terms("on YouTube you'd see", "on Tube you see", "en")
    []
    >>> learned_terms("and than it ends", "and then it ends", "en")
    []
    """
    old, new = before.split(), after.split()
    learned: list[str] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_short = max(i_end - i, j_end - j) <= _MOST_WORDS
        if tag == "replace" and is_short and not _is_left_of(old[i:i_end], new[j:j_end]):
            known = {bare(word) for word in old[i:i_end]}
            learned += [
                term
                for term in _terms(new, j, j_end, language)
                if not known.issuperset(term.split())
            ]
    return list(dict.fromkeys(learned))


def _is_left_of(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether new words are but what a deletion left of old ones: "Tube" of "YouTube"."""
    letters = iter(" ".join(old))
    return all(letter in letters for letter in " ".join(new))


def _terms(words: Sequence[str], first: int, end: int, language: str | None) -> Iterator[str]:
    """Each run of names and rare words among those from `first` to `end` - 1."""
    for is_term, run in groupby(range(first, end), lambda at: _is_term(words, at, language)):
        if is_term:
            yield " ".join(bare(words[at]) for at in run)


def _is_term(words: Sequence[str], at: int, language: str | None) -> bool:
    word = bare(words[at])
    begins_sentence = at == 0 or words[at - 1].rstrip("\"'”’)")[-1:] in ".!?-"
    if _INNER_CAPITAL.search(word) and not word.isupper():
        return True
    if word[:1].isupper() and not begins_sentence:
        return len(word) > 1 and word not in _NO_NAMES
    return (rarity(word, language) or 0.0) >= _RARE
