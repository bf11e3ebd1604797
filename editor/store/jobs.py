"""Job rows: who may run a job, how far it has come, how it ended."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    SQLColumnExpression,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from editor.errors import LeaseLost, NotFound
from editor.store.db.database import StorePart
from editor.store.db.tables import JobTable
from editor.store.rows import JobRow
from editor.store.transcripts import lock_transcript

#: How often a job is begun without getting further, before it is given up.
MAX_ATTEMPTS = 3
#: Leases and pauses before another attempt are shorter than this.
_LONGEST_WAIT_MS = 120_000

JOB_COLUMNS = tuple(getattr(JobTable, name) for name in JobRow.__dataclass_fields__)
_ACTIVE = JobTable.state.in_(("queued", "running"))
_GIVEN_UP = {
    "code": "attempts_exhausted",
    "message": f"the program crashed {MAX_ATTEMPTS} times at this point",
}


class Jobs(StorePart):
    """Jobs for people to follow and for workers to take.

    A worker claims a job for a lease that it renews. Its writes carry the fence of its claim and
    are refused with `LeaseLost` once another has claimed the job.
    """

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
            return _job(connection, job_id)

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

    def request_cancel(self, job_id: str) -> JobRow:
        """Ask for a job to be given up: at once when it waits, at its next step when it runs."""
        with self._database.write() as connection:
            _job(connection, job_id)
            same = JobTable.id == job_id
            self._set(connection, and_(same, JobTable.state == "queued"), state="cancelled")
            self._set(connection, and_(same, JobTable.state == "running"), cancel_requested=True)
            return _job(connection, job_id)

    def retry_job(self, job_id: str) -> JobRow:
        """Queue a failed or cancelled job once more; others stay as they are.

        An active job with the same `unique_key` is given instead.
        """
        with self._database.write() as connection:
            job = _job(connection, job_id)
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
            return _job(connection, job_id)

    def claim_job(self, job_id: str, worker: str, lease_ms: int) -> JobRow | None:
        """Take a job that is due, or whose worker has let its lease run out.

        None when it is not to be had. A job that ran out of attempts ends as failed here, one
        whose worker died with a cancel request on it as cancelled.
        """
        now = self._clock()
        with self._database.write() as connection:
            claimable = and_(JobTable.id == job_id, _due(now))
            found = select(*JOB_COLUMNS).where(claimable).with_for_update()
            row = connection.execute(found).one_or_none()
            if row is None:
                return None
            job = JobRow(*row)
            if job.cancel_requested:
                self._end(connection, JobTable.id == job_id, state="cancelled")
                return None
            if job.attempts >= MAX_ATTEMPTS:
                error = job.error or _GIVEN_UP
                self._end(connection, JobTable.id == job_id, state="failed", error=error)
                return None
            self._set(
                connection,
                JobTable.id == job_id,
                state="running",
                worker=worker,
                lease_until_ms=now + lease_ms,
                attempts=job.attempts + 1,
                fence=job.fence + 1,
                eta_ms=None,
            )
            return _job(connection, job_id)

    def renew_lease(self, job_id: str, fence: int, lease_ms: int) -> JobRow:
        """Keep a job for another lease; the answer tells whether a cancel was asked for."""
        with self._database.write() as connection:
            self._own(connection, job_id, fence, lease_until_ms=self._clock() + lease_ms)
            return _job(connection, job_id)

    def report_progress(
        self,
        job_id: str,
        fence: int,
        fraction: float,
        phase: str,
        message: str,
        eta_ms: int | None,
    ) -> None:
        """Save how far a job has come; getting further than ever makes its attempts count anew."""
        with self._database.write() as connection:
            values = {"fraction": fraction, "phase": phase, "message": message, "eta_ms": eta_ms}
            self._own(connection, job_id, fence, **values)
            further = and_(JobTable.id == job_id, JobTable.best_fraction < fraction)
            self._set(connection, further, best_fraction=fraction, attempts=1)

    def finish_job(self, job_id: str, fence: int) -> None:
        """End a job as done."""
        with self._database.write() as connection:
            self._own(connection, job_id, fence)
            self._end(connection, JobTable.id == job_id, state="done", fraction=1.0, error=None)

    def fail_job(
        self, job_id: str, fence: int, error: dict[str, Any], *, retry_at_ms: int | None = None
    ) -> None:
        """End a job as failed, or queue it for `retry_at_ms` while it has attempts left."""
        with self._database.write() as connection:
            self._own(connection, job_id, fence)
            if retry_at_ms is not None and _job(connection, job_id).attempts < MAX_ATTEMPTS:
                state, due_ms = "queued", retry_at_ms
            else:
                state, due_ms = "failed", self._clock()
            self._end(connection, JobTable.id == job_id, state=state, due_ms=due_ms, error=error)

    def cancel_job(self, job_id: str, fence: int) -> None:
        """End a running job as cancelled."""
        with self._database.write() as connection:
            self._own(connection, job_id, fence)
            self._end(connection, JobTable.id == job_id, state="cancelled")

    def release_job(self, job_id: str, fence: int) -> None:
        """Put a running job back, as if this attempt had not been."""
        with self._database.write() as connection:
            attempts = max(0, self._own(connection, job_id, fence).attempts - 1)
            self._end(connection, JobTable.id == job_id, state="queued", attempts=attempts)

    def release_leases_of(self, worker: str) -> list[str]:
        """Let the jobs of a dead worker be claimed at once; gives their ids."""
        held = and_(JobTable.worker == worker, JobTable.state == "running")
        with self._database.write() as connection:
            ids = list(connection.execute(select(JobTable.id).where(held)).scalars())
            self._set(connection, held, lease_until_ms=0)
            return ids

    def has_late_lease(self, late_ms: int) -> bool:
        """Whether a running job's lease ran out more than so long ago, and nobody took it."""
        late = and_(JobTable.state == "running", JobTable.lease_until_ms < self._clock() - late_ms)
        with self._database.read() as connection:
            return connection.execute(select(JobTable.id).where(late).limit(1)).first() is not None

    def due_jobs(self, *, kinds: Collection[str] = (), but: Collection[str] = ()) -> dict[str, str]:
        """The ids of jobs that can be claimed, in the order in which they became due.

        Each with the model that it needs, "" where it needs none. With `kinds` those of these
        kinds, else all `but` some.
        """
        due = select(*JOB_COLUMNS).where(_due(self._clock()), JobTable.kind.not_in(but))
        if kinds:
            due = due.where(JobTable.kind.in_(kinds))
        ordered = due.order_by(JobTable.due_ms, JobTable.id)
        with self._database.read() as connection:
            jobs = [JobRow(*row) for row in connection.execute(ordered)]
        return {job.id: job.model for job in jobs}

    def _set(self, connection: Connection, which: ColumnElement[bool], **values: object) -> int:
        changed = update(JobTable).where(which).values(updated_ms=self._clock(), **values)
        return connection.execute(changed).rowcount

    def _end(self, connection: Connection, which: ColumnElement[bool], **values: object) -> None:
        self._set(connection, which, worker=None, lease_until_ms=None, eta_ms=None, **values)

    def _own(self, connection: Connection, job_id: str, fence: int, **values: object) -> JobRow:
        mine = and_(JobTable.id == job_id, JobTable.fence == fence, JobTable.state == "running")
        if self._set(connection, mine, **values) == 0:
            raise LeaseLost(job_id)
        return _job(connection, job_id)


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


def has_come(moment_ms: SQLColumnExpression[Any], now_ms: int) -> ColumnElement[bool]:
    """Whether a moment that is waited for has come.

    Nothing is put off for longer: what lies further ahead, a clock that was set back put there.
    """
    return or_(moment_ms <= now_ms, moment_ms > now_ms + _LONGEST_WAIT_MS)


def _due(now_ms: int) -> ColumnElement[bool]:
    table = JobTable
    return or_(
        and_(table.state == "queued", has_come(table.due_ms, now_ms)),
        and_(table.state == "running", has_come(table.lease_until_ms, now_ms)),
    )


def _job(connection: Connection, job_id: str) -> JobRow:
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
