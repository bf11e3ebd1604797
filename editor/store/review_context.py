"""All that doubts of some segments are judged by, as one state of the transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from sqlalchemy import select

from editor.document import RecognisedWord, Segment
from editor.review import Kept, Listened
from editor.store.db.database import StorePart
from editor.store.db.tables import TranscriptTable
from editor.store.dismissed import kept_in
from editor.store.glossary import glossary_in
from editor.store.rows import StoredSegment
from editor.store.versions import PastReader
from editor.store.word_scores import listened_between

#: Heard words this far outside a segment may still belong to it.
_MARGIN_MS = 5_000


@dataclass(frozen=True)
class Ground:
    """Segments with those beside them, in order, and what was heard and told around these.

    `wanted` are the ids of those to be judged, so far as they are recognised, `kept` all doubts of
    the transcript that people kept.
    """

    segments: Sequence[Segment]
    wanted: frozenset[str]
    heard: Sequence[RecognisedWord]
    listened: Listened
    kept: Sequence[Kept]
    language: str | None


class JudgingReader(PastReader):
    """Reads what doubts are judged by, too."""

    def ground(self, stored: Sequence[StoredSegment]) -> Ground:
        """What the doubts of some segments are judged by."""
        segments = self.with_neighbours(stored)
        settled_ms = self._settled_ms()
        wanted = frozenset(
            one.segment.id
            for one in stored
            if one.segment.words and one.segment.words[-1].start_ms < settled_ms
        )
        timed = [segment for segment in segments if segment.words]
        if not timed:
            return Ground(segments, wanted, (), Listened(), (), None)
        start_ms = max(0, min(segment.words[0].start_ms for segment in timed) - _MARGIN_MS)
        ends = (word.end_ms for segment in timed for word in segment.words)
        end_ms = max(ends) + _MARGIN_MS
        heard = self.heard_words(start_ms, end_ms)
        if not heard:
            return Ground(segments, wanted, (), Listened(), (), None)
        listened = listened_between(self._connection, self._transcript_id, start_ms, end_ms)
        kept = kept_in(self._connection, self._transcript_id)
        return Ground(segments, wanted, heard, listened, kept, self.language())

    def _settled_ms(self) -> float:
        """What begins before this is recognised; all of it, once the recording is."""
        table = TranscriptTable
        query = select(table.settled_ms, table.duration_ms).where(table.id == self._transcript_id)
        settled_ms, duration_ms = self._connection.execute(query).one()
        is_partly = 0 < settled_ms < (duration_ms or 0)
        return settled_ms if is_partly else inf

    def language(self) -> str | None:
        """The language of the transcript (ISO 639-1), None while it is not known."""
        table = TranscriptTable
        query = select(table.language).where(table.id == self._transcript_id)
        return self._connection.execute(query).scalar_one_or_none()

    def glossary(self) -> list[str]:
        """The terms of the transcript's glossary, then those of the one for all."""
        own = glossary_in(self._connection, self._transcript_id)
        return [*own, *glossary_in(self._connection, None)]


class Judging(StorePart):
    """Reading what doubts are judged by."""

    def ground(self, transcript_id: str, stored: Sequence[StoredSegment]) -> Ground:
        """What the doubts of some segments are judged by."""
        with self._database.read() as connection:
            return JudgingReader(connection, transcript_id).ground(stored)
