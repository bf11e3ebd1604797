"""Jobs as people follow them: made, listed, cancelled, tried again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from editor.errors import NotFound
from editor.store.db.database import StorePart
from editor.store.db.tables import JobTable, TranscriptTable
from editor.store.rows import JobRow, QueuePlace, Worked
from editor.store.transcripts import lock_transcript

JOB_COLUMNS = tuple(getattr(JobTable, name) for name in JobRow.__dataclass_fields__)
#: The order in which jobs have their turn.
IN_TURN = (JobTable.due_ms, JobTable.id)
_ACTIVE = JobTable.state.in_(("queued", "running"))


class Jobs(StorePart):
    """Jobs for people to follow."""

    def create_job(
        self,
        kind: str,
        transcript_id: str | None,
        params: dict[str, Any] | None = None,
        *,
        unique_key: str | None = None,
        wait_ms: int = 0,
        forgets_ended: bool = False,
    ) -> JobRow:
        """Save a job to be done; an active one with the same `unique_key` is given instead.

        It is due in `wait_ms`. With `forgets_ended` those that ended under its key are deleted.
        """
        now = self._clock()
        with self._database.write() as connection:
            if transcript_id is not None:
                lock_transcript(connection, transcript_id)
            active = _active_with(connection, unique_key)
            if active is not None:
                return active
            if forgets_ended:
                connection.execute(delete(JobTable).where(JobTable.unique_key == unique_key))
            return insert_job(
                connection, now, kind, transcript_id, params, unique_key=unique_key, wait_ms=wait_ms
            )

    def job(self, job_id: str) -> JobRow:
        """One job.

        Raises:
            NotFound: there is none with this id.
        """
        with self._database.read() as connection:
            return job_row(connection, job_id)

    def newest_jobs(self, transcript_ids: Sequence[str], kind: str) -> dict[str, JobRow]:
        """The newest job of a kind of each of these transcripts that has one."""
        query = (
            select(*JOB_COLUMNS)
            .where(JobTable.transcript_id.in_(transcript_ids), JobTable.kind == kind)
            .order_by(JobTable.created_ms, JobTable.id.desc())
        )
        with self._database.read() as connection:
            jobs = [JobRow(*row) for row in connection.execute(query)]
        return {job.transcript_id: job for job in jobs if job.transcript_id is not None}

    def jobs(self, transcript_id: str | None = None, *, active_only: bool = False) -> list[JobRow]:
        """The jobs of one transcript or of all, newest first."""
        query = select(*JOB_COLUMNS).order_by(JobTable.created_ms.desc(), JobTable.id)
        if transcript_id is not None:
            query = query.where(JobTable.transcript_id == transcript_id)
        if active_only:
            query = query.where(_ACTIVE)
        with self._database.read() as connection:
            return [JobRow(*row) for row in connection.execute(query)]

    def job_counts(self) -> tuple[dict[str, int], int]:
        """How many jobs are in each state, and how long (ms) the first queued one has waited."""
        counted = select(JobTable.state, func.count(), func.min(JobTable.updated_ms))
        with self._database.read() as connection:
            rows = connection.execute(counted.group_by(JobTable.state)).all()
        first_ms = {state: ms for state, _, ms in rows}.get("queued")
        waited_ms = 0 if first_ms is None else max(0, self._clock() - first_ms)
        return {state: count for state, count, _ in rows}, waited_ms

    def worked(self, kind: str, *, limit: int = 50) -> list[Worked]:
        """How long the newest jobs of a kind took that were done in one go, newest first."""
        took_ms = JobTable.updated_ms - JobTable.claimed_ms
        query = (
            select(JobTable.params, took_ms, TranscriptTable.duration_ms)
            .join(TranscriptTable, TranscriptTable.id == JobTable.transcript_id)
            .where(
                JobTable.kind == kind,
                JobTable.state == "done",
                JobTable.fence == 1,
                JobTable.claimed_ms.is_not(None),
                TranscriptTable.duration_ms > 0,
            )
            .order_by(JobTable.created_ms.desc(), JobTable.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [Worked(*row) for row in connection.execute(query)]

    def queue_places(self, kind: str) -> dict[str, QueuePlace]:
        """Where the waiting jobs of a kind stand, by the ids of their transcripts."""
        table = JobTable
        query = (
            select(table.transcript_id, table.state, TranscriptTable.title)
            .join(TranscriptTable, TranscriptTable.id == table.transcript_id)
            .where(table.kind == kind, _ACTIVE)
            .order_by(table.state.desc(), *IN_TURN)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        running = sum(state == "running" for _, state, _ in rows)
        return {
            str(transcript_id): QueuePlace(at, at - running, rows[at - 1][2] if at else None)
            for at, (transcript_id, state, _) in enumerate(rows)
            if state == "queued"
        }

    def put_first(self, job_id: str) -> JobRow:
        """Let a job that waits have its turn before all others that do; others stay as they are."""
        with self._database.write() as connection:
            job_row(connection, job_id)
            first = select(func.min(JobTable.due_ms)).where(JobTable.state == "queued")
            first_ms = connection.execute(first).scalar_one()
            waits = and_(JobTable.id == job_id, JobTable.state == "queued")
            if first_ms is not None:
                self._set(connection, waits, due_ms=first_ms - 1)
            return job_row(connection, job_id)

    def request_cancel(self, job_id: str) -> JobRow:
        """Ask for a job to be given up: at once when it waits, at its next step when it runs."""
        with self._database.write() as connection:
            job_row(connection, job_id)
            same = JobTable.id == job_id
            self._set(connection, and_(same, JobTable.state == "queued"), state="cancelled")
            self._set(connection, and_(same, JobTable.state == "running"), cancel_requested=True)
            return job_row(connection, job_id)

    def retry_job(self, job_id: str) -> JobRow:
        """Queue a failed or cancelled job once more; others stay as they are.

        An active job with the same `unique_key` is given instead.
        """
        with self._database.write() as connection:
            job = job_row(connection, job_id)
            key = select(JobTable.unique_key).where(JobTable.id == job_id)
            active = _active_with(connection, connection.execute(key).scalar_one())
            if active is not None or job.state not in ("failed", "cancelled"):
                return active or job
            self._set(
                connection,
                JobTable.id == job_id,
                state="queued",
                due_ms=self._clock(),
                error=None,
                attempts=0,
                cancel_requested=False,
            )
            return job_row(connection, job_id)

    def _set(self, connection: Connection, which: ColumnElement[bool], **values: object) -> int:
        changed = update(JobTable).where(which).values(updated_ms=self._clock(), **values)
        return connection.execute(changed).rowcount


def new_job_id() -> str:
    """A fresh id for a job."""
    return secrets.token_urlsafe(9)


def insert_job(
    connection: Connection,
    now_ms: int,
    kind: str,
    transcript_id: str | None,
    params: dict[str, Any] | None,
    *,
    unique_key: str | None,
    wait_ms: int = 0,
    job_id: str | None = None,
) -> JobRow:
    """Write the row of a job that waits, in the running transaction."""
    values = {
        "id": job_id or new_job_id(),
        "kind": kind,
        "transcript_id": transcript_id,
        "params": params or {},
        "unique_key": unique_key,
        "state": "queued",
        "due_ms": now_ms + wait_ms,
        "fraction": 0.0,
        "best_fraction": 0.0,
        "phase": "",
        "message": "",
        "attempts": 0,
        "fence": 0,
        "cancel_requested": False,
        "created_ms": now_ms,
        "updated_ms": now_ms,
    }
    row = connection.execute(insert(JobTable).values(values).returning(*JOB_COLUMNS)).one()
    return JobRow(*row)


def job_row(connection: Connection, job_id: str) -> JobRow:
    """One job.

    Raises:
        NotFound: there is none with this id.
    """
    row = connection.execute(select(*JOB_COLUMNS).where(JobTable.id == job_id)).one_or_none()
    if row is None:
        raise NotFound("job", job_id)
    return JobRow(*row)


def _active_with(connection: Connection, unique_key: str | None) -> JobRow | None:
    if unique_key is None:
        return None
    same = select(*JOB_COLUMNS).where(JobTable.unique_key == unique_key, _ACTIVE)
    row = connection.execute(same).one_or_none()
    return None if row is None else JobRow(*row)
