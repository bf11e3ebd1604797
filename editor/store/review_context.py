"""What doubts of some segments are judged by, read as one state of the transcript."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import inf

from sqlalchemy import Connection, select

from editor.document import Segment
from editor.edits.window import Window
from editor.review import Findings, ReviewContext, Voices
from editor.store.db.tables import TranscriptTable
from editor.store.dismissed import dismissed_in
from editor.store.recognised import recognised_between
from editor.store.rows import StoredSegment
from editor.store.segments import SegmentReader
from editor.store.voice_turns import VoiceTurns, turns_in
from editor.store.windows import MARGIN_MS
from editor.store.word_scores import word_scores_between


class ReviewContexts(VoiceTurns):
    """Reading what doubts are judged by."""

    def review_context(self, transcript_id: str, stored: Sequence[StoredSegment]) -> ReviewContext:
        """What the doubts of some segments are judged by."""
        wanted = [one.segment.id for one in stored]
        with self._database.read() as connection:
            segments = SegmentReader(connection, transcript_id).with_neighbours(stored)
            span = _span(segments)
            recognised = recognised_between(connection, transcript_id, *span) if span else []
            if span is None or not recognised:
                return ReviewContext(segments, frozenset(), (), Findings())
            findings = self._findings(connection, transcript_id, *span)
        return ReviewContext.of(segments, wanted, recognised, findings)

    def findings(self, transcript_id: str, window: Window) -> Findings:
        """What is known of a window beside what is in it."""
        span = _span(window.segments)
        if span is None or not window.recognised:
            return Findings()
        with self._database.read() as connection:
            return self._findings(connection, transcript_id, *span)

    def _findings(
        self, connection: Connection, transcript_id: str, start_ms: int, end_ms: int
    ) -> Findings:
        table = TranscriptTable
        query = select(table.recognised_until_ms, table.duration_ms, table.language)
        recognised_until_ms, duration_ms, language = connection.execute(
            query.where(table.id == transcript_id)
        ).one()
        # Until the whole recording is recognised, only what is counts.
        is_partly = 0 < recognised_until_ms < (duration_ms or 0)
        # The names of voices take all of the text: read where a doubt asks for one.
        turns = turns_in(connection, transcript_id, start_ms, end_ms)
        read_whole = partial(self.voices, transcript_id)
        return Findings(
            word_scores_between(connection, transcript_id, start_ms, end_ms),
            dismissed_in(connection, transcript_id),
            recognised_until_ms if is_partly else inf,
            language,
            Voices(turns, read_whole=read_whole),
        )


def _span(segments: Sequence[Segment]) -> tuple[int, int] | None:
    """From where to where words may belong to segments; None where these have none."""
    timed = [segment for segment in segments if segment.words]
    if not timed:
        return None
    start_ms = max(0, min(segment.words[0].start_ms for segment in timed) - MARGIN_MS)
    return start_ms, max(word.end_ms for one in timed for word in one.words) + MARGIN_MS
