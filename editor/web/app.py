"""Puts the web room together."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from editor.web import (
    captions,
    compress,
    doubts,
    edits,
    errors,
    events,
    export,
    health,
    history,
    jobs,
    kinds,
    login,
    media,
    models,
    names,
    observed,
    openapi,
    pages,
    places,
    projects,
    search,
    security,
    storage,
    transcripts,
    uploads,
    visitors,
)
from editor.web.services import SERVICES, Services
from editor.web.streams import STREAMS, Streams
from editor.web.whole import KEPT, KeptAnswers

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
    observed.register(app)
    security.register(app, services.settings)
    visitors.register(app)
    compress.register(app)
    errors.register(app)
    for room in (
        kinds,
        uploads,
        transcripts,
        edits,
        doubts,
        names,
        places,
        history,
        jobs,
        events,
        media,
        captions,
        export,
        health,
        login,
        projects,
        search,
        storage,
        models,
        observed,
        openapi,
    ):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(export.batch_blueprint)
    app.register_blueprint(pages.pages_blueprint(static or pages.static_folder()))
    return app
