"""Written words x recognised words -> times. Pure: no file, no model, no clock.

`link_words` finds which recognised words say which written ones, `place_words` gives every written
word its time from that, `coverage_of` says how much of each side found the other.
"""

from editor.align.drift import Drift
from editor.align.graphemes import split_as_written
from editor.align.match import Link, link_spoken, link_words
from editor.align.normalise import comparable, weight
from editor.align.overlaps import lines_in_order
from editor.align.place import (
    Interval,
    ended_by,
    in_order,
    lasting,
    outside,
    place_between,
    place_words,
    spread,
    words_of_link,
)
from editor.align.report import Coverage, coverage_of
from editor.align.spoken import same_when_spoken
from editor.align.unsaid import is_unsaid, without_unsaid

__all__ = [
    "Coverage",
    "Drift",
    "Interval",
    "Link",
    "comparable",
    "coverage_of",
    "ended_by",
    "in_order",
    "is_unsaid",
    "lasting",
    "lines_in_order",
    "link_spoken",
    "link_words",
    "outside",
    "place_between",
    "place_words",
    "same_when_spoken",
    "split_as_written",
    "spread",
    "weight",
    "without_unsaid",
    "words_of_link",
]
