"""What of captions breaks the rules of a preset: where, by how much, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal

from editor.captions.costs import is_name
from editor.captions.phrases import phrase_starts
from editor.captions.rules import Cue, Rules
from editor.captions.scripts import Script, script_of
from editor.captions.syntax import BAD_ENDS, Syntax, syntax_of
from editor.document import ends_sentence, split_words

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
]
#: How many signs of a phrase are shown on each side of a break.
_SHOWN = 4
_Finding = tuple[Rule, str, str | None]
#: Times on the screen are rounded, to hundredths of a second in some formats.
_ROUNDING_MS = 10


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a cue breaks; `cue` counts from 0.

    `fix` says what mends it; None where the words' own times or lengths leave no way to.
    """

    cue: int
    rule: Rule
    severity: Severity
    start_ms: int
    text: str
    message: str
    fix: str | None


def lint(cues: Sequence[Cue], rules: Rules, *, language: str | None = None) -> list[Violation]:
    """All violations in the order of the cues; bad breaks and settings are warnings."""
    syntax, script = syntax_of(language), script_of(language)
    return [
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
