"""Words that may share a cue, with where they stand in their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, pairwise

from editor.align import lasting, spread, weight
from editor.captions.costs import break_costs, sentence_starts
from editor.captions.phrases import phrase_starts
from editor.captions.rules import Part, Rules
from editor.captions.scripts import script_of
from editor.captions.syntax import syntax_of
from editor.document import Segment, Transcript, Word, join_lines, word_offsets

#: Words of a run, from one to another (not included), which make a cue each.
Spans = list[tuple[int, int]]


class Run:
    """Words that may share a cue: one speaker's, without a turn or a sound between.

    `starts_at` and `ends_at` are the columns of `script` where the words stand in `text`; the first
    start lies `lead` columns before the text, the room that a mark for the speaker takes in the
    first line. A run that `is_over` what comes after it is one segment.
    """

    def __init__(
        self, segments: Sequence[Segment], mark: str, language: str | None, *, is_over: bool = False
    ) -> None:
        self._language, self.script = language, script_of(language)
        first = segments[0]
        self.speaker, self.new_turn, self.kind = first.speaker, first.new_turn, first.kind
        self.is_over = is_over
        self.words: list[Word] = [word for segment in segments for word in segment.words]
        if is_over:
            self.words = _spread_out(self.words)
        self._segments = segments
        self._segment_ends = list(accumulate(len(segment.words) for segment in segments))
        is_alone = len(segments) == 1
        self.text = first.text if is_alone else join_lines(each.text for each in segments)
        self._offsets = [
            at for _, at in word_offsets(self.text, (word.text for word in self.words))
        ]
        self.lead = self.script.columns(mark)
        self.starts_at, self.ends_at = self._columns()
        self.starts_at[0] -= self.lead
        self._reach: dict[int, list[int]] = {}
        #: The lines of words once broken, by (first, end, columns).
        self.wrapped: dict[tuple[int, int, int], tuple[str, ...]] = {}
        #: How it was cut into cues last, and for which rules and start of what comes next.
        self.cut: tuple[tuple[Rules, int | None], Spans] | None = None

    @cached_property
    def break_costs(self) -> list[float]:
        """What it costs to break before each word and after the last."""
        return break_costs(
            self.words,
            self._offsets,
            self.sentence_starts,
            syntax_of(self._language),
            phrase_starts(self.text, self._language),
        )

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """The offsets at which sentences begin."""
        return sentence_starts(self.text, self._language)

    def parts(self, first: int, end: int) -> tuple[Part, ...]:
        """Where words `first` to `end` of the run stand in its segments."""
        found = list[Part]()
        while first < end:
            number = bisect_right(self._segment_ends, first)
            segment, until = self._segments[number], self._segment_ends[number]
            before = until - len(segment.words)
            last = min(end, until) - 1 - before
            found.append(Part(segment.id, segment.revision, first - before, last))
            first = until
        return tuple(found)

    def reach(self, columns: int) -> list[int]:
        """For each word, the end of the longest line that begins with it: one word at least."""
        if columns not in self._reach:
            self._reach[columns] = self._line_reach(columns)
        return self._reach[columns]

    def _line_reach(self, columns: int) -> list[int]:
        reach, end = [], 1
        for first, start_at in enumerate(self.starts_at):
            end = max(end, first + 1)
            while end < len(self.words) and self.ends_at[end] - start_at <= columns:
                end += 1
            reach.append(end)
        return [*reach, len(self.words)]

    def _columns(self) -> tuple[list[int], list[int]]:
        starts, ends, width = [], [], self.script.columns
        until = column = 0
        for at, word in zip(self._offsets, self.words, strict=True):
            column += width(self.text[until:at])
            starts.append(column)
            column += width(word.text)
            ends.append(column)
            until = at + len(word.text)
        return starts, ends

    def line(self, first: int, end: int) -> str:
        """The text of words `first` to `end` as one line."""
        until = self._offsets[end - 1] + len(self.words[end - 1].text)
        return join_lines(self.text[self._offsets[first] : until].splitlines())


#: Runs by the identities of their segments, which a run keeps alive, the mark, whether they are
#: shown over others, and the language.
KnownRuns = dict[tuple[tuple[int, ...], str, bool, str | None], Run]
#: Where so many segments, and this share of them, last into the next, lines roll up.
_LEAST_ROLLING, _ROLLING_SHARE = 4, 0.4


def runs_of(
    transcript: Transcript,
    *,
    is_cut_at_segments: bool,
    turn_mark: str = "- ",
    language: str | None = None,
    known: KnownRuns | None = None,
) -> list[Run]:
    """Cut a transcript into runs: at turns and sounds, or at each segment; wordless ones go.

    Runs that are `known` are taken from there, and new ones added, for the next time.
    """
    known = {} if known is None else known
    groups: list[list[Segment]] = []
    segments = [segment for segment in transcript.segments if segment.words]
    over, last_id = _ids_over(segments), ""
    for segment in segments:
        is_apart = is_cut_at_segments or not over.isdisjoint((last_id, segment.id))
        if groups and not is_apart and _goes_on(groups[-1][-1], segment):
            groups[-1].append(segment)
        else:
            groups.append([segment])
        last_id = segment.id
    runs, speaker = list[Run](), None
    for group in groups:
        mark = _mark(group[0], speaker, turn_mark)
        key = (tuple(map(id, group)), mark, group[0].id in over, language)
        if key not in known:
            known[key] = Run(group, mark, language, is_over=group[0].id in over)
        runs.append(known[key])
        speaker = group[0].speaker
    return runs


def run_of(
    segment: Segment, *, speaker_above: str | None, turn_mark: str, language: str | None
) -> Run:
    """A segment with words as a run; `speaker_above` is who speaks before it."""
    return Run([segment], _mark(segment, speaker_above, turn_mark), language)


def is_shown_over(segment: Segment, below: Segment) -> bool:
    """Whether a segment lasts into the one below it for more than half of its time."""
    if not segment.words or not below.words:
        return False
    start_ms = segment.words[0].start_ms
    length_ms = max(word.end_ms for word in segment.words) - start_ms
    return 2 * (below.words[0].start_ms - start_ms) < length_ms


def _ids_over(segments: Sequence[Segment]) -> frozenset[str]:
    """The segments that are shown over others; where lines roll up, each only takes its turn."""
    over = [pair for pair in pairwise(segments) if is_shown_over(*pair)]
    rolling = {above.id for above, below in over if (above.start_ms or 0) < (below.start_ms or 0)}
    is_rolling = len(rolling) >= max(_LEAST_ROLLING, _ROLLING_SHARE * len(segments))
    return frozenset(above.id for above, _ in over) - (rolling if is_rolling else set())


def _spread_out(words: Sequence[Word]) -> list[Word]:
    """Words over the whole time of their segment, not only before the next one begins."""
    span = (words[0].start_ms, max(word.end_ms for word in words))
    times = lasting(spread([weight(word.text) for word in words], [span]))
    return [
        replace(word, start_ms=start, end_ms=end)
        for word, (start, end) in zip(words, times, strict=True)
    ]


def _goes_on(last: Segment, segment: Segment) -> bool:
    is_speech = last.kind == segment.kind == "speech"
    return is_speech and not segment.new_turn and last.speaker == segment.speaker


def _mark(segment: Segment, last_speaker: str | None, turn_mark: str) -> str:
    """What stands before the first line: a dash gives way to a name, others stand before it."""
    is_named = segment.new_turn or segment.speaker != last_speaker
    if segment.speaker is None:
        return turn_mark if segment.new_turn else ""
    mark = "" if turn_mark == "- " else turn_mark
    return f"{mark}{segment.speaker}: " if is_named else ""
