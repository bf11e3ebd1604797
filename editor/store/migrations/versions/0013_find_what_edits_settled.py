"""Finds what edits settled and taught without reading the whole history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_revisions_settled", "corrected", ["transcript_id", "action", "state", "corrected"]),
    ("ix_revisions_taught", "terms", ["transcript_id", "action", "state", "id"]),
)


def upgrade() -> None:
    for name, filled, columns in _INDEXES:
        where = sa.text(f"{filled} IS NOT NULL")
        op.create_index(name, "revisions", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, _, _ in _INDEXES:
        op.drop_index(name, table_name="revisions")
