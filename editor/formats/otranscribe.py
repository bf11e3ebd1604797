"""oTranscribe's own files (.otr): JSON around a web page's text with the times of its passages."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from itertools import pairwise

from editor.document import MIN_WORD_MS, DraftSegment
from editor.errors import UnreadableTranscript
from editor.formats.caption import MS_A_CHARACTER
from editor.formats.labels import known_labels
from editor.formats.result import Reading
from editor.formats.speech_json import all_timed
from editor.formats.turn_marks import TurnReader

_STAMP = re.compile(r'<span[^<>]*\bdata-timestamp="([\d.]{1,12})"[^<>]*>[^<]*</span>')
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def read(value: object, name: str) -> Reading | None:
    """Read such a document, None where it is none.

    Raises:
        UnreadableTranscript: it holds no text.
    """
    page = value.get("text") if isinstance(value, Mapping) else None
    if not isinstance(page, str) or not ("media" in value or _STAMP.search(page)):  # type: ignore[operator]
        return None
    if "segments" in value or "words" in value:  # type: ignore[operator]
        return None
    passages = _passages(page)
    reader = TurnReader(known_labels([line for _, line in passages]))
    starts = [*(start_ms for start_ms, _ in passages), None]
    drafts = []
    for number, ((start_ms, line), (_, next_ms)) in enumerate(
        zip(passages, pairwise(starts), strict=True), start=1
    ):
        turn = reader.read(line)
        end_ms = None
        if start_ms is not None:
            guessed_ms = start_ms + max(MIN_WORD_MS, MS_A_CHARACTER * len(line))
            is_before = next_ms is not None and next_ms > start_ms
            end_ms = min(guessed_ms, next_ms) if is_before and next_ms else guessed_ms
        kind = "sound" if turn.is_sound else "speech"
        drafts.append(
            DraftSegment(turn.text, turn.speaker, kind, turn.new_turn, start_ms, end_ms, (), number)  # type: ignore[arg-type]
        )
    if not drafts:
        raise UnreadableTranscript(name, "the file holds no text")
    return Reading(tuple(all_timed(drafts)), recognised="an oTranscribe file")


def _passages(page: str) -> list[tuple[int | None, str]]:
    """The lines of a page, each with its time where it begins with one."""
    passages: list[tuple[int | None, str]] = []
    for line in _LINE_END.split(page):
        parts = _STAMP.split(line)
        for at in range(0, len(parts), 2):
            text = " ".join(html.unescape(_TAG.sub("", parts[at])).split())
            start_ms = _ms(parts[at - 1]) if at else None
            if text:
                passages.append((start_ms, text))
    return passages


def _ms(written: str) -> int | None:
    try:
        return round(float(written) * 1000)
    except ValueError:
        return None
