"""Edits of a transcript, and undoing and redoing them."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from editor.document import has_guesses
from editor.store import Applied as AppliedChange
from editor.web.changes import base_revisions, base_seq
from editor.web.corrections import Correction
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import (
    EditRequest,
    InsertEdit,
    Mending,
    MergeEdit,
    Redoing,
    RestoreEdit,
    SplitEdit,
    TextEdit,
    Undoing,
    UnlockEdit,
)
from editor.web.schemas.responses import Applied, Conflict, Error
from editor.web.schemas.serialize import applied_json

#: Edits after which words may have but a guessed time.
_NEW_WORDS = TextEdit | SplitEdit | MergeEdit | InsertEdit | RestoreEdit | UnlockEdit
#: Undone or done again in more segments than this, it was times or names that changed.
_FEW = 100

blueprint = Blueprint("edits", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.post("/edits")
@endpoint("edits", body=EditRequest, answers={200: Applied, 409: Conflict})
def apply_edit(transcript_id: str, body: EditRequest) -> ResponseReturnValue:
    """Apply one edit.

    An edit that carries an `edit_id` and is sent twice is applied once. A segment that someone
    else changed since `base_revision` is answered with 409 and the segment as it is now; so is an
    edit of the whole text that carries a `base_seq` where somebody else changed it since.
    """
    store, edit = services().store, body.root
    correction = Correction(edit)
    applied = store.edit(
        transcript_id,
        correction.change,
        base_revisions=base_revisions(edit),
        author=visitor().name,
        client=visitor().client,
        edit_id=edit.edit_id,
        base_seq=base_seq(edit),
        settle=correction.settled,
    )
    return _answer(
        transcript_id, applied, is_heard=isinstance(edit, _NEW_WORDS), correction=correction
    )


@blueprint.post("/mend")
@endpoint("edits", body=Mending, answers={200: Applied, 409: Conflict, 422: Error})
def mend_times(transcript_id: str, body: Mending) -> ResponseReturnValue:
    """Give words that were not heard the times of the imported captions, without their drift."""
    who = visitor()
    applied = services().mend_times(
        transcript_id, edit_id=body.edit_id, author=who.name, client=who.client
    )
    return _answer(transcript_id, applied, is_heard=False)


@blueprint.post("/undo")
@endpoint("edits", body=Undoing, answers={200: Applied, 409: Error})
def undo(transcript_id: str, body: Undoing) -> ResponseReturnValue:
    """Undo one's own last edit that is not undone.

    It is that of the person who is logged in, else of the browser that the header `X-Client`
    names; without both it is the last of all. Where somebody else changed the same since, the
    answer is 409 `undo_blocked` with a `revision_id`: asked `before` it, an older edit is undone.
    Sent twice under one `edit_id`, it is done once.
    """
    who, store = visitor(), services().store
    undone = store.undo(
        transcript_id,
        author=who.name,
        client=who.client,
        before=body.before,
        edit_id=body.edit_id,
    )
    return _answer(transcript_id, undone, is_heard=True)


@blueprint.post("/redo")
@endpoint("edits", body=Redoing, answers={200: Applied, 409: Error})
def redo(transcript_id: str, body: Redoing) -> ResponseReturnValue:
    """Do one's own edit again that was undone last; once, if sent twice under one `edit_id`."""
    who = visitor()
    redone = services().store.redo(
        transcript_id, author=who.name, client=who.client, edit_id=body.edit_id
    )
    return _answer(transcript_id, redone, is_heard=True)


def _answer(
    transcript_id: str,
    applied: AppliedChange,
    *,
    is_heard: bool,
    correction: Correction | None = None,
) -> Response:
    """What was done, and the terms that a `correction` taught.

    With `is_heard`, words with guessed times will be listened for.
    """
    touched = applied.segments if applied.revision_id is not None and is_heard else ()
    if len(touched) <= _FEW and any(has_guesses(stored.segment) for stored in touched):
        services().listen_soon(transcript_id, since=applied.seq - 1)
    judged = correction.segments if correction else None
    answer = applied_json(services().store, transcript_id, applied, judged)
    return jsonify({**answer, "taught": list(correction.taught) if correction else []})
