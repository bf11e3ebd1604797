"""Who asks: everybody where only this machine can, else a person who logged in, or a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from editor.accounts import Accounts
from editor.config import Settings
from editor.errors import InvalidValue, LoginRequired, NotAllowed
from editor.store import UserRow
from editor.web.http.health import PROBES
from editor.web.http.security import SAFE_METHODS, is_surely_from_our_page
from editor.web.http.services import services

LOGIN_PAGE = "/login"
LOGIN_CALL = "/api/login"
LOGOUT_CALL = "/api/logout"
#: Tells browsers apart where nobody logs in; an event stream can only say it in its address.
CLIENT_HEADER = "X-Client"
_CLIENT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FOR_ALL = {LOGIN_PAGE, LOGIN_CALL, LOGOUT_CALL, *PROBES}
#: The blueprint of what links lead to: whoever has one reads what it names, and is nobody else.
LINKED = "linked"


@dataclass(frozen=True)
class Visitor:
    """Who asks; `name` is None where nobody needs one, `client` the browser, where it says so."""

    name: str | None
    may_edit: bool
    client: str | None = None


def visitor() -> Visitor:
    """Who makes the current request."""
    return cast(Visitor, g.visitor)


def register(app: Flask) -> None:
    """Find out who makes each request, and refuse those who may not."""
    app.before_request(_let_in)


def cookie_name(settings: Settings) -> str:
    """The name of the login's cookie; browsers take one with `__Host-` over https from us only."""
    return "__Host-transcript-editor" if settings.is_encrypted else "transcript-editor"


def login_secret() -> str | None:
    """What the browser shows as its login."""
    return request.cookies.get(cookie_name(services().settings))


def remote_address() -> str:
    """The address that the request comes from; of a proxy's word only where one is configured."""
    return request.remote_addr or "unknown"


def lasting_permission() -> Callable[[], bool]:
    """Tells of who makes the current request, at any later moment, whether they may still read."""
    accounts, secret = services().accounts, login_secret()
    authorization = request.headers.get("Authorization")
    if authorization is not None:
        return lambda: _token_user(accounts, authorization) is not None
    if not services().settings.needs_login:
        return lambda: True
    return lambda: secret is not None and accounts.logged_in(secret) is not None


def _let_in() -> ResponseReturnValue | None:
    g.visitor = Visitor(None, may_edit=False)
    if request.path.startswith("/static/") or request.blueprint == LINKED:
        return None
    is_for_all = request.path in _FOR_ALL
    authorization = request.headers.get("Authorization")
    if authorization is not None and not is_for_all:
        g.visitor = _script(authorization)
    elif not services().settings.needs_login:
        g.visitor = Visitor(None, may_edit=True)
    else:
        _refuse_unsure_origin()
        person = _person()
        if person is None and not is_for_all:
            return _ask_to_log_in()
        if person is not None:
            g.visitor = _visitor_of(person)
    g.visitor = replace(visitor(), client=_client())
    may = visitor().may_edit or request.method in SAFE_METHODS or is_for_all
    if not may:
        raise NotAllowed(visitor().name or "")
    return None


def _client() -> str | None:
    given = request.headers.get(CLIENT_HEADER) or request.args.get("client")
    if given is not None and not _CLIENT.fullmatch(given):
        raise InvalidValue(CLIENT_HEADER, "must be up to 64 letters, digits, - and _")
    return given


def _script(authorization: str) -> Visitor:
    person = _token_user(services().accounts, authorization)
    if person is None:
        raise LoginRequired
    return _visitor_of(person)


def _token_user(accounts: Accounts, authorization: str) -> UserRow | None:
    scheme, _, token = authorization.partition(" ")
    return accounts.token_user(token.strip()) if scheme.lower() == "bearer" else None


def _person() -> UserRow | None:
    secret = login_secret()
    return None if secret is None else services().accounts.logged_in(secret)


def _visitor_of(person: UserRow) -> Visitor:
    return Visitor(person.name, may_edit=person.role == "editor")


def _refuse_unsure_origin() -> None:
    # A cookie goes along by itself, so what changes something must be seen to come from our page.
    if request.method not in SAFE_METHODS and not is_surely_from_our_page():
        raise Forbidden("a request without Origin needs a token")


def _ask_to_log_in() -> ResponseReturnValue:
    is_page = request.method == "GET" and not request.path.startswith(("/api/", "/metrics"))
    if not is_page:
        raise LoginRequired
    return redirect(f"{LOGIN_PAGE}?{urlencode({'next': request.path})}", 303)
