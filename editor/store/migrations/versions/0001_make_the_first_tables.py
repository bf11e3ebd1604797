"""Makes the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transcripts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("media_name", sa.String(), nullable=False),
        sa.Column("media_path", sa.String(), nullable=True),
        sa.Column("playable_path", sa.String(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("has_video", sa.Boolean(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("coverage", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("imported_name", sa.String(), nullable=True),
        sa.Column("imported_format", sa.String(), nullable=True),
        sa.Column("imported_encoding", sa.String(), nullable=True),
        sa.Column("problems", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("settled_ms", sa.BigInteger(), nullable=False),
        sa.Column("recognition", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_transcripts"),
    )
    op.create_table(
        "imported_texts",
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_imported_texts_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("transcript_id", name="pk_imported_texts"),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("transcript_id", sa.String(), nullable=True),
        sa.Column("params", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unique_key", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("best_fraction", sa.Double(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("eta_ms", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until_ms", sa.BigInteger(), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_jobs_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_active", "jobs", ["state", "due_ms"], unique=False)
    op.create_index("ix_jobs_transcript_id", "jobs", ["transcript_id"], unique=False)
    op.create_index(
        "uq_jobs_active_key",
        "jobs",
        ["unique_key"],
        unique=True,
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )

    op.create_table(
        "pieces",
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("recognition", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("words_start_ms", sa.BigInteger(), nullable=True),
        sa.Column("words_end_ms", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_pieces_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("transcript_id", "recognition", "number", name="pk_pieces"),
    )
    op.create_index(
        "ix_pieces_transcript_id_recognition_words_start_ms",
        "pieces",
        ["transcript_id", "recognition", "words_start_ms"],
        unique=False,
    )

    op.create_table(
        "revisions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("splices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edit_id", sa.String(), nullable=True),
        sa.Column("reverts_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_revisions_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("transcript_id", "edit_id", name="uq_revisions_transcript_id_edit_id"),
    )
    op.create_index(
        "ix_revisions_transcript_id_state", "revisions", ["transcript_id", "state"], unique=False
    )

    op.create_table(
        "segments",
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("new_turn", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("released", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("first_start_ms", sa.BigInteger(), nullable=True),
        sa.Column("last_start_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_segments_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("transcript_id", "id", name="pk_segments"),
    )
    op.create_index(
        "ix_segments_transcript_id_position",
        "segments",
        ["transcript_id", "position"],
        unique=False,
    )
    op.create_index(
        "ix_segments_transcript_id_seq", "segments", ["transcript_id", "seq"], unique=False
    )


def downgrade() -> None:
    op.drop_table("segments")
    op.drop_table("revisions")
    op.drop_table("pieces")
    op.drop_table("jobs")
    op.drop_table("imported_texts")
    op.drop_table("transcripts")
