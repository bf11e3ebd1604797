"""The tables of jobs, and of the parts of a job that workers share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, false
from sqlalchemy.orm import Mapped, mapped_column

from editor.store.db.tables.base import Base, index_where, key_of, row_number


class JobTable(Base):
    """The truth about a job; the queue carries its id only. One active job for each `unique_key`.

    A queued job waits until `due_ms`. `best_fraction` is the furthest it ever came. `help_offered`:
    another worker would recognise a part of it. `claimed_ms` is when it was taken last.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_active", "state", "due_ms"),
        Index(None, "transcript_id"),
        index_where(
            "state IN ('queued', 'running')", "uq_jobs_active_key", "unique_key", unique=True
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    transcript_id: Mapped[str | None] = key_of("transcripts.id", optional=True)
    params: Mapped[dict[str, Any]]
    unique_key: Mapped[str | None]
    state: Mapped[str]
    due_ms: Mapped[int]
    fraction: Mapped[float]
    best_fraction: Mapped[float]
    phase: Mapped[str]
    message: Mapped[str]
    eta_ms: Mapped[int | None]
    error: Mapped[dict[str, Any] | None]
    attempts: Mapped[int]
    fence: Mapped[int]
    lease_until_ms: Mapped[int | None]
    worker: Mapped[str | None]
    claimed_ms: Mapped[int | None]
    cancel_requested: Mapped[bool]
    help_offered: Mapped[bool] = mapped_column(server_default=false())
    created_ms: Mapped[int]
    updated_ms: Mapped[int]


class ChunkRangeTable(Base):
    """Chunks from `first_chunk` to before `end_chunk`, which wait for a worker of a running job."""

    __tablename__ = "chunk_ranges"
    __table_args__ = (Index(None, "job_id"),)

    id: Mapped[int] = row_number()
    job_id: Mapped[str] = key_of("jobs.id")
    first_chunk: Mapped[int]
    end_chunk: Mapped[int]
    language: Mapped[str]
    fence: Mapped[int]
    lease_until_ms: Mapped[int | None]
