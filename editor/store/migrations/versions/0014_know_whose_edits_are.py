"""Knows from which browser an edit came, and finds the newest edit of one person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels = None
depends_on = None

_OLD = "ix_revisions_transcript_id_state"
_NEW = "ix_revisions_own"
_COLUMNS = ["transcript_id", "state", "action", "author", "client", "id"]


def upgrade() -> None:
    op.add_column("revisions", sa.Column("client", sa.String(), nullable=True))
    op.drop_index(_OLD, table_name="revisions")
    op.create_index(_NEW, "revisions", _COLUMNS)


def downgrade() -> None:
    op.drop_index(_NEW, table_name="revisions")
    op.create_index(_OLD, "revisions", ["transcript_id", "state"])
    op.drop_column("revisions", "client")
