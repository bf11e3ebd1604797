"""The links of a transcript for people without an account: made, listed, removed."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.config import is_loopback
from editor.library import shared_links
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import NewLink
from editor.web.schemas.responses_links import MadeLink, SharedLinks

blueprint = Blueprint("links", __name__, url_prefix="/api/transcripts/<transcript_id>/links")


@blueprint.get("")
@endpoint("links", answers={200: SharedLinks})
def list_links(transcript_id: str) -> ResponseReturnValue:
    """The links to a transcript, newest first, also those that ended in the last 30 days.

    Their addresses are not kept. `url` is where others reach this server, "" where that is not
    configured; `is_for_others` whether they can at all.
    """
    store, settings = services().store, services().settings
    store.transcript(transcript_id)
    return jsonify(
        {
            "links": [shared_links.told(one) for one in store.shared_links(transcript_id)],
            "url": settings.url,
            "is_for_others": bool(settings.url) or not is_loopback(settings.host),
        }
    )


@blueprint.post("")
@endpoint("links", body=NewLink, answers={201: MadeLink})
def make_link(transcript_id: str, body: NewLink) -> ResponseReturnValue:
    """Let whoever has a new link read the transcript as it stands, without an account.

    `path` holds the secret; it is told here and never again.
    """
    link, path = shared_links.make(
        services().store,
        transcript_id,
        lasts=body.lasts,
        has_sound=body.has_sound,
        author=visitor().name,
    )
    return jsonify({"link": shared_links.told(link), "path": path}), 201


@blueprint.delete("/<link_id>")
@endpoint("links", answers={204: None})
def remove_link(transcript_id: str, link_id: str) -> ResponseReturnValue:
    """Let a link hold no more."""
    services().store.remove_shared_link(link_id, transcript_id)
    return "", 204
