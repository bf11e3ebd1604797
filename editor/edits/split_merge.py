"""Segments cut in parts, and joined again, each word with its time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from editor.align import in_order, weight
from editor.document import MIN_WORD_MS, Segment, Word, split_words, word_offsets
from editor.edits.text import RELEASED_WORDS
from editor.edits.times import lasting_until
from editor.errors import NotPossible


def split(
    segment: Segment, offset: int, *, new_id: str, not_after_ms: int | None = None
) -> tuple[Segment, Segment]:
    """Cut a segment before code point `offset` of its text; the second part gets `new_id`.

    A word cut in two shares its time by letters; where the words stand too close for that, both
    parts begin together. `not_after_ms` is the start of the nearest word below. Of a segment that
    lasts beyond that both parts do, since its words have no room to be read one after the other.

    Raises:
        NotPossible: one of the parts would be empty.
    """
    left, right = segment.text[:offset].strip(), segment.text[offset:].strip()
    if not left or not right:
        raise NotPossible("offset", "A segment can only be split between two words.")
    offsets = [at for _, at in word_offsets(segment.text, (w.text for w in segment.words))]
    index = next(i for i, at in enumerate(offsets) if at + len(segment.words[i].text) > offset)
    head, tail = list(segment.words[:index]), list(segment.words[index:])
    within = offset - offsets[index]
    if within > 0:
        latest_ms = tail[1].start_ms if len(tail) > 1 else not_after_ms
        first, second = _halves(tail[0], within, latest_ms)
        head, tail = [*head, first], [second, *tail[1:]]
    cut_ms = tail[0].start_ms
    first_part = replace(
        segment,
        text=left,
        words=_as_split(left, head),
        released=tuple(w for w in segment.released if w.start_ms < cut_ms),
    )
    end_ms = segment.end_ms or 0
    if not_after_ms is not None and end_ms > not_after_ms:
        first_part = lasting_until(first_part, end_ms)
    return (
        first_part,
        replace(
            _further_part(segment, right, tail, new_id, 1),
            released=tuple(w for w in segment.released if w.start_ms >= cut_ms),
        ),
    )


def cut(
    segment: Segment, starts: Sequence[int], further: Sequence[tuple[str, int]]
) -> list[Segment]:
    """Cut a segment before some of its words, given by number: the parts that `split` would give.

    `starts` increase and none is 0; `further` has the id and the revision of each part but the
    first, which keeps its own.
    """
    offsets = [at for _, at in word_offsets(segment.text, (w.text for w in segment.words))]
    places = [(0, 0), *((number, offsets[number]) for number in starts)]
    parts = list[Segment]()
    for (first, at), (end, end_at) in pairwise([*places, (len(offsets), len(segment.text))]):
        text = segment.text[at:end_at].strip()
        words = segment.words[first:end]
        parts.append(
            _further_part(segment, text, words, *further[len(parts) - 1])
            if parts
            else replace(segment, text=text, words=_as_split(text, words))
        )
    return _with_released(parts, segment.released)


def merge(first: Segment, *below: Segment) -> Segment:
    """Join a segment with those below it, under the first one's id, speaker and turn mark.

    It ends when the last of them does.
    """
    joined = (first, *below)
    words = in_order(word for segment in joined for word in segment.words)
    text = first.text
    for segment in below:
        unspaced = len(split_words(text[-1:] + segment.text[:1])) == 2
        text = f"{text}{'' if unspaced else ' '}{segment.text}".strip()
    whole = replace(
        first,
        text=text,
        words=_as_split(text, words),
        kind="sound" if all(segment.kind == "sound" for segment in joined) else "speech",
        reviewed=all(segment.reviewed for segment in joined),
        note="\n".join(segment.note for segment in joined if segment.note),
        released=tuple(w for segment in joined for w in segment.released)[-RELEASED_WORDS:],
    )
    return lasting_until(whole, max(segment.end_ms or 0 for segment in joined))


def _further_part(
    segment: Segment, text: str, words: Sequence[Word], part_id: str, revision: int
) -> Segment:
    """A part of a segment behind its first: the same speaker goes on, and the note stays above."""
    return replace(
        segment,
        id=part_id,
        text=text,
        words=_as_split(text, words),
        new_turn=False,
        revision=revision,
        note="",
    )


def _with_released(parts: list[Segment], released: Sequence[Word]) -> list[Segment]:
    """Parts with those of the words let go that began in them."""
    if not released:
        return parts
    starts_ms = [part.words[0].start_ms for part in parts[1:]]
    mine: list[list[Word]] = [[] for _ in parts]
    for word in released:
        mine[bisect_right(starts_ms, word.start_ms)].append(word)
    return [replace(part, released=tuple(own)) for part, own in zip(parts, mine, strict=True)]


def _as_split(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a text as `split_words` gives them; cuts and seams leave them in pieces."""
    texts = split_words(text)
    if texts == [word.text for word in words]:
        return tuple(words)
    old = list(
        zip(words, (at for _, at in word_offsets(text, (w.text for w in words))), strict=True)
    )
    whole = []
    for written, start in word_offsets(text, texts):
        end = start + len(written)
        parts = [word for word, at in old if at < end and at + len(word.text) > start]
        recognised = tuple(dict.fromkeys(j for part in parts for j in part.recognised_ids))
        end_ms = max(part.end_ms for part in parts)
        whole.append(replace(parts[0], text=written, end_ms=end_ms, recognised_ids=recognised))
    return tuple(whole)


def _halves(word: Word, offset: int, latest_ms: int | None) -> tuple[Word, Word]:
    """Cut a word before the character at `offset`; the time is shared by letters.

    The second part starts no later than `latest_ms`.
    """
    left, right = word.text[:offset], word.text[offset:]
    length = word.end_ms - word.start_ms
    share = round(length * weight(left) / (weight(left) + weight(right)))
    cut = word.start_ms + min(max(share, MIN_WORD_MS), max(length - MIN_WORD_MS, MIN_WORD_MS))
    if latest_ms is not None:
        cut = max(word.start_ms, min(cut, latest_ms))
    return (
        replace(word, text=left, end_ms=max(cut, word.start_ms + MIN_WORD_MS)),
        replace(word, text=right, start_ms=cut, end_ms=max(word.end_ms, cut + MIN_WORD_MS)),
    )
