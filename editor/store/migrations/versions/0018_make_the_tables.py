"""Makes all tables, and the index of words that texts are searched by."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = None
branch_labels = None
depends_on = None

# The rows of segments have no number of their own that stays (VACUUM gives new ones), which an
# index of words needs; so each present segment has one here, kept by triggers on every write.
WORD_INDEX_SQLITE = (
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
)
_WORD_INDEX_POSTGRESQL = (
    "CREATE INDEX ix_segments_words ON segments USING gin (to_tsvector('simple', "
    r"regexp_replace(normalize(segments.text, NFKD), '[\u0300-\u036f]', '', 'g')))"
)


def upgrade() -> None:
    _make_transcripts()
    _make_review()
    _make_jobs()
    _make_accounts()
    if op.get_bind().dialect.name == "sqlite":
        for statement in WORD_INDEX_SQLITE:
            op.execute(statement)
    else:
        op.execute(_WORD_INDEX_POSTGRESQL)


def _make_transcripts() -> None:
    _table(
        "transcripts",
        *_texts("id", "title", "media_name", "model"),
        *_texts("media_path", "browser_copy_path", "language", "recognition", optional=True),
        *_texts("imported_name", "imported_format", "imported_encoding", optional=True),
        *_numbers("seq", "recognised_until_ms", "created_ms", "updated_ms"),
        *_numbers("duration_ms", "generated_until_ms", "deleted_ms", optional=True),
        *_numbers("frame_us", "track", optional=True),
        *_flags("has_video"),
        *_json("problems"),
        *_json("coverage", "tracks", optional=True),
        indexes=[["created_ms"]],
    )
    _table(
        "imported_texts",
        *_texts("transcript_id"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key=["transcript_id"],
        owner="transcripts",
    )
    _table(
        "segments",
        *_texts("transcript_id", "id", "kind", "text"),
        *_texts("speaker", optional=True),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        *_numbers("position", "seq", "revision"),
        *_numbers("first_start_ms", "last_start_ms", optional=True),
        *_flags("removed", "new_turn", "reviewed"),
        *_json("words", "released"),
        key=["transcript_id", "id"],
        owner="transcripts",
        indexes=[["transcript_id", "position"], ["transcript_id", "seq"]],
    )
    _make_revisions()
    _table(
        "chunks",
        *_texts("transcript_id", "recognition"),
        *_numbers("number", "start_ms", "end_ms"),
        *_numbers("words_start_ms", "words_end_ms", optional=True),
        *_json("words"),
        key=["transcript_id", "recognition", "number"],
        owner="transcripts",
        indexes=[["transcript_id", "recognition", "words_start_ms"]],
    )


def _make_revisions() -> None:
    _table(
        "revisions",
        _row_number(),
        *_texts("transcript_id", "action", "kind", "state"),
        *_texts("author", "client", "edit_id", optional=True),
        *_numbers("created_ms"),
        *_numbers("seq", "reverts_id", "resolved_count", optional=True),
        *_json("splices"),
        *_json("learned_terms", optional=True),
        sa.UniqueConstraint("transcript_id", "edit_id", name="uq_revisions_transcript_id_edit_id"),
        owner="transcripts",
        indexes=[["transcript_id", "seq"]],
    )
    own = ["transcript_id", "state", "action", "author", "client", "id"]
    op.create_index("ix_revisions_own", "revisions", own)
    for name, filled, last in (
        ("ix_revisions_resolved", "resolved_count", "resolved_count"),
        ("ix_revisions_learned", "learned_terms", "id"),
    ):
        where = sa.text(f"{filled} IS NOT NULL")
        columns = ["transcript_id", "action", "state", last]
        op.create_index(name, "revisions", columns, sqlite_where=where, postgresql_where=where)


def _make_review() -> None:
    _table(
        "word_scores",
        *_texts("transcript_id", "recognition"),
        *_numbers("number", "start_ms", "end_ms"),
        *_json("written", "recognised"),
        key=["transcript_id", "recognition", "number"],
        owner="transcripts",
    )
    doubt = ["transcript_id", "segment_id", "kind", "written", "recognised"]
    times = _numbers("start_ms", "end_ms")
    _table("dismissed_doubts", *_texts(*doubt), *times, key=doubt, owner="transcripts")
    _table(
        "versions",
        _row_number(),
        *_texts("transcript_id", "name"),
        *_texts("author", optional=True),
        *_numbers("revision_id", "created_ms"),
        owner="transcripts",
        indexes=[["transcript_id"]],
    )
    _table(
        "activity",
        _row_number(),
        *_texts("transcript_id", "kind", "before", "after"),
        *_texts("author", optional=True),
        *_numbers("created_ms"),
        owner="transcripts",
        indexes=[["transcript_id"]],
    )
    _table(
        "glossary_terms",
        _row_number(),
        *_texts("transcript_id", optional=True),
        *_texts("term"),
        owner="transcripts",
        indexes=[["transcript_id"]],
    )
    _table("presets", *_texts("name"), *_json("rules"), key=["name"])


def _make_jobs() -> None:
    _table(
        "jobs",
        *_texts("id", "kind", "state", "phase", "message"),
        *_texts("transcript_id", "unique_key", "worker", optional=True),
        *_numbers("due_ms", "attempts", "fence", "created_ms", "updated_ms"),
        *_numbers("eta_ms", "lease_until_ms", optional=True),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("best_fraction", sa.Double(), nullable=False),
        *_flags("cancel_requested"),
        sa.Column("help_offered", sa.Boolean(), nullable=False, server_default=sa.false()),
        *_json("params"),
        *_json("error", optional=True),
        owner="transcripts",
        indexes=[["transcript_id"]],
    )
    op.create_index("ix_jobs_active", "jobs", ["state", "due_ms"])
    op.create_index(
        "uq_jobs_active_key",
        "jobs",
        ["unique_key"],
        unique=True,
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    _table(
        "chunk_ranges",
        _row_number(),
        *_texts("job_id", "language"),
        *_numbers("first_chunk", "end_chunk", "fence"),
        *_numbers("lease_until_ms", optional=True),
        owner="jobs",
        indexes=[["job_id"]],
    )


def _make_accounts() -> None:
    user = _texts("key", "name", "role", "password_hash")
    _table("users", *user, *_numbers("created_ms"), key=["key"])
    _table(
        "logins",
        *_texts("token_hash", "user_key"),
        *_numbers("created_ms", "seen_ms"),
        key=["token_hash"],
        owner="users",
        indexes=[["user_key"]],
    )
    _table(
        "tokens",
        *_texts("token_hash", "id", "name", "user_key"),
        *_numbers("created_ms"),
        sa.UniqueConstraint("id", name="uq_tokens_id"),
        key=["token_hash"],
        owner="users",
        indexes=[["user_key"]],
    )
    indexes = [["who", "at_ms"]]
    _table("login_attempts", _row_number(), *_texts("who"), *_numbers("at_ms"), indexes=indexes)


#: The column that names the owner of a row, and the owner's key.
_OWNERS = {
    "transcripts": ("transcript_id", "transcripts.id"),
    "jobs": ("job_id", "jobs.id"),
    "users": ("user_key", "users.key"),
}


def _table(
    name: str,
    *parts: sa.schema.SchemaItem,
    key: Sequence[str] = ("id",),
    owner: str | None = None,
    indexes: Sequence[list[str]] = (),
) -> None:
    """Make a table with its indexes; rows go with their owner."""
    constraints: list[sa.schema.SchemaItem] = [sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")]
    if owner is not None:
        column, owner_key = _OWNERS[owner]
        named = f"fk_{name}_{column}_{owner}"
        constraints.append(
            sa.ForeignKeyConstraint([column], [owner_key], name=named, ondelete="CASCADE")
        )
    op.create_table(name, *parts, *constraints)
    for columns in indexes:
        op.create_index(f"ix_{name}_{'_'.join(columns)}", name, columns)


def _row_number() -> sa.Column[int]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", number, autoincrement=True, nullable=False)


def _texts(*names: str, optional: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=optional) for name in names]


def _numbers(*names: str, optional: bool = False) -> list[sa.Column[int]]:
    return [
        sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=optional) for name in names
    ]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _json(*names: str, optional: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.JSON(none_as_null=True), nullable=optional) for name in names]
