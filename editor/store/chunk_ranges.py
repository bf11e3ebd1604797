"""Ranges of chunks of a recording that wait for any worker, while the job that shares them runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from editor.errors import LeaseLost
from editor.store.db.database import StorePart
from editor.store.db.tables import ChunkRangeTable, JobTable
from editor.store.jobs import JOB_COLUMNS
from editor.store.leases import has_come
from editor.store.rows import ChunkRangeRow, JobRow

_COLUMNS = tuple(getattr(ChunkRangeTable, name) for name in ChunkRangeRow.__dataclass_fields__)


class ChunkRanges(StorePart):
    """Sharing the chunks of a recording out; a range that was recognised is forgotten."""

    def share_chunk_ranges(
        self, job_id: str, bounds: Sequence[tuple[int, int]], language: str, *, lease_ms: int = 0
    ) -> ChunkRangeRow | None:
        """Let any worker hear the chunks from each first to before each end, and no others.

        With a lease the first range is taken by who asks, and given.
        """
        now = self._clock()
        rows = [
            {
                "job_id": job_id,
                "first_chunk": first,
                "end_chunk": end,
                "language": language,
                "fence": 0,
                "lease_until_ms": now + lease_ms if lease_ms and number == 0 else None,
            }
            for number, (first, end) in enumerate(bounds)
        ]
        with self._database.write() as connection:
            connection.execute(delete(ChunkRangeTable).where(ChunkRangeTable.job_id == job_id))
            if rows:
                connection.execute(insert(ChunkRangeTable), rows)
            if not lease_ms:
                return None
            first_one = select(*_COLUMNS).where(ChunkRangeTable.job_id == job_id)
            found = connection.execute(
                first_one.order_by(ChunkRangeTable.id).limit(1)
            ).one_or_none()
            return ChunkRangeRow(*found) if found else None

    def offer_help(self, models: Collection[str] = ()) -> None:
        """Tell all running jobs, or those of some `models`, that a worker would help."""
        unaware = [JobTable.state == "running", JobTable.help_offered.is_(False)]
        unaware += [_needs(models)] if models else []
        found = select(JobTable.id).where(*unaware)
        with self._database.read() as connection:
            ids = list(connection.execute(found).scalars())
        if ids:
            told = update(JobTable).where(JobTable.id.in_(ids)).values(help_offered=True)
            with self._database.write() as connection:
                connection.execute(told)

    def is_help_offered(self, job_id: str) -> bool:
        """Whether another worker would hear a part of a job."""
        offered = select(JobTable.help_offered).where(JobTable.id == job_id)
        with self._database.read() as connection:
            return bool(connection.execute(offered).scalar_one_or_none())

    def claim_chunk_range(
        self, lease_ms: int, *, job_id: str | None = None, models: Collection[str] = ()
    ) -> tuple[ChunkRangeRow, JobRow] | None:
        """Take the first range that nobody hears, of a running job; with the job.

        Of the job `job_id` only, or of those of some `models`, where given.
        """
        now, table = self._clock(), ChunkRangeTable
        free = or_(table.lease_until_ms.is_(None), has_come(table.lease_until_ms, now))
        wanted = [free, JobTable.state == "running", JobTable.cancel_requested.is_(False)]
        wanted += [] if job_id is None else [table.job_id == job_id]
        wanted += [_needs(models)] if models else []
        found = (
            select(table.id)
            .join(JobTable, JobTable.id == table.job_id)
            .where(*wanted)
            .order_by(table.id)
            .limit(1)
            .with_for_update(of=table, skip_locked=True)
        )
        with self._database.write() as connection:
            range_id = connection.execute(found).scalar_one_or_none()
            if range_id is None:
                return None
            same = update(table).where(table.id == range_id)
            taken = same.values(fence=table.fence + 1, lease_until_ms=now + lease_ms)
            row = ChunkRangeRow(*connection.execute(taken.returning(*_COLUMNS)).one())
            job = select(*JOB_COLUMNS).where(JobTable.id == row.job_id)
            return row, JobRow(*connection.execute(job).one())

    def renew_chunk_range(self, chunk_range: ChunkRangeRow, lease_ms: int) -> None:
        """Keep a range for another lease; of 0, let it go.

        Raises:
            LeaseLost: another hears it, or it is not wanted any more.
        """
        mine = _is(chunk_range)
        renewed = update(ChunkRangeTable).where(mine)
        with self._database.write() as connection:
            until_ms = self._clock() + lease_ms
            if connection.execute(renewed.values(lease_until_ms=until_ms)).rowcount == 0:
                raise LeaseLost(chunk_range.job_id)

    def finish_chunk_range(self, chunk_range: ChunkRangeRow) -> None:
        """Forget a range that was recognised."""
        with self._database.write() as connection:
            connection.execute(delete(ChunkRangeTable).where(_is(chunk_range)))

    def count_chunk_ranges(self, job_id: str) -> int:
        """How many ranges of a job are not recognised to their end."""
        left = select(func.count(ChunkRangeTable.id)).where(ChunkRangeTable.job_id == job_id)
        with self._database.read() as connection:
            return int(connection.execute(left).scalar_one())


def _needs(models: Collection[str]) -> ColumnElement[bool]:
    named: ColumnElement[str] = JobTable.params["model"].as_string()
    return named.in_(models)


def _is(chunk_range: ChunkRangeRow) -> ColumnElement[bool]:
    return and_(ChunkRangeTable.id == chunk_range.id, ChunkRangeTable.fence == chunk_range.fence)
