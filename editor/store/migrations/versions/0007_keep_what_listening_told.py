"""Keeps how likely the words of a text are, found by listening for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listened",
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("recognition", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("written", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("heard", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_listened_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("transcript_id", "recognition", "number", name="pk_listened"),
    )


def downgrade() -> None:
    op.drop_table("listened")
