"""Recognised words split as written ones are, in scripts written without spaces.

There a written word is one grapheme, while recognition gives words of several, or in Thai less
than one. Each part keeps the id of the recognised word it comes from and has its share of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from editor.align.normalise import weight
from editor.align.place import spread
from editor.document import RecognisedWord, Word, split_words

#: Up to this many words may stand between the parts of one recognised word.
_INSIDE_WORDS = 3
_MARKS = regex.compile(r"\p{M}+")


def split_as_written(recognised: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Split recognised words as written ones are; marks at a head belong to the word before.

    >>> word = RecognisedWord(7, "手机", 0, 400, 0.9)
    >>> [(part.id, part.text, part.start_ms) for part in split_as_written([word])]
    [(7, '手', 0), (7, '机', 200)]
    """
    parts: list[RecognisedWord] = []
    for word in recognised:
        text = word.text.strip()
        if parts and (marks := _MARKS.match(text)):
            parts[-1] = replace(parts[-1], text=parts[-1].text + marks[0])
            text = text[marks.end() :]
        parts += _parts(word, text)
    return parts


def _parts(word: RecognisedWord, text: str) -> list[RecognisedWord]:
    texts = [text] if text.isascii() else split_words(text)
    if len(texts) < 2:
        return [word if word.text == text else replace(word, text=text)]
    times = spread([weight(part) for part in texts], [(word.start_ms, word.end_ms)])
    return [
        replace(word, text=part, start_ms=start, end_ms=end)
        for part, (start, end) in zip(texts, times, strict=True)
    ]


def with_whole_groups(words: Sequence[Word]) -> list[Word]:
    """Let neighbouring words that share a recognised word cover the same ones.

    A recognised word is then covered by one group of words only, though its parts were linked
    apart; a few words written between its parts belong to the group too.
    """
    whole = list(words)
    groups: list[tuple[int, int, frozenset[int]]] = []
    taken = set[int]()
    for at, word in enumerate(words):
        ids = frozenset(word.recognised_ids) - taken
        first, end, known = groups[-1] if groups else (0, 0, frozenset[int]())
        if ids.isdisjoint(known):
            pass
        elif at - end <= _INSIDE_WORDS:
            groups[-1] = (first, at + 1, known | ids)
            continue
        else:
            ids -= known
        if len(ids) < len(word.recognised_ids):
            whole[at] = _placed(word, ids)
        if ids:
            groups.append((at, at + 1, ids))
            taken.update(known)
    for first, end, ids in groups:
        if end - first > 1:
            covered = tuple(sorted(ids))
            whole[first:end] = [_covering(word, covered) for word in whole[first:end]]
    return whole


def _placed(word: Word, ids: frozenset[int]) -> Word:
    """A word that covers less than it was linked with: too far from the rest of it."""
    return replace(word, recognised_ids=tuple(sorted(ids)), origin="placed", confidence=None)


def _covering(word: Word, ids: tuple[int, ...]) -> Word:
    return word if word.recognised_ids == ids else replace(word, recognised_ids=ids)
