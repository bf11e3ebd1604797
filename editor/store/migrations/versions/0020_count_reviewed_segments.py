"""Lets the list of transcripts count their reviewed segments without reading texts."""

from __future__ import annotations

from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["transcript_id", "removed", "reviewed"]
    op.create_index("ix_segments_transcript_id_removed_reviewed", "segments", columns)
