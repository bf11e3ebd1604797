from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from editor.cli import cli
from editor.cli.serving import require_accounts
from editor.config import Settings
from editor.errors import InvalidValue
from editor.store import Store

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("people")

    def command(*words: str, typed: str = "") -> Result:
        environ = {"TRANSCRIPT_EDITOR_DATA": str(folder)}
        return CliRunner().invoke(cli, list(words), input=typed, env=environ)

    return command


def test_accounts_are_made_listed_changed_and_removed(run: Run) -> None:
    made = run("user", "add", "Ann", typed="correct horse\n")
    assert (made.exit_code, made.stderr) == (0, "Ann can now log in as editor.\n")
    assert run("user", "add", "Bob", "--viewer", typed="correct horse\n").exit_code == 0
    listed = run("user", "list").stdout.splitlines()
    assert [line.split()[:2] for line in listed] == [["Ann", "editor"], ["Bob", "viewer"]]
    assert run("user", "password", "Ann", typed="another password\n").exit_code == 0
    assert run("user", "remove", "Bob").exit_code == 0
    assert len(run("user", "list").stdout.splitlines()) == 1


def test_short_password_is_told(run: Run) -> None:
    refused = run("user", "add", "Ann", typed="short\n")
    assert isinstance(refused.exception, InvalidValue)
    assert run("user", "list").stdout == ""


def test_tokens_are_told_once(run: Run) -> None:
    run("user", "add", "Ann", typed="correct horse\n")
    token = run("token", "add", "Ann", "nightly export").stdout.strip()
    assert token.startswith("te_")
    listed = run("token", "list").stdout
    assert token not in listed
    token_id, rest = listed.split(maxsplit=1)
    assert rest.startswith("nightly export")
    assert run("token", "remove", token_id).exit_code == 0
    assert run("token", "list").stdout == ""


@pytest.mark.parametrize(
    "environ",
    [{"HOST": "0.0.0.0"}, {"HOST": "::"}, {"HOST": "192.0.2.1"}, {"URL": "https://texts.example"}],
)
def test_server_for_others_does_not_start_without_accounts(
    run: Run, environ: dict[str, str]
) -> None:
    words = ("serve", "--port", "0")
    folder = {f"TRANSCRIPT_EDITOR_{name}": value for name, value in environ.items()}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in folder.items():
            patch.setenv(name, value)
        refused = run(*words)
    assert isinstance(refused.exception, InvalidValue)
    assert "no account exists; create one: transcript-editor user add NAME" in str(
        refused.exception
    )


def test_open_passwords_are_warned_of(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store.add_user("ann", "Ann", "editor", "hash")
    for environ, is_warned in (
        ({"HOST": "0.0.0.0"}, True),
        ({"HOST": "0.0.0.0", "URL": "https://texts.example"}, False),
        ({}, False),
    ):
        named = {f"TRANSCRIPT_EDITOR_{name}": value for name, value in environ.items()}
        require_accounts(Settings.from_env(named), store)
        assert ("unencrypted" in capsys.readouterr().err) is is_warned


@pytest.mark.parametrize("address", ["texts.example", "ftp://x", "https://x/path", "https://"])
def test_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(InvalidValue, match="TRANSCRIPT_EDITOR_URL"):
        Settings.from_env({"TRANSCRIPT_EDITOR_URL": address})
