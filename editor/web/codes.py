"""The colours of a transcript's codes; giving codes to words is an edit."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import CodeTones
from editor.web.schemas.responses_codes import Tones

blueprint = Blueprint("codes", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/code-tones")
@endpoint("codes", answers={200: Tones})
def list_tones(transcript_id: str) -> ResponseReturnValue:
    """Which colour of the palette each code has."""
    return jsonify({"tones": services().store.code_tones(transcript_id)})


@blueprint.put("/code-tones")
@endpoint("codes", body=CodeTones, answers={200: Tones})
def set_tones(transcript_id: str, body: CodeTones) -> ResponseReturnValue:
    """Give codes their colours; gives those of all codes of the transcript.

    With `only_new` codes that have a colour keep it, and others get the one that they have in
    another transcript, if any.
    """
    store = services().store
    tones = store.set_code_tones(transcript_id, body.tones, only_new=body.only_new)
    return jsonify({"tones": tones})
