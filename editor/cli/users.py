"""Commands on people: accounts and scripts' tokens."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from editor.accounts import Accounts
from editor.cli.facts import ROWS_AS_JSON, tell_rows
from editor.cli.group import cli, opened_library
from editor.store import Role


@cli.group()
def user() -> None:
    """Manage accounts."""


@cli.group()
def token() -> None:
    """Manage access tokens for scripts."""


@user.command("add")
@click.argument("name")
@click.option("--editor", "role", flag_value="editor", default="editor", help="Can edit.")
@click.option("--viewer", "role", flag_value="viewer", help="Can view only.")
def add_user(name: str, role: Role) -> None:
    """Create an account called NAME.

    Asks for the password, or reads it as a line from standard input.
    """
    with opened_library() as store:
        made = Accounts(store).add(name, role, _password())
    click.echo(f"{made.name} can now log in as {made.role}.", err=True)


@user.command("list")
@ROWS_AS_JSON
def list_users(as_json: bool) -> None:
    """List the accounts with their roles and creation dates."""
    with opened_library() as store:
        found = store.users()
    rows = (
        (
            {"name": one.name, "role": one.role, "created_ms": one.created_ms},
            f"{one.name:24} {one.role:7} {_day(one.created_ms)}",
        )
        for one in found
    )
    tell_rows(rows, as_json=as_json)


@user.command("remove")
@click.argument("name")
def remove_user(name: str) -> None:
    """Delete the account NAME with its logins and tokens; the history keeps the name."""
    with opened_library() as store:
        Accounts(store).remove(name)


@user.command("password")
@click.argument("name")
def change_password(name: str) -> None:
    """Change the password of NAME and end all of NAME's logins."""
    with opened_library() as store:
        Accounts(store).set_password(name, _password())


@token.command("add")
@click.argument("user_name", metavar="USER")
@click.argument("name")
def add_token(user_name: str, name: str) -> None:
    """Create a token called NAME that acts as USER.

    The token is printed once and cannot be shown again.
    """
    with opened_library() as store:
        click.echo(Accounts(store).add_token(user_name, name))


@token.command("list")
@ROWS_AS_JSON
def list_tokens(as_json: bool) -> None:
    """List the tokens with their ids, names, users and creation dates."""
    with opened_library() as store:
        found = store.tokens()
    rows = (
        (
            {"id": one.id, "name": one.name, "user": one.user_name, "created_ms": one.created_ms},
            f"{one.id}  {one.name:24} {one.user_name:24} {_day(one.created_ms)}",
        )
        for one in found
    )
    tell_rows(rows, as_json=as_json)


@token.command("remove")
@click.argument("token_id", metavar="ID")
def remove_token(token_id: str) -> None:
    """Delete the token ID, as shown by `token list`."""
    with opened_library() as store:
        store.remove_token(token_id)


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _day(moment_ms: int) -> str:
    return f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%Y-%m-%d}"
