"""Links by which people without an account read one transcript.

Knows hashes of tokens only; `library.shared_links` makes and checks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from editor.errors import NotFound
from editor.store.db.database import StorePart
from editor.store.db.tables import SharedLinkTable, TranscriptTable
from editor.store.transcripts import lock_transcript

#: A link that has ended is listed for so long.
_LISTED_MS = 30 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link as its makers see it: without the token, which nobody knows any more.

    `pseudonyms` are the lines of a list of names; `author` made it, `ends_ms` of None is never.
    """

    id: str
    transcript_id: str
    has_sound: bool
    pseudonyms: list[Any] | None
    author: str | None
    created_ms: int
    ends_ms: int | None
    opened_count: int
    opened_ms: int | None


_COLUMNS = tuple(getattr(SharedLinkTable, name) for name in SharedLink.__dataclass_fields__)


class SharedLinks(StorePart):
    """Making, listing, opening and removing links."""

    def add_shared_link(
        self,
        transcript_id: str,
        token_hash: str,
        link_id: str,
        *,
        has_sound: bool,
        lasts_ms: int | None,
        pseudonyms: list[str] | None = None,
        author: str | None = None,
    ) -> SharedLink:
        """Save a new link; it ends in `lasts_ms`, or never. Long ended ones are forgotten.

        Raises:
            NotFound: there is no such transcript.
        """
        now, table = self._clock(), SharedLinkTable
        values = {
            "id": link_id,
            "transcript_id": transcript_id,
            "has_sound": has_sound,
            "pseudonyms": pseudonyms,
            "author": author,
            "created_ms": now,
            "ends_ms": None if lasts_ms is None else now + lasts_ms,
            "opened_count": 0,
            "opened_ms": None,
        }
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            connection.execute(delete(table).where(table.ends_ms < now - _LISTED_MS))
            connection.execute(insert(table).values(token_hash=token_hash, **values))
        return SharedLink(**values)  # type: ignore[arg-type]

    def shared_links(self, transcript_id: str | None = None) -> list[SharedLink]:
        """The links to one transcript or to all, newest first, also those that have ended."""
        query = select(*_COLUMNS).order_by(SharedLinkTable.created_ms.desc(), SharedLinkTable.id)
        if transcript_id is not None:
            query = query.where(SharedLinkTable.transcript_id == transcript_id)
        with self._database.read() as connection:
            return [SharedLink(*row) for row in connection.execute(query)]

    def shared_link(self, token_hash: str) -> SharedLink | None:
        """The link with this token, if it holds and its transcript is not in the trash."""
        query = (
            select(*_COLUMNS)
            .join(TranscriptTable, TranscriptTable.id == SharedLinkTable.transcript_id)
            .where(TranscriptTable.deleted_ms.is_(None), self._holds(token_hash))
        )
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else SharedLink(*row)

    def count_opened(self, link_id: str) -> None:
        """Somebody opened a link."""
        table = SharedLinkTable
        opened = {"opened_count": table.opened_count + 1, "opened_ms": self._clock()}
        with self._database.write() as connection:
            connection.execute(update(table).where(table.id == link_id).values(opened))

    def remove_shared_link(self, link_id: str, transcript_id: str | None = None) -> None:
        """Let a link hold no more.

        Raises:
            NotFound: there is none with this id, or it leads to another transcript.
        """
        table = SharedLinkTable
        one = delete(table).where(table.id == link_id)
        if transcript_id is not None:
            one = one.where(table.transcript_id == transcript_id)
        with self._database.write() as connection:
            if connection.execute(one).rowcount == 0:
                raise NotFound("link", link_id)

    def _holds(self, token_hash: str) -> ColumnElement[bool]:
        table = SharedLinkTable
        lasts = or_(table.ends_ms.is_(None), table.ends_ms > self._clock())
        return and_(table.token_hash == token_hash, lasts)
