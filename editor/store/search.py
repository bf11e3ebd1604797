"""Finding words, phrases, speakers and notes in all transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Select, exists, false, or_, select

from editor.store.db.database import StorePart
from editor.store.db.tables import SegmentTable, TranscriptTable
from editor.store.over_line_ends import over_line_ends
from editor.store.rows import Found
from editor.store.sought_words import SoughtWords, sought_words
from editor.store.word_index import (
    hits,
    is_sqlite,
    joined_to_segments,
    matching,
    transcripts_of,
)

#: Names and notes are at most such a part of what is found, so that texts are seen beside them.
_SHARE = 5
#: So many at most lead to transcripts in the list.
_SOME = 200
_HERE = SegmentTable.removed.is_(False), TranscriptTable.deleted_ms.is_(None)


class Search(StorePart):
    """Looking through all that is written."""

    def search(self, query: str, *, limit: int = 50) -> list[Found]:
        """Speakers, notes and segments that hold all words and phrases of a query; best first.

        The last word may be begun only, and words stand in any order; where they stand in a row
        as they were typed, perhaps over the end of a line, comes first. Case and accents do not
        matter. What is in the trash is left out.
        """
        sought = sought_words(query)
        if not sought:
            return []
        with self._database.read() as connection:
            found = _by_speakers(connection, sought, limit // _SHARE)
            found += _in_notes(connection, sought, limit // _SHARE)
            for some in _in_texts(connection, sought, limit):
                found += some
                if len(found) >= limit:
                    break
        return list({(one.kind, one.segment_id, one.transcript_id): one for one in found}.values())[
            :limit
        ]


def holding(connection: Connection, query: str) -> ColumnElement[bool]:
    """The condition for transcripts in which `search` would find something."""
    sought = sought_words(query)
    if not sought:
        return false()
    table, segments = TranscriptTable, SegmentTable
    if is_sqlite(connection):
        texts = transcripts_of(hits(sought))
    else:
        there = segments.removed.is_(False), matching(sought)
        texts = select(segments.transcript_id).where(*there)
    conditions: list[ColumnElement[bool]] = [table.id.in_(texts)]
    in_a_row = sought.in_a_row
    over_ends = over_line_ends(connection, in_a_row, _SOME) if in_a_row else []
    listed = {one.transcript_id for one in (*over_ends, *_in_notes(connection, sought, _SOME))}
    if listed:
        conditions.append(table.id.in_(listed))
    names = _speakers(connection, sought)
    if names:
        conditions.append(
            exists().where(
                segments.speaker.in_(names),
                segments.transcript_id == table.id,
                segments.removed.is_(False),
            )
        )
    return or_(*conditions)


def _columns() -> Select[str, str, str, int | None, str]:
    return select(
        TranscriptTable.id,
        TranscriptTable.title,
        SegmentTable.id,
        SegmentTable.first_start_ms,
        SegmentTable.text,
    )


def _in_texts(connection: Connection, sought: SoughtWords, limit: int) -> Iterator[list[Found]]:
    """What is found in texts, the best first, in the order of what it takes to find it."""
    in_a_row = sought.in_a_row
    if in_a_row:
        yield _with_terms(connection, in_a_row, limit)
        yield over_line_ends(connection, in_a_row, limit)
    if sought != in_a_row:
        yield _with_terms(connection, sought, limit)


def _with_terms(connection: Connection, sought: SoughtWords, limit: int) -> list[Found]:
    if is_sqlite(connection):
        ranked = hits(sought)
        joined = joined_to_segments(ranked).join(
            TranscriptTable.__table__, SegmentTable.transcript_id == TranscriptTable.id
        )
        query = _columns().select_from(joined).where(*_HERE).order_by(ranked.c.rank)
    else:
        query = (
            _columns()
            .join(TranscriptTable, SegmentTable.transcript_id == TranscriptTable.id)
            .where(*_HERE, matching(sought))
        )
    return [Found(*row) for row in connection.execute(query.limit(limit))]


def _in_notes(connection: Connection, sought: SoughtWords, limit: int) -> list[Found]:
    """Notes are few beside texts, and an index names the segments that have one."""
    query = (
        _columns()
        .add_columns(SegmentTable.note)
        .join(TranscriptTable, SegmentTable.transcript_id == TranscriptTable.id)
        .where(*_HERE, SegmentTable.note != "")
    )
    found: list[Found] = []
    for transcript_id, title, segment_id, start_ms, _, note in connection.execute(query):
        if len(found) < limit and sought.is_in(note):
            found.append(Found(transcript_id, title, segment_id, start_ms, note, "note"))
    return found


def _by_speakers(connection: Connection, sought: SoughtWords, limit: int) -> list[Found]:
    """Where each speaker of such a name begins, in each transcript."""
    own, first = SegmentTable, SegmentTable.__table__.alias("first")
    found: list[Found] = []
    for name in _speakers(connection, sought):
        begins = (
            select(first.c.id)
            .where(
                first.c.speaker == name,
                first.c.transcript_id == TranscriptTable.id,
                first.c.removed.is_(False),
            )
            .order_by(first.c.position)
            .limit(1)
            .correlate(TranscriptTable)
            .scalar_subquery()
        )
        query = (
            _columns()
            .join(own, own.transcript_id == TranscriptTable.id)
            .where(*_HERE, own.id == begins)
            .order_by(TranscriptTable.created_ms.desc(), TranscriptTable.id)
        )
        for transcript_id, title, segment_id, start_ms, _ in connection.execute(
            query.limit(limit - len(found))
        ):
            found.append(Found(transcript_id, title, segment_id, start_ms, name, "speaker"))
        if len(found) >= limit:
            break
    return found


def _speakers(connection: Connection, sought: SoughtWords) -> Sequence[str]:
    """The names of speakers that have what is sought, of all transcripts.

    Each name costs one look into the index of speakers, however often it is there.
    """
    speaker = SegmentTable.speaker
    first = select(speaker.label("name")).where(speaker.is_not(None)).order_by(speaker).limit(1)
    names = select(first.scalar_subquery().label("name")).cte("names", recursive=True)
    further = (
        select(speaker)
        .where(speaker > names.c.name)
        .order_by(speaker)
        .limit(1)
        .correlate(names)
        .scalar_subquery()
    )
    names = names.union_all(select(further).where(names.c.name.is_not(None)))
    found = connection.execute(select(names.c.name).where(names.c.name.is_not(None))).scalars()
    return [name for name in found if sought.is_in(name)]
