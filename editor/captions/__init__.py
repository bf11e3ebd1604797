"""Cues from a transcript: one for each of its segments, or broken anew by captioning rules.

Owns the rules, the choice of breaks and the times on screen; not the files cues are written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editor.captions.breaks import cue_breaks, own_lines, wrapped
from editor.captions.dialogue import with_dialogue
from editor.captions.lint import Violation, chars_of, lint, reading_ms
from editor.captions.rules import (
    PRESETS,
    Cue,
    Part,
    Rules,
    in_script,
    preset_named,
    rules_from_dict,
    rules_from_file,
)
from editor.captions.runs import KnownRuns, Run, is_shown_over, run_of, runs_of
from editor.captions.scripts import script_of, written_language
from editor.captions.times import out_time
from editor.captions.youtube import TURN_MARK as YOUTUBE_MARK
from editor.captions.youtube import with_youtube_marks
from editor.document import MIN_WORD_MS, Segment, Transcript

__all__ = [
    "PRESETS",
    "YOUTUBE_MARK",
    "Cue",
    "KnownRuns",
    "Part",
    "Rules",
    "Violation",
    "chars_of",
    "cue_spans",
    "cues_by_rules",
    "cues_from_segments",
    "cues_of",
    "cues_of_each",
    "in_language",
    "is_shown_over",
    "lint",
    "preset_named",
    "reading_ms",
    "rules_from_dict",
    "rules_from_file",
    "with_youtube_marks",
]

_MY_LINES = PRESETS["lines"]
_LONGEST_OWN_CUE_MS = 7000


def in_language(
    rules: Rules, language: str | None, texts: Iterable[str]
) -> tuple[Rules, str | None]:
    """Rules and language for texts: a preset of ours has other numbers in another script.

    The language is the one given, unless the texts are in the script of another; None is English.
    """
    written = written_language(language, texts)
    return in_script(rules, script_of(written)), written


def cues_of(
    transcript: Transcript,
    rules: Rules,
    *,
    language: str | None = None,
    known: KnownRuns | None = None,
) -> tuple[Cue, ...]:
    """The captions of a transcript as the rules want them, YouTube's marks included.

    What is `known` of the very same segments is not found out again.
    """
    if rules.keeps_lines:
        cues = cues_from_segments(transcript, rules, language=language, known=known)
    else:
        cues = cues_by_rules(transcript, rules, language=language, known=known)
    return with_youtube_marks(cues) if rules.turn_mark == YOUTUBE_MARK else cues


def cues_from_segments(
    transcript: Transcript,
    rules: Rules = _MY_LINES,
    *,
    language: str | None = None,
    known: KnownRuns | None = None,
) -> tuple[Cue, ...]:
    """One cue for each segment, on the screen at least as long as it is said.

    Only a segment of more text and time than the rules give one cue is split.
    """
    runs = runs_of(
        transcript,
        is_cut_at_segments=True,
        turn_mark=rules.turn_mark,
        language=language,
        known=known,
    )
    long = [number for number, run in enumerate(runs) if _is_too_long(run, rules)]
    breaks = dict(zip(long, cue_breaks([[runs[n] for n in long]], rules), strict=True))
    spans = [
        _Span(run, *span, is_said_whole=True)
        for number, run in enumerate(runs)
        for span in breaks.get(number, [(0, len(run.words))])
    ]
    return _timed(spans, rules)


def _is_too_long(run: Run, rules: Rules) -> bool:
    # Parts of what is shown over others would come between these.
    columns = rules.lines * rules.line_chars * run.script.columns_per_char
    is_long = run.ends_at[-1] > columns and not run.is_over
    longest_ms = rules.max_ms or _LONGEST_OWN_CUE_MS
    return is_long and run.words[-1].end_ms - run.words[0].start_ms > longest_ms


def cues_by_rules(
    transcript: Transcript,
    rules: Rules,
    *,
    language: str | None = None,
    known: KnownRuns | None = None,
) -> tuple[Cue, ...]:
    """Break the whole text anew, where sentences, clauses and pauses make it cheapest.

    What two people say too briefly shares a caption.
    """
    cues = _cues_by_rules([transcript], rules, language, known)[0]
    return with_dialogue(cues, rules, language)


def cues_of_each(
    transcripts: Sequence[Transcript], rules: Rules, *, language: str | None = None
) -> list[tuple[Cue, ...]]:
    """The captions of texts that are strangers to each other, without YouTube's marks.

    Asked for at once, short ones take a tenth of the time.
    """
    if rules.keeps_lines:
        return [cues_from_segments(one, rules, language=language) for one in transcripts]
    return _cues_by_rules(transcripts, rules, language)


def _cues_by_rules(
    transcripts: Sequence[Transcript],
    rules: Rules,
    language: str | None,
    known: KnownRuns | None = None,
) -> list[tuple[Cue, ...]]:
    mark = rules.turn_mark
    texts = [
        runs_of(one, is_cut_at_segments=False, turn_mark=mark, language=language, known=known)
        for one in transcripts
    ]
    breaks = iter(cue_breaks(texts, rules))
    found = list[tuple[Cue, ...]]()
    for runs in texts:
        spans = [
            _Span(run, *span, is_said_whole=False)
            for run, cut in zip(runs, breaks, strict=False)
            for span in ([(0, len(run.words))] if _stays_whole(run, rules) else cut)
        ]
        found.append(_timed(spans, rules))
    return found


def _stays_whole(run: Run, rules: Rules) -> bool:
    """Whether it is shown over others and fits: parts of it would come and go between these."""
    if not run.is_over:
        return False
    lines = wrapped(run, 0, len(run.words), rules.line_chars)
    return len(lines) <= rules.lines and max(map(len, lines)) <= rules.line_chars


def cue_spans(
    segments: Sequence[tuple[Segment, str | None]], rules: Rules, *, language: str | None = None
) -> list[list[tuple[int, int]]]:
    """Where the words of each segment are best cut into cues, as (first, end).

    The segments, which have words, come each with the speaker above it, and are strangers to
    each other.
    """
    runs = [
        run_of(segment, speaker_above=above, turn_mark=rules.turn_mark, language=language)
        for segment, above in segments
    ]
    return cue_breaks([[run] for run in runs], rules)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words `first` to `end` of a run, which make one cue.

    With `is_said_whole` the cue may stay longer than the rules want, until its words are said.
    """

    run: Run
    first: int
    end: int
    is_said_whole: bool

    @property
    def start_ms(self) -> int:
        return self.run.words[self.first].start_ms

    @property
    def said_until_ms(self) -> int:
        return max(word.end_ms for word in self.run.words[self.first : self.end])

    @property
    def is_last(self) -> bool:
        return self.end == len(self.run.words)

    def lasts_beyond(self, next_ms: int) -> bool:
        """Whether it stays into the cue that begins then; by rules, only one shown over others."""
        may_overlap = self.is_last and (self.is_said_whole or self.run.is_over)
        return may_overlap and self.said_until_ms > next_ms


def _timed(spans: Sequence[_Span], rules: Rules) -> tuple[Cue, ...]:
    """Give spans their lines and their times on screen, in order of these.

    Starts that coincide move apart, unless the cue before lasts.
    """
    spans = sorted(spans, key=lambda span: span.start_ms)
    starts_ms: list[int] = []
    for above, span in zip([None, *spans], spans, strict=False):
        earliest_ms = starts_ms[-1] if starts_ms else 0
        if above and not above.lasts_beyond(span.start_ms + MIN_WORD_MS):
            earliest_ms += MIN_WORD_MS
        starts_ms.append(max(span.start_ms, earliest_ms))
    timed = zip(spans, starts_ms, _next_starts(spans, starts_ms), strict=True)
    return tuple(_cue(span, rules, start_ms, next_ms) for span, start_ms, next_ms in timed)


def _next_starts(spans: Sequence[_Span], starts_ms: Sequence[int]) -> list[int | None]:
    """When the cue begins that takes the place of each; the last ones' stay empty.

    Further parts of a run that is shown over others take the place of its own parts alone.
    """
    nexts: list[int | None] = []
    below_ms: int | None = None
    part_ms = dict[Run, int]()
    for span, start_ms in zip(reversed(spans), reversed(starts_ms), strict=True):
        is_part = span.run.is_over and not span.is_last
        nexts.append(part_ms[span.run] if is_part else below_ms)
        part_ms[span.run] = start_ms
        if not span.run.is_over or not span.first:
            below_ms = start_ms
    return nexts[::-1]


def _cue(span: _Span, rules: Rules, start_ms: int, next_ms: int | None) -> Cue:
    run, first, end = span.run, span.first, span.end
    script = run.script
    lines = wrapped(run, first, end, rules.line_chars * script.columns_per_char)
    if span.is_said_whole:
        lines = own_lines(run, first, end) or lines
    # A name is read, too, and may get a mark before it.
    lead = run.lead + (len(YOUTUBE_MARK) if run.lead and run.speaker else 0) if first == 0 else 0
    needed_ms = rules.reading_ms(sum(map(script.columns, lines)) + lead, end - first, script)
    said_until_ms = span.said_until_ms
    latest_ms = start_ms + rules.max_ms if rules.max_ms else None
    if latest_ms is not None and span.is_said_whole:
        latest_ms = max(latest_ms, said_until_ms)
    wanted_ms = max(said_until_ms, start_ms + needed_ms)
    if next_ms is not None and span.lasts_beyond(next_ms):
        wanted_ms, next_ms = said_until_ms, None
    return Cue(
        start_ms,
        out_time(rules, start_ms, wanted_ms, latest_ms, next_ms),
        lines,
        run.speaker,
        new_turn=run.new_turn and first == 0,
        word_count=end - first,
        kind=run.kind,
        words=tuple(run.words[first:end]),
        parts=run.parts(first, end),
    )
