"""What of captions breaks the rules of a preset: where, by how much, and what would mend it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal

from editor.captions.costs import is_name
from editor.captions.phrases import phrase_starts
from editor.captions.rules import Cue, Rules
from editor.captions.scripts import Script, script_of
from editor.captions.syntax import BAD_ENDS, Syntax, syntax_of
from editor.document import MIN_WORD_MS, ends_sentence, split_words

Severity = Literal["error", "warning"]
Rule = Literal[
    "overlap",
    "gap",
    "lines",
    "line_chars",
    "max_ms",
    "min_ms",
    "speed",
    "bad_break",
    "empty",
    "setting",
    "shot",
]
#: How many signs of a phrase are shown on each side of a break.
_SHOWN = 4
_Finding = tuple[Rule, str, str | None]
#: Whoever sets a time may be off by so much, a frame of a film.
_FRAME_MS = 42
#: Times on the screen are rounded, to hundredths of a second in some formats.
_ROUNDING_MS = 10


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a cue breaks; `cue` counts from 0.

    `fix` says what mends it; None where the words' own times or lengths leave no way to. With an
    `end_ms` it is mended by ending the cue then.
    """

    cue: int
    rule: Rule
    severity: Severity
    start_ms: int
    text: str
    message: str
    fix: str | None
    end_ms: int | None = None


def lint(
    cues: Sequence[Cue],
    rules: Rules,
    *,
    language: str | None = None,
    shots_ms: Sequence[int] = (),
) -> list[Violation]:
    """All violations in the order of the cues; bad breaks, settings and shots are warnings.

    `shots_ms` says when shots of the film begin, in order.
    """
    syntax, script = syntax_of(language), script_of(language)
    found = [
        Violation(
            cue=number,
            rule=rule,
            severity="warning" if rule in ("bad_break", "setting") else "error",
            start_ms=cue.start_ms,
            text="\n".join(cue.lines),
            message=message,
            fix=fix,
        )
        for number, (cue, following) in enumerate(zip_longest(cues, cues[1:]))
        for rule, message, fix in _findings(cue, following, rules, script, syntax, language)
    ]
    near = near_shots(cues, rules, shots_ms, language=language) if rules.shot_ms else []
    return sorted([*found, *near], key=lambda each: each.cue) if near else found


def near_shots(
    cues: Sequence[Cue], rules: Rules, shots_ms: Sequence[int], *, language: str | None = None
) -> list[Violation]:
    """The cues that end nearer to the beginning of a shot than the rules want, as warnings."""
    found = list[Violation]()
    for number, (cue, following) in enumerate(zip_longest(cues, cues[1:])):
        right = bisect_right(shots_ms, cue.end_ms)
        shot_ms = min(
            shots_ms[max(0, right - 1) : right + 1],
            key=lambda at_ms: abs(at_ms - cue.end_ms),
            default=None,
        )
        if shot_ms is None or not _is_near(cue.end_ms, shot_ms, rules):
            continue
        away_ms = cue.end_ms - shot_ms
        side = "after" if away_ms > 0 else "before"
        targets = [shot_ms - rules.gap_ms, *([shot_ms + rules.shot_ms] if away_ms > 0 else [])]
        free = (at for at in targets if _may_end(cue, following, at, rules, language))
        end_ms = next(free, None)
        found.append(
            Violation(
                cue=number,
                rule="shot",
                severity="warning",
                start_ms=cue.start_ms,
                text="\n".join(cue.lines),
                message=f"it ends {abs(away_ms)} ms {side} a shot change",
                fix=_moved_end(cue, end_ms),
                end_ms=end_ms,
            )
        )
    return found


def _is_near(end_ms: int, shot_ms: int, rules: Rules) -> bool:
    is_right = -rules.gap_ms - _FRAME_MS <= end_ms - shot_ms <= _ROUNDING_MS
    return not is_right and abs(end_ms - shot_ms) < rules.shot_ms - _ROUNDING_MS


def _moved_end(cue: Cue, end_ms: int | None) -> str | None:
    if end_ms is None:
        return None
    return "end it earlier" if end_ms < cue.end_ms else "end it later"


def _may_end(
    cue: Cue, following: Cue | None, end_ms: int, rules: Rules, language: str | None
) -> bool:
    """Whether a cue can end then: it is read and said, and nothing else moves its end again."""
    length_ms = end_ms - cue.start_ms
    if length_ms < max(reading_ms(cue, rules, language), MIN_WORD_MS):
        return False
    if rules.max_ms and length_ms > rules.max_ms:
        return False
    if cue.words and end_ms < cue.words[-1].start_ms + MIN_WORD_MS:
        return False
    if following is None:
        return True
    closed_ms = rules.closed_ms(cue.start_ms, end_ms, following.start_ms)
    return closed_ms is None or closed_ms == end_ms


def _findings(
    cue: Cue,
    following: Cue | None,
    rules: Rules,
    script: Script,
    syntax: Syntax,
    language: str | None,
) -> Iterator[_Finding]:
    if not any(map(str.strip, cue.lines)):
        yield "empty", "it has no text", "remove it"
        return
    for setting in cue.unknown_settings:
        yield "setting", f"players pass over {setting!r}", "remove it"
    yield from _of_lines(cue, rules, script)
    yield from _of_gap(cue, following, rules)
    yield from _of_length(cue, following, rules, language)
    for before, after in _breaks(cue, following):
        if _is_bad(before.split(), after.split(), syntax):
            yield "bad_break", f"a line break after {before.split()[-1]!r}", "break it elsewhere"
        elif _is_in_phrase(before, after, language):
            phrase = f"{before[-_SHOWN:]}|{after[:_SHOWN]}"
            yield "bad_break", f"a line break inside a phrase, {phrase!r}", "break it elsewhere"


def _of_lines(cue: Cue, rules: Rules, script: Script) -> Iterator[_Finding]:
    if len(cue.lines) > rules.lines:
        yield "lines", f"{len(cue.lines)} lines, {rules.lines} allowed", "break it anew"
    for line in cue.lines:
        if (chars := script.chars(script.columns(line))) > rules.line_chars:
            fix = "break it anew" if len(split_words(line)) > 1 else None
            yield "line_chars", f"{chars:g} characters, {rules.line_chars} allowed", fix


def _of_gap(cue: Cue, following: Cue | None, rules: Rules) -> Iterator[_Finding]:
    if following is None:
        return
    gap_ms = following.start_ms - cue.end_ms
    if gap_ms >= rules.gap_ms:
        is_clear = rules.gap_ms + _ROUNDING_MS < gap_ms < rules.close_gaps_under_ms - _ROUNDING_MS
        if is_clear and rules.closed_ms(cue.start_ms, cue.end_ms, following.start_ms):
            asked = f"{rules.gap_ms} or at least {rules.close_gaps_under_ms} needed"
            yield "gap", f"{gap_ms} ms to the next, {asked}", "end it later"
        return
    left_ms, said_ms = following.start_ms - rules.gap_ms - cue.start_ms, cue.end_ms - cue.start_ms
    # What is shown over others would only flash up.
    can_end = left_ms > 0 and 2 * (following.start_ms - cue.start_ms) >= said_ms
    fix = "end it earlier" if can_end else None
    rule: Rule = "overlap" if gap_ms < 0 else "gap"
    yield rule, f"{gap_ms} ms to the next, {rules.gap_ms} needed", fix


def _of_length(
    cue: Cue, following: Cue | None, rules: Rules, language: str | None
) -> Iterator[_Finding]:
    length_ms, words = cue.end_ms - cue.start_ms, len(split_words(" ".join(cue.lines)))
    if rules.max_ms and length_ms > rules.max_ms + _ROUNDING_MS:
        mended = "split it" if words > 1 else "end it earlier"
        yield "max_ms", f"{length_ms} ms on screen, {rules.max_ms} allowed", mended
    needed_ms = reading_ms(cue, rules, language)
    if length_ms + _ROUNDING_MS < needed_ms:
        room_ms = following.start_ms - rules.gap_ms - cue.start_ms if following else needed_ms
        rule: Rule = "min_ms" if needed_ms == rules.min_ms else "speed"
        fix = "end it later" if room_ms >= needed_ms else None
        yield rule, f"{length_ms} ms on screen, {needed_ms} needed", fix


def chars_of(cue: Cue, language: str | None) -> float:
    """The characters of a caption, as its script counts them."""
    script = script_of(language)
    return script.chars(sum(map(script.columns, cue.lines)))


def reading_ms(cue: Cue, rules: Rules, language: str | None) -> int:
    """The time on screen that the text of a caption asks for."""
    script, words = script_of(language), len(split_words(" ".join(cue.lines)))
    return rules.reading_ms(sum(map(script.columns, cue.lines)), words, script)


def _breaks(cue: Cue, following: Cue | None) -> Iterator[tuple[str, str]]:
    """Each line with the one that goes on with it, in this cue or, for one speaker, the next."""
    yield from (pair for pair in pairwise(cue.lines) if not pair[1].startswith("- "))
    if following is None or not following.lines or following.new_turn:
        return
    if (following.speaker, following.kind) == (cue.speaker, cue.kind):
        yield cue.lines[-1], following.lines[0]


def _is_in_phrase(before: str, after: str, language: str | None) -> bool:
    """Whether the break of a script without spaces falls within what is read as one."""
    seam = split_words(before[-1:] + after[:1])
    if len(seam) < 2 or before[-1:].isascii():
        return False
    starts = phrase_starts(before + after, language)
    return starts is not None and len(before) not in starts


def _is_bad(before: Sequence[str], after: Sequence[str], syntax: Syntax) -> bool:
    if not before or not after:
        return False
    if syntax.kind_of(before[-1]) in BAD_ENDS:
        return True
    is_first = len(before) == 1 or ends_sentence(before[-2])
    return is_name(before[-1], after[0], syntax, is_first=is_first)
