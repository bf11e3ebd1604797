"""What was changed and when, earlier states, and names for them."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.edits import Change
from editor.store import RevisionRow
from editor.web.answers import HistoryAnswer, PastState, Version
from editor.web.openapi import endpoint
from editor.web.present import Json
from editor.web.schemas import HistoryQuery, NewVersion
from editor.web.services import services
from editor.web.visitors import visitor

#: Segments of a step that are told in full.
_TOLD = 5

blueprint = Blueprint("history", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/history")
@endpoint("history", query=HistoryQuery, answers={200: HistoryAnswer})
def list_history(transcript_id: str, query: HistoryQuery) -> ResponseReturnValue:
    """The steps, newest first, all named versions, and what was done to the whole."""
    store = services().store
    store.transcript(transcript_id)
    steps = store.revisions(transcript_id, limit=query.limit, before=query.before)
    versions = [asdict(version) for version in store.versions(transcript_id)]
    deeds = [asdict(deed) for deed in store.deeds(transcript_id)]
    steps_json = [_step_json(step) for step in steps]
    return jsonify({"steps": steps_json, "versions": versions, "deeds": deeds})


@blueprint.get("/history/<int(max=9223372036854775807):revision_id>")
@endpoint("history", answers={200: PastState})
def show_past(transcript_id: str, revision_id: int) -> ResponseReturnValue:
    """The text as it stood after a revision; 0: as it came."""
    segments = services().store.segments_at(transcript_id, revision_id)
    names = ("id", "speaker", "kind", "text")
    return jsonify({"segments": [{name: getattr(one, name) for name in names} for one in segments]})


@blueprint.post("/versions")
@endpoint("history", body=NewVersion, answers={201: Version})
def name_version(transcript_id: str, body: NewVersion) -> ResponseReturnValue:
    """Give the present state a name."""
    named = services().store.name_version(transcript_id, body.name, author=visitor().name)
    return jsonify(asdict(named)), 201


@blueprint.delete("/versions/<int(max=9223372036854775807):version_id>")
@endpoint("history", answers={204: None})
def forget_version(transcript_id: str, version_id: int) -> ResponseReturnValue:
    """Take a name away; the state stays in the history."""
    services().store.forget_version(transcript_id, version_id, author=visitor().name)
    return "", 204


def _step_json(step: RevisionRow) -> Json:
    texts = _texts(step.change)
    return {
        "id": step.id,
        "action": step.action,
        "kind": step.kind,
        "state": step.state,
        "author": step.author,
        "created_ms": step.created_ms,
        "segment_count": len(texts),
        "changes": [
            {"segment_id": segment_id, "before": before, "after": after}
            for segment_id, (before, after) in list(texts.items())[:_TOLD]
        ],
    }


def _texts(change: Change) -> dict[str, tuple[str | None, str | None]]:
    """For each segment its text before and after."""
    texts: dict[str, tuple[str | None, str | None]] = {}
    for splice in change.splices:
        texts |= {one.id: (one.text, None) for one in splice.removed}
        for one in splice.inserted:
            texts[one.id] = (texts.get(one.id, (None, None))[0], one.text)
    return texts
