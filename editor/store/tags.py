"""Tags of transcripts: words by which people find them in a library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from editor.errors import InvalidValue
from editor.store.db.database import StorePart
from editor.store.db.tables import TranscriptTable, TranscriptTagTable

#: A transcript with more is found by none of them.
MOST_TAGS = 50
LONGEST_TAG = 60


class Tags(StorePart):
    """Giving tags, and finding them."""

    def tags_of(self, transcript_ids: Sequence[str]) -> dict[str, list[str]]:
        """The tags of each of these transcripts that has some, in order."""
        table = TranscriptTagTable
        query = select(table.transcript_id, table.tag).where(
            table.transcript_id.in_(transcript_ids)
        )
        found: dict[str, list[str]] = {}
        with self._database.read() as connection:
            for transcript_id, tag in connection.execute(query):
                found.setdefault(transcript_id, []).append(tag)
        return {item: sorted(tags, key=str.casefold) for item, tags in found.items()}

    def all_tags(self) -> list[tuple[str, int]]:
        """All tags in order, with how many transcripts have each; the trash does not count."""
        tag = TranscriptTagTable.tag
        query = (
            select(tag, func.count())
            .join(TranscriptTable, TranscriptTable.id == TranscriptTagTable.transcript_id)
            .where(TranscriptTable.deleted_ms.is_(None))
            .group_by(tag)
        )
        with self._database.read() as connection:
            found = [(each, count) for each, count in connection.execute(query)]
        return sorted(found, key=lambda one: one[0].casefold())

    def change_tags(
        self, transcript_ids: Collection[str], *, add: Iterable[str], remove: Collection[str]
    ) -> None:
        """Give some transcripts tags, and take others away; those that are gone are left out.

        A tag that differs from one that is there in small and capital letters only is that one.
        Beyond `MOST_TAGS` no transcript gets any.
        """
        table = TranscriptTagTable
        with self._database.write() as connection:
            there = select(TranscriptTable.id).where(TranscriptTable.id.in_(transcript_ids))
            ids = list(connection.execute(there).scalars())
            known = {tag.casefold(): tag for tag in known_tags(connection)}
            wanted = list(dict.fromkeys(known.setdefault(tag.casefold(), tag) for tag in add))
            of_them = table.transcript_id.in_(ids)
            connection.execute(delete(table).where(of_them, table.tag.in_(remove)))
            given: dict[str, set[str]] = {item: set() for item in ids}
            there_now = select(table.transcript_id, table.tag).where(of_them)
            for item, tag in connection.execute(there_now):
                given[item].add(tag)
            rows = [
                {"transcript_id": item, "tag": tag}
                for item, own in given.items()
                for tag in [tag for tag in wanted if tag not in own][: max(0, MOST_TAGS - len(own))]
            ]
            if rows:
                connection.execute(insert(table), rows)


def checked_tags(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tags as people can give them.

    Raises:
        InvalidValue: there are too many, or one is none.
    """
    tags = [row["tag"] for row in rows]
    if len(tags) > MOST_TAGS or len({tag.casefold() for tag in tags}) < len(tags):
        raise InvalidValue("transcript_tags", f"must be at most {MOST_TAGS} that differ")
    for tag in tags:
        if not 0 < len(tag) <= LONGEST_TAG or "," in tag or tag != " ".join(tag.split()):
            raise InvalidValue("tag", f"must be at most {LONGEST_TAG} characters without commas")
    return rows


def known_tags(connection: Connection) -> Iterable[str]:
    """All tags that some transcript has."""
    return connection.execute(select(TranscriptTagTable.tag).distinct()).scalars()
