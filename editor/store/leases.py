"""Jobs as workers have them: claimed for a lease, renewed, ended, let go."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, and_, or_, select

from editor.errors import LeaseLost
from editor.store.db.tables import JobTable
from editor.store.jobs import IN_TURN, JOB_COLUMNS, Jobs, job_row
from editor.store.rows import JobRow

#: How often a job is begun without getting further, before it is given up.
MAX_ATTEMPTS = 3
#: Leases and pauses before another attempt are shorter than this.
_LONGEST_WAIT_MS = 120_000

_GIVEN_UP = {
    "code": "attempts_exhausted",
    "message": f"the program crashed {MAX_ATTEMPTS} times at this point",
}


class Leases(Jobs):
    """Jobs for workers to take.

    A worker claims a job for a lease that it renews. Its writes carry the fence of its claim and
    are refused with `LeaseLost` once another has claimed the job.
    """

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
                claimed_ms=now,
                attempts=job.attempts + 1,
                fence=job.fence + 1,
                eta_ms=None,
            )
            return job_row(connection, job_id)

    def renew_lease(self, job_id: str, fence: int, lease_ms: int) -> JobRow:
        """Keep a job for another lease; the answer tells whether a cancel was asked for."""
        with self._database.write() as connection:
            self._own(connection, job_id, fence, lease_until_ms=self._clock() + lease_ms)
            return job_row(connection, job_id)

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
            if retry_at_ms is not None and job_row(connection, job_id).attempts < MAX_ATTEMPTS:
                state, due_ms = "queued", retry_at_ms
            else:
                state, due_ms = "failed", self._clock()
            self._end(connection, JobTable.id == job_id, state=state, due_ms=due_ms, error=error)

    def cancel_job(self, job_id: str, fence: int) -> None:
        """End a running job as cancelled."""
        with self._database.write() as connection:
            self._own(connection, job_id, fence)
            self._end(connection, JobTable.id == job_id, state="cancelled")

    def release_job(self, job_id: str, fence: int, *, lets_others_go_first: bool = False) -> None:
        """Put a running job back, as if this attempt had not been."""
        with self._database.write() as connection:
            attempts = max(0, self._own(connection, job_id, fence).attempts - 1)
            values: dict[str, object] = {"state": "queued", "attempts": attempts}
            if lets_others_go_first:
                values["due_ms"] = self._clock()
            self._end(connection, JobTable.id == job_id, **values)

    def put_off_job(
        self, job_id: str, fence: int, error: dict[str, Any] | None, *, due_ms: int
    ) -> None:
        """Put a running job back until `due_ms`, as if this attempt had not been; `error` says what
        it waits for."""
        with self._database.write() as connection:
            attempts = max(0, self._own(connection, job_id, fence).attempts - 1)
            values: dict[str, Any] = {"attempts": attempts, "due_ms": due_ms, "error": error}
            self._end(connection, JobTable.id == job_id, state="queued", **values)

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
        ordered = due.order_by(*IN_TURN)
        with self._database.read() as connection:
            jobs = [JobRow(*row) for row in connection.execute(ordered)]
        return {job.id: job.model for job in jobs}

    def _end(self, connection: Connection, which: ColumnElement[bool], **values: object) -> None:
        self._set(connection, which, worker=None, lease_until_ms=None, eta_ms=None, **values)

    def _own(self, connection: Connection, job_id: str, fence: int, **values: object) -> JobRow:
        mine = and_(JobTable.id == job_id, JobTable.fence == fence, JobTable.state == "running")
        if self._set(connection, mine, **values) == 0:
            raise LeaseLost(job_id)
        return job_row(connection, job_id)


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
