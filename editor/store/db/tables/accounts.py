"""The tables of users, their logins and their tokens."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from editor.store.db.tables.base import Base, key_of, row_number


class UserTable(Base):
    """A person who may log in; `key` is the name as it is compared."""

    __tablename__ = "users"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_ms: Mapped[int]


class LoginTable(Base):
    """A browser that is logged in, known by the hash of its cookie."""

    __tablename__ = "logins"
    __table_args__ = (Index(None, "user_key"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_key: Mapped[str] = key_of("users.key")
    created_ms: Mapped[int]
    seen_ms: Mapped[int]


class TokenTable(Base):
    """What a script shows instead of a password, known by its hash."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "user_key"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    user_key: Mapped[str] = key_of("users.key")
    created_ms: Mapped[int]


class LoginAttemptTable(Base):
    """An attempt to log in that failed or is under way, by name and by address."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index(None, "who", "at_ms"),)

    id: Mapped[int] = row_number()
    who: Mapped[str]
    at_ms: Mapped[int]
