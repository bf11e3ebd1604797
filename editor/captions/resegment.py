"""Segments broken anew where the captions that they are break the rules: fixes one can undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editor.captions import (
    KnownRuns,
    Rules,
    cue_spans,
    cues_of,
    in_language,
    is_shown_over,
    lint,
)
from editor.document import Segment, Transcript
from editor.edits import Change, Splice, cut, merge
from editor.errors import NotFound

#: How many warnings are as bad as an error.
_ERROR = 1000
#: From one segment to the end of a stretch (not included).
_Stretch = tuple[int, int]


def broken_anew(
    segments: Sequence[Segment],
    rules: Rules,
    *,
    language: str | None = None,
    only: str | None = None,
    new_id: Callable[[], str],
) -> Change:
    """The change that lets the captions of own lines break fewer rules.

    Segments whose captions break a rule are joined with their neighbours of the same speaker and
    cut where the rules make it cheapest. Where that helps nothing they stay. `only` names one
    segment; None are all.

    Raises:
        NotFound: the segment `only` is not there.
    """
    if only is not None and not any(one.id == only for one in segments):
        raise NotFound("segment", only)
    rules, language = in_language(rules, language, (one.text for one in segments))
    judge = _Judge(replace(rules, keeps_lines=True), language)
    wrong = judge.wrong_segments(segments)
    if only is not None:
        wrong = [number for number in wrong if segments[number].id == only]
    searches = [_Search(segments, stretch, judge) for stretch in _stretches(segments, wrong)]
    _find_best(searches, judge, new_id)
    splices: list[Splice] = []
    for (first, end), parts in (one.best for one in searches if one.best is not None):
        above_id = segments[first - 1].id if first else None
        if splices and first and splices[-1].removed[-1].id == above_id:
            above_id = splices[-1].inserted[-1].id
        splices.append(Splice(above_id, tuple(segments[first:end]), tuple(parts)))
    return Change("break", tuple(splices))


class _Judge:
    """Tells how bad the captions of segments are, and remembers what it found out of these."""

    def __init__(self, rules: Rules, language: str | None) -> None:
        self.rules, self.language = rules, language
        self._known: KnownRuns = {}

    def wrong_segments(self, segments: Sequence[Segment]) -> list[int]:
        """The numbers of the segments whose captions break a rule."""
        wrong = self.faults(segments)
        return [number for number, one in enumerate(segments) if one.id in wrong]

    def faults(self, segments: Sequence[Segment]) -> Counter[str | None]:
        """How bad the captions of each segment are, by its id: 1 for each warning."""
        transcript = Transcript(tuple(segments))
        cues = cues_of(transcript, self.rules, language=self.language, known=self._known)
        found = Counter[str | None]()
        for each in lint(cues, self.rules, language=self.language):
            found[cues[each.cue].segment_id] += _ERROR if each.severity == "error" else 1
        return found


def _stretches(segments: Sequence[Segment], wrong: Sequence[int]) -> Iterator[_Stretch]:
    """The wrong segments, those side by side together where a caption may span them.

    One that is shown over the next stays whole: its words have no times of their own.
    """
    first = end = -1
    for number in wrong:
        if number + 1 < len(segments) and is_shown_over(segments[number], segments[number + 1]):
            continue
        if number == end and _goes_on(segments[number - 1], segments[number]):
            end = number + 1
            continue
        if end > first:
            yield first, end
        first, end = number, number + 1
    if end > first:
        yield first, end


def _goes_on(above: Segment, segment: Segment) -> bool:
    is_speech = above.kind == segment.kind == "speech"
    is_one = is_speech and not segment.new_turn and above.speaker == segment.speaker
    return is_one and not is_shown_over(above, segment)


class _Search:
    """The search for what is best for a stretch, alone or with neighbours.

    The smallest that mends all faults of the stretch is taken before one that mends others, too.
    `best` is None where nothing is better than what there is.
    """

    def __init__(self, segments: Sequence[Segment], stretch: _Stretch, judge: _Judge) -> None:
        self.segments = segments
        self._around = max(0, stretch[0] - 2), min(len(segments), stretch[1] + 2)
        faults = judge.faults(segments[self._around[0] : self._around[1]])
        self._fewest = faults.total()
        self._enough = self._fewest - sum(faults[one.id] for one in segments[slice(*stretch)])
        self._candidates = _candidates(segments, stretch)
        self.best: tuple[_Stretch, list[Segment]] | None = None

    def next(self) -> _Stretch | None:
        """What to try next; None where there is nothing more, or no need."""
        return next(self._candidates, None)

    def judge(self, tried: _Stretch, parts: list[Segment], judge: _Judge) -> None:
        """Take parts in place of what was tried if that is better than the best so far."""
        (first, end), segments = tried, self.segments
        above, below = segments[self._around[0] : first], segments[end : self._around[1]]
        faults = judge.faults([*above, *parts, *below]).total()
        if faults < self._fewest:
            self._fewest, self.best = faults, (tried, parts)
        if faults <= self._enough:
            self._candidates = iter(())

    def joined(self, tried: _Stretch) -> tuple[Segment, str | None]:
        """What is tried as one segment, and who speaks above it."""
        first, end = tried
        above = self.segments[first - 1].speaker if first else None
        return _joined(self.segments[first:end]), above


def _find_best(searches: Sequence[_Search], judge: _Judge, new_id: Callable[[], str]) -> None:
    """Try one thing after the other for all stretches at once, which takes a tenth of the time."""
    while tries := [(one, tried) for one in searches if (tried := one.next()) is not None]:
        joined = [one.joined(tried) for one, tried in tries]
        found = cue_spans(joined, judge.rules, language=judge.language)
        for (one, tried), (whole, _), spans in zip(tries, joined, found, strict=True):
            one.judge(tried, _parts(whole, one.segments[slice(*tried)], spans, new_id), judge)


def _candidates(segments: Sequence[Segment], stretch: _Stretch) -> Iterator[_Stretch]:
    first, end = stretch
    up = first > 0 and _goes_on(segments[first - 1], segments[first])
    down = end < len(segments) and _goes_on(segments[end - 1], segments[end])
    yield first, end
    if down:
        yield first, end + 1
    if up:
        yield first - 1, end
    if up and down:
        yield first - 1, end + 1


def _joined(segments: Sequence[Segment]) -> Segment:
    # A fix breaks lines anew, too.
    segments = [_without_line_ends(segment) for segment in segments]
    words = tuple(word for segment in segments for word in segment.words)
    joined = merge(*segments)
    if [word.text for word in words] == [word.text for word in joined.words]:
        # Joining takes from a word what the next one overlaps; here all are put back in place.
        return replace(joined, words=words)
    return joined


def _without_line_ends(segment: Segment) -> Segment:
    if not any(word.ends_line for word in segment.words):
        return segment
    words = tuple(replace(word, ends_line=False) for word in segment.words)
    return replace(segment, words=words)


def _parts(
    joined: Segment,
    segments: Sequence[Segment],
    spans: Sequence[tuple[int, int]],
    new_id: Callable[[], str],
) -> list[Segment]:
    """The joined segments cut anew; ids are used again from the first on."""
    further = [(one.id, one.revision) for one in segments[1 : len(spans)]]
    further += [(new_id(), 1) for _ in range(len(spans) - 1 - len(further))]
    return cut(joined, [first for first, _ in spans[1:]], further)
