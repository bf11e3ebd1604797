"""Whether the server lives and whether it can work, for what watches over it."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.storage.media_files import files_of
from editor.web.http.services import services

PROBES = {"/healthz", "/readyz"}

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def tell_life() -> ResponseReturnValue:
    """It answers, so it lives."""
    return jsonify({"alive": True})


@blueprint.get("/readyz")
def tell_readiness() -> ResponseReturnValue:
    """Which of the things it needs can be reached; 503 where one cannot.

    The queue is told but does not count: workers find jobs without it.
    """
    given = services()
    needed = {
        "database": given.store.is_reachable(),
        "files": files_of(given.settings).is_reachable(),
    }
    found = {**needed, "queue": given.queue.is_reachable()}
    return jsonify(found), 200 if all(needed.values()) else 503
