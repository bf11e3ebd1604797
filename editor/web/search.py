"""Words found in the texts of all transcripts."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import SearchQuery
from editor.web.schemas.responses import SearchAnswer

blueprint = Blueprint("search", __name__, url_prefix="/api/search")


@blueprint.get("")
@endpoint("search", query=SearchQuery, answers={200: SearchAnswer})
def search(query: SearchQuery) -> ResponseReturnValue:
    """Speakers, notes and segments that hold all words and phrases in quotes, best first.

    The last word may be begun only. Words that stand in a row as in `q`, also over the end of a
    segment, come first. `kind` tells what `text` is.
    """
    found = services().store.search(query.q, limit=query.limit)
    return jsonify({"found": [asdict(one) for one in found]})
