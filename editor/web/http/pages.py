"""The pages and what they are made of; all state comes through the API."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, send_from_directory
from flask.typing import ResponseReturnValue

#: Not left to the system's table: some Windows machines call JavaScript text/plain.
CONTENT_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}


def static_folder() -> Path:
    """The folder of the page: within the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    packaged = package / "static"
    return packaged if packaged.is_dir() else package.parent / "static"


def pages_blueprint(folder: Path) -> Blueprint:
    """The pages in `folder`."""
    blueprint = Blueprint("pages", __name__)

    def page(name: str) -> Response:
        content_type = CONTENT_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        # max_age None: kept, but asked about each time, so that an update is seen at once.
        return send_from_directory(folder, name, mimetype=content_type, max_age=None)

    @blueprint.get("/")
    def show_library() -> ResponseReturnValue:
        return page("index.html")

    @blueprint.get("/login")
    def show_login() -> ResponseReturnValue:
        return page("login.html")

    @blueprint.get("/t/<transcript_id>")
    def show_editor(transcript_id: str) -> ResponseReturnValue:
        editor = page("editor.html")
        # Made while the browser loads the page's modules; the page's own question takes it.
        address = f"/api/transcripts/{quote(transcript_id, safe='')}"
        editor.headers["Link"] = f"<{address}>; rel=preload; as=fetch; crossorigin"
        return editor

    @blueprint.get("/static/<path:name>")
    def send_static(name: str) -> ResponseReturnValue:
        return page(name)

    return blueprint
