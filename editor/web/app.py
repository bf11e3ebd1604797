"""Puts the web room together."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from editor.web import (
    captions,
    codes,
    doubts,
    edits,
    events,
    export,
    fillers,
    find,
    history,
    jobs,
    kinds,
    known_voices,
    linked,
    login,
    made,
    media,
    models,
    names,
    projects,
    search,
    shared_links,
    storage,
    tags,
    transcripts,
    uploads,
)
from editor.web.http import auth, compress, errors, health, metrics, openapi, pages, security
from editor.web.http.response_cache import KEPT, KeptAnswers
from editor.web.http.second_process import SECOND, SecondProcess
from editor.web.http.services import SERVICES, Services
from editor.web.http.sse_limits import STREAMS, Streams

#: Far more than any edit needs; pieces of uploads have their own bound.
MAX_JSON_BYTES = 4 * 1024 * 1024


def create_app(
    services: Services, *, streams: Streams | None = None, static: Path | None = None
) -> Flask:
    """The WSGI app. `static` is the folder of the page, found by itself where not given."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_JSON_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[SERVICES] = services
    app.extensions[STREAMS] = streams or Streams()
    app.extensions[KEPT] = KeptAnswers()
    app.extensions[SECOND] = SecondProcess(services.settings)
    metrics.register(app)
    security.register(app, services.settings)
    auth.register(app)
    compress.register(app)
    errors.register(app)
    for room in (
        kinds,
        uploads,
        transcripts,
        edits,
        doubts,
        names,
        codes,
        fillers,
        find,
        history,
        jobs,
        events,
        media,
        captions,
        export,
        made,
        health,
        login,
        projects,
        search,
        storage,
        tags,
        known_voices,
        shared_links,
        linked,
        models,
        metrics,
        openapi,
    ):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(export.batch_blueprint)
    app.register_blueprint(pages.pages_blueprint(static or pages.static_folder()))
    return app
