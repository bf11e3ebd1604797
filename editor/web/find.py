"""Places of a text that are like what is looked for; what becomes of them is an edit."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.edits.commands import MOST_PLACES
from editor.edits.utf16 import utf16_length
from editor.review import Correction, Replacement, places_found
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import Search
from editor.web.schemas.responses import Error
from editor.web.schemas.responses_review import Found
from editor.web.schemas.serialize import Json

blueprint = Blueprint("places", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.post("/search")
@endpoint("search", body=Search, answers={200: Found, 422: Error})
def find_places(transcript_id: str, body: Search) -> ResponseReturnValue:
    """All places of what is looked for, with what a correction would make of them.

    Nothing is changed. Where `new` is `old`, a correction would change nothing, either.
    """
    correction = Correction(**body.model_dump())
    texts = services().store.texts(transcript_id)
    places_there = places_found([text for _, _, text in texts], correction)
    # More than are given are not looked for: one more tells that there are.
    found = list(islice(places_there, MOST_PLACES + 1))
    places = [_place_json(*texts[one.text], one) for one in found[:MOST_PLACES]]
    return jsonify({"count": len(found), "places": places})


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
