"""What JSON columns of a stranger's transcript must look like, for whoever reads them later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from editor.align.drift import Drift
from editor.errors import InvalidValue

_COUNTS = ("written_words", "written_heard", "heard_words", "heard_written", "unwritten_ms")
_PASSAGE = {"first_word": int, "word_count": int, "start_ms": int, "end_ms": int, "text": str}
_PROBLEM = {"line": int, "text": str, "reason": str}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")


def check_shapes(row: Mapping[str, Any]) -> None:
    """See that the problems and the report of a transcript can be shown and exported.

    Raises:
        InvalidValue: they are something else.
    """
    _check_list("problems", row["problems"], _PROBLEM)
    coverage = row["coverage"]
    if coverage is None:
        return
    if not isinstance(coverage, dict):
        raise InvalidValue("coverage", "is not a report")
    for name in _COUNTS:
        if type(coverage.get(name)) is not int:
            raise InvalidValue(f"coverage.{name}", "must be a whole number")
    if type(coverage.get("written_share", 0)) not in (int, float):
        raise InvalidValue("coverage.written_share", "must be a number")
    _check_list("passages", coverage.get("passages", []), _PASSAGE)
    _check_list("remarks", coverage.get("remarks", []), {"text": str})
    if (drift := coverage.get("drift")) is not None:
        try:
            read = Drift.from_json(drift)
            told = read.sentence(), read.is_noticed, read.media_ms(1000)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise InvalidValue("coverage.drift", f"cannot be read ({error})") from error
        if type(told[2]) is not int:
            raise InvalidValue("coverage.drift", "must hold whole numbers")


def check_place(transcript_id: str, *places: str | None) -> None:
    """See that an id and the names of files are such as this program gives.

    Raises:
        InvalidValue: one would lead elsewhere.
    """
    if not _ID.fullmatch(transcript_id):
        raise InvalidValue("id", f"{transcript_id[:80]!r} is not a transcript's id")
    for place in places:
        folder, _, name = (place or f"media/{transcript_id}/x").rpartition("/")
        if folder != f"media/{transcript_id}" or not _FILE.fullmatch(name):
            raise InvalidValue(
                "media_path", f"{str(place)[:80]!r} is not the name of a recording's file"
            )


def _check_list(where: str, value: object, fields: Mapping[str, type]) -> None:
    if not isinstance(value, list):
        raise InvalidValue(where, "must be a list")
    for each in value:
        if not isinstance(each, dict) or any(
            type(each.get(name)) is not kind for name, kind in fields.items()
        ):
            raise InvalidValue(where, f"each must have {', '.join(fields)}")
