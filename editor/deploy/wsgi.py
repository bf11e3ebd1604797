"""The app for servers of many processes, which ask for accounts on every address."""

from __future__ import annotations

from dataclasses import replace
from wsgiref.types import WSGIApplication

from editor import logs
from editor.accounts import Accounts
from editor.cli.group import settings_now
from editor.cli.serving import require_accounts
from editor.cli.startup import open_queue
from editor.logs import ending_told
from editor.store import open_store
from editor.web import Services, create_app, tune_interpreter

#: By this code of a process gunicorn knows that the next would fare no better.
_NO_START = 3


def app() -> WSGIApplication:
    """The app of one process; jobs are run by `transcript-editor worker --standalone`.

    Where it cannot be made, as while nobody has an account, a sentence says why, and gunicorn ends.
    """
    with ending_told(_NO_START):
        return _app()


def _app() -> WSGIApplication:
    settings = replace(settings_now(), login=True)
    logs.set_up(as_json=settings.log == "json")
    tune_interpreter()
    store = open_store(settings.database_url)
    require_accounts(settings, store)
    return create_app(Services(settings, store, Accounts(store), open_queue(settings)))
