"""Moving the times of many words at once: from one place on, stretched, or as their file has them.

Where text and recording run apart, a person says when one word is spoken, and the rest follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from editor.align import ended_by
from editor.document import MIN_WORD_MS, Segment, Word, is_guessed
from editor.edits.times import set_times
from editor.errors import NotPossible

#: An anchor in front of all words: the start of the recording.
RECORDING_START = -1


def moved_segments(
    segments: Sequence[Segment],
    at: int,
    to_ms: int,
    *,
    anchor: int | None = None,
    not_before_ms: int = 0,
) -> list[Segment]:
    """The same for the words of neighbouring segments, counted through; see `moved_words`."""
    words = [word for segment in segments for word in segment.words]
    moved = iter(moved_words(words, at, to_ms, anchor=anchor, not_before_ms=not_before_ms))
    return [
        replace(segment, words=tuple(next(moved) for _ in segment.words)) for segment in segments
    ]


def moved_words(
    words: Sequence[Word],
    at: int,
    to_ms: int,
    *,
    anchor: int | None = None,
    not_before_ms: int = 0,
) -> list[Word]:
    """Let word `at` begin at `to_ms`, locked; all words after it move by the same time.

    The words between word `anchor` (or `RECORDING_START`) and `at` are stretched or pressed in
    proportion; without an anchor they stay. Locks stay, and hold nothing back: the person moves
    all. `not_before_ms` is the start of the nearest word before these.

    Raises:
        NotPossible: the word would pass its anchor or the words that stay.
    """
    if not 0 <= at < len(words) or (anchor is not None and not RECORDING_START <= anchor < at):
        raise NotPossible("word", "This word no longer exists. Try again.")
    staying = at if anchor is None else anchor + 1
    low_ms = words[staying - 1].start_ms if staying else not_before_ms
    if to_ms < low_ms + MIN_WORD_MS * (at - staying):
        raise NotPossible("to_ms", "The word would start before the word in front of it.")
    by_ms = to_ms - words[at].start_ms
    scale = (to_ms - low_ms) / max(1, words[at].start_ms - low_ms)
    here = replace(_moved(words[at], by_ms), origin="manual", locked=True)
    return [
        *(_ended_by(word, to_ms, words[at].start_ms) for word in words[:staying]),
        *(_stretched(word, low_ms, scale) for word in words[staying:at]),
        here,
        *(_moved(word, by_ms) for word in words[at + 1 :]),
    ]


def laid_with_rest(
    segments: Sequence[Segment],
    words: tuple[int, int],
    span_ms: tuple[int, int],
    by_ms: int,
    *,
    not_before_ms: int = 0,
) -> list[Segment]:
    """Lay words of the first segment, as `set_times` does, and move all words behind by `by_ms`.

    Raises:
        NotPossible: no such words, no room for them, or what moves would pass them.
    """
    last = words[1]

    def moved(run: list[Segment]) -> list[Segment]:
        every = [word for segment in run for word in segment.words]
        if last + 1 >= len(every):
            return run
        return moved_segments(run, last + 1, every[last + 1].start_ms + by_ms)

    def laid(run: list[Segment]) -> list[Segment]:
        first, *rest = run
        below_ms = next((word.start_ms for one in rest for word in one.words), None)
        timed = set_times(
            first, *words, *span_ms, not_before_ms=not_before_ms, not_after_ms=below_ms
        )
        return [timed, *rest]

    # What comes towards the words makes room for them, or they for it, before it moves.
    run = list(segments)
    return moved(laid(run)) if by_ms < 0 else laid(moved(run))


def mended_segments(
    segments: Sequence[Segment],
    imported_ms: Sequence[int | None],
    media_ms: Callable[[int], int],
) -> list[Segment]:
    """Give words whose times are guesses those of the file they came from, mended.

    `imported_ms` has the start of each word in its file, None where it has none there; `media_ms`
    says when what the file has at a time is heard. Words of known times stay, and are not passed.
    """
    words = [word for segment in segments for word in segment.words]
    latest = _latest_starts(words)
    mended: list[Word] = []
    for word, at_ms, high in zip(words, imported_ms, latest, strict=True):
        low = mended[-1].start_ms if mended else 0
        if is_guessed(word):
            wanted = word.start_ms if at_ms is None else media_ms(at_ms)
            start = max(low, wanted if high is None else min(wanted, high))
            origin = word.origin if at_ms is None else "imported"
            length = word.end_ms - word.start_ms
            word = replace(word, start_ms=start, end_ms=start + length, origin=origin)
        mended.append(word)
    for index in range(len(mended) - 1):
        lasts = words[index].end_ms > words[index + 1].start_ms
        if is_guessed(words[index]) and not lasts:
            mended[index] = ended_by(mended[index], mended[index + 1].start_ms)
    each = iter(mended)
    return [
        replace(segment, words=tuple(next(each) for _ in segment.words)) for segment in segments
    ]


def _latest_starts(words: Sequence[Word]) -> list[int | None]:
    """For each word the start of the next one whose time is known; None where there is none."""
    latest: list[int | None] = []
    following: int | None = None
    for word in reversed(words):
        latest.append(following)
        if not is_guessed(word):
            following = word.start_ms
    return latest[::-1]


def _moved(word: Word, by_ms: int) -> Word:
    return replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)


def _stretched(word: Word, from_ms: int, scale: float) -> Word:
    start, end = (from_ms + round((ms - from_ms) * scale) for ms in (word.start_ms, word.end_ms))
    return replace(word, start_ms=start, end_ms=max(end, start + MIN_WORD_MS))


def _ended_by(word: Word, end_ms: int, was_ms: int) -> Word:
    """The word, ending by then, unless it lasted beyond where what begins there began before."""
    if word.end_ms > was_ms:
        return word
    return replace(word, end_ms=max(min(word.end_ms, end_ms), word.start_ms + MIN_WORD_MS))


def counted_through(run: Sequence[Segment]) -> Callable[[str | None, int], int]:
    """Gives the number, counted through the run, of a word of a segment."""

    def word_at(segment_id: str | None, word: int) -> int:
        before = 0
        for segment in run:
            if segment.id == segment_id and word < len(segment.words):
                return before + word
            before += len(segment.words)
        raise NotPossible("word", "This word has changed. Try again.")

    return word_at
