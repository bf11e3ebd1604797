"""Keeps the voices of people whom somebody named, so that they are known again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_choices",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner"),
    )
    op.create_table(
        "known_voices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("spoken_ms", sa.BigInteger(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_known_voices_owner", "known_voices", ["owner"])
    op.create_table(
        "heard_voices",
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("voice", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("spoken_ms", sa.BigInteger(), nullable=False),
        sa.Column("learned_as", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcripts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("transcript_id", "owner", "voice"),
    )
