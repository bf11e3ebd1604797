"""Keeps the glossaries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glossary_terms",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("transcript_id", sa.String(), nullable=True),
        sa.Column("term", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name="fk_glossary_terms_transcript_id_transcripts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_glossary_terms"),
    )
    op.create_index("ix_glossary_terms_transcript_id", "glossary_terms", ["transcript_id"])


def downgrade() -> None:
    op.drop_table("glossary_terms")
