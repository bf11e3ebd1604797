"""Praat's TextGrid, long and short: tiers of intervals or points, each tier a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.formats.annotations import (
    Annotation,
    reading_of,
    tiers_of,
    with_words_of,
    without_names_of_tiers,
)
from editor.formats.publication import Publication
from editor.formats.result import Reading

_BEGINS = re.compile(r'\s*(?:File type = )?"ooTextFile[^"]*"\s+(?:Object class = )?"TextGrid"')
#: Values alone: texts in quotation marks, numbers, and `<exists>`; names of them are for people.
_VALUE = re.compile(r'"((?:[^"]|"")*)"|(?<![\w\[.+-])(-?\d[\d.]*(?:[eE][+-]?\d+)?)(?![\w\].])')
_OF_WORDS = re.compile(r"(?<!\s)\s+-\s+words?\Z")
_PHONES = re.compile(r"\b(?:phones?|phonemes?|segments?|syllables?)\b", re.IGNORECASE)


def is_textgrid(text: str) -> bool:
    """Whether a text begins as such a file does."""
    return _BEGINS.match(text) is not None


def read(text: str, name: str) -> Reading:
    """Read the tiers; empty intervals are pauses.

    Raises:
        UnreadableTranscript: nothing is said in it.
    """
    annotations, words = list[Annotation](), list[Annotation]()
    tier, last, is_points, is_words = "", list[float](), False, False
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
            tier, texts_since_tier = _OF_WORDS.sub("", value), 1
            is_words = tier != value
        elif last:
            start_ms, end_ms = round(1000 * last[0]), round(1000 * last[-1])
            if is_points:
                start_ms = end_ms
            if not _PHONES.search(tier):
                kept = words if is_words else annotations
                kept.append(Annotation(line, start_ms, end_ms, value, tier))
        last = []
    annotations = with_words_of(annotations, words)
    return reading_of(without_names_of_tiers(annotations), name, "Praat TextGrid")


def _after_head(text: str) -> int:
    head = _BEGINS.match(text)
    return head.end() if head else 0


def _number(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e9 else 0.0


def write(publication: Publication) -> str:
    """Write a tier of what is said and one of words for each speaker, as the MFA names them."""
    tiers = list[tuple[str, Sequence[Annotation]]]()
    for who, said in tiers_of(publication.transcript).items():
        tiers += [(who, said.segments), (f"{who} - words", said.words)]
    last_ms = publication.duration_ms
    listed = "".join(_tier(number, *each, last_ms) for number, each in enumerate(tiers, 1))
    return (
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
        f"xmin = 0\nxmax = {_seconds(last_ms)}\ntiers? <exists>\nsize = {len(tiers)}\nitem []:\n"
        f"{listed}"
    )


def _tier(number: int, who: str, annotations: Sequence[Annotation], last_ms: int) -> str:
    """A tier whose intervals fill all its time: between what is said they are empty."""
    filled, at_ms = list[tuple[int, int, str]](), 0
    for each in annotations:
        start_ms, end_ms = max(at_ms, each.start_ms), each.end_ms or 0
        if end_ms <= start_ms:
            start_ms, end_ms = at_ms, at_ms + 1
        filled += [(at_ms, start_ms, "")] if start_ms > at_ms else []
        filled.append((start_ms, end_ms, each.text))
        at_ms = end_ms
    filled += [(at_ms, last_ms, "")] if last_ms > at_ms else []
    intervals = "".join(
        f"        intervals [{count}]:\n            xmin = {_seconds(start_ms)}\n"
        f"            xmax = {_seconds(end_ms)}\n            text = {_quoted(text)}\n"
        for count, (start_ms, end_ms, text) in enumerate(filled, 1)
    )
    return (
        f'    item [{number}]:\n        class = "IntervalTier"\n        name = {_quoted(who)}\n'
        f"        xmin = 0\n        xmax = {_seconds(last_ms)}\n"
        f"        intervals: size = {len(filled)}\n{intervals}"
    )


def _seconds(time_ms: int) -> str:
    return f"{time_ms / 1000:g}" if time_ms % 1000 == 0 else f"{time_ms / 1000:.3f}"


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace('"', '""') + '"'
