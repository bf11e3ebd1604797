"""Tables: TSV and CSV whose columns are found by their heads, or by what stands in them.

Labels of Audacity are one, too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import pairwise

from editor.formats.annotations import Passage, reading_of
from editor.formats.result import Reading
from editor.formats.table_columns import Columns, columns_of, is_number, span_in, time_in

_LABEL = re.compile(r"(\d+[.,]\d+)\t(\d+[.,]\d+)(?:\t|\Z)")
_ONLY_LABEL = re.compile(rf"{_LABEL.pattern}[^\t]*\Z")
_SEPARATORS = "\t,;|"
_SAMPLE_ROWS = 50


def is_labels(text: str) -> bool:
    """Whether a text begins with a label of Audacity: two times and tabs."""
    return _ONLY_LABEL.match(text.lstrip().split("\n", 1)[0]) is not None


def is_table(text: str) -> bool:
    """Whether the first lines have a column of starts and one of texts."""
    return _table_in(text) is not None


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
    separator, columns = _table_in(text) or ("\t", Columns({"text": 1, "start": 0}))
    rows = _rows(text, separator)
    at = columns.at["start"]
    starts = [row[at].strip() for row in rows[columns.has_head :] if len(row) > at]
    in_ms = columns.in_ms if columns.in_ms is not None else _is_in_ms(starts)
    passages = []
    for number, row in enumerate(rows, start=1):
        cells = {key: row[at].strip() for key, at in columns.at.items() if at < len(row)}
        start_ms, end_ms = span_in(cells.get("start", ""), in_ms=in_ms)
        if start_ms is None or number <= columns.has_head:
            continue
        if (length_ms := time_in(cells.get("length", ""), in_ms=in_ms)) is not None:
            end_ms = start_ms + length_ms
        if (told_ms := time_in(cells.get("end", ""), in_ms=in_ms)) is not None:
            end_ms = told_ms
        who = cells.get("speaker", "")
        passages.append(Passage(number, start_ms, end_ms, cells.get("text", ""), who))
    return reading_of(passages, name, "a table")


def _table_in(text: str) -> tuple[str, Columns] | None:
    """The mark between the cells of a table and its columns; None where a text is none."""
    lines = text.lstrip("\ufeff\n\r").split("\n")[: _SAMPLE_ROWS + 1]
    sample = "\n".join(line[:2000] for line in lines[:-1] or lines)
    for separator in _SEPARATORS:
        if separator in lines[0] and (columns := columns_of(_rows(sample, separator))):
            return separator, columns
    return None


def _rows(text: str, separator: str) -> list[list[str]]:
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
    whole = [int(s) for s in starts if is_number(s) and s.isdecimal()]
    if len(whole) < len([s for s in starts if s]):
        return False
    steps = sorted(b - a for a, b in pairwise(whole)) or whole
    return bool(steps) and (steps[len(steps) // 2] > 100)
