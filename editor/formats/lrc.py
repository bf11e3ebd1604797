"""Timed lyrics (LRC): each line begins with its times; words may have theirs within `<>`."""

from __future__ import annotations

import re

from editor.formats.annotations import Annotation, reading_of
from editor.formats.publication import Publication
from editor.formats.result import Reading
from editor.formats.turn_marks import marked_cues

_TAG = re.compile(r"\s*\[([a-z#]{1,12}) ?:([^\]\n]*)\]\s*", re.IGNORECASE)
_TIME = re.compile(r"\[(\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)\]\s*")
_WORD_TIME = re.compile(r"(?:(?<!\s)\s+)?[<\[](\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)[>\]]\s*")
_SUNG = re.compile(r"\s*\[\d{1,3}:\d\d[.:]\d\d\d?\]")
_TIMED_WORDS = re.compile(r"<\d{1,3}:\d\d[.:]\d|\](?=[^\[\]\n]*\w)[^\[\]\n]*+\[\d{1,3}:\d\d\.\d")
#: Lines whose text follows their times without a space.
_GLUED = re.compile(r"(?:\s*(?:\[\d{1,3}:\d\d\.\d\d\d?\])+[^\s\[][^\n]*\n){2}")
_TAGS = re.compile(r"(?:\s*\[[a-z#]{1,12} ?:[^\]\n]*\]\s*\n)+\s*\[\d{1,3}:\d\d[.:]\d", re.I)


def how_sure(text: str) -> float:
    """How surely a text begins as such a file does: with tags, or a time with parts of a second.

    Times alone stand before what people say, too, though rarely without a space.
    """
    if _TAGS.match(text) or (_SUNG.match(text) and _TIMED_WORDS.search(text)):
        return 0.8
    if _GLUED.match(text):
        return 0.7
    return 0.5 if _SUNG.match(text) else 0.0


def read(text: str, name: str) -> Reading:
    """Read the lines; one with several times is sung as often.

    Raises:
        UnreadableTranscript: no line has a time.
    """
    annotations, offset_ms = list[Annotation](), 0
    for number, line in enumerate(text.split("\n"), start=1):
        if tag := _TAG.fullmatch(line):
            offset = re.fullmatch(r"\s*([+-]?\d{1,7})\s*", tag[2])
            offset_ms = int(offset[1]) if offset and tag[1].lower() == "offset" else offset_ms
            continue
        starts, at = list[int](), 0
        while time := _TIME.match(line, at):
            starts.append(_ms(time))
            at = time.end()
        words, anchors = _words(line[at:], offset_ms)
        if len(starts) == 1 and anchors:
            start_ms = min(max(0, starts[0] - offset_ms), anchors[0][1])
            end_ms = anchors[-1][1] if anchors[-1][0] == len(words) else None
            annotations.append(Annotation(number, start_ms, end_ms, words, anchors=tuple(anchors)))
        else:
            annotations += [
                Annotation(number, max(0, ms - offset_ms), None, words) for ms in starts
            ]
    return reading_of(annotations, name, "timed lyrics (LRC)")


def _ms(time: re.Match[str]) -> int:
    return round(1000 * (60 * int(time[1]) + float(time[2].replace(":", "."))))


def _words(line: str, offset_ms: int) -> tuple[str, list[tuple[int, int]]]:
    """A line without the times within it, and these by where they stand in it."""
    text, anchors, at = "", list[tuple[int, int]](), 0
    for time in _WORD_TIME.finditer(line):
        text += line[at : time.start()]
        at, ms = time.end(), max(0, _ms(time) - offset_ms)
        # Only a time with a space before or behind it parts words; syllables have times, too.
        is_apart = time[0] != time[0].strip() and text and at < len(line)
        if is_apart and time[0][0].isspace() and time[0][-1].isspace():
            anchors.append((len(text), ms))
        text += " " * bool(is_apart)
        anchors.append((len(text), ms))
    text += line[at:]
    return text.rstrip(), [(min(at, len(text.rstrip())), ms) for at, ms in anchors]


#: So long a pause, and the line before it is taken away.
_PAUSE_MS = 1000


def write(publication: Publication) -> str:
    """Write a line for each caption; an empty one where a pause begins."""
    cues, lines = publication.cues, [f"[ti:{_tag(publication.title)}]"]
    starts = [*(cue.start_ms for cue in cues[1:]), publication.duration_ms + 2 * _PAUSE_MS]
    for cue, text, next_ms in zip(cues, marked_cues(cues), starts, strict=True):
        lines.append(f"{_stamp(cue.start_ms)}{' '.join(text.split())}")
        if next_ms - cue.end_ms >= _PAUSE_MS:
            lines.append(_stamp(cue.end_ms))
    return "\n".join(lines) + "\n"


def _tag(text: str) -> str:
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def _stamp(time_ms: int) -> str:
    hundredths = (time_ms + 5) // 10
    return f"[{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}]"
