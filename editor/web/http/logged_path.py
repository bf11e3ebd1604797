"""How requests are called in logs: without the token in a link's address, which is a secret."""

from __future__ import annotations

from flask import request

from editor.library.shared_links import LINKED_AT


def logged_path() -> str:
    """The path of the current request, for logs."""
    path = request.path
    if not path.startswith(LINKED_AT):
        return path
    _, slash, rest = path.removeprefix(LINKED_AT).partition("/")
    return f"{LINKED_AT}...{slash}{rest}"
