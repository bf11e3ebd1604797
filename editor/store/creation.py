"""A new transcript with its text and its first job: all there, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from editor.document import Segment, check_order
from editor.store.db.database import StorePart
from editor.store.db.tables import (
    GlossaryTermTable,
    ImportedTextTable,
    SegmentTable,
    TranscriptTable,
)
from editor.store.jobs import insert_job
from editor.store.rows import FirstJob, TranscriptRow
from editor.store.segments import GAP, row_from_segment


def new_transcript_id() -> str:
    """A fresh id for a transcript, which is also the name of its folder.

    Commands take it as an argument: it begins with no hyphen.
    """
    while (transcript_id := secrets.token_urlsafe(9)).startswith("-"):
        pass
    return transcript_id


class Creation(StorePart):
    """Making transcripts."""

    def create_transcript(
        self,
        *,
        title: str,
        media_name: str,
        model: str,
        transcript_id: str | None = None,
        media_path: str | None = None,
        duration_ms: int | None = None,
        has_video: bool = False,
        language: str | None = None,
        imported: bytes | None = None,
        imported_name: str | None = None,
        imported_format: str | None = None,
        imported_encoding: str | None = None,
        problems: Sequence[dict[str, Any]] = (),
        segments: Sequence[Segment] = (),
        frame_us: int | None = None,
        track: int | None = None,
        tracks: list[str] | None = None,
        first_job: FirstJob | None = None,
        glossary: Sequence[str] = (),
    ) -> TranscriptRow:
        """Save a new transcript; `imported` is the user's text file as it came.

        `first_job` is queued with it, `glossary` holds the terms to listen for.
        """
        check_order(segments)
        now = self._clock()
        row = TranscriptRow(
            id=transcript_id or new_transcript_id(),
            title=title,
            media_name=media_name,
            media_path=media_path,
            browser_copy_path=None,
            duration_ms=duration_ms,
            has_video=has_video,
            model=model,
            language=language,
            seq=1 if segments else 0,
            created_ms=now,
            updated_ms=now,
            coverage=None,
            imported_name=imported_name,
            imported_format=imported_format,
            imported_encoding=imported_encoding,
            problems=list(problems),
            recognised_until_ms=0,
            recognition=None,
            frame_us=frame_us,
            generated_until_ms=None if segments or imported is not None else 0,
            track=track,
            tracks=tracks,
        )
        columns = {name: getattr(row, name) for name in TranscriptRow.__dataclass_fields__}
        rows = [
            row_from_segment(row.id, segment, number * GAP, row.seq)
            for number, segment in enumerate(segments, start=1)
        ]
        with self._database.write() as connection:
            connection.execute(insert(TranscriptTable).values(columns))
            if imported is not None:
                text = {"transcript_id": row.id, "content": imported}
                connection.execute(insert(ImportedTextTable).values(text))
            if rows:
                connection.execute(insert(SegmentTable), rows)
            if glossary:
                terms = [{"transcript_id": row.id, "term": term} for term in glossary]
                connection.execute(insert(GlossaryTermTable), terms)
            if first_job is not None:
                insert_job(
                    connection,
                    now,
                    first_job.kind,
                    row.id,
                    first_job.params,
                    unique_key=f"{first_job.kind}:{row.id}",
                    job_id=first_job.id,
                )
        return row
