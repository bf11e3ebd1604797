"""The order in which jobs that wait have their turn, as people see and change it."""

from __future__ import annotations

from sqlalchemy import select, update

from editor.store.db.database import StorePart
from editor.store.db.tables import JobTable, TranscriptTable
from editor.store.jobs import IN_TURN, job_row
from editor.store.rows import JobRow, QueuedJob


class JobOrder(StorePart):
    """Which job comes when, and giving one another turn."""

    def queue(self, kind: str) -> list[QueuedJob]:
        """The jobs of a kind that run, and behind them those that wait, in the order of turns."""
        table = JobTable
        query = (
            select(table.id, TranscriptTable.id, TranscriptTable.title, table.state)
            .join(TranscriptTable, TranscriptTable.id == table.transcript_id)
            .where(table.kind == kind, table.state.in_(("queued", "running")))
            .order_by(table.state.desc(), *IN_TURN)
        )
        with self._database.read() as connection:
            return [
                QueuedJob(job_id, transcript_id, title, state == "running")
                for job_id, transcript_id, title, state in connection.execute(query)
            ]

    def move_job(self, job_id: str, before_id: str | None) -> JobRow:
        """Let a job that waits have its turn just before another of its kind; without one, last.

        A job that runs stays as it is; where the other has begun meanwhile, the job comes next.
        The turns themselves stay among those that wait, so that jobs of other kinds keep theirs.
        """
        table, now = JobTable, self._clock()
        with self._database.write() as connection:
            job = job_row(connection, job_id)
            waiting = (
                select(table.id, table.due_ms)
                .where(table.kind == job.kind, table.state == "queued")
                .order_by(*IN_TURN)
            )
            due_ms = dict(iter(connection.execute(waiting)))
            if job_id not in due_ms or before_id == job_id:
                return job
            order = [item for item in due_ms if item != job_id]
            at = 0 if before_id else len(order)
            order.insert(order.index(before_id) if before_id in order else at, job_id)
            # One that waits for a while, after an attempt that failed, would hold up all behind it.
            turns = [min(turn, now) for turn in due_ms.values()]
            for number in reversed(range(len(order) - 1)):
                turns[number] = min(turns[number], turns[number + 1] - 1)
            for item, turn in zip(order, turns, strict=True):
                if due_ms[item] != turn:
                    changed = update(table).where(table.id == item)
                    connection.execute(changed.values(due_ms=turn, updated_ms=now))
            return job_row(connection, job_id)
