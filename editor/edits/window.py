"""A span of a transcript, read once, on which an edit is made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from editor.document import RecognisedWord, Segment
from editor.edits.change import Change
from editor.errors import NotFound


@dataclass(frozen=True)
class Window:
    """Segments that follow one another, in order, and the words recognised around them, by time.

    On both sides it reaches to the nearest segment with words, or to the end of the text; so what
    is inside knows its neighbours and how early and late it may be. `past` are the segments of an
    earlier state, where an edit asks for one.
    """

    segments: Sequence[Segment]
    recognised: Sequence[RecognisedWord] = ()
    past: Sequence[Segment] = ()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {segment.id: place for place, segment in enumerate(self.segments)}

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where the recognised words start, and the latest end up to each."""
        starts = [word.start_ms for word in self.recognised]
        return starts, list(accumulate((word.end_ms for word in self.recognised), max))

    def __contains__(self, segment_id: str) -> bool:
        return segment_id in self._places

    def segment(self, segment_id: str) -> Segment:
        """One segment.

        Raises:
            NotFound: it does not exist, or was removed.
        """
        return self.segments[self._place(segment_id)]

    def above(self, segment_id: str) -> Segment | None:
        """The segment above."""
        place = self._place(segment_id)
        return self.segments[place - 1] if place else None

    def below(self, segment_id: str | None) -> Segment | None:
        """The segment below; of None the topmost, which a window from the top holds."""
        place = 0 if segment_id is None else self._place(segment_id) + 1
        return self.segments[place] if place < len(self.segments) else None

    def from_segment(self, segment_id: str | None) -> Sequence[Segment]:
        """A segment and all below it; None: all."""
        return self.segments[0 if segment_id is None else self._place(segment_id) :]

    def timed_above(self, segment_id: str) -> Segment | None:
        """The nearest segment with words above."""
        above = (self.segments[n] for n in range(self._place(segment_id) - 1, -1, -1))
        return next((segment for segment in above if segment.words), None)

    def first_start_below(self, segment_id: str | None) -> int | None:
        """Where the nearest segment with words below begins, in ms; None where there is none."""
        place = 0 if segment_id is None else self._place(segment_id) + 1
        below = (self.segments[n] for n in range(place, len(self.segments)))
        return next((segment.start_ms for segment in below if segment.words), None)

    def words_between(self, start_ms: int, end_ms: int | None) -> list[RecognisedWord]:
        """The recognised words that overlap [start_ms, end_ms); an end of None is that of all."""
        starts, ends = self._edges
        first = bisect_right(ends, start_ms)
        last = len(starts) if end_ms is None else bisect_left(starts, end_ms)
        return [word for word in self.recognised[first:last] if word.end_ms > start_ms]

    def after(self, change: Change) -> Window:
        """The window once a change of its segments is made."""
        segments = list(self.segments)
        places = dict(self._places)
        for splice in change.splices:
            low = 0 if splice.after_id is None else places[splice.after_id] + 1
            segments[low : low + len(splice.removed)] = splice.inserted
            if [one.id for one in splice.removed] != [one.id for one in splice.inserted]:
                places = {segment.id: place for place, segment in enumerate(segments)}
        return Window(segments, self.recognised, self.past)

    def in_order(self, segment_ids: Iterable[str]) -> list[Segment]:
        """Those of the segments that are there, in order."""
        there = (self._places[one] for one in segment_ids if one in self._places)
        return [self.segments[place] for place in sorted(there)]

    def around(self, segment_ids: Iterable[str]) -> list[Segment]:
        """These segments and the ones above and below each, in order; those not there left out."""
        there = [self._places[one] for one in segment_ids if one in self._places]
        chosen = {place + by for place in there for by in (-1, 0, 1)}
        return [self.segments[n] for n in sorted(chosen) if 0 <= n < len(self.segments)]

    def _place(self, segment_id: str) -> int:
        place = self._places.get(segment_id)
        if place is None:
            raise NotFound("segment", segment_id)
        return place
