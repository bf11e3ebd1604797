from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from editor.accounts import IDLE_MS, LONGEST_MS, MOST_BY_ADDRESS, MOST_OF_ONE, WITHIN_MS, Accounts
from editor.errors import InvalidValue, LoginRefused, NotFound, TooManyAttempts
from editor.store import Store
from tests.support.clock import Clock
from tests.support.stand_in import CHEAP

PASSWORD = "correct horse"
HERE = "192.0.2.1"


@pytest.fixture
def accounts(store: Store) -> Accounts:
    accounts = Accounts(store, hasher=CHEAP)
    accounts.add("Ann", "editor", PASSWORD)
    return accounts


def test_person_is_known_after_login_until_logout(accounts: Accounts) -> None:
    secret = accounts.log_in("ann ", PASSWORD, HERE)
    person = accounts.logged_in(secret)
    assert person is not None
    assert (person.name, person.role) == ("Ann", "editor")
    accounts.log_out(secret)
    assert accounts.logged_in(secret) is None


@pytest.mark.parametrize(
    ("name", "password"), [("Ann", "correct horsE"), ("Bob", PASSWORD), ("Ann", "x" * 5000)]
)
def test_wrong_name_and_wrong_password_are_refused_alike(
    accounts: Accounts, name: str, password: str
) -> None:
    with pytest.raises(LoginRefused, match="Wrong name or password"):
        accounts.log_in(name, password, HERE)


def test_guessing_one_password_ends_and_goes_on_later(accounts: Accounts, clock: Clock) -> None:
    for _ in range(MOST_OF_ONE):
        with pytest.raises(LoginRefused):
            accounts.log_in("Ann", "wrong", HERE)
    with pytest.raises(TooManyAttempts, match="Try again in 15 min"):
        accounts.log_in("Ann", PASSWORD, HERE)
    assert accounts.log_in("Ann", PASSWORD, "192.0.2.2")
    clock.ms += WITHIN_MS
    assert accounts.log_in("Ann", PASSWORD, HERE)


def test_right_logins_lock_no_office_out(accounts: Accounts) -> None:
    for _ in range(MOST_BY_ADDRESS + 1):
        assert accounts.log_in("Ann", PASSWORD, HERE)
    # They forgive no guesses at other names either.
    for number in range(MOST_BY_ADDRESS):
        with pytest.raises(LoginRefused):
            accounts.log_in(f"name {number}", "wrong", HERE)
    with pytest.raises(TooManyAttempts):
        accounts.log_in("Ann", PASSWORD, HERE)


def test_guessing_many_names_from_one_address_ends(accounts: Accounts) -> None:
    for number in range(MOST_BY_ADDRESS):
        with pytest.raises(LoginRefused):
            accounts.log_in(f"name {number}", "wrong", HERE)
    with pytest.raises(TooManyAttempts):
        accounts.log_in("another", "wrong", HERE)


def test_success_counts_anew_for_this_name_here(accounts: Accounts) -> None:
    for _ in range(MOST_OF_ONE - 1):
        with pytest.raises(LoginRefused):
            accounts.log_in("Ann", "wrong", HERE)
    accounts.log_in("Ann", PASSWORD, HERE)
    with pytest.raises(LoginRefused):
        accounts.log_in("Ann", "wrong", HERE)


def test_login_ends_when_idle_and_at_its_longest(accounts: Accounts, clock: Clock) -> None:
    idle = accounts.log_in("Ann", PASSWORD, HERE)
    clock.ms += IDLE_MS
    assert accounts.logged_in(idle) is None
    busy = accounts.log_in("Ann", PASSWORD, HERE)
    for _ in range(LONGEST_MS // (IDLE_MS - 1)):
        clock.ms += IDLE_MS - 1
        assert accounts.logged_in(busy) is not None
    clock.ms += IDLE_MS - 1
    assert accounts.logged_in(busy) is None


def test_new_password_logs_out_everywhere(accounts: Accounts) -> None:
    secret = accounts.log_in("Ann", PASSWORD, HERE)
    accounts.set_password("ANN", "another password")
    assert accounts.logged_in(secret) is None
    with pytest.raises(LoginRefused):
        accounts.log_in("Ann", PASSWORD, HERE)
    assert accounts.log_in("Ann", "another password", HERE)


def test_removed_person_is_out_at_once_with_all_tokens(accounts: Accounts, store: Store) -> None:
    secret = accounts.log_in("Ann", PASSWORD, HERE)
    token = accounts.add_token("Ann", "nightly export")
    person = accounts.token_user(token)
    assert person is not None
    assert person.name == "Ann"
    accounts.remove("ann")
    assert accounts.logged_in(secret) is None
    assert accounts.token_user(token) is None
    assert store.tokens() == []


def test_token_can_be_taken_back_alone(accounts: Accounts, store: Store, clock: Clock) -> None:
    kept = accounts.add_token("Ann", "one")
    clock.ms += 1
    gone = accounts.add_token("Ann", "two")
    store.remove_token(store.tokens()[1].id)
    assert accounts.token_user(gone) is None
    assert accounts.token_user(kept) is not None
    assert [(one.name, one.user_name) for one in store.tokens()] == [("one", "Ann")]
    with pytest.raises(NotFound):
        store.remove_token("nothing")


def test_no_secret_lies_in_the_file(accounts: Accounts, tmp_path: Path) -> None:
    secret, token = accounts.log_in("Ann", PASSWORD, HERE), accounts.add_token("Ann", "script")
    with closing(sqlite3.connect(tmp_path / "transcripts.db")) as connection:
        everything = "\n".join(connection.iterdump())
    assert "$argon2id$" in everything
    assert not [one for one in (PASSWORD, secret, token) if one in everything]


def test_hash_is_made_anew_when_trying_has_become_dearer(accounts: Accounts, store: Store) -> None:
    before = store.password_hash("ann")
    dearer = Accounts(store, hasher=PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    secret = dearer.log_in("Ann", PASSWORD, HERE)
    after = store.password_hash("ann")
    assert before is not None
    assert after is not None
    assert ("t=1" in before, "t=2" in after) == (True, True)
    assert dearer.logged_in(secret) is not None


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101, "\u202eAnn"])
def test_name_that_could_deceive_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(InvalidValue, match="name"):
        accounts.add(name, "viewer", PASSWORD)


def test_twin_of_a_name_is_refused(accounts: Accounts) -> None:
    with pytest.raises(InvalidValue, match="already"):
        accounts.add("ＡNN", "viewer", PASSWORD)


def test_short_password_is_refused(accounts: Accounts) -> None:
    with pytest.raises(InvalidValue, match="10 to 1000 characters"):
        accounts.add("Bob", "viewer", "short")


def test_account_that_is_not_there_is_told(accounts: Accounts) -> None:
    for change in (
        lambda: accounts.remove("Bob"),
        lambda: accounts.set_password("Bob", PASSWORD),
        lambda: accounts.add_token("Bob", "x"),
    ):
        with pytest.raises(NotFound, match="account of bob"):
            change()
