"""Keeps when each voice was heard, so that turns of the text can be doubted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_turns",
        sa.Column("transcript_id", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("voice", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcripts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("transcript_id", "start_ms", "voice"),
    )
