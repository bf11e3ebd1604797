"""Finding words in the texts of all transcripts."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Connection, Select, TextClause, and_, column, false, select, table, text

from editor.store.db.database import StorePart
from editor.store.db.tables import SegmentTable, TranscriptTable
from editor.store.rows import Found

_TEXTS = table("segment_texts", column("id"), column("transcript_id"), column("segment_id"))

#: The words of a segment in PostgreSQL, without accents; the migration indexes just this.
POSTGRESQL_WORDS = (
    "to_tsvector('simple', regexp_replace(normalize(segments.text, NFKD), "
    r"'[\u0300-\u036f]', '', 'g'))"
)


class Search(StorePart):
    """Looking through all that is written."""

    def search(self, query: str, *, limit: int = 50) -> list[Found]:
        """Segments that hold all words of a query, the last of them perhaps begun only; best first.

        Case and accents do not matter. What is in the trash is left out.
        """
        words = _words(query)
        if not words:
            return []
        with self._database.read() as connection:
            return [Found(*row) for row in connection.execute(_found(connection, words, limit))]


def transcripts_with(connection: Connection, query: str) -> Select[str]:
    """The ids of transcripts with a segment that `search` would find."""
    words = _words(query)
    if not words:
        return select(TranscriptTable.id).where(false())
    if connection.dialect.name != "sqlite":
        there = SegmentTable.removed.is_(False), _matching(words)
        return select(SegmentTable.transcript_id).where(*there)
    hits = text("SELECT rowid AS id FROM segment_words WHERE segment_words MATCH :words")
    found = hits.bindparams(words=_as_match(words)).columns(column("id")).subquery("hits")
    return select(_TEXTS.c.transcript_id).where(_TEXTS.c.id.in_(select(found.c.id)))


def _words(query: str) -> list[str]:
    words = query.replace('"', " ").replace("\0", " ").split()
    # Of a lone accent nothing is left.
    return [word for word in words if _folded(word)]


def _found(connection: Connection, words: list[str], limit: int) -> Select[*tuple[Any, ...]]:
    columns = select(
        TranscriptTable.id,
        TranscriptTable.title,
        SegmentTable.id,
        SegmentTable.first_start_ms,
        SegmentTable.text,
    )
    joined = SegmentTable.__table__.join(
        TranscriptTable.__table__, SegmentTable.transcript_id == TranscriptTable.id
    )
    there = and_(SegmentTable.removed.is_(False), TranscriptTable.deleted_ms.is_(None))
    if connection.dialect.name != "sqlite":
        return columns.select_from(joined).where(there, _matching(words)).limit(limit)
    same = and_(
        _TEXTS.c.transcript_id == SegmentTable.transcript_id,
        _TEXTS.c.segment_id == SegmentTable.id,
    )
    ranked = text(
        "SELECT rowid AS id, rank FROM segment_words WHERE segment_words MATCH :words"
    ).bindparams(words=_as_match(words))
    hits = ranked.columns(column("id"), column("rank")).subquery("hits")
    return (
        columns.select_from(hits.join(_TEXTS, _TEXTS.c.id == hits.c.id).join(joined, same))
        .where(there)
        .order_by(hits.c.rank)
        .limit(limit)
    )


def _as_match(words: list[str]) -> str:
    """Words in the notation of SQLite, all to be there, the last one perhaps begun only."""
    return " ".join(f'"{word}"' for word in words) + "*"


def _matching(words: list[str]) -> TextClause:
    """Whether a segment's words match, in PostgreSQL."""
    matching = text(f"{POSTGRESQL_WORDS} @@ to_tsquery('simple', :words)")
    return matching.bindparams(words=_as_tsquery(words))


def _as_tsquery(words: list[str]) -> str:
    """Words in the notation of PostgreSQL, all to be there, the last one perhaps begun only."""
    escaped = (_folded(word).replace("\\", "\\\\").replace("'", "''") for word in words)
    return " & ".join(f"'{word}'" for word in escaped) + ":*"


def _folded(word: str) -> str:
    """A word without accents, as `POSTGRESQL_WORDS` has it."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not "\u0300" <= c <= "\u036f")
