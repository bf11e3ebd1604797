"""Doubts: the places of the text where what is written and what was heard disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel

from editor.align import comparable
from editor.document import HeardWord, Segment, spoken_flags

DoubtKind = Literal["different", "not_heard", "not_written"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A span of a segment's words that is probably wrong.

    `first_word` and `last_word` count the segment's words from 0, both included; where something
    is missing, `last_word` is `first_word` - 1. `score` is in [0, 1], greater is worse.
    """

    kind: DoubtKind
    first_word: int
    last_word: int
    written: str
    heard: str
    score: float
    start_ms: int
    end_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A person's word that the text is right where a doubt said otherwise."""

    segment_id: str
    kind: DoubtKind
    written: str
    heard: str
    start_ms: int
    end_ms: int


def is_kept(doubt: Doubt, segment_id: str, kept: Iterable[Kept]) -> bool:
    """Whether a person has decided about this doubt, also where the recording was heard anew.

    It is the same when it says the same in the same segment; and, since segments are split and
    joined and another recognition hears otherwise, when it is about the same writing at the same
    time (about the same heard words, where nothing is written).
    """
    return any(_is_same(doubt, segment_id, one) for one in kept)


def _is_same(doubt: Doubt, segment_id: str, kept: Kept) -> bool:
    if (doubt.written, bool(doubt.written) or doubt.heard) != (
        kept.written,
        bool(kept.written) or kept.heard,
    ):
        return False
    says_the_same = (doubt.kind, doubt.heard) == (kept.kind, kept.heard)
    return (segment_id == kept.segment_id and says_the_same) or (
        doubt.start_ms < kept.end_ms and kept.start_ms < doubt.end_ms
    )


def segment_doubts(segment: Segment, heard: Sequence[HeardWord]) -> list[Doubt]:
    """Compare a segment with what was heard from its start to the next segment's start.

    `heard` is sorted by time and may hold more than that; only heard words after the first and
    before the last word that the segment covers, or in its span, count as missing from it.
    """
    if segment.kind == "sound" or not segment.words or not heard:
        return []
    by_id = {word.id: word for word in heard}
    doubts = [*_written_doubts(segment, by_id), *_missing_doubts(segment, heard)]
    return sorted(doubts, key=lambda doubt: (doubt.first_word, doubt.last_word))


def _written_doubts(segment: Segment, by_id: dict[int, HeardWord]) -> list[Doubt]:
    spoken: list[bool] = []
    doubts = []
    for covered, group in groupby(range(len(segment.words)), lambda i: segment.words[i].heard):
        indices = list(group)
        sources = [by_id[j] for j in covered if j in by_id]
        if [segment.words[i].text for i in indices] == [source.text for source in sources]:
            continue
        spoken = spoken or spoken_flags(
            segment.text, kind=segment.kind, words=[word.text for word in segment.words]
        )
        indices = [i for i in indices if spoken[i]]
        if not indices or (covered and not sources):
            continue
        first, last = indices[0], indices[-1]
        written = " ".join(word.text for word in segment.words[first : last + 1])
        said = " ".join(source.text for source in sources)
        if _folded(written) == _folded(said) or all(
            word.locked for word in segment.words[first : last + 1]
        ):
            continue
        start, end = segment.words[first].start_ms, segment.words[last].end_ms
        if sources:
            sure = min(source.probability for source in sources)
            score = round(sure * (0.5 + 0.5 * _likeness(written, said)), 3)
            why = f"heard “{said}” ({sure:.0%} sure)"
            doubts.append(Doubt("different", first, last, written, said, score, start, end, why))
        else:
            why = "nothing like it was heard here"
            doubts.append(Doubt("not_heard", first, last, written, "", 0.4, start, end, why))
    return doubts


def _missing_doubts(segment: Segment, heard: Sequence[HeardWord]) -> list[Doubt]:
    covered = {j for word in segment.words for j in word.heard}
    if not covered:
        return []
    low, high = min(covered), max(covered)
    missing = [h for h in heard if low < h.id < high and h.id not in covered]
    doubts = []
    for _, run in groupby(enumerate(missing), lambda pair: pair[1].id - pair[0]):
        words = [word for _, word in run]
        at = sum(1 for word in segment.words if word.start_ms < words[0].start_ms)
        said = " ".join(word.text for word in words)
        score = round(min(word.probability for word in words) * 0.8, 3)
        why = f"heard “{said}”, not written"
        start, end = words[0].start_ms, words[-1].end_ms
        doubts.append(Doubt("not_written", at, at - 1, "", said, score, start, end, why))
    return doubts


def _folded(text: str) -> str:
    return "".join(comparable(word) for word in text.split())


def _likeness(a: str, b: str) -> float:
    likeness: float = Indel.normalized_similarity(_folded(a), _folded(b))
    return likeness
