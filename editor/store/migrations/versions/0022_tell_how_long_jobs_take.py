"""Keeps when a job was taken, so that people are told how long one like it takes here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("claimed_ms", sa.BigInteger(), nullable=True))
