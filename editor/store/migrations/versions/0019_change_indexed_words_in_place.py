"""Changes the indexed words of a segment in place, rather than take them out and put them in.

A correction at 1,200 places held the write lock three times as long.
"""

from __future__ import annotations

from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels = None
depends_on = None

WORD_INDEX_SQLITE = (
    "CREATE TRIGGER segment_texts_changed AFTER UPDATE OF text ON segment_texts BEGIN "
    "INSERT INTO segment_words(segment_words, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO segment_words(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER segments_changed AFTER UPDATE OF text, removed ON segments "
    "WHEN old.text IS NOT new.text AND NOT old.removed AND NOT new.removed BEGIN "
    "UPDATE segment_texts SET text = new.text "
    "WHERE transcript_id = old.transcript_id AND segment_id = old.id; END",
    "CREATE TRIGGER segments_removed AFTER UPDATE OF removed ON segments "
    "WHEN new.removed AND NOT old.removed BEGIN DELETE FROM segment_texts "
    "WHERE transcript_id = old.transcript_id AND segment_id = old.id; END",
    "CREATE TRIGGER segments_restored AFTER UPDATE OF removed ON segments "
    "WHEN old.removed AND NOT new.removed BEGIN "
    "INSERT INTO segment_texts(transcript_id, segment_id, text) "
    "VALUES (new.transcript_id, new.id, new.text); END",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER segments_changed")
        for statement in WORD_INDEX_SQLITE:
            op.execute(statement)
