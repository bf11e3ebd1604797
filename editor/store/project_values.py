"""Rows of a project that came from a stranger's file, checked before any is written.

What passes has the types of its columns, and words and segments that keep our invariants.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, get_args

from sqlalchemy import Table

from editor.document import ORIGINS, Kind, RecognisedWord, Segment, Word, check_order
from editor.edits import ChangeKind
from editor.errors import EditorError, InvalidValue
from editor.languages import language_code
from editor.store.db.codec import (
    columns_from_segment,
    list_from_recognised,
    list_from_splices,
    recognised_from_list,
    segment_from_columns,
    splices_from_list,
)
from editor.store.rows import Action, ActivityKind, RevisionState

Row = dict[str, Any]
#: The greatest integer that JSON of JavaScript holds exactly.
_MOST = 2**53 - 1
_LONGEST_TEXT = 1_000_000
_DEEPEST = 20
_MALFORMED = (TypeError, ValueError, KeyError, IndexError, AttributeError, EditorError)


def checked_row(table: Table, given: object, own: Mapping[str, Any]) -> Row:
    """A row with just the columns of a table; those in `own` are ours to say.

    Raises:
        InvalidValue: a value has another type than its column, or a name is unknown.
    """
    place = str(table.name)
    if not isinstance(given, dict):
        raise InvalidValue(place, "a row must be an object")
    unknown = given.keys() - table.columns.keys()
    if unknown:
        raise InvalidValue(
            place, f"{sorted(unknown)[0]!r} is unknown: it was written by a newer version"
        )
    row: Row = {}
    for column in table.columns:
        where = f"{place}.{column.name}"
        value = own[column.name] if column.name in own else given.get(column.name)
        if value is None and not column.nullable and not column.primary_key:
            raise InvalidValue(where, "is missing")
        row[column.name] = _plain(where, value, column.type.python_type)
    return row


def checked_segments(rows: list[Row]) -> list[Row]:
    """Segments that keep the rules of a transcript, with what is derived derived anew.

    Raises:
        InvalidValue: one breaks a rule.
    """
    checked = [_well_formed("segments", number, _segment, row) for number, row in enumerate(rows)]
    there = sorted((row for row, _ in checked if not row["removed"]), key=_position)
    segments = {id(row): segment for row, segment in checked}
    if any(a["position"] == b["position"] for a, b in pairwise(there)):
        raise InvalidValue("segments", "two have the same position")
    _well_formed("segments", 0, lambda _: check_order(segments[id(row)] for row in there), {})
    return [row for row, _ in checked]


def checked_revisions(rows: list[Row]) -> list[Row]:
    """Steps of a history, in order.

    Raises:
        InvalidValue: one cannot be read, or speaks of a step that is not there.
    """
    for number, row in enumerate(rows):
        _one_of("action", row["action"], Action)
        _one_of("state", row["state"], RevisionState)
        _one_of("kind", row["kind"], ChangeKind)
        row["splices"] = _well_formed("revisions", number, _splices, row)
        row["learned_terms"] = _well_formed("revisions", number, _terms, row)
    ids = [row["id"] for row in rows]
    if any(type(item) is not int for item in ids) or ids != sorted(set(ids)):
        raise InvalidValue("revisions", "out of order")
    if {row["reverts_id"] for row in rows} - {None, *ids}:
        raise InvalidValue("revisions", "one undoes a revision that does not exist")
    return rows


def checked_chunks(rows: list[Row]) -> list[Row]:
    """Heard words of pieces.

    Raises:
        InvalidValue: they cannot be read.
    """
    for number, row in enumerate(rows):
        words = _well_formed("chunks", number, _heard, row)
        row["words"] = list_from_recognised(words)
        row["words_start_ms"] = min((word.start_ms for word in words), default=None)
        row["words_end_ms"] = max((word.end_ms for word in words), default=None)
    return rows


def checked_word_scores(rows: list[Row]) -> list[Row]:
    """What listening told of words.

    Raises:
        InvalidValue: it cannot be read.
    """
    for number, row in enumerate(rows):
        row["written"], row["recognised"] = _well_formed("word_scores", number, _word_scores, row)
    return rows


def checked_activity(rows: list[Row]) -> list[Row]:
    """What was done to the whole, in order.

    Raises:
        InvalidValue: one is of a kind that is unknown.
    """
    for row in rows:
        _one_of("kind", row["kind"], ActivityKind)
    return sorted(rows, key=lambda row: int(row["id"]))


def _segment(row: Row) -> tuple[Row, Segment]:
    segment = segment_from_columns(row)
    _check_words((*segment.words, *segment.released))
    _one_of("kind", segment.kind, Kind)
    starts = [word.start_ms for word in segment.words]
    derived = {
        "first_start_ms": starts[0] if starts else None,
        "last_start_ms": starts[-1] if starts else None,
    }
    return {**row, **columns_from_segment(segment), **derived}, segment


def _splices(row: Row) -> list[Any]:
    splices = splices_from_list(row["splices"])
    for splice in splices:
        _text("after_id", splice.after_id or "")
        for segment in (*splice.removed, *splice.inserted):
            _check_segment(segment)
    return list_from_splices(splices)


def _terms(row: Row) -> list[str] | None:
    terms = [_text("term", term) for term in row["learned_terms"] or ()]
    return terms or None


def _check_segment(segment: Segment) -> None:
    for value in (segment.id, segment.text, segment.speaker or ""):
        _text("segment", value)
    _whole("revision", segment.revision)
    _one_of("kind", segment.kind, Kind)
    if not isinstance(segment.new_turn, bool) or not isinstance(segment.reviewed, bool):
        raise InvalidValue("segment", "must be true or false")
    _check_words((*segment.words, *segment.released))


def _check_words(words: tuple[Word, ...]) -> None:
    for word in words:
        _text("word", word.text)
        _whole("start_ms", word.start_ms)
        _whole("end_ms", word.end_ms)
        if word.confidence is not None:
            _share("confidence", word.confidence)
        for number in word.recognised_ids:
            _whole("heard", number)
        for code in word.codes:
            if "\n" in _text("code", code):
                raise InvalidValue("code", "must stand on one line")
        _one_of_values("origin", word.origin, ORIGINS)


def _heard(row: Row) -> list[RecognisedWord]:
    words = recognised_from_list(row["words"], row["number"])
    for word in words:
        _text("word", word.text)
        for name in ("id", "start_ms", "end_ms"):
            _whole(name, getattr(word, name))
        _share("probability", word.probability)
        if word.language:
            language_code(word.language)
        if word.voice is not None:
            _whole("voice", word.voice)
        if word.end_ms < word.start_ms:
            raise InvalidValue("word", "it ends before it starts")
    return words


def _word_scores(row: Row) -> tuple[list[Any], list[Any]]:
    written = [
        [
            _text("word", text),
            _whole("start_ms", start),
            _whole("end_ms", end),
            _text("term", told) if isinstance(told, str) else _log("log", told),
        ]
        for text, start, end, told in row["written"]
    ]
    return written, [[_whole("id", item), _log("log", log)] for item, log in row["recognised"]]


def _well_formed(place: str, number: int, make: Callable[[Row], Any], row: Row) -> Any:
    try:
        return make(row)
    except _MALFORMED as error:
        raise InvalidValue(f"{place}[{number}]", f"it cannot be read ({error})") from error


def _plain(where: str, value: object, kind: type) -> Any:
    if value is None:
        return None
    if kind is bool:
        return _flag(where, value)
    if kind is int:
        return _whole(where, value)
    if kind is float:
        return _share(where, value)
    if kind is str:
        return _text(where, value)
    return _json(where, value, _DEEPEST)


def _flag(where: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue(where, "must be true or false")
    return value


def _whole(where: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidValue(where, "must be a whole number, 0 or more")
    return value


def _share(where: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InvalidValue(where, "must be a number from 0 to 1")
    return float(value)


def _log(where: str, value: object) -> float:
    """The logarithm of a probability."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -math.inf < value <= 0:
        raise InvalidValue(where, "must be a number, 0 or less")
    return float(value)


def _text(where: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\0" in value:
        raise InvalidValue(where, f"must be a text of at most {_LONGEST_TEXT} characters")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidValue(where, "contains half of a surrogate pair")
    return value


def _json(where: str, value: object, depth: int) -> Any:
    """Any JSON, but none that goes too deep, and no number that is none."""
    if depth == 0:
        raise InvalidValue(where, "is nested too deeply")
    if isinstance(value, dict):
        return {_text(where, key): _json(where, item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(where, item, depth - 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidValue(where, "contains an invalid number (NaN or infinity)")
    return _text(where, value) if isinstance(value, str) else value


def _one_of(where: str, value: object, choices: Any) -> None:
    _one_of_values(where, value, get_args(choices))


def _one_of_values(where: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InvalidValue(where, f"is one of {', '.join(choices)}")


def _position(row: Row) -> int:
    return int(row["position"])
