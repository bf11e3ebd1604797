"""Edits of a transcript, and undoing and redoing them."""

from __future__ import annotations

from typing import Any, Literal

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from editor.config import Settings
from editor.document import has_guesses
from editor.edits.asked import named_ids
from editor.edits.commands import (
    AnyEdit,
    EditRequest,
    InsertEdit,
    MergeEdit,
    RestoreEdit,
    SplitEdit,
    TextEdit,
    UnlockEdit,
)
from editor.library import align, edits, jobs_realign
from editor.store import Applied as AppliedChange
from editor.store import Store
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.second_process import LARGE, answered
from editor.web.http.services import services
from editor.web.schemas.requests import Mending, Redoing, Undoing
from editor.web.schemas.responses import Applied, Conflict, Error
from editor.web.schemas.serialize import Json, applied_json

#: Edits after which words may have but a guessed time.
_NEW_WORDS = TextEdit | SplitEdit | MergeEdit | InsertEdit | RestoreEdit | UnlockEdit
#: Undone or done again in more segments than this, it was times or names that changed.
_FEW = 100
#: A step of the history of this size is undone and done again where it keeps nobody waiting.
_LARGE_BYTES = 100_000

blueprint = Blueprint("edits", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.post("/edits")
@endpoint("edits", body=EditRequest, answers={200: Applied, 409: Conflict})
def apply_edit(transcript_id: str, body: EditRequest) -> ResponseReturnValue:
    """Apply one edit.

    An edit that carries an `edit_id` and is sent twice is applied once. A segment that someone
    else changed since `base_revision` is answered with 409 and the segment as it is now; so is an
    edit of the whole text that carries a `base_seq` where somebody else changed it since.
    """
    edit, who, store = body.root, visitor(), services().store
    ids = named_ids(edit)
    count = store.count_segments(transcript_id) if ids is None else len(ids)
    made = (transcript_id, edit, who.name, who.client)
    return answered(count > LARGE, _edited, *made)


def _edited(
    settings: Settings,
    store: Store,
    transcript_id: str,
    edit: AnyEdit,
    author: str | None,
    client: str | None,
) -> Json:
    edited = edits.apply_edit(store, transcript_id, edit, author=author, client=client)
    if isinstance(edit, _NEW_WORDS):
        _listen_soon(settings, store, transcript_id, edited.applied)
    answer = applied_json(store, transcript_id, edited.applied, edited.context)
    return {**answer, "taught": list(edited.learned)}


@blueprint.post("/mend")
@endpoint("edits", body=Mending, answers={200: Applied, 409: Conflict, 422: Error})
def mend_times(transcript_id: str, body: Mending) -> ResponseReturnValue:
    """Give words that were not heard the times of the imported captions, without their drift."""
    who = visitor()
    applied = align.mend_times(
        services().store,
        transcript_id,
        edit_id=body.edit_id,
        author=who.name,
        client=who.client,
    )
    return jsonify({**applied_json(services().store, transcript_id, applied), "taught": []})


@blueprint.post("/undo")
@endpoint("edits", body=Undoing, answers={200: Applied, 409: Error})
def undo(transcript_id: str, body: Undoing) -> ResponseReturnValue:
    """Undo one's own last edit that is not undone.

    It is that of the person who is logged in, else of the browser that the header `X-Client`
    names; without both it is the last of all. Where somebody else changed the same since, the
    answer is 409 `undo_blocked` with a `revision_id`: asked `before` it, an older edit is undone.
    Sent twice under one `edit_id`, it is done once.
    """
    return _reverted(transcript_id, "undo", before=body.before, edit_id=body.edit_id)


@blueprint.post("/redo")
@endpoint("edits", body=Redoing, answers={200: Applied, 409: Error})
def redo(transcript_id: str, body: Redoing) -> ResponseReturnValue:
    """Do one's own edit again that was undone last; once, if sent twice under one `edit_id`."""
    return _reverted(transcript_id, "redo", edit_id=body.edit_id)


def _reverted(transcript_id: str, action: Literal["undo", "redo"], **asked: Any) -> Response:
    who = visitor()
    made = {"author": who.name, "client": who.client, **asked}
    size = services().store.revert_bytes(
        transcript_id, action, author=who.name, client=who.client, before=asked.get("before")
    )
    return answered(size > _LARGE_BYTES, _revert, transcript_id, action, made)


def _revert(
    settings: Settings,
    store: Store,
    transcript_id: str,
    action: Literal["undo", "redo"],
    made: dict[str, Any],
) -> Json:
    applied = (store.undo if action == "undo" else store.redo)(transcript_id, **made)
    _listen_soon(settings, store, transcript_id, applied)
    return {**applied_json(store, transcript_id, applied), "taught": []}


def _listen_soon(
    settings: Settings, store: Store, transcript_id: str, applied: AppliedChange
) -> None:
    """See to it that words with guessed times are listened for."""
    touched = applied.segments if applied.revision_id is not None else ()
    if len(touched) <= _FEW and any(has_guesses(stored.segment) for stored in touched):
        jobs_realign.listen_soon(settings, store, transcript_id, since=applied.seq - 1)
