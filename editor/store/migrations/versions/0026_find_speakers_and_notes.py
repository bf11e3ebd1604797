"""Lets speakers and notes be found in all transcripts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _index("speaker IS NOT NULL", "speakers", "speaker", "transcript_id", "removed", "position")
    _index("note <> ''", "noted", "transcript_id")


def _index(condition: str, name: str, *columns: str) -> None:
    holds = sa.text(condition)
    op.create_index(
        f"ix_segments_{name}", "segments", [*columns], sqlite_where=holds, postgresql_where=holds
    )
