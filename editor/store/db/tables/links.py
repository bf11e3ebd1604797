"""The table of links by which people without an account read a transcript."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from editor.store.db.tables.base import Base, key_of


class SharedLinkTable(Base):
    """A link, known by the hash of the token in its address; `id` names it to its makers.

    `pseudonyms` are lines of a list of names. A link without `ends_ms` holds until it is removed.
    """

    __tablename__ = "shared_links"
    __table_args__ = (Index(None, "transcript_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    transcript_id: Mapped[str] = key_of("transcripts.id")
    has_sound: Mapped[bool]
    pseudonyms: Mapped[list[Any] | None]
    author: Mapped[str | None]
    created_ms: Mapped[int]
    ends_ms: Mapped[int | None]
    opened_count: Mapped[int]
    opened_ms: Mapped[int | None]
