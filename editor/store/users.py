"""Users who may log in, where they are logged in, and their scripts' tokens.

Knows hashes only; `accounts` makes and checks them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from editor.errors import InvalidValue, NotFound, TooManyAttempts
from editor.store.db.database import StorePart
from editor.store.db.tables import (
    HeardVoiceTable,
    KnownVoiceTable,
    LoginAttemptTable,
    LoginTable,
    SharedLinkTable,
    TokenTable,
    UserTable,
    VoiceChoiceTable,
)
from editor.store.rows import Role, TokenRow, UserRow

#: A login's last use is written down this often at most.
SEEN_EVERY_MS = 3_600_000
_USER = tuple(getattr(UserTable, name) for name in UserRow.__dataclass_fields__)


class Users(StorePart):
    """Accounts, logins, tokens, and attempts to log in."""

    def add_user(self, key: str, name: str, role: Role, password_hash: str) -> UserRow:
        """Save a new account.

        Raises:
            InvalidValue: the name is taken.
        """
        now = self._clock()
        with self._database.write() as connection:
            if _hash_of(connection, key) is not None:
                raise InvalidValue("name", f"an account called {name} already exists")
            values = {"key": key, "name": name, "role": role, "created_ms": now}
            row = insert(UserTable).values(password_hash=password_hash, **values)
            connection.execute(row)
        return UserRow(key, name, role, now)

    def users(self) -> list[UserRow]:
        """All accounts, by name."""
        with self._database.read() as connection:
            rows = connection.execute(select(*_USER).order_by(UserTable.key))
            return [UserRow(*row) for row in rows]

    def remove_user(self, key: str) -> None:
        """Delete an account with its logins, tokens, voices and links; the history keeps the name.

        Raises:
            NotFound: there is none.
        """
        with self._database.write() as connection:
            named = select(UserTable.name).where(UserTable.key == key)
            owner = connection.execute(named).scalar_one_or_none()
            if owner is None:
                raise NotFound("account of", key)
            connection.execute(delete(UserTable).where(UserTable.key == key))
            for table in (KnownVoiceTable, HeardVoiceTable, VoiceChoiceTable):
                connection.execute(delete(table).where(table.owner == owner))
            # Whoever made them knows them.
            links = SharedLinkTable
            connection.execute(delete(links).where(links.author == owner))

    def password_hash(self, key: str) -> str | None:
        """The hash of an account's password; None where there is no account."""
        with self._database.read() as connection:
            return _hash_of(connection, key)

    def set_password_hash(self, key: str, password_hash: str, *, ends_logins: bool) -> None:
        """Change the hash of a password and, where asked, log the person out everywhere.

        Raises:
            NotFound: there is no such account.
        """
        changed = update(UserTable).where(UserTable.key == key)
        with self._database.write() as connection:
            if connection.execute(changed.values(password_hash=password_hash)).rowcount == 0:
                raise NotFound("account of", key)
            if ends_logins:
                connection.execute(delete(LoginTable).where(LoginTable.user_key == key))

    def add_login(self, token_hash: str, key: str) -> None:
        """Remember that a browser is logged in."""
        now = self._clock()
        with self._database.write() as connection:
            values = {"token_hash": token_hash, "user_key": key, "created_ms": now, "seen_ms": now}
            connection.execute(insert(LoginTable).values(values))

    def login_user(self, token_hash: str, *, idle_ms: int, longest_ms: int) -> UserRow | None:
        """Who is logged in here; None once the login was idle or lasted for too long."""
        now = self._clock()
        mine = LoginTable.token_hash == token_hash
        found = (
            select(LoginTable.seen_ms, *_USER)
            .join(UserTable)
            .where(
                mine, LoginTable.seen_ms > now - idle_ms, LoginTable.created_ms > now - longest_ms
            )
        )
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
        if row is None:
            return None
        if row.seen_ms < now - SEEN_EVERY_MS:
            with self._database.write() as connection:
                connection.execute(update(LoginTable).where(mine).values(seen_ms=now))
        return UserRow(*row[1:])

    def remove_login(self, token_hash: str) -> None:
        """Forget that a browser is logged in."""
        with self._database.write() as connection:
            connection.execute(delete(LoginTable).where(LoginTable.token_hash == token_hash))

    def remove_old_logins(self, *, idle_ms: int, longest_ms: int) -> None:
        """Forget the logins that are of no use any more."""
        now = self._clock()
        is_old = (LoginTable.seen_ms <= now - idle_ms) | (LoginTable.created_ms <= now - longest_ms)
        with self._database.write() as connection:
            connection.execute(delete(LoginTable).where(is_old))

    def add_token(self, token_hash: str, token_id: str, name: str, key: str) -> None:
        """Save a script's token.

        Raises:
            NotFound: there is no such account.
        """
        with self._database.write() as connection:
            if _hash_of(connection, key) is None:
                raise NotFound("account of", key)
            values = {"token_hash": token_hash, "id": token_id, "name": name, "user_key": key}
            connection.execute(insert(TokenTable).values(created_ms=self._clock(), **values))

    def tokens(self) -> list[TokenRow]:
        """All tokens, oldest first."""
        columns = (TokenTable.id, TokenTable.name, UserTable.name, TokenTable.created_ms)
        ordered = select(*columns).join(UserTable).order_by(TokenTable.created_ms, TokenTable.id)
        with self._database.read() as connection:
            return [TokenRow(*row) for row in connection.execute(ordered)]

    def token_user(self, token_hash: str) -> UserRow | None:
        """Whose token this is."""
        found = select(*_USER).join(TokenTable).where(TokenTable.token_hash == token_hash)
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
        return None if row is None else UserRow(*row)

    def remove_token(self, token_id: str) -> None:
        """Delete a token.

        Raises:
            NotFound: there is none.
        """
        with self._database.write() as connection:
            gone = connection.execute(delete(TokenTable).where(TokenTable.id == token_id))
            if gone.rowcount == 0:
                raise NotFound("token", token_id)

    def add_attempt(self, most: Mapping[str, int], *, within_ms: int) -> list[int]:
        """Count an attempt to log in, before it is known how it ends; gives what was counted.

        `most` says by whom (a name, an address) how many may be made within the time.

        Raises:
            TooManyAttempts: that is used up; nothing is counted then.
        """
        now = self._clock()
        table = LoginAttemptTable
        counted = (
            select(table.who, func.count(), func.min(table.at_ms))
            .where(table.who.in_(list(most)))
            .group_by(table.who)
        )
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.at_ms <= now - within_ms))
            waits_ms = [
                first_ms + within_ms - now
                for who, count, first_ms in connection.execute(counted)
                if count >= most[who]
            ]
            if waits_ms:
                raise TooManyAttempts(-(-max(waits_ms) // 1000))
            rows = [{"who": who, "at_ms": now} for who in most]
            return list(connection.scalars(insert(table).returning(table.id), rows))

    def forget_attempts(self, counted: Sequence[int], who: str) -> None:
        """Take an attempt that succeeded out of the count, and all others of `who`."""
        table = LoginAttemptTable
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.id.in_(counted) | (table.who == who)))


def _hash_of(connection: Connection, key: str) -> str | None:
    found = select(UserTable.password_hash).where(UserTable.key == key)
    return connection.execute(found).scalar_one_or_none()
