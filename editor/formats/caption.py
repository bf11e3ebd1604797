"""A caption of a file without its markup: text, times inside it, voices, styles, place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from editor.document import MIN_WORD_MS, split_words, word_offsets
from editor.formats.styling import Style

_SPACE = re.compile(r"\s+")


#: How long a character takes to say, where a file does not tell when what is said ends.
MS_A_CHARACTER = 60


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as a file has it: `text` keeps its line ends and holds no markup.

    `anchors` are (offset in `text`, ms) from inline times, of words and perhaps of their ends;
    `voices` are (offset, name), where the name holds until the next. `unknown_settings` are those
    that players pass over, `settings` are WebVTT's; `place` is where it stands, as on a keypad of
    numbers, 0 where nothing says it. `unheld` names what else it has, and no other format could
    hold.
    """

    line: int
    start_ms: int
    end_ms: int
    text: str
    anchors: tuple[tuple[int, int], ...] = ()
    voices: tuple[tuple[int, str], ...] = ()
    unknown_settings: tuple[str, ...] = ()
    styles: tuple[Style, ...] = ()
    place: int = 0
    settings: str = ""
    unheld: tuple[str, ...] = ()
    #: Where its inline times stand, with its start and end around, and in order; none without any.
    _points: tuple[tuple[int, int], ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.anchors:
            return
        points, last_ms = [(at_word(self.text, 0), self.start_ms)], self.start_ms
        for at, ms in self.anchors:
            if ms > last_ms:
                last_ms = ms
            if last_ms > self.end_ms:
                last_ms = self.end_ms
            points.append((at, last_ms))
        object.__setattr__(self, "_points", (*points, (len(self.text), self.end_ms)))

    @property
    def is_bare(self) -> bool:
        """Whether nothing is left of its text without markup."""
        return not self.text.strip()

    def from_offset(self, offset: int) -> Caption:
        """The same caption without the text before `offset`."""
        return replace(
            self,
            text=self.text[offset:],
            anchors=tuple((at - offset, ms) for at, ms in self.anchors if at >= offset),
            voices=tuple((max(0, at - offset), name) for at, name in self.voices),
            styles=tuple(
                replace(one, first=max(0, one.first - offset), end=one.end - offset)
                for one in self.styles
                if one.end > offset
            ),
        )

    def without(self, spans: Sequence[tuple[int, int]]) -> Caption:
        """The same caption without some spans of its text, as (first, end) in order."""
        cut = [at for span in spans for at in range(*span)]
        moved = [at - bisect_left(cut, at) for at in range(len(self.text) + 1)]
        bounds = [0, *(at for span in spans for at in span), len(self.text)]
        styles = (replace(o, first=moved[o.first], end=moved[o.end]) for o in self.styles)
        return replace(
            self,
            text="".join(self.text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)),
            anchors=tuple((moved[at], ms) for at, ms in self.anchors),
            voices=tuple((moved[at], name) for at, name in self.voices),
            styles=tuple(one for one in styles if one.end > one.first),
        )

    def ms_at(self, offset: int) -> int:
        """When the text at an offset is said: in even flow from one inline time to the next."""
        ends = (at_word(self.text, 0), self.start_ms), (len(self.text), self.end_ms)
        points = self._points or ends
        offset = min(max(offset, points[0][0]), len(self.text))
        right = min(bisect_right(points, offset, key=lambda point: point[0]), len(points) - 1)
        (left_at, left_ms), (right_at, right_ms) = points[right - 1], points[right]
        width = max(1, right_at - left_at)
        return left_ms + (right_ms - left_ms) * (offset - left_at) // width

    def word_times(self, first: int, end: int, count: int) -> tuple[tuple[int, int], ...]:
        """Start and end of the last `count` words of `text[first:end]`, which only marks precede.

        Nothing without inline times.
        """
        if not self.anchors or not count:
            return ()
        part = self.text[first:end]
        words = [(word, first + at) for word, at in word_offsets(part, split_words(part))][-count:]
        anchored = dict(self._points[:-1])
        starts = [anchored[at] if at in anchored else self.ms_at(at) for _, at in words]
        if words[0][1] not in anchored:
            starts[0] = self.ms_at(first)
        ends = [
            anchored.get(at + len(word), next_ms)
            for (word, at), next_ms in zip(words, [*starts[1:], self.ms_at(end)], strict=True)
        ]
        return tuple((a, max(b, a + MIN_WORD_MS)) for a, b in zip(starts, ends, strict=True))


def at_word(text: str, offset: int) -> int:
    """An inline time stands before the space of the word it belongs to."""
    space = _SPACE.match(text, offset)
    return space.end() if space else offset
