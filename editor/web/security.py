"""Keeps other sites out of a server on this machine, and other people's code out of the page."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden, MisdirectedRequest

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}


def register(app: Flask, *, host: str) -> None:
    """Check every request to an app that listens on `host`, and mark every answer."""
    if _is_loopback(host):
        app.before_request(_refuse_foreign_host)
    app.before_request(_refuse_foreign_origin)
    app.after_request(_add_headers)


def _refuse_foreign_host() -> None:
    # A name of another site that resolves to this machine would make its pages same-origin.
    if _host_name(request.host) not in _LOOPBACK_NAMES:
        raise MisdirectedRequest("this server answers to localhost only")


def _refuse_foreign_origin() -> None:
    origin = request.headers.get("Origin")
    if request.method in _SAFE_METHODS or origin is None:
        return
    if _authority(origin) != request.host.lower():
        raise Forbidden("the request comes from another site")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
