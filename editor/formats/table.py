"""Tables: TSV and CSV whose columns are found by their heads, or by what stands in them.

Labels of Audacity are one, too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.document import Segment, join_lines
from editor.formats import document_lines
from editor.formats.annotations import Annotation, reading_of
from editor.formats.document_lines import row
from editor.formats.publication import Publication
from editor.formats.result import Reading
from editor.formats.table_columns import (
    Columns,
    columns_of,
    harmless,
    is_head,
    is_number,
    span_in,
    time_in,
)
from editor.formats.turn_marks import marked_segments
from editor.timecode import timestamp_from_ms

_LABEL = re.compile(r"(\d+[.,]\d+)\t(\d+[.,]\d+)(?:\t|\Z)")
_ONLY_LABEL = re.compile(rf"{_LABEL.pattern}[^\t]*\Z")
_SEPARATORS = "\t,;|"
_SAMPLE_ROWS = 50


def is_labels(text: str) -> bool:
    """Whether a text begins with a label of Audacity: two times and tabs."""
    return _ONLY_LABEL.match(text.lstrip().split("\n", 1)[0]) is not None


def is_table(text: str, *, separators: str = _SEPARATORS) -> bool:
    """Whether the first lines have a column of starts and one of texts, with such between."""
    found = _table_in(text)
    return found is not None and found[0] in separators


def read_labels(text: str, name: str) -> Reading:
    """Read labels; a line that begins with a backslash holds the frequencies of the one above.

    Raises:
        UnreadableTranscript: no label has a text.
    """
    annotations = []
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _LABEL.match(line):
            start_ms, end_ms = (round(1000 * float(t.replace(",", "."))) for t in match.groups())
            annotations.append(Annotation(number, start_ms, end_ms, line[match.end() :]))
    return reading_of(annotations, name, "Audacity labels")


def read(text: str, name: str) -> Reading:
    """Read rows with a start and a text; others are left out. Without any start all are text.

    Raises:
        UnreadableTranscript: there is no text.
    """
    found = _table_in(text) or _table_in(text, least_times=1)
    if found is None:
        return _without_times(text, name)
    separator, columns = found
    rows = _rows(text, separator)
    at = columns.at["start"]
    starts = [said[at].strip() for said in rows[columns.has_head :] if len(said) > at]
    in_ms = columns.in_ms if columns.in_ms is not None else _is_in_ms(starts)
    annotations = []
    for number, said in enumerate(rows, start=1):
        cells = {key: said[at].strip() for key, at in columns.at.items() if at < len(said)}
        start_ms, end_ms = span_in(cells.get("start", ""), in_ms=in_ms)
        if start_ms is None or number <= columns.has_head:
            continue
        if (length_ms := time_in(cells.get("length", ""), in_ms=in_ms)) is not None:
            end_ms = start_ms + length_ms
        if (told_ms := time_in(cells.get("end", ""), in_ms=in_ms)) is not None:
            end_ms = told_ms
        who = cells.get("speaker", "")
        annotations.append(Annotation(number, start_ms, end_ms, cells.get("text", ""), who))
    return reading_of(annotations, name, "a table")


def _without_times(text: str, name: str) -> Reading:
    """A table of texts, and perhaps who says them."""
    first = text.lstrip("\ufeff\n\r").split("\n", 1)[0]
    separator = max(",\t;|", key=first.count)
    rows = _rows(text, separator)
    if len({len(cells) for cells in rows}) > 1:
        rows = [[line] for line in text.split("\n")]
    rows = rows[1:] if len(rows) > 1 and is_head(rows[0]) else rows
    lines = (line for cells in rows for line in row([cell] for cell in cells))
    return document_lines.read("\n".join(lines), name)


def _table_in(text: str, least_times: int = 2) -> tuple[str, Columns] | None:
    """The mark between the cells of a table and its columns; None where a text is none."""
    lines = text.lstrip("\ufeff\n\r").split("\n")[: _SAMPLE_ROWS + 1]
    sample = "\n".join(line[:2000] for line in lines[:-1] or lines)
    for separator in _SEPARATORS:
        if separator in lines[0] and (columns := columns_of(_rows(sample, separator), least_times)):
            return separator, columns
    return None


def _rows(text: str, separator: str) -> list[list[str]]:
    # Whisper's TSV has no quotation marks of its own.
    mark = None if separator == "\t" else '"'
    lines = csv.reader(io.StringIO(text), delimiter=separator, quotechar=mark)
    rows = []
    try:
        rows += [cells for cells in lines if cells]
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


def write_labels(publication: Publication) -> str:
    """Write a label for each segment, with names of speakers before the text."""
    segments = publication.segments
    return "".join(
        f"{(each.start_ms or 0) / 1000:.6f}\t{(each.end_ms or 0) / 1000:.6f}\t{_on_a_line(text)}\n"
        for each, text in zip(segments, marked_segments(segments), strict=True)
    )


#: The columns of a table where a person names none.
_USUAL = ("start", "end", "speaker", "text")


def write_csv(publication: Publication) -> str:
    """Write a row for each segment, in columns with commas between."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    for cells in _cells(publication):
        rows.writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def write_tsv(publication: Publication) -> str:
    """Write a row for each segment, in columns with tabs between, without quotation marks."""
    rows = ("\t".join(_on_a_line(harmless(cell)) for cell in c) for c in _cells(publication))
    return "".join(f"{row}\n" for row in rows)


def _cells(publication: Publication) -> Iterator[list[str]]:
    columns = publication.choices.columns or _USUAL
    yield list(columns)
    for number, segment in enumerate(publication.segments, 1):
        held = _held(segment, number)
        yield [held[column] for column in columns]


def _held(segment: Segment, number: int) -> dict[str, str]:
    start_ms, end_ms = segment.start_ms or 0, segment.end_ms or 0
    return {
        "number": str(number),
        "start": timestamp_from_ms(start_ms),
        "end": timestamp_from_ms(end_ms),
        "duration": timestamp_from_ms(end_ms - start_ms),
        "start_ms": str(start_ms),
        "end_ms": str(end_ms),
        "speaker": segment.speaker or "",
        "text": join_lines(segment.text.splitlines()),
        "kind": segment.kind,
        "note": segment.note,
        "reviewed": "yes" if segment.reviewed else "no",
    }


def _on_a_line(text: str) -> str:
    return re.sub(r"[\t\r\n]+", " ", text)
