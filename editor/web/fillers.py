"""Filler words of a transcript; striking them out is an edit."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.library.fillers import fillers_of
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.responses_review import Fillers

blueprint = Blueprint("fillers", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/fillers")
@endpoint("search", answers={200: Fillers})
def list_fillers(transcript_id: str) -> ResponseReturnValue:
    """The words that may fill pauses and are not struck out, in the order of the text."""
    found = fillers_of(services().store, transcript_id)
    return jsonify({"fillers": [asdict(one) for one in found]})
