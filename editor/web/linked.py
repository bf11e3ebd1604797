"""What a shared link leads to: one transcript as a page of its own and, where shared, its sound.

Nobody is asked who it is; the token in the address is all that counts. Each answer tells browsers
to keep nothing and search engines to list nothing.
"""

from __future__ import annotations

from html import escape

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from editor.accounts import WITHIN_MS
from editor.errors import EditorError, ExportRefused, NotFound, StoreBusy, TooManyAttempts
from editor.formats.player_page import policy
from editor.library import shared_links
from editor.turns import Turns
from editor.web.http import compress
from editor.web.http.auth import LINKED, remote_address
from editor.web.http.page_words import language_of
from editor.web.http.security import DATA_POLICY
from editor.web.http.services import services
from editor.web.media import playable

#: So often one address may open links in a quarter of an hour: a classroom behind one may, too.
MOST_OPENED = 300
_WORDS = {
    "en": {
        "gone": "This link leads nowhere | It has ended or was removed, or a part of it is missing."
        " Ask whoever sent it for another.",
        "empty": "There is no text yet | Open the link again later.",
        "busy": "Too many people are opening links | Try again in a few minutes.",
    },
    "de": {
        "gone": "Dieser Link führt nirgendwohin | Er ist abgelaufen oder wurde gelöscht, oder ein"
        " Teil von ihm fehlt. Lassen Sie sich einen neuen schicken.",
        "empty": "Es gibt noch keinen Text | Öffnen Sie den Link später noch einmal.",
        "busy": "Zu viele Menschen öffnen Links | Versuchen Sie es in ein paar Minuten wieder.",
    },
}
_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{says}</title>
</head>
<body><main><h1>{says}</h1><p>{more}</p></main></body>
</html>
"""
blueprint = Blueprint(LINKED, __name__, url_prefix=shared_links.LINKED_AT.rstrip("/"))
_making = Turns(2, 12, "Many links are being opened")


@blueprint.get("/<token>")
def show_page(token: str) -> ResponseReturnValue:
    """The transcript as it stands, with a player in step."""
    store = services().store
    # Counted before the token is looked at, so that guessing ends as well.
    store.add_attempt({f"links from {remote_address()}": MOST_OPENED}, within_ms=WITHIN_MS)
    link = shared_links.opened(store, token)
    with _making.taken():
        page = shared_links.page_of(store, link, f"{shared_links.LINKED_AT}{token}/recording")
    if request.method == "GET":
        store.count_opened(link.id)
    is_packed = compress.is_taken()
    response = Response(compress.packed(page) if is_packed else page, mimetype="text/html")
    if is_packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Content-Security-Policy"] = policy("'self'") + "; frame-ancestors 'none'"
    return response


@blueprint.get("/<token>/recording")
def send_sound(token: str) -> ResponseReturnValue:
    """The recording, if the link has it; in ranges where asked."""
    store = services().store
    link = shared_links.opened(store, token)
    if not link.has_sound:
        raise NotFound("recording of transcript", "")
    response = playable(store.transcript(link.transcript_id))
    # Asked about each time, so that a link that has ended plays nothing that a browser kept.
    response.cache_control.no_cache = True
    return response


@blueprint.after_request
def _marked(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers.setdefault("Content-Security-Policy", DATA_POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@blueprint.errorhandler(EditorError)
def _refused(error: EditorError) -> Response:
    """A page for people: whether a link ever was, has ended or was removed, it does not tell."""
    says, status = "gone", 404
    if isinstance(error, TooManyAttempts | StoreBusy):
        says, status = "busy", 429 if isinstance(error, TooManyAttempts) else 503
    elif isinstance(error, ExportRefused):
        says = "empty"
    language = language_of(request)
    title, _, more = _WORDS[language][says].partition(" | ")
    page = _PAGE.format(language=language, says=escape(title), more=escape(more))
    response = Response(page, status, mimetype="text/html")
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response
