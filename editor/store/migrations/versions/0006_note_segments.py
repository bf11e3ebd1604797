"""Gives segments notes, and transcripts the length of a frame."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("segments", sa.Column("note", sa.String(), nullable=False, server_default=""))
    op.add_column("transcripts", sa.Column("frame_us", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("transcripts", "frame_us")
    op.drop_column("segments", "note")
