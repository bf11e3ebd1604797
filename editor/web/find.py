"""Places of a text that are like what is looked for; what becomes of them is an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.edits.commands import MOST_PLACES
from editor.edits.utf16 import utf16_length
from editor.review import Correction, Replacement, Spanning, places_found, spanning
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import Search
from editor.web.schemas.responses import Error
from editor.web.schemas.responses_review import Found
from editor.web.schemas.serialize import Json

#: The id, revision and text of a segment.
Row = tuple[str, int, str]

blueprint = Blueprint("places", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.post("/search")
@endpoint("search", body=Search, answers={200: Found, 422: Error})
def find_places(transcript_id: str, body: Search) -> ResponseReturnValue:
    """All places of what is looked for, with what a correction would make of them.

    Nothing is changed. Where `new` is `old`, a correction would change nothing, either.
    """
    correction = Correction(**body.model_dump(exclude={"speaker"}))
    rows = services().store.texts(transcript_id)
    texts = [text for _, _, text in rows]
    is_meant = _said_by(transcript_id, body.speaker, rows)
    # More than are given are not looked for: one more tells that there are.
    within = (one for one in places_found(texts, correction) if is_meant(one.text))
    found = list(islice(within, MOST_PLACES + 1))
    over = [one for one in spanning(texts, correction) if is_meant(one.first)]
    placed = [(one.text, one.start, _place_json(*rows[one.text], one)) for one in found]
    placed += [(one.first, one.start, _spanning_json(rows, one)) for one in over]
    placed.sort(key=lambda each: each[:2])
    places = [place for _, _, place in placed[:MOST_PLACES]]
    return jsonify({"count": len(placed), "places": places})


def _said_by(transcript_id: str, speaker: str | None, rows: Sequence[Row]) -> Callable[[int], bool]:
    """Whether the segment of a number is said by the one who was asked for, if anybody was."""
    if speaker is None:
        return lambda number: True
    wanted = speaker.strip().casefold()
    speakers = services().store.speakers(transcript_id)
    names = [(speakers.get(segment_id) or "").casefold() for segment_id, _, _ in rows]
    return lambda number: names[number] == wanted


def _spanning_json(rows: Sequence[Row], one: Spanning) -> Json:
    (segment_id, revision, text), (last_id, _, last_text) = rows[one.first], rows[one.last]
    return {
        "segment_id": segment_id,
        "revision": revision,
        "start": utf16_length(text[: one.start]),
        "length": utf16_length(text[one.start :]),
        "old": one.found,
        "new": one.found,
        "likeness": "exact",
        "score": 1.0,
        "ends": {"segment_id": last_id, "end": utf16_length(last_text[: one.end])},
    }


def _place_json(segment_id: str, revision: int, text: str, found: Replacement) -> Json:
    return {
        "segment_id": segment_id,
        "revision": revision,
        "start": utf16_length(text[: found.start]),
        "length": utf16_length(found.old),
        "old": found.old,
        "new": found.new,
        "likeness": found.likeness,
        "score": found.score,
    }
