"""Two speakers in one caption, where one of them says too little to be read alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editor.captions.lint import reading_ms
from editor.captions.rules import Cue, Rules
from editor.captions.scripts import script_of
from editor.captions.times import out_time

_DASH = "- "


def with_dialogue(cues: Sequence[Cue], rules: Rules, language: str | None) -> tuple[Cue, ...]:
    """Join captions that are shown too briefly with the one of the next speaker, a line for each.

    Netflix, the BBC and DCMP allow it behind dashes. Where speakers have names, those stand before
    lines instead, and nothing is joined.
    """
    if rules.lines < 2 or rules.turn_mark != _DASH or any(cue.speaker for cue in cues):
        return tuple(cues)
    joined: list[Cue] = []
    for number, cue in enumerate(cues):
        next_ms = cues[number + 1].start_ms if number + 1 < len(cues) else None
        both = _both(joined[-1], cue, next_ms, rules, language) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(cue)
    return tuple(joined)


def _both(
    above: Cue, cue: Cue, next_ms: int | None, rules: Rules, language: str | None
) -> Cue | None:
    """Both captions as one; None where they are no dialogue, need no help, or find no room."""
    is_dialogue = cue.new_turn and above.kind == cue.kind == "speech"
    is_near = 0 <= cue.start_ms - above.end_ms <= max(rules.gap_ms, rules.close_gaps_under_ms)
    if not (is_dialogue and is_near and len(above.lines) == len(cue.lines) == 1):
        return None
    if not any(
        one.end_ms - one.start_ms < reading_ms(one, rules, language) for one in (above, cue)
    ):
        return None
    script = script_of(language)
    lines = (_DASH + above.lines[0], _DASH + cue.lines[0])
    if max(map(script.columns, lines)) > rules.line_chars * script.columns_per_char:
        return None
    words = above.word_count + cue.word_count
    needed_ms = rules.reading_ms(sum(map(script.columns, lines)), words, script)
    latest_ms = above.start_ms + rules.max_ms if rules.max_ms else None
    if latest_ms is not None and cue.end_ms > latest_ms:
        return None
    wanted_ms = max(cue.end_ms, above.start_ms + needed_ms)
    return replace(
        above,
        end_ms=out_time(rules, above.start_ms, wanted_ms, latest_ms, next_ms),
        lines=lines,
        new_turn=False,
        word_count=words,
        words=above.words + cue.words,
        parts=above.parts + cue.parts,
    )
