"""Cues from a transcript: one for each of its segments, or broken anew by captioning rules.

Owns the rules, the choice of breaks and the times on screen; not the files cues are written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from editor.captions.breaks import cue_breaks, wrapped
from editor.captions.lint import Violation, lint
from editor.captions.rules import PRESETS, Cue, Rules
from editor.captions.runs import Run, runs_of
from editor.captions.youtube import TURN_MARK, with_youtube_marks
from editor.document import MIN_WORD_MS, Transcript

__all__ = [
    "PRESETS",
    "Cue",
    "Rules",
    "Violation",
    "cues_by_rules",
    "cues_from_segments",
    "lint",
    "with_youtube_marks",
]

_MY_LINES = Rules("lines", line_chars=42)
_LONGEST_OWN_CUE_MS = 7000


def cues_from_segments(transcript: Transcript, *, language: str | None = None) -> tuple[Cue, ...]:
    """One cue for each segment, its times untouched where they do not overlap.

    Only a segment of over two lines' text and over 7 s is split, by the rules for YouTube.
    """
    runs = runs_of(transcript, is_cut_at_segments=True, language=language)
    long = [number for number, run in enumerate(runs) if _is_too_long(run)]
    breaks = dict(zip(long, cue_breaks([runs[n] for n in long], PRESETS["youtube"]), strict=True))
    spans = [
        _Span(run, *span)
        for number, run in enumerate(runs)
        for span in breaks.get(number, [(0, len(run.words))])
    ]
    return _timed(spans, _MY_LINES)


def _is_too_long(run: Run) -> bool:
    is_long = run.ends_at[-1] > 2 * _MY_LINES.line_chars
    return is_long and run.words[-1].end_ms - run.words[0].start_ms > _LONGEST_OWN_CUE_MS


def cues_by_rules(
    transcript: Transcript, rules: Rules, *, language: str | None = None
) -> tuple[Cue, ...]:
    """Break the whole text anew, where sentences, clauses and pauses make it cheapest."""
    runs = runs_of(
        transcript, is_cut_at_segments=False, turn_mark=rules.turn_mark, language=language
    )
    found = zip(runs, cue_breaks(runs, rules), strict=True)
    return _timed([_Span(run, *span) for run, spans in found for span in spans], rules)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words `first` to `end` of a run, which make one cue."""

    run: Run
    first: int
    end: int


def _timed(spans: Sequence[_Span], rules: Rules) -> tuple[Cue, ...]:
    """Give spans their lines and their times on screen; starts that coincide move apart."""
    starts_ms: list[int] = []
    for span in spans:
        earliest_ms = starts_ms[-1] + MIN_WORD_MS if starts_ms else 0
        starts_ms.append(max(span.run.words[span.first].start_ms, earliest_ms))
    timed = zip_longest(spans, starts_ms, starts_ms[1:])
    return tuple(_cue(span, rules, start_ms, next_ms) for span, start_ms, next_ms in timed)


def _cue(span: _Span, rules: Rules, start_ms: int, next_ms: int | None) -> Cue:
    run, first, end = span.run, span.first, span.end
    lines = wrapped(run, first, end, rules.line_chars)
    # A name is read, too, and may get a mark before it.
    lead = run.lead + (len(TURN_MARK) if run.lead and run.speaker else 0) if first == 0 else 0
    needed_ms = rules.reading_ms(sum(map(len, lines)) + lead, end - first)
    said_until_ms = max(word.end_ms for word in run.words[first:end])
    end_ms = _out_time(rules, start_ms, max(said_until_ms, start_ms + needed_ms), next_ms)
    is_turn = run.new_turn and first == 0
    words = tuple(run.words[first:end])
    return Cue(start_ms, end_ms, lines, run.speaker, is_turn, end - first, run.kind, words)


def _out_time(rules: Rules, start_ms: int, wanted_ms: int, next_ms: int | None) -> int:
    """When a cue goes: not before it is read, not in the next one's time, gaps as asked for."""
    latest_ms = start_ms + rules.max_ms if rules.max_ms else None
    end_ms = max(wanted_ms, start_ms + MIN_WORD_MS)
    if latest_ms is not None:
        end_ms = min(end_ms, latest_ms)
    if next_ms is None or next_ms - end_ms >= max(rules.gap_ms, rules.close_gaps_under_ms):
        return end_ms
    closed_ms = max(next_ms - rules.gap_ms, min(start_ms + MIN_WORD_MS, next_ms))
    return closed_ms if latest_ms is None else min(closed_ms, latest_ms)
