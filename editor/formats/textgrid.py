"""Praat's TextGrid, long and short: tiers of intervals or points, each tier a person."""

from __future__ import annotations

import re

from editor.formats.annotations import Passage, reading_of, without_names_of_tiers
from editor.formats.result import Reading

_BEGINS = re.compile(r'\s*(?:File type = )?"ooTextFile[^"]*"\s+(?:Object class = )?"TextGrid"')
#: Values alone: texts in quotation marks, numbers, and `<exists>`; names of them are for people.
_VALUE = re.compile(r'"((?:[^"]|"")*)"|(?<![\w\[.+-])(-?\d[\d.]*(?:[eE][+-]?\d+)?)(?![\w\].])')
_PHONES = re.compile(r"\b(?:phones?|phonemes?|segments?|syllables?)\b", re.IGNORECASE)


def is_textgrid(text: str) -> bool:
    """Whether a text begins as such a file does."""
    return _BEGINS.match(text) is not None


def read(text: str, name: str) -> Reading:
    """Read the tiers; empty intervals are pauses.

    Raises:
        UnreadableTranscript: nothing is said in it.
    """
    passages, tier, last, is_points = list[Passage](), "", list[float](), False
    texts_since_tier = 2
    line, at = 1, 0
    for match in _VALUE.finditer(text, _after_head(text)):
        line, at = line + text.count("\n", at, match.start()), match.start()
        if match[1] is None:
            last = [*last[-1:], _number(match[2])]
            continue
        value = match[1].replace('""', '"')
        if value in ("IntervalTier", "TextTier"):
            texts_since_tier, is_points = 0, value == "TextTier"
        elif texts_since_tier == 0:
            # As the Montreal Forced Aligner names them.
            tier, texts_since_tier = re.sub(r"(?<!\s)\s+-\s+words?\Z", "", value), 1
        elif last:
            start_ms, end_ms = round(1000 * last[0]), round(1000 * last[-1])
            if is_points:
                start_ms = end_ms
            if not _PHONES.search(tier):
                passages.append(Passage(line, start_ms, end_ms, value, tier))
        last = []
    return reading_of(without_names_of_tiers(passages), name, "Praat TextGrid")


def _after_head(text: str) -> int:
    head = _BEGINS.match(text)
    return head.end() if head else 0


def _number(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e9 else 0.0
