"""Finds words in all texts, and keeps what was deleted in a trash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None

# The rows of segments have no number of their own that stays (VACUUM gives new ones), which an
# index of words needs; so each present segment has one here, kept by triggers on every write.
_MAKE = (
    "CREATE TABLE segment_texts (id INTEGER PRIMARY KEY, transcript_id VARCHAR NOT NULL, "
    "segment_id VARCHAR NOT NULL, text VARCHAR NOT NULL, UNIQUE (transcript_id, segment_id))",
    "CREATE VIRTUAL TABLE segment_words USING fts5(text, content='segment_texts', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER segment_texts_added AFTER INSERT ON segment_texts BEGIN "
    "INSERT INTO segment_words(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER segment_texts_gone AFTER DELETE ON segment_texts BEGIN "
    "INSERT INTO segment_words(segment_words, rowid, text) VALUES ('delete', old.id, old.text); "
    "END",
    "CREATE TRIGGER segments_added AFTER INSERT ON segments WHEN NOT new.removed BEGIN "
    "INSERT INTO segment_texts(transcript_id, segment_id, text) "
    "VALUES (new.transcript_id, new.id, new.text); END",
    "CREATE TRIGGER segments_gone AFTER DELETE ON segments BEGIN DELETE FROM segment_texts "
    "WHERE transcript_id = old.transcript_id AND segment_id = old.id; END",
    "CREATE TRIGGER segments_changed AFTER UPDATE OF text, removed ON segments "
    "WHEN old.text IS NOT new.text OR old.removed IS NOT new.removed BEGIN "
    "DELETE FROM segment_texts WHERE transcript_id = old.transcript_id AND segment_id = old.id; "
    "INSERT INTO segment_texts(transcript_id, segment_id, text) "
    "SELECT new.transcript_id, new.id, new.text WHERE NOT new.removed; END",
    "INSERT INTO segment_texts(transcript_id, segment_id, text) "
    "SELECT transcript_id, id, text FROM segments WHERE NOT removed",
)

_MAKE_POSTGRESQL = (
    "CREATE INDEX ix_segments_words ON segments USING gin (to_tsvector('simple', "
    r"regexp_replace(normalize(segments.text, NFKD), '[\u0300-\u036f]', '', 'g')))"
)


def upgrade() -> None:
    op.add_column("transcripts", sa.Column("deleted_ms", sa.BigInteger(), nullable=True))
    op.create_index("ix_transcripts_created_ms", "transcripts", ["created_ms"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in _MAKE:
            op.execute(statement)
    else:
        op.execute(_MAKE_POSTGRESQL)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("segments_added", "segments_gone", "segments_changed"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE segment_words")
        op.execute("DROP TABLE segment_texts")
    else:
        op.execute("DROP INDEX ix_segments_words")
    op.drop_index("ix_transcripts_created_ms", table_name="transcripts")
    op.drop_column("transcripts", "deleted_ms")
