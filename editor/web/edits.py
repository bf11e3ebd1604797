"""Edits of a transcript, and undoing and redoing them."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.answers import Applied, Conflict, Error
from editor.web.changes import base_revisions, change_of
from editor.web.openapi import endpoint
from editor.web.present import applied_json
from editor.web.schemas import EditRequest, Nothing
from editor.web.services import services
from editor.web.visitors import visitor

blueprint = Blueprint("edits", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.post("/edits")
@endpoint("edits", body=EditRequest, answers={200: Applied, 409: Conflict})
def apply_edit(transcript_id: str, body: EditRequest) -> ResponseReturnValue:
    """Apply one edit.

    An edit that carries an `edit_id` and is sent twice is applied once. A segment that someone
    else changed since `base_revision` is answered with 409 and the segment as it is now.
    """
    store, edit = services().store, body.root
    applied = store.edit(
        transcript_id,
        lambda reader: change_of(edit, reader),
        base_revisions=base_revisions(edit),
        author=visitor().name,
        edit_id=edit.edit_id,
    )
    return jsonify(applied_json(store, transcript_id, applied))


@blueprint.post("/undo")
@endpoint("edits", body=Nothing, answers={200: Applied, 409: Error})
def undo(transcript_id: str, body: Nothing) -> ResponseReturnValue:
    """Undo the last edit that is not undone."""
    store = services().store
    applied = store.undo(transcript_id, author=visitor().name)
    return jsonify(applied_json(store, transcript_id, applied))


@blueprint.post("/redo")
@endpoint("edits", body=Nothing, answers={200: Applied, 409: Error})
def redo(transcript_id: str, body: Nothing) -> ResponseReturnValue:
    """Do the edit again that was undone last."""
    store = services().store
    applied = store.redo(transcript_id, author=visitor().name)
    return jsonify(applied_json(store, transcript_id, applied))
