"""The index of words in segments' texts, asked in the notation of either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    FromClause,
    TextClause,
    and_,
    column,
    select,
    table,
    text,
)

from editor.store.db.tables import SegmentTable
from editor.store.sought_words import SoughtWords, without_accents

TEXTS = table("segment_texts", column("id"), column("transcript_id"), column("segment_id"))

#: The words of a segment in PostgreSQL, without accents; the migration indexes just this.
POSTGRESQL_WORDS = (
    "to_tsvector('simple', regexp_replace(normalize(segments.text, NFKD), "
    r"'[\u0300-\u036f]', '', 'g'))"
)


def is_sqlite(connection: Connection) -> bool:
    """Whether words are in an index of their own, or in PostgreSQL's."""
    return connection.dialect.name == "sqlite"


def hits(sought: SoughtWords, *, at_start: bool = False, newest: int | None = None) -> Any:
    """The ids in `TEXTS` of segments that have what is sought, with their ranks; SQLite's.

    With `at_start` they begin with it; with `newest` only so many of the newest are given.
    """
    chosen = "rowid AS id" if newest else "rowid AS id, rank"
    bound = f" ORDER BY rowid DESC LIMIT {newest:d}" if newest else ""
    found = text(f"SELECT {chosen} FROM segment_words WHERE segment_words MATCH :words{bound}")
    names: list[ColumnClause[Any]] = [column("id")] if newest else [column("id"), column("rank")]
    match = f"{'^ ' * at_start}{_as_match(sought)}"
    return found.bindparams(words=match).columns(*names).subquery("hits")


def joined_to_segments(found: Any) -> FromClause:
    """Hits with their segments."""
    same = and_(
        TEXTS.c.transcript_id == SegmentTable.transcript_id,
        TEXTS.c.segment_id == SegmentTable.id,
    )
    texts = found.join(TEXTS, TEXTS.c.id == found.c.id)
    joined: FromClause = texts.join(SegmentTable.__table__, same)
    return joined


def transcripts_of(found: Any) -> Any:
    """The ids of the transcripts that hits are in."""
    return select(TEXTS.c.transcript_id).where(TEXTS.c.id.in_(select(found.c.id)))


def matching(sought: SoughtWords) -> TextClause:
    """Whether a segment has what is sought, in PostgreSQL."""
    condition = text(f"{POSTGRESQL_WORDS} @@ to_tsquery('simple', :words)")
    return condition.bindparams(words=_as_tsquery(sought))


def _as_match(sought: SoughtWords) -> str:
    """In the notation of SQLite."""
    return " ".join(f'"{term}"' for term in sought.terms) + "*" * sought.is_begun


def _as_tsquery(sought: SoughtWords) -> str:
    """In the notation of PostgreSQL."""
    terms = [
        " <-> ".join(_quoted(without_accents(word)) for word in term.split())
        for term in sought.terms
    ]
    return " & ".join(f"({term})" for term in _with_last_begun(terms, sought.is_begun))


def _with_last_begun(terms: list[str], is_begun: bool) -> list[str]:
    return [*terms[:-1], f"{terms[-1]}:*"] if is_begun else terms


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
