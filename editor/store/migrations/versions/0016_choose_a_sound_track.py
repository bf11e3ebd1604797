"""Knows which sound tracks a recording has, and which of them is heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("transcripts", sa.Column("track", sa.BigInteger(), nullable=True))
    op.add_column("transcripts", sa.Column("tracks", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("transcripts", "tracks")
    op.drop_column("transcripts", "track")
