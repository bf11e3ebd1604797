"""Changes of a transcript as values, and how words keep their times through them.

Owns what an edit is: pure functions from segments to segments. Where they are saved is the
store's. Revision numbers are left as they are; the store counts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Levenshtein

from editor.align import (
    comparable,
    ended_by,
    in_order,
    in_pieces,
    link_spoken,
    place_between,
    spread,
    weight,
    words_of_link,
)
from editor.document import (
    MIN_WORD_MS,
    HeardWord,
    Segment,
    Word,
    split_words,
    spoken_flags,
    word_offsets,
)
from editor.errors import InvalidValue

ChangeKind = Literal[
    "text",
    "split",
    "merge",
    "set",
    "insert",
    "delete",
    "times",
    "break",
    "replace",
    "correct",
]

#: How many words once written in a segment wait there to be typed again.
_RELEASED_WORDS = 200


@dataclass(frozen=True, slots=True)
class Splice:
    """Neighbouring segments `removed` give way to `inserted`, after the segment `after_id`.

    `after_id` is None at the top of the transcript. A segment that stays in place, changed, is in
    both, under the same id. `removed` is empty for an insertion, `inserted` for a deletion.
    """

    after_id: str | None
    removed: tuple[Segment, ...]
    inserted: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One undoable step: splices at different places, in the order of the text."""

    kind: ChangeKind
    splices: tuple[Splice, ...]


def edit_text(
    segment: Segment,
    text: str,
    *,
    before_ms: int,
    after_ms: int | None,
    heard: Sequence[HeardWord] = (),
) -> Segment:
    """Write another text in a segment; each word that stays keeps its time.

    Case and punctuation may change freely. A word typed again takes back exactly the time it had.
    Other new words take the time of a heard word they resemble, else that of the words they
    replace, else room between their neighbours, never none.

    `before_ms` is where the segment above ends, `after_ms` where the one below starts (None: there
    is none). `heard`: the heard words between the two, at least.
    """
    text = " ".join(text.split("\n")).strip()
    texts, spoken = split_words(text), spoken_flags(text, kind=segment.kind)
    known = _kept_words(segment, texts)
    for first, end in _unknown_runs(known):
        gap = _gap_around(known, first, end, before_ms, after_ms)
        _take_back(known, first, texts[first:end], segment, gap)
    for first, end in _unknown_runs(known):
        gap = _gap_around(known, first, end, before_ms, after_ms)
        _take_heard(known, first, texts[first:end], spoken[first:end], heard, gap)
    for first, end in _unknown_runs(known):
        gap = _gap_around(known, first, end, before_ms, after_ms)
        _take_replaced(known, first, texts[first:end], segment, gap)
    words = tuple(place_between(texts, spoken, known, start_ms=before_ms, end_ms=after_ms))
    # A word's end may lie beyond the segment below, and what it once had beyond the one above.
    low = min([before_ms, *(word.start_ms for word in segment.words[:1])])
    written = clamped(replace(segment, text=text, words=words), low, after_ms)
    return replace(written, released=_released(segment, written.words))


def split(
    segment: Segment, offset: int, *, new_id: str, not_after_ms: int | None = None
) -> tuple[Segment, Segment]:
    """Cut a segment before code point `offset` of its text; the second part gets `new_id`.

    A word cut in two shares its time by letters; where the words stand too close for that, both
    parts begin together. `not_after_ms` is the start of the nearest word below.

    Raises:
        InvalidValue: one of the parts would be empty.
    """
    left, right = segment.text[:offset].strip(), segment.text[offset:].strip()
    if not left or not right:
        raise InvalidValue("offset", "a segment is split between two parts of its text")
    offsets = [at for _, at in word_offsets(segment.text, (w.text for w in segment.words))]
    index = next(i for i, at in enumerate(offsets) if at + len(segment.words[i].text) > offset)
    head, tail = list(segment.words[:index]), list(segment.words[index:])
    within = offset - offsets[index]
    if within > 0:
        latest_ms = tail[1].start_ms if len(tail) > 1 else not_after_ms
        first, second = _halves(tail[0], within, latest_ms)
        head, tail = [*head, first], [second, *tail[1:]]
    cut_ms = tail[0].start_ms
    return (
        replace(
            segment,
            text=left,
            words=_as_split(left, head),
            released=tuple(w for w in segment.released if w.start_ms < cut_ms),
        ),
        replace(
            segment,
            id=new_id,
            text=right,
            words=_as_split(right, tail),
            new_turn=False,
            revision=1,
            note="",
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
        words = _as_split(text, segment.words[first:end])
        if not parts:
            parts.append(replace(segment, text=text, words=words))
            continue
        part_id, revision = further[len(parts) - 1]
        parts.append(
            replace(
                segment,
                id=part_id,
                text=text,
                words=words,
                new_turn=False,
                revision=revision,
                note="",
            )
        )
    return _with_released(parts, segment.released)


def _with_released(parts: list[Segment], released: Sequence[Word]) -> list[Segment]:
    """Parts with those of the words let go that began in them."""
    if not released:
        return parts
    starts_ms = [part.words[0].start_ms for part in parts[1:]]
    mine: list[list[Word]] = [[] for _ in parts]
    for word in released:
        mine[bisect_right(starts_ms, word.start_ms)].append(word)
    return [replace(part, released=tuple(own)) for part, own in zip(parts, mine, strict=True)]


def merge(first: Segment, *below: Segment) -> Segment:
    """Join a segment with those below it, under the first one's id, speaker and turn mark."""
    joined = (first, *below)
    words = in_order(word for segment in joined for word in segment.words)
    text = first.text
    for segment in below:
        unspaced = len(split_words(text[-1:] + segment.text[:1])) == 2
        text = f"{text}{'' if unspaced else ' '}{segment.text}".strip()
    return replace(
        first,
        text=text,
        words=_as_split(text, words),
        kind="sound" if all(segment.kind == "sound" for segment in joined) else "speech",
        reviewed=all(segment.reviewed for segment in joined),
        note="\n".join(segment.note for segment in joined if segment.note),
        released=tuple(w for segment in joined for w in segment.released)[-_RELEASED_WORDS:],
    )


def let_go(segment: Segment, first_word: int, last_word: int) -> Segment:
    """Take the locks off words `first_word` to `last_word` (included): their times are guesses now.

    Raises:
        InvalidValue: no such words.
    """
    if not 0 <= first_word <= last_word < len(segment.words):
        raise InvalidValue("first_word", f"there are {len(segment.words)} words, counted from 0")
    words = list(segment.words)
    for index in range(first_word, last_word + 1):
        if words[index].locked:
            words[index] = replace(words[index], locked=False, origin="placed", confidence=None)
    return replace(segment, words=tuple(words))


def new_segment(
    segment_id: str,
    text: str,
    *,
    before_ms: int,
    after_ms: int | None,
    heard: Sequence[HeardWord] = (),
    speaker: str | None = None,
) -> Segment:
    """Write a segment where there was none; bounds and heard words as in `edit_text`."""
    empty = Segment(segment_id, "", (), speaker=speaker)
    return edit_text(empty, text, before_ms=before_ms, after_ms=after_ms, heard=heard)


def set_times(
    segment: Segment,
    first_word: int,
    last_word: int,
    start_ms: int,
    end_ms: int,
    *,
    not_before_ms: int = 0,
    not_after_ms: int | None = None,
) -> Segment:
    """Lay words `first_word` to `last_word` (both included) from `start_ms` to `end_ms`, locked.

    Words inside keep their proportions; the word before them ends where they begin, if that leaves
    it long enough. `not_before_ms` and `not_after_ms` are the starts of the neighbouring segments'
    nearest words.

    Raises:
        InvalidValue: no such words, no room for them, or they would pass a neighbour.
    """
    if not 0 <= first_word <= last_word < len(segment.words):
        raise InvalidValue("first_word", f"there are {len(segment.words)} words, counted from 0")
    chosen = segment.words[first_word : last_word + 1]
    low = segment.words[first_word - 1].start_ms if first_word else not_before_ms
    rest = segment.words[last_word + 1 :]
    high = rest[0].start_ms if rest else not_after_ms
    if end_ms - start_ms < MIN_WORD_MS * len(chosen):
        raise InvalidValue("end_ms", f"each word needs {MIN_WORD_MS} ms")
    scale = (end_ms - start_ms) / max(1, chosen[-1].end_ms - chosen[0].start_ms)
    moved = in_order(
        replace(
            word,
            start_ms=start_ms + round((word.start_ms - chosen[0].start_ms) * scale),
            end_ms=start_ms + round((word.end_ms - chosen[0].start_ms) * scale),
            origin="manual",
            locked=True,
        )
        for word in chosen
    )
    if start_ms < low or (high is not None and moved[-1].start_ms > high):
        raise InvalidValue("start_ms", "the words would pass their neighbours")
    before = [ended_by(word, start_ms) for word in segment.words[:first_word]]
    return replace(segment, words=(*before, *moved, *rest))


def retimed(old: Sequence[Segment], new: Sequence[Segment]) -> Change:
    """The change that gives all segments of a transcript new times, where they differ.

    Neighbours that change go together: undone one by one, they would bound each other.
    """
    splices: list[Splice] = []
    above_id, run = None, list[tuple[Segment, Segment]]()
    for before, after in [*zip(old, new, strict=True), (None, None)]:
        if before and after and (before != after or (run and not before.words)):
            run.append((before, after))
            continue
        if run:
            removed, inserted = zip(*run, strict=True)
            splices.append(Splice(above_id, removed, inserted))
            above_id, run = removed[-1].id, []
        above_id = before.id if before else None
    return Change("times", tuple(splices))


def restored(
    change: Change,
    current: Mapping[str, Segment],
    *,
    forward: bool,
    bounds: Sequence[tuple[int, int | None]],
) -> Change:
    """Give the change that undoes `change`, or with `forward` does it again.

    `current` holds the segments that stand there now, by id. Words that stand there still keep the
    times they have now, since alignment may have mended them meanwhile; only a change of times
    brings old times back. `bounds` gives for each splice the latest start above and the earliest
    start below it.
    """
    splices = []
    for splice, (low, high) in zip(change.splices, bounds, strict=True):
        gone, wanted = (
            (splice.removed, splice.inserted) if forward else (splice.inserted, splice.removed)
        )
        present = tuple(current[segment.id] for segment in gone)
        if change.kind != "times":
            wanted = with_present_times(wanted, present)
        inserted = tuple(clamped(segment, low, high) for segment in wanted)
        splices.append(Splice(splice.after_id, present, inserted))
    return Change(change.kind, tuple(splices))


def with_present_times(
    wanted: Sequence[Segment], present: Sequence[Segment]
) -> tuple[Segment, ...]:
    """The wanted segments; words that stand there already keep the times they have now."""
    old = [word for segment in wanted for word in segment.words]
    now = [word for segment in present for word in segment.words]
    known: list[Word | None] = list(old)
    for i, j in _equal_pairs([w.text for w in old], [w.text for w in now]):
        known[i] = replace(now[j], text=old[i].text)
    words = iter(in_order(word for word in known if word is not None))
    return tuple(
        replace(segment, words=tuple(next(words) for _ in segment.words)) for segment in wanted
    )


def clamped(segment: Segment, low: int, high: int | None) -> Segment:
    """The segment with every start within [low, high] (None: no end)."""
    words = []
    for word in segment.words:
        start = max(low, word.start_ms if high is None else min(word.start_ms, high))
        words.append(replace(word, start_ms=start, end_ms=max(word.end_ms, start + MIN_WORD_MS)))
    return replace(segment, words=tuple(words))


def _equal_pairs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices of the same word on both sides, rising."""
    opcodes = Levenshtein.opcodes([comparable(w) or w for w in a], [comparable(w) or w for w in b])
    return [
        (op.src_start + k, op.dest_start + k)
        for op in opcodes
        if op.tag == "equal"
        for k in range(op.src_end - op.src_start)
    ]


def _kept_words(segment: Segment, texts: Sequence[str]) -> list[Word | None]:
    """For each new word the old one that it still is, at its full time if it had lent some."""
    known: list[Word | None] = [None] * len(texts)
    for i, j in _equal_pairs([word.text for word in segment.words], texts):
        known[j] = replace(_unlent(segment.words[i], segment.released), text=texts[j])
    return known


def _unlent(word: Word, released: Sequence[Word]) -> Word:
    """The word as it was before a neighbour typed in borrowed from its time."""
    for old in released:
        if (
            old.text == word.text
            and old.start_ms <= word.start_ms
            and old.end_ms >= word.end_ms
            and not word.locked
        ):
            return old
    return word


def _unknown_runs(known: Sequence[Word | None]) -> list[tuple[int, int]]:
    runs, first = [], None
    for index, word in enumerate([*known, Word("", 0, 0)]):
        if word is None and first is None:
            first = index
        elif word is not None and first is not None:
            runs.append((first, index))
            first = None
    return runs


def _gap_around(
    known: Sequence[Word | None], first: int, end: int, before_ms: int, after_ms: int | None
) -> tuple[int, int]:
    before = known[first - 1] if first else None
    after = known[end] if end < len(known) else None
    open_end = after_ms if after_ms is not None else 2**53
    return (before.end_ms if before else before_ms, after.start_ms if after else open_end)


def _take_back(
    known: list[Word | None],
    first: int,
    texts: Sequence[str],
    segment: Segment,
    gap: tuple[int, int],
) -> None:
    """Give words typed again the time they once had here."""
    former = sorted(
        (w for w in (*segment.released, *segment.words) if _inside(w.start_ms, w.end_ms, gap)),
        key=lambda word: (word.start_ms, word.end_ms),
    )
    sure = [w for w in former if w.origin != "placed"]
    former = [
        w
        for w in former
        if w.origin != "placed"
        or not any(
            s.text == w.text and s.start_ms < w.end_ms and w.start_ms < s.end_ms for s in sure
        )
    ]
    for i, j in _equal_pairs([word.text for word in former], texts):
        known[first + j] = replace(former[i], text=texts[j])


def _take_heard(
    known: list[Word | None],
    first: int,
    texts: Sequence[str],
    spoken: Sequence[bool],
    heard: Sequence[HeardWord],
    gap: tuple[int, int],
) -> None:
    """Give new words the time of heard words in the gap that they are, or resemble."""
    inside = in_pieces([h for h in heard if _inside(h.start_ms, h.end_ms, gap)])
    for link in link_spoken(texts, spoken, inside):
        if link.kind != "different":
            words = words_of_link(texts, link, inside)
            known[first + link.written_first : first + link.written_end] = words


def _take_replaced(
    known: list[Word | None],
    first: int,
    texts: Sequence[str],
    segment: Segment,
    gap: tuple[int, int],
) -> None:
    """Share the time of the words that stood in the gap among those that stand there now."""
    gone = [w for w in segment.words if _inside(w.start_ms, w.end_ms, gap)]
    if not gone or gone[-1].end_ms - gone[0].start_ms < MIN_WORD_MS * len(texts):
        return
    span = (gone[0].start_ms, gone[-1].end_ms)
    covered = tuple(dict.fromkeys(j for word in gone for j in word.heard))
    for k, (start, end) in enumerate(spread([weight(text) for text in texts], [span])):
        end = max(end, start + MIN_WORD_MS)
        known[first + k] = Word(texts[k], start, end, "placed", heard=covered)


def _released(segment: Segment, words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that stood here with another text or time than any does now; surest last."""
    standing = {(word.text, word.start_ms, word.end_ms) for word in words}
    gone: dict[tuple[str, int, int], Word] = {}
    for word in (*segment.released, *segment.words):
        key = (word.text, word.start_ms, word.end_ms)
        if key not in standing:
            gone[key] = word
    sure = [word for word in gone.values() if word.origin != "placed"]
    guessed = [word for word in gone.values() if word.origin == "placed"]
    return (*guessed, *sure)[-_RELEASED_WORDS:]


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
        heard = tuple(dict.fromkeys(j for part in parts for j in part.heard))
        end_ms = max(part.end_ms for part in parts)
        whole.append(replace(parts[0], text=written, end_ms=end_ms, heard=heard))
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


def _inside(start_ms: int, end_ms: int, gap: tuple[int, int]) -> bool:
    return gap[0] <= start_ms and end_ms <= gap[1]
