"""Tables: TSV and CSV whose columns are found by their heads, and labels of Audacity."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import pairwise

from editor.formats.annotations import Passage, reading_of
from editor.formats.result import Reading

_HEADS = {
    "start": (
        "start",
        "starttime",
        "begin",
        "in",
        "from",
        "starts",
        "startms",
        "timestamp",
        "time",
    ),
    "end": ("end", "endtime", "stop", "out", "to", "finish", "ends", "endms"),
    "text": ("text", "transcript", "content", "caption", "sentence", "utterance", "body", "words"),
    "speaker": ("speaker", "speakername", "name", "who", "speakerlabel", "speakerid"),
}
_LABEL = re.compile(r"(\d+[.,]\d+)\t(\d+[.,]\d+)(?:\t|\Z)")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,6})?)")
_FRAMES = re.compile(r"(\d{1,3})[:;](\d{1,2})[:;](\d{1,2})([:;])(\d{1,3})")
_NTSC = 30_000 / 1001


def is_labels(text: str) -> bool:
    """Whether a text begins with a label of Audacity: two times and tabs."""
    return _LABEL.match(text.lstrip().split("\n", 1)[0]) is not None


def is_table(text: str) -> bool:
    """Whether the first line names a start and a text."""
    return _columns(text) is not None


def read_labels(text: str, name: str) -> Reading:
    """Read labels; a line that begins with a backslash holds the frequencies of the one above.

    Raises:
        UnreadableTranscript: no label has a text.
    """
    passages = []
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _LABEL.match(line):
            start_ms, end_ms = (round(1000 * float(t.replace(",", "."))) for t in match.groups())
            passages.append(Passage(number, start_ms, end_ms, line[match.end() :]))
    return reading_of(passages, name, "Audacity labels")


def read(text: str, name: str) -> Reading:
    """Read rows with a start and a text; others are left out.

    Raises:
        UnreadableTranscript: no row has both.
    """
    separator, columns = _columns(text) or ("\t", {})
    rows = list(_rows(text, separator))[1:]
    at = columns.get("start", 0)
    in_ms = _is_in_ms([row[at] for row in rows if len(row) > at])
    passages = []
    for number, row in enumerate(rows, start=2):
        cells = {key: row[at].strip() for key, at in columns.items() if at < len(row)}
        start_ms = _ms(cells.get("start", ""), in_ms)
        if start_ms is not None:
            end_ms = _ms(cells.get("end", ""), in_ms)
            who = cells.get("speaker", "")
            passages.append(Passage(number, start_ms, end_ms, cells.get("text", ""), who))
    return reading_of(passages, name, "a table")


def _columns(text: str) -> tuple[str, dict[str, int]] | None:
    first = text.lstrip().split("\n", 1)[0][:2000]
    for separator in "\t,;|":
        heads = next(iter(_rows(first, separator)), [])
        plain = [re.sub(r"[^a-z]", "", head.lower()) for head in heads]
        found = {
            key: plain.index(name)
            for key, names in _HEADS.items()
            if (name := next((n for n in names if n in plain), None)) is not None
        }
        if {"start", "text"} <= found.keys() and len(set(found.values())) == len(found):
            return separator, found
    return None


def _rows(text: str, separator: str) -> Sequence[list[str]]:
    # Whisper's TSV has no quotation marks of its own.
    mark = None if separator == "\t" else '"'
    lines = csv.reader(io.StringIO(text), delimiter=separator, quotechar=mark)
    rows = []
    try:
        rows += [row for row in lines if row]
    except csv.Error:
        return [line.split(separator) for line in text.split("\n") if line.strip()]
    return rows


def _is_in_ms(starts: Sequence[str]) -> bool:
    """Whole numbers are milliseconds, but where they are as small as seconds of speech are."""
    whole = [
        int(s) for s in map(str.strip, starts) if s.isascii() and s.isdecimal() and len(s) < 12
    ]
    if len(whole) < len([s for s in starts if s.strip()]):
        return False
    steps = sorted(b - a for a, b in pairwise(whole)) or whole
    return bool(steps) and (steps[len(steps) // 2] > 100)


def _ms(written: str, in_ms: bool) -> int | None:
    if match := _FRAMES.fullmatch(written):
        hours, minutes, seconds, mark, frames = match.groups()
        whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
        if ";" not in (mark, written[-6:-5]):
            return round(1000 * (whole + int(frames) / 25))
        minute = whole // 60
        count = 30 * whole + int(frames) - 2 * (minute - minute // 10)
        return round(1000 * count / _NTSC)
    if match := _CLOCK.fullmatch(written):
        whole = int(match[1] or 0) * 3600 + int(match[2]) * 60
        return round(1000 * (whole + float(match[3].replace(",", "."))))
    if not re.fullmatch(r"\d{1,11}(?:[.,]\d{1,9})?", written):
        return None
    return round(float(written.replace(",", ".")) * (1 if in_ms else 1000))
