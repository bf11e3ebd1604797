"""Where a recording has the captions of a file, one by one, and which of them it no longer holds.

The drift tells most of them; a caption that was recognised at another place is moved there by
itself, and one for which a cut left no room is not in the recording any more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from editor.align.drift import Drift, DriftPart
from editor.align.place import Interval

#: A caption that begins this far from where the drift has it is off by itself.
_OFF_MS = 250
#: More than captions are off one by one, or times guessed within a caption are.
_FAR_MS = 2000
#: Of a caption's spoken words, so many have to be recognised to tell where it is ...
_LEAST_MATCHED = 0.5
#: ... and so many to believe that it is elsewhere than those around it.
_SURE_WORDS = 3
#: One that was not heard may be where speech that is not written takes up this share of it.
_LEAST_SPEECH = 0.3


@dataclass(frozen=True, slots=True)
class FileCaption:
    """When a caption is shown by its file, and for each of its spoken words when that is said.

    `words` are pairs: by the file, which within a caption is a guess, and as recognised, or None.
    """

    start_ms: int
    end_ms: int
    words: tuple[tuple[int, int | None], ...]

    @property
    def late_ms(self) -> float | None:
        """How late it is by the words that were recognised; None where these are too few."""
        lates = [
            by_file - recognised for by_file, recognised in self.words if recognised is not None
        ]
        if not lates or len(lates) < _LEAST_MATCHED * len(self.words):
            return None
        return median(lates)


def usual_delay(captions: Sequence[FileCaption]) -> Drift | None:
    """One delay for captions that agree on none; None where fewer than two were recognised."""
    lates = [late for caption in captions if (late := caption.late_ms) is not None]
    return Drift((DriftPart(0, round(median(lates))),), 0, len(lates)) if len(lates) > 1 else None


def in_recording(
    captions: Sequence[FileCaption],
    drift: Drift,
    *,
    duration_ms: int,
    unwritten: Sequence[Interval] = (),
) -> list[Interval | None]:
    """When each caption is to be shown, or None where the recording does not hold it.

    `captions` are in the order of the text; `unwritten` are the times of recognised words that none
    of them has, sorted.
    """
    retiming = _Retiming(captions, drift, duration_ms, unwritten)
    return [
        span and (span[0], max(span[0], min(span[1], duration_ms))) for span in retiming.spans()
    ]


class _Retiming:
    """What is known of all captions while they are gone through; they are called by number."""

    def __init__(
        self,
        captions: Sequence[FileCaption],
        drift: Drift,
        duration_ms: int,
        unwritten: Sequence[Interval],
    ) -> None:
        self._captions, self._drift = captions, drift
        self._duration_ms, self._unwritten = duration_ms, unwritten
        self._starts = {n: self._matched_start(n) for n in self._believed()}
        self._sure = [n for n in self._starts if self._is_near_drift(n)]
        self._sure_set = frozenset(self._sure)

    def spans(self) -> Iterator[Interval | None]:
        """The times in the recording, in order; what is said out of it holds nothing back."""
        low = until = 0
        for number, caption in enumerate(self._captions):
            start = self._starts.get(number)
            if start is None:
                start = self._unmatched_start(number, until)
            if start is None:
                yield None
                continue
            after = self._sure[bisect_left(self._sure, number + 1) :][:1]
            if number not in self._starts and after:
                start = min(start, self._starts[after[0]])
            start = max(start, low)
            if number in self._sure_set or number not in self._starts:
                low, until = start, start + max(0, caption.end_ms - caption.start_ms)
            yield start, start + max(0, caption.end_ms - caption.start_ms)

    def _believed(self) -> Iterator[int]:
        """Captions of which enough was recognised; those of few words only if their like agree."""
        lates = [(n, c.late_ms) for n, c in enumerate(self._captions)]
        recognised = [(n, late) for n, late in lates if late is not None]
        around_it = [None, *(late for _, late in recognised), None]
        for (n, late), (before, after) in zip(
            recognised, zip(around_it, around_it[2:], strict=False), strict=True
        ):
            count = sum(media_ms is not None for _, media_ms in self._captions[n].words)
            alike = [self._late_near(n, late), before, after]
            near = any(one is not None and abs(one - late) <= _FAR_MS for one in alike)
            if near or count >= _SURE_WORDS:
                yield n

    def _late_near(self, number: int, late_ms: float) -> float:
        """How late a caption is by the drift, by the part of it around that fits best."""
        at_ms = self._captions[number].start_ms
        return min(self._drift.lates_around(at_ms), key=lambda late: abs(late - late_ms))

    def _matched_start(self, number: int) -> int:
        caption = self._captions[number]
        late, first = caption.late_ms or 0, caption.words[0][1]
        by_drift = self._late_near(number, late)
        expected = round(caption.start_ms - by_drift)
        if first is not None and abs(first - expected) > _OFF_MS:
            return first
        if first is None and abs(late - by_drift) > _FAR_MS:
            return max(0, round(caption.start_ms - late))
        return max(0, expected)

    def _is_near_drift(self, number: int) -> bool:
        late = self._late(number)
        return abs(late - self._late_near(number, late)) <= _FAR_MS

    def _late(self, number: int) -> int:
        return self._captions[number].start_ms - self._starts[number]

    def _unmatched_start(self, number: int, until_ms: int) -> int | None:
        """Where a caption belongs by those around it; None where there is no room for it.

        At a cut, it has room after `until_ms` only, where the one before it ends.
        """
        caption = self._captions[number]
        at = bisect_left(self._sure, number)
        around = self._sure[max(0, at - 1) : at + 1]
        lates = [self._late_near(number, self._late(n)) for n in around]
        starts = [round(caption.start_ms - late) for late in lates]
        half = max(0, caption.end_ms - caption.start_ms) // 2
        if len(around) < 2 or abs(lates[1] - lates[0]) <= _FAR_MS:
            start = self._between(number, around, starts)
            return max(0, start) if 0 <= start + half <= self._duration_ms else None
        after_ms = self._starts[around[1]]
        fitting = [s for s in starts if until_ms <= s + half <= after_ms]
        if lates[1] > lates[0]:
            fitting = [s for s in fitting if not caption.words or self._is_speech(s, s + 2 * half)]
        elif not caption.words or not any(self._is_speech(s, s + 2 * half) for s in fitting):
            fitting = [self._between(number, around, starts)]
        else:
            fitting = [s for s in fitting if self._is_speech(s, s + 2 * half)]
        return max(0, fitting[0]) if fitting else None

    def _between(self, number: int, around: Sequence[int], starts: Sequence[int]) -> int:
        """By the nearer one of the captions around."""
        if not around:
            return self._drift.media_ms(self._captions[number].start_ms)
        at_ms = self._captions[number].start_ms
        gaps = [abs(self._captions[n].start_ms - at_ms) for n in around]
        return starts[gaps.index(min(gaps))]

    def _is_speech(self, start_ms: int, end_ms: int) -> bool:
        at = bisect_left(self._unwritten, (start_ms, 0))
        said_ms = 0
        for first, last in self._unwritten[max(0, at - 1) :]:
            if first >= end_ms:
                break
            said_ms += max(0, min(last, end_ms) - max(first, start_ms))
        return said_ms >= _LEAST_SPEECH * (end_ms - start_ms)
