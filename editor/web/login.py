"""Logging in and out, and who is logged in."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from editor.accounts import LONGEST_MS
from editor.web.http.auth import cookie_name, login_secret, remote_address, visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import LoginRequest, Nothing
from editor.web.schemas.responses import Error, Me

blueprint = Blueprint("login", __name__, url_prefix="/api")


@blueprint.get("/me")
@endpoint("login", answers={200: Me})
def tell_who() -> ResponseReturnValue:
    """Who asks, and whether they may change anything."""
    me, needs_login = visitor(), services().settings.needs_login
    return jsonify({"name": me.name, "may_edit": me.may_edit, "needs_login": needs_login})


@blueprint.post("/login")
@endpoint("login", body=LoginRequest, answers={204: None, 401: Error, 429: Error})
def log_in(body: LoginRequest) -> ResponseReturnValue:
    """Log in; the answer sets a cookie that scripts cannot read."""
    _forget_login()
    secret = services().accounts.log_in(body.name, body.password, remote_address())
    response = Response(status=204)
    settings = services().settings
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=LONGEST_MS // 1000,
        secure=settings.is_encrypted,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.post("/logout")
@endpoint("login", body=Nothing, answers={204: None})
def log_out(body: Nothing) -> ResponseReturnValue:
    """Log out; the cookie is of no use afterwards, wherever a copy of it lies."""
    _forget_login()
    response = Response(status=204)
    settings = services().settings
    response.delete_cookie(
        cookie_name(settings), secure=settings.is_encrypted, httponly=True, samesite="Lax"
    )
    return response


def _forget_login() -> None:
    secret = login_secret()
    if secret is not None:
        services().accounts.log_out(secret)
