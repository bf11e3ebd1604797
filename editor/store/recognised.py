"""The words recognition heard, saved chunk by chunk and never changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from editor.document import RecognisedWord
from editor.store.db.codec import list_from_recognised, recognised_from_list
from editor.store.db.database import StorePart
from editor.store.db.tables import ChunkTable, TranscriptTable
from editor.store.transcripts import lock_transcript, next_seq


def recognised_between(
    connection: Connection,
    transcript_id: str,
    start_ms: int | None = None,
    end_ms: int | None = None,
    recognition: str | None = None,
) -> list[RecognisedWord]:
    """The recognised words that overlap [start_ms, end_ms), by time; of the latest by default."""
    table, transcripts = ChunkTable, TranscriptTable
    chunks = (
        select(table.number, table.words)
        .where(table.transcript_id == transcript_id)
        .order_by(table.start_ms, table.number)
    )
    if recognition is None:
        chunks = chunks.join(transcripts, transcripts.id == table.transcript_id).where(
            table.recognition == transcripts.recognition
        )
    else:
        chunks = chunks.where(table.recognition == recognition)
    if start_ms is not None:
        chunks = chunks.where(table.words_end_ms > start_ms)
    if end_ms is not None:
        chunks = chunks.where(table.words_start_ms < end_ms)
    words = [
        word
        for number, items in connection.execute(chunks)
        for word in recognised_from_list(items, number)
        if (start_ms is None or word.end_ms > start_ms)
        and (end_ms is None or word.start_ms < end_ms)
    ]
    return sorted(words, key=lambda word: word.start_ms)


class RecognisedWords(StorePart):
    """Saving and finding recognised words."""

    def save_chunk(
        self,
        transcript_id: str,
        recognition: str,
        chunk_number: int,
        start_ms: int,
        end_ms: int,
        words: Sequence[RecognisedWord],
    ) -> bool:
        """Save the words of one chunk; False when it was saved before, and nothing is done.

        The recognition becomes the transcript's latest.
        """
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            if chunk_number in _numbers(connection, transcript_id, recognition):
                return False
            connection.execute(
                insert(ChunkTable).values(
                    transcript_id=transcript_id,
                    recognition=recognition,
                    number=chunk_number,
                    start_ms=start_ms,
                    end_ms=end_ms,
                    words_start_ms=min((word.start_ms for word in words), default=None),
                    words_end_ms=max((word.end_ms for word in words), default=None),
                    words=list_from_recognised(words),
                )
            )
            next_seq(connection, transcript_id, self._clock())
            table = TranscriptTable
            connection.execute(
                update(table).where(table.id == transcript_id).values(recognition=recognition)
            )
            return True

    def recognised_chunks(self, transcript_id: str, recognition: str) -> set[int]:
        """The numbers of the chunks that are done."""
        with self._database.read() as connection:
            return _numbers(connection, transcript_id, recognition)

    def recognised_words(
        self,
        transcript_id: str,
        *,
        start_ms: int | None = None,
        end_ms: int | None = None,
        recognition: str | None = None,
    ) -> list[RecognisedWord]:
        """The words that overlap [start_ms, end_ms), of the latest recognition or the one named."""
        with self._database.read() as connection:
            return recognised_between(connection, transcript_id, start_ms, end_ms, recognition)


def _numbers(connection: Connection, transcript_id: str, recognition: str) -> set[int]:
    table = ChunkTable
    found = select(table.number).where(
        table.transcript_id == transcript_id, table.recognition == recognition
    )
    return set(connection.execute(found).scalars())
