"""Transcripts without their segments: title, media, settings, the imported file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select, update

from editor.errors import NotFound
from editor.store.db.database import StorePart
from editor.store.db.tables import ImportedTextTable, TranscriptTable
from editor.store.rows import TranscriptRow

#: What a row of a transcript holds.
COLUMNS = tuple(getattr(TranscriptTable, name) for name in TranscriptRow.__dataclass_fields__)
_UNCHANGED: Any = object()


def lock_transcript(connection: Connection, transcript_id: str) -> int:
    """Make other writers of this transcript wait; gives its `seq`.

    Raises:
        NotFound: there is no such transcript.
    """
    return current_seq(connection, transcript_id, lock=True)


def current_seq(connection: Connection, transcript_id: str, *, lock: bool = False) -> int:
    """The number of the last write of a transcript.

    Raises:
        NotFound: there is no such transcript.
    """
    table = TranscriptTable
    found = select(table.seq).where(table.id == transcript_id)
    seq = connection.execute(found.with_for_update() if lock else found).scalar_one_or_none()
    if seq is None:
        raise NotFound("transcript", transcript_id)
    return seq


def next_seq(connection: Connection, transcript_id: str, now_ms: int) -> int:
    """Number the present write of a transcript.

    Raises:
        NotFound: there is no such transcript.
    """
    table = TranscriptTable
    numbered = (
        update(table)
        .where(table.id == transcript_id)
        .values(seq=table.seq + 1, updated_ms=now_ms)
        .returning(table.seq)
    )
    seq = connection.execute(numbered).scalar_one_or_none()
    if seq is None:
        raise NotFound("transcript", transcript_id)
    return seq


class Transcripts(StorePart):
    """Changing and deleting transcripts."""

    def transcript(self, transcript_id: str) -> TranscriptRow:
        """One transcript.

        Raises:
            NotFound: there is none with this id.
        """
        with self._database.read() as connection:
            return transcript_row(connection, transcript_id)

    def update_transcript(
        self,
        transcript_id: str,
        *,
        title: str = _UNCHANGED,
        media_name: str = _UNCHANGED,
        media_path: str | None = _UNCHANGED,
        browser_copy_path: str | None = _UNCHANGED,
        duration_ms: int | None = _UNCHANGED,
        has_video: bool = _UNCHANGED,
        model: str = _UNCHANGED,
        language: str | None = _UNCHANGED,
        coverage: dict[str, Any] | None = _UNCHANGED,
        problems: list[dict[str, Any]] = _UNCHANGED,
        recognised_until_ms: int = _UNCHANGED,
        frame_us: int | None = _UNCHANGED,
        generated_until_ms: int | None = _UNCHANGED,
        track: int | None = _UNCHANGED,
        tracks: list[str] | None = _UNCHANGED,
    ) -> TranscriptRow:
        """Change what is named; the rest stays."""
        given = {
            "title": title,
            "media_name": media_name,
            "media_path": media_path,
            "browser_copy_path": browser_copy_path,
            "duration_ms": duration_ms,
            "has_video": has_video,
            "model": model,
            "language": language,
            "coverage": coverage,
            "problems": problems,
            "recognised_until_ms": recognised_until_ms,
            "frame_us": frame_us,
            "generated_until_ms": generated_until_ms,
            "track": track,
            "tracks": tracks,
        }
        changed = {name: value for name, value in given.items() if value is not _UNCHANGED}
        with self._database.write() as connection:
            next_seq(connection, transcript_id, self._clock())
            if changed:
                table = TranscriptTable
                connection.execute(update(table).where(table.id == transcript_id).values(changed))
            return transcript_row(connection, transcript_id)

    def delete_transcript(self, transcript_id: str) -> None:
        """Delete a transcript with all that belongs to it in the database, not its files."""
        with self._database.write() as connection:
            table = TranscriptTable
            deleted = connection.execute(delete(table).where(table.id == transcript_id))
            if deleted.rowcount == 0:
                raise NotFound("transcript", transcript_id)

    def imported_text(self, transcript_id: str) -> bytes | None:
        """The user's text file as it came; None where the transcript began without one."""
        with self._database.read() as connection:
            transcript_row(connection, transcript_id)
            table = ImportedTextTable
            content = select(table.content).where(table.transcript_id == transcript_id)
            return connection.execute(content).scalar_one_or_none()


def transcript_row(connection: Connection, transcript_id: str) -> TranscriptRow:
    """One transcript as the running transaction sees it.

    Raises:
        NotFound: there is none with this id.
    """
    found = select(*COLUMNS).where(TranscriptTable.id == transcript_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        raise NotFound("transcript", transcript_id)
    return TranscriptRow(*row)
