"""The shapes of what is told of the queue."""

from __future__ import annotations

from pydantic import BaseModel


class QueuedJob(BaseModel):
    job_id: str
    transcript_id: str
    title: str
    is_running: bool


class Queue(BaseModel):
    jobs: list[QueuedJob]
