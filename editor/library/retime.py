"""A caption file moved to where a recording has its captions, without those it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from editor.align import Drift
from editor.align.caption_times import FileCaption, in_recording, usual_delay
from editor.align.drafts import words_of_draft
from editor.align.place import Interval
from editor.document import DraftSegment, Segment, spoken_flags
from editor.errors import InvalidValue
from editor.formats.blocks import caption_numbers
from editor.formats.sandbox import by_start, read_apart, retimed_apart
from editor.formats.timing_line import Timing
from editor.library.offline import Checked
from editor.timecode import timestamp_from_ms


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Captions of a file, from one number to another, that a recording does not hold."""

    first: int
    last: int
    start_ms: int
    end_ms: int

    def sentence(self) -> str:
        """What a person is told of them.

        >>> LeftOut(3, 5, 61_000, 70_500).sentence()
        'Not in the recording: captions 3 to 5, 00:01:01.000 to 00:01:10.500.'
        """
        which = f"captions {self.first} to {self.last}"
        if self.first == self.last:
            which = f"caption {self.first}"
        span = " to ".join(map(timestamp_from_ms, (self.start_ms, self.end_ms)))
        return f"Not in the recording: {which}, {span}."


@dataclass(frozen=True, slots=True)
class Retimed:
    """A caption file with other times, how its own ones were off, and what is not in it now."""

    data: bytes
    drift: Drift
    left_out: tuple[LeftOut, ...]


def retime_file(
    data: bytes,
    name: str,
    checked: Checked,
    *,
    keeps_unmatched: bool,
    kind: str | None = None,
) -> Retimed:
    """Move the captions of a file to where they are recognised; `checked` is its text, timed.

    Captions that the recording does not hold are left out, or with `keeps_unmatched` only named.

    Raises:
        InvalidValue: too little was recognised of it.
        UnreadableTranscript: its times cannot be moved.
    """
    read = read_apart(data, name, kind=kind)
    shown = [Timing(one.line, one.start_ms, one.end_ms, "") for one in read.captions]
    captions = _captions(shown, read.drafts, checked.aligned.transcript.segments)
    found = checked.aligned.coverage["drift"]
    drift = Drift.from_json(found) if found else usual_delay(captions)
    if drift is None:
        raise InvalidValue(name, "too little of it matches the recording to measure its delay")
    spans = in_recording(
        captions,
        drift,
        duration_ms=checked.aligned.media.duration_ms,
        unwritten=_unwritten(checked),
    )
    by_drift = by_start(drift.media_ms)
    # All captions of an XML file may stand on one line.
    by_place = dict(zip(map(_place, shown), spans, strict=True))

    def move(timing: Timing) -> tuple[int, int] | None:
        span = by_place.get(_place(timing), by_drift(timing))
        return by_drift(timing) if span is None and keeps_unmatched else span

    moved = retimed_apart(data, name, move, kind=kind)
    return Retimed(moved, drift, tuple(_left_out(shown, spans)))


def _place(timing: Timing) -> tuple[int, int, int]:
    return timing.line, timing.start_ms, timing.end_ms


def _captions(
    shown: Sequence[Timing], drafts: Sequence[DraftSegment], segments: Sequence[Segment]
) -> list[FileCaption]:
    """The captions with their spoken words; a caption may have been read as several drafts."""
    words = [list[tuple[int, int | None]]() for _ in shown]
    numbers = caption_numbers(shown, drafts)
    for number, draft, segment in zip(numbers, drafts, segments, strict=True):
        by_file = words_of_draft(draft, (0, 1))
        flags = spoken_flags(segment.text, kind=segment.kind)
        for was, word, is_spoken in zip(by_file, segment.words, flags, strict=True):
            if is_spoken:
                words[number].append((was.start_ms, word.start_ms if word.recognised_ids else None))
    return [
        FileCaption(one.start_ms, one.end_ms, tuple(said))
        for one, said in zip(shown, words, strict=True)
    ]


def _unwritten(checked: Checked) -> list[Interval]:
    used = {
        n
        for segment in checked.aligned.transcript.segments
        for w in segment.words
        for n in w.recognised_ids
    }
    return sorted((w.start_ms, w.end_ms) for w in checked.recognised if w.id not in used)


def _left_out(shown: Sequence[Timing], spans: Sequence[Interval | None]) -> Iterator[LeftOut]:
    """Runs of captions that go, with their numbers in the file."""
    numbered = zip(range(1, len(shown) + 1), shown, spans, strict=True)
    for is_gone, run in groupby(numbered, key=lambda one: one[2] is None):
        if is_gone:
            gone = [(number, timing) for number, timing, _ in run]
            end_ms = max(timing.end_ms for _, timing in gone)
            yield LeftOut(gone[0][0], gone[-1][0], gone[0][1].start_ms, end_ms)
