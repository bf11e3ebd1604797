"""The pages and what they are made of; all state comes through the API."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from editor.web.http import compress
from editor.web.http.page_files import PageFile, page_files
from editor.web.http.page_words import language_of

_FOR_GOOD = "public, max-age=31536000, immutable"
#: Kept, but asked about each time, so that an update is seen at once.
_ASKED = "no-cache"


def static_folder() -> Path:
    """The folder of the page: within the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    packaged = package / "static"
    return packaged if packaged.is_dir() else package.parent / "static"


def pages_blueprint(folder: Path) -> Blueprint:
    """The pages in `folder`."""
    blueprint = Blueprint("pages", __name__)
    all_files = page_files(folder)

    def sent(file: PageFile | None, *, is_for_good: bool = False, of: str = "") -> Response:
        if file is None:
            abort(404)
        is_packed = file.packed is not None and compress.is_taken()
        response = Response(file.packed if is_packed else file.data)
        response.headers["Content-Type"] = file.content_type
        response.headers["Cache-Control"] = _FOR_GOOD if is_for_good else _ASKED
        if file.packed is not None:
            response.vary.add("Accept-Encoding")
        if is_packed:
            response.content_encoding = "gzip"
        response.set_etag(f"{all_files.hash}{of}{'-gzip' * is_packed}")
        response.make_conditional(request)
        return response

    def page(name: str) -> Response:
        language = language_of(request)
        response = sent(all_files.page(name, language), of=f"-{language}")
        response.vary.update(["Accept-Language", "Cookie"])
        return response

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
        file, is_for_good = all_files.found(name)
        return sent(file, is_for_good=is_for_good)

    return blueprint
