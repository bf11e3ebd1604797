"""What people decide about doubts."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.errors import NotFound
from editor.review import Kept
from editor.web.answers import Changes
from editor.web.openapi import endpoint
from editor.web.present import Json, changes_json, current_segment
from editor.web.schemas import KeptDoubt
from editor.web.services import services

blueprint = Blueprint("doubts", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.put("/kept-doubts")
@endpoint("doubts", body=KeptDoubt, answers={200: Changes})
def keep_doubt(transcript_id: str, body: KeptDoubt) -> ResponseReturnValue:
    """Keep what is written where a doubt is, or open the doubt again.

    A doubt that is no more changes nothing: its text was changed meanwhile.
    """
    store = services().store
    since = store.transcript(transcript_id).seq
    segment = current_segment(store, transcript_id, body.segment_id)
    if segment is None:
        raise NotFound("segment", body.segment_id)
    doubt = _doubt_in(segment, body)
    if doubt is not None:
        span = doubt["start_ms"], doubt["end_ms"]
        kept = Kept(body.segment_id, body.kind, body.written, body.heard, *span)
        store.keep_doubt(transcript_id, kept, is_kept=body.kept)
    return jsonify(changes_json(store, transcript_id, since))


def _doubt_in(segment: Json, body: KeptDoubt) -> Json | None:
    says = (body.kind, body.written, body.heard)
    for doubt in segment["doubts"]:
        if (doubt["kind"], doubt["written"], doubt["heard"]) == says:
            return dict(doubt)
    return None
