"""Keeps which stretches of a recording workers share, and who hears which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stretches",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("first_piece", sa.BigInteger(), nullable=False),
        sa.Column("end_piece", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_stretches_job_id_jobs", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stretches"),
    )
    op.add_column(
        "jobs",
        sa.Column("help_offered", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_stretches_job_id", "stretches", ["job_id"], unique=False)


def downgrade() -> None:
    op.drop_table("stretches")
    with op.batch_alter_table("jobs") as batch:
        batch.drop_column("help_offered")
