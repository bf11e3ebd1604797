"""Who somebody is: passwords, logins and scripts' tokens, and how often one may guess.

Passwords are kept as argon2id hashes, tokens, which nobody can guess, as SHA-256.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from editor.errors import InvalidValue, LoginRefused
from editor.store import Role, Store, UserRow

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1_000
LONGEST_NAME = 100
#: A login ends when it was not used for so long, and at the latest after so long.
IDLE_MS = 7 * 24 * 3_600_000
LONGEST_MS = 30 * 24 * 3_600_000
#: Attempts that may fail within the time: of one name from one address, from one address, of one
#: name from anywhere. The last is high, for it lets a stranger keep a person out.
WITHIN_MS = 15 * 60_000
MOST_OF_ONE = 10
MOST_BY_ADDRESS = 30
MOST_BY_NAME = 100
#: Passwords tried at the same moment; each takes 64 MiB while it is tried.
MOST_AT_ONCE = 2
_TOKEN_PREFIX = "te_"


class Accounts:
    """The people in a store. `hasher` says how dear it is to try a password."""

    def __init__(self, store: Store, *, hasher: PasswordHasher | None = None) -> None:
        self._store = store
        self._hasher = hasher or PasswordHasher()
        self._places = threading.Semaphore(MOST_AT_ONCE)

    def are_there(self) -> bool:
        """Whether anybody has an account."""
        return bool(self._store.users())

    def add(self, name: str, role: Role, password: str) -> UserRow:
        """Make an account.

        Raises:
            InvalidValue: the name is taken or none, or the password is too short or too long.
        """
        shown = _shown_name(name)
        return self._store.add_user(_key(shown), shown, role, self._hash(password))

    def remove(self, name: str) -> None:
        """Delete an account and end all its logins and tokens. Raises NotFound."""
        self._store.remove_user(_key(name))

    def set_password(self, name: str, password: str) -> None:
        """Change a password, and log the person out everywhere. Raises NotFound, InvalidValue."""
        self._store.set_password_hash(_key(name), self._hash(password), ends_logins=True)

    def log_in(self, name: str, password: str, address: str) -> str:
        """Check a password; gives the secret that the browser shows from now on.

        Raises:
            LoginRefused: name and password do not belong together.
            TooManyAttempts: this name or this address failed too often.
        """
        key = _key(name)[:LONGEST_NAME]
        here = f"name {key} from {address}"
        most = {
            here: MOST_OF_ONE,
            f"address {address}": MOST_BY_ADDRESS,
            f"name {key}": MOST_BY_NAME,
        }
        attempt = self._store.add_attempt(most, within_ms=WITHIN_MS)
        known = self._store.password_hash(key)
        if not self._is_right(known or self._nobody, password) or known is None:
            raise LoginRefused
        if self._hasher.check_needs_rehash(known):
            self._store.set_password_hash(key, self._hasher.hash(password), ends_logins=False)
        self._store.forget_attempts(attempt, here)
        self._store.remove_old_logins(idle_ms=IDLE_MS, longest_ms=LONGEST_MS)
        secret = secrets.token_urlsafe(32)
        self._store.add_login(_hashed(secret), key)
        return secret

    def logged_in(self, secret: str) -> UserRow | None:
        """Who logged in with this secret, None where that does not hold any more."""
        return self._store.login_user(_hashed(secret), idle_ms=IDLE_MS, longest_ms=LONGEST_MS)

    def log_out(self, secret: str) -> None:
        """Let a secret hold no more."""
        self._store.remove_login(_hashed(secret))

    def add_token(self, user_name: str, name: str) -> str:
        """Make a token that lets a script act as a person; it is told here and never again.

        Raises:
            NotFound: there is no such account.
        """
        token = _TOKEN_PREFIX + secrets.token_urlsafe(32)
        shown = _shown_name(name)
        self._store.add_token(_hashed(token), secrets.token_hex(4), shown, _key(user_name))
        return token

    def token_user(self, token: str) -> UserRow | None:
        """Who a script with this token acts as."""
        return self._store.token_user(_hashed(token))

    @cached_property
    def _nobody(self) -> str:
        """What is tried in place of an account's hash, so that its absence takes as long."""
        return self._hasher.hash(secrets.token_urlsafe())

    def _hash(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            reason = f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters are needed"
            raise InvalidValue("password", reason)
        return self._hasher.hash(password)

    def _is_right(self, known: str, password: str) -> bool:
        try:
            with self._places:
                return len(password) <= LONGEST_PASSWORD and self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False


def _key(name: str) -> str:
    """A name as it is compared: upper case and twins of letters make no other person.

    >>> _key(" Ann ") == _key("ＡNN")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _shown_name(name: str) -> str:
    shown = unicodedata.normalize("NFC", name).strip()
    if not shown or not shown.isprintable() or len(shown) > LONGEST_NAME or not _key(shown):
        raise InvalidValue("name", f"1 to {LONGEST_NAME} printable characters are needed")
    return shown


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
