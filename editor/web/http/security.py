"""Keeps other sites out of this server, and other people's code out of the page."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden, MisdirectedRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from editor.config import Settings, is_loopback
from editor.web.http.health import PROBES
from editor.web.http.services import services

PAGE_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
#: Where recordings are chosen the browser reads how long they are, before they are uploaded.
LIBRARY_POLICY = f"{PAGE_POLICY}; media-src 'self' blob:"
#: For what people brought, and for data: opened by itself, it can do nothing.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_ONE_YEAR_S = 365 * 24 * 3600


def register(app: Flask, settings: Settings) -> None:
    """Check every request and mark every answer."""
    if settings.proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    app.before_request(_refuse_foreign_host)
    app.before_request(_refuse_foreign_origin)
    app.after_request(_add_headers)


def is_surely_from_our_page() -> bool:
    """Whether the browser says that the request comes from a page of this server."""
    return "Origin" in request.headers or request.headers.get("Sec-Fetch-Site") == "same-origin"


def _refuse_foreign_host() -> None:
    # A name of another site that resolves to this machine would make its pages same-origin.
    settings = services().settings
    is_open = not is_loopback(settings.host) and not settings.public_host
    names = _LOOPBACK_NAMES | {settings.public_host or "localhost"}
    if not is_open and request.path not in PROBES and _host_name(request.host) not in names:
        raise MisdirectedRequest("this server does not serve this host name")


def _refuse_foreign_origin() -> None:
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    settings = services().settings
    public = urlsplit(settings.url).netloc.lower()
    authority = None if origin is None else _authority(origin)
    is_foreign = origin is not None and (
        authority not in {request.host.lower(), public}
        # The same name without encryption is whoever answers to it on the way.
        or (settings.is_encrypted and authority == public and not origin.startswith("https:"))
    )
    if is_foreign or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise Forbidden("the request comes from another site")


def _add_headers(response: Response) -> Response:
    is_data = request.path.startswith("/api/")
    page_policy = LIBRARY_POLICY if request.path == "/" else PAGE_POLICY
    policy = DATA_POLICY if is_data else page_policy
    for name, value in {**HEADERS, "Content-Security-Policy": policy}.items():
        response.headers.setdefault(name, value)
    if services().settings.is_encrypted:
        response.headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR_S}"
    if is_data:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _authority(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
