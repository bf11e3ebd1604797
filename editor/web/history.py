"""What was changed and when, earlier states, and names for them."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import HistoryQuery, NewVersion
from editor.web.schemas.responses_history import HistoryAnswer, PastState, Version
from editor.web.schemas.steps import step_json

blueprint = Blueprint("history", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/history")
@endpoint("history", query=HistoryQuery, answers={200: HistoryAnswer})
def list_history(transcript_id: str, query: HistoryQuery) -> ResponseReturnValue:
    """The steps, newest first, all named versions, and what was done to the whole."""
    store = services().store
    store.transcript(transcript_id)
    steps = store.revisions(transcript_id, limit=query.limit, before=query.before)
    versions = [asdict(version) for version in store.versions(transcript_id)]
    deeds = [asdict(deed) for deed in store.activity(transcript_id)]
    steps_json = [step_json(step) for step in steps]
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
