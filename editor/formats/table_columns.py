"""Which columns of a table hold starts, ends, speakers and texts, and how times stand in cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_HEADS: Mapping[str, tuple[str, ...]] = {
    "start": (
        *("start", "starttime", "timestart", "begin", "begintime", "in", "from", "starts"),
        *("starttimecode", "timecodein", "tcin", "timestamp", "timestamps", "time", "timecode"),
        *("onset", "offset", "anfang", "beginn", "von", "zeit", "debut", "inicio", "comienzo"),
        *("inizio", "tempo", "tiempo", "temps"),
    ),
    "end": (
        *("end", "endtime", "timeend", "stop", "stoptime", "out", "to", "finish", "ends"),
        *("endtimecode", "timecodeout", "tcout", "offset", "ende", "bis", "fin", "final", "fine"),
    ),
    "length": ("duration", "length", "dur", "dauer", "duree", "duracion"),
    "text": (
        *("text", "transcript", "content", "caption", "sentence", "utterance", "body", "words"),
        *("transcription", "subtitle", "dialogue", "dialog", "speech", "label", "annotation"),
        *("what", "said", "message", "comment"),
        *("texte", "texto", "testo", "transkript", "inhalt", "quote", "line", "word"),
    ),
    "speaker": (
        *("speaker", "speakername", "name", "who", "speakerlabel", "speakerid", "person"),
        *("participant", "character", "actor", "role", "sprecher", "sprecherin", "locuteur"),
        *("hablante", "orador", "parlante", "tier"),
    ),
}
_UNIT = re.compile(
    r"(?<![\s_(\[])[\s_(\[]*(ms|millis|milliseconds|s|secs?|seconds)[)\]]*\Z", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,6})?)")
_FRAMES = re.compile(r"(\d{1,3})[:;](\d{1,2})[:;](\d{1,2})([:;])(\d{1,3})")
_NUMBER = re.compile(r"\d{1,11}(?:[.,]\d{1,9})?")
_FROM_TO = re.compile(r"(?<!\s)\s*(?:-+>|--|–|—|\bto\b|\s-\s|(?<=\d)-(?=\d))\s*")
_ACCENTS = str.maketrans("éèáóíñ", "eeaoin")
_NTSC = 30_000 / 1001
#: So many cells of a column tell what it holds.
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each part stands; `in_ms` is None where no head tells the unit of times."""

    at: Mapping[str, int]
    has_head: bool = False
    in_ms: bool | None = None


def columns_of(rows: Sequence[Sequence[str]], least_times: int = 2) -> Columns | None:
    """The columns of a table by its first row, or by its cells where that is no head.

    Lines with less than `least_times` times each are rather a text with times.
    """
    if not rows:
        return None
    heads = [_UNIT.sub("", head.strip()) or head for head in rows[0]]
    plain = [re.sub(r"[^a-z]", "", head.lower().translate(_ACCENTS)) for head in heads]
    found = dict[str, int]()
    for key, names in _HEADS.items():
        named = next((name for name in names if name in plain), None)
        if named is not None and plain.index(named) not in found.values():
            found[key] = plain.index(named)
    if {"start", "text"} <= found.keys():
        unit = _UNIT.search(rows[0][found["start"]].strip())
        told = unit[1].lower().startswith("m") if unit and heads[found["start"]] else None
        return Columns(found, True, told)
    return _by_cells(rows, least_times)


def is_head(row: Sequence[str]) -> bool:
    """Whether a row names columns of texts and who says them."""
    names = {*_HEADS["text"], *_HEADS["speaker"]}
    return all(re.sub(r"[^a-z]", "", cell.lower().translate(_ACCENTS)) in names for cell in row)


def _by_cells(rows: Sequence[Sequence[str]], least_times: int) -> Columns | None:
    """Of a table without heads: starts and ends, a text, and perhaps a name."""
    width = len(rows[0])
    if len(rows) < 2 or width < 2 or any(len(row) != width for row in rows):
        return None
    if any("-->" in cell for cell in rows[0]):
        return None  # captions on lines with tabs
    columns = [[row[at].strip() for row in rows] for at in range(width)]
    timed = [at for at, cells in enumerate(columns) if _are(cells, _is_time)]
    clocks = [at for at in timed if _are(columns[at], lambda cell: not is_number(cell))]
    others = [at for at in range(width) if at not in timed]
    if not others or len(timed) < least_times:
        return None
    lengths = {at: sum(map(len, columns[at])) for at in others}
    text = max(others, key=lambda at: lengths[at])
    found = {"text": text, "start": (clocks or timed)[0]}
    if ends := [at for at in timed if at > found["start"]]:
        found["end"] = ends[0]
    names = [at for at in others if at != text and 0 < lengths[at] < lengths[text]]
    if names and len(set(columns[names[0]])) <= max(2, len(rows) // 2):
        found["speaker"] = names[0]
    # Whole numbers alone may count anything.
    return Columns(found) if clocks or any("." in cell for cell in columns[timed[0]]) else None


def _are(cells: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and sum(map(is_one, said)) >= _MOST * len(cells)


def _is_time(cell: str) -> bool:
    return span_in(cell, in_ms=False)[0] is not None


def is_number(cell: str) -> bool:
    """Whether a cell is a plain number, as of seconds."""
    return cell.isascii() and _NUMBER.fullmatch(cell) is not None


def span_in(cell: str, *, in_ms: bool) -> tuple[int | None, int | None]:
    """The times in a cell: a start, perhaps with an end behind it.

    >>> span_in("0:01.5 - 0:02", in_ms=False), span_in("1500", in_ms=True)
    ((1500, 2000), (1500, None))
    """
    start, *end = _FROM_TO.split(cell.strip("[]() "), maxsplit=1)
    first, last = time_in(start, in_ms=in_ms), time_in(end[0], in_ms=in_ms) if end else None
    return (None, None) if end and last is None else (first, last)


def time_in(cell: str, *, in_ms: bool) -> int | None:
    """A time in a cell in ms: by clock, to the frame, or as a number of seconds or ms."""
    if match := _FRAMES.fullmatch(cell):
        hours, minutes, seconds, mark, frames = match.groups()
        whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
        if ";" not in (mark, cell[-6:-5]):
            return round(1000 * (whole + int(frames) / 25))
        minute = whole // 60
        count = 30 * whole + int(frames) - 2 * (minute - minute // 10)
        return round(1000 * count / _NTSC)
    if match := _CLOCK.fullmatch(cell):
        whole = int(match[1] or 0) * 3600 + int(match[2]) * 60
        return round(1000 * (whole + float(match[3].replace(",", "."))))
    return (
        round(float(cell.replace(",", ".")) * (1 if in_ms else 1000)) if is_number(cell) else None
    )


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a space before what begins one.

    >>> harmless("=1+1"), harmless("1 = 1")
    (' =1+1', '1 = 1')
    """
    return f" {cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
