"""Keeps how many doubts an edit settled, and which terms it taught."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("corrected", sa.BigInteger(), nullable=True))
    op.add_column("revisions", sa.Column("terms", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("revisions", "terms")
    op.drop_column("revisions", "corrected")
