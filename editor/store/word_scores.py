"""How likely words are where they stand, as listening for them told, saved chunk by chunk."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Update, insert, select, update

from editor.review import Sounding, Told, WordScores
from editor.store.db.database import StorePart
from editor.store.db.tables import SegmentTable, TranscriptTable, WordScoreTable
from editor.store.transcripts import lock_transcript, next_seq

#: A word may have been moved a little since it was listened for.
_MARGIN_MS = 5_000


def word_scores_between(
    connection: Connection, transcript_id: str, start_ms: int, end_ms: int | None
) -> WordScores:
    """What was told about words in [start_ms, end_ms) by the latest recognition's model."""
    table, transcripts = WordScoreTable, TranscriptTable
    query = (
        select(table.written, table.recognised)
        .join(transcripts, transcripts.id == table.transcript_id)
        .where(
            table.transcript_id == transcript_id,
            table.recognition == transcripts.recognition,
            table.end_ms > start_ms - _MARGIN_MS,
        )
    )
    if end_ms is not None:
        query = query.where(table.start_ms < end_ms + _MARGIN_MS)
    written: dict[str, tuple[Told, ...]] = {}
    recognised: dict[int, float] = {}
    soundings: dict[str, tuple[Sounding, ...]] = {}
    for words, logs in connection.execute(query):
        for text, start, end, told in words:
            if isinstance(told, str):
                soundings[text] = (*soundings.get(text, ()), (start, end, told))
            else:
                written[text] = (*written.get(text, ()), (start, end, told))
        recognised |= {int(one): log for one, log in logs}
    return WordScores(written, recognised, soundings)


class ScoredChunks(StorePart):
    """Saving and finding what listening told."""

    def save_word_scores(
        self,
        transcript_id: str,
        recognition: str,
        chunk_number: int,
        start_ms: int,
        end_ms: int,
        scores: WordScores,
    ) -> int:
        """Save what was told of the words of one chunk, once; gives the new `seq`.

        The segments in [start_ms, end_ms) count as written, so that others learn of it.
        """
        table = WordScoreTable
        written = [
            [text, *told]
            for by_text in (scores.written, scores.soundings)
            for text, many in by_text.items()
            for told in many
        ]
        with self._database.write() as connection:
            seq = lock_transcript(connection, transcript_id)
            key = (table.transcript_id == transcript_id, table.recognition == recognition)
            same = select(table.number).where(*key, table.number == chunk_number)
            if connection.execute(same).first() is not None:
                return seq
            connection.execute(
                insert(table).values(
                    transcript_id=transcript_id,
                    recognition=recognition,
                    number=chunk_number,
                    start_ms=start_ms,
                    end_ms=end_ms,
                    written=written,
                    recognised=[list(one) for one in scores.recognised.items()],
                )
            )
            seq = next_seq(connection, transcript_id, self._clock())
            connection.execute(_inside(transcript_id, start_ms, end_ms).values(seq=seq))
            return seq

    def scored_pieces(self, transcript_id: str, recognition: str) -> list[tuple[int, int, int]]:
        """The pieces that are scored, each with its number, start and end in ms, in order."""
        table = WordScoreTable
        query = select(table.number, table.start_ms, table.end_ms).where(
            table.transcript_id == transcript_id, table.recognition == recognition
        )
        with self._database.read() as connection:
            return [(*row,) for row in connection.execute(query.order_by(table.number))]

    def save_soundings(
        self,
        transcript_id: str,
        recognition: str,
        chunk_number: int,
        soundings: Mapping[str, tuple[Sounding, ...]],
    ) -> None:
        """Put which terms were said in one chunk in the place of what was told of it before.

        Where that is something else, the chunk's segments count as written.
        """
        table = WordScoreTable
        key = (
            table.transcript_id == transcript_id,
            table.recognition == recognition,
            table.number == chunk_number,
        )
        found = [[text, *one] for text, many in soundings.items() for one in many]
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            query = select(table.written, table.start_ms, table.end_ms).where(*key)
            row = connection.execute(query).first()
            if row is None:
                return
            kept = [one for one in row.written if not isinstance(one[3], str)]
            if [one for one in row.written if isinstance(one[3], str)] == found:
                return
            connection.execute(update(table).where(*key).values(written=[*kept, *found]))
            seq = next_seq(connection, transcript_id, self._clock())
            connection.execute(_inside(transcript_id, row.start_ms, row.end_ms).values(seq=seq))

    def scored_chunks(self, transcript_id: str, recognition: str) -> set[int]:
        """The numbers of the pieces that are scored."""
        table = WordScoreTable
        query = select(table.number).where(
            table.transcript_id == transcript_id, table.recognition == recognition
        )
        with self._database.read() as connection:
            return set(connection.execute(query).scalars())

    def word_scores(
        self, transcript_id: str, *, start_ms: int = 0, end_ms: int | None = None
    ) -> WordScores:
        """What was told about words in [start_ms, end_ms) by the latest recognition's model."""
        with self._database.read() as connection:
            return word_scores_between(connection, transcript_id, start_ms, end_ms)


def _inside(transcript_id: str, start_ms: int, end_ms: int) -> Update:
    """Writes the segments that reach into [start_ms, end_ms)."""
    table = SegmentTable
    return update(table).where(
        table.transcript_id == transcript_id,
        table.first_start_ms < end_ms,
        table.last_start_ms >= start_ms,
    )
