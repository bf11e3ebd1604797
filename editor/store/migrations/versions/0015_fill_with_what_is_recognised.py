"""Knows how far the text of a recording alone has been made of what was recognised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("transcripts", sa.Column("filled_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("transcripts", "filled_ms")
