"""Segments broken anew where the captions that they are break the rules: fixes one can undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from editor.captions import Rules, cue_spans, cues_of, lint
from editor.document import Segment, Transcript, word_offsets
from editor.edits import Change, Splice, merge, split
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
    rules = replace(rules, keeps_lines=True)
    if only is not None and not any(one.id == only for one in segments):
        raise NotFound("segment", only)
    wrong = _wrong_segments(segments, rules, language)
    if only is not None:
        wrong = [number for number in wrong if segments[number].id == only]
    splices: list[Splice] = []
    for stretch in _stretches(segments, wrong):
        if (found := _best(segments, stretch, rules, language, new_id)) is not None:
            (first, end), parts = found
            above_id = segments[first - 1].id if first else None
            if splices and first and splices[-1].removed[-1].id == above_id:
                above_id = splices[-1].inserted[-1].id
            splices.append(Splice(above_id, tuple(segments[first:end]), tuple(parts)))
    return Change("break", tuple(splices))


def _wrong_segments(segments: Sequence[Segment], rules: Rules, language: str | None) -> list[int]:
    cues = cues_of(Transcript(tuple(segments)), rules, language=language)
    wrong = {cues[each.cue].segment_id for each in lint(cues, rules, language=language)}
    return [number for number, one in enumerate(segments) if one.id in wrong]


def _stretches(segments: Sequence[Segment], wrong: Sequence[int]) -> Iterator[_Stretch]:
    """The wrong segments, those side by side together where a caption may span them."""
    first = end = -1
    for number in wrong:
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
    return is_speech and not segment.new_turn and above.speaker == segment.speaker


def _best(
    segments: Sequence[Segment],
    stretch: _Stretch,
    rules: Rules,
    language: str | None,
    new_id: Callable[[], str],
) -> tuple[_Stretch, list[Segment]] | None:
    """The stretch, alone or with neighbours, that is best when broken anew; None: none is.

    The smallest that mends all faults of the stretch is taken before one that mends others, too.
    """
    around = max(0, stretch[0] - 2), min(len(segments), stretch[1] + 2)
    near = segments[around[0] : around[1]]
    fewest = _faults(near, rules, language)
    enough = fewest - _faults(near, rules, language, of=segments[stretch[0] : stretch[1]])
    best = None
    for first, end in _candidates(segments, stretch):
        above = segments[first - 1].speaker if first else None
        parts = _parts(segments[first:end], rules, above, language, new_id)
        anew = [*segments[around[0] : first], *parts, *segments[end : around[1]]]
        faults = _faults(anew, rules, language)
        if faults < fewest:
            fewest, best = faults, ((first, end), parts)
        if faults <= enough:
            break
    return best


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


def _faults(
    segments: Sequence[Segment],
    rules: Rules,
    language: str | None,
    *,
    of: Sequence[Segment] | None = None,
) -> int:
    """How bad the captions of these segments are, or of those `of`: 1 for each warning."""
    ids = {segment.id for segment in (segments if of is None else of)}
    cues = cues_of(Transcript(tuple(segments)), rules, language=language)
    found = [
        each for each in lint(cues, rules, language=language) if cues[each.cue].segment_id in ids
    ]
    return sum(_ERROR if each.severity == "error" else 1 for each in found)


def _parts(
    segments: Sequence[Segment],
    rules: Rules,
    speaker_above: str | None,
    language: str | None,
    new_id: Callable[[], str],
) -> list[Segment]:
    """The segments joined and cut anew; ids are used again from the first on."""
    words = tuple(word for segment in segments for word in segment.words)
    rest = reduce(merge, segments)
    if [word.text for word in words] == [word.text for word in rest.words]:
        # Joining takes from a word what the next one overlaps; here all are put back in place.
        rest = replace(rest, words=words)
    spans = cue_spans(rest, rules, speaker_above=speaker_above, language=language)
    offsets = [at for _, at in word_offsets(rest.text, (word.text for word in rest.words))]
    parts: list[Segment] = []
    for number in range(len(spans) - 1, 0, -1):
        known = segments[number] if number < len(segments) else None
        rest, part = split(rest, offsets[spans[number][0]], new_id=known.id if known else new_id())
        parts.append(replace(part, revision=known.revision) if known else part)
    return [rest, *reversed(parts)]
