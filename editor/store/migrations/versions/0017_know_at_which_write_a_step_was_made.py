"""Knows at which write of a transcript a step of its history was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels = None
depends_on = None

_INDEX = "ix_revisions_transcript_id_seq"


def upgrade() -> None:
    op.add_column("revisions", sa.Column("seq", sa.BigInteger(), nullable=True))
    op.create_index(_INDEX, "revisions", ["transcript_id", "seq"])


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="revisions")
    op.drop_column("revisions", "seq")
