"""Phrases that begin in one segment and end in the next, which no index of segments has whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from editor.store.db.tables import SegmentTable, TranscriptTable
from editor.store.rows import Found
from editor.store.sought_words import SoughtWords, starts_with, words_of
from editor.store.word_index import hits, is_sqlite, joined_to_segments, matching

#: In so many segments a phrase is looked for, the newest first: two words that are frequent
#: everywhere would lead to all of a library.
_MOST_SEGMENTS = 2000
#: A phrase is cut in two at the first so many places.
_MOST_CUTS = 12


def over_line_ends(connection: Connection, phrase: SoughtWords, limit: int) -> list[Found]:
    """The segments in which a phrase begins that ends in the one below; `text` has both."""
    words = phrase.terms[0].split()
    cuts = range(1, min(len(words), _MOST_CUTS + 1))
    found: list[Found] = []
    for cut in cuts:
        head, tail = words[:cut], words[cut:]
        for row in _candidates(connection, head, tail, phrase, _MOST_SEGMENTS // len(cuts)):
            above, below = row[-2:]
            ends = words_of(above)[::-1], words_of(" ".join(head))[::-1]
            if starts_with(*ends, is_begun=False) and starts_with(
                words_of(below), words_of(" ".join(tail)), is_begun=phrase.is_begun
            ):
                transcript_id, title, segment_id, start_ms = row[:4]
                found.append(Found(transcript_id, title, segment_id, start_ms, f"{above} {below}"))
        if len(found) >= limit:
            break
    return found[:limit]


def _candidates(
    connection: Connection, head: list[str], tail: list[str], phrase: SoughtWords, most: int
) -> Iterator[Any]:
    """Pairs of segments of which one has its part of the phrase: the longer part, the rarer one."""
    leads = len(head) > len(tail)
    part = (
        SoughtWords((" ".join(head),), is_begun=False)
        if leads
        else SoughtWords((" ".join(tail),), phrase.is_begun)
    )
    own = SegmentTable.__table__
    if is_sqlite(connection):
        joined: Any = joined_to_segments(hits(part, at_start=not leads, newest=most))
        there: Any = own.c.removed.is_(False)
    else:
        joined, there = own, matching(part)
    yield from connection.execute(_pairs(joined, leads).where(there).limit(most))


def _pairs(joined: Any, leads: bool) -> Select[Any]:
    """Segments with the one below (if they lead) or above."""
    own, other = SegmentTable.__table__, SegmentTable.__table__.alias("other")
    beside = SegmentTable.__table__.alias("beside")
    side = beside.c.position > own.c.position if leads else beside.c.position < own.c.position
    order = beside.c.position if leads else beside.c.position.desc()
    # By its id: SQLite would take the index of what is reviewed to find one by its position.
    neighbour = (
        select(beside.c.id)
        .where(beside.c.transcript_id == own.c.transcript_id, side, beside.c.removed.is_(False))
        .order_by(order)
        .limit(1)
        .correlate(own)
        .scalar_subquery()
    )
    first, second = (own, other) if leads else (other, own)
    pair = joined.join(
        other,
        (other.c.transcript_id == own.c.transcript_id) & (other.c.id == neighbour),
    ).join(TranscriptTable.__table__, TranscriptTable.id == own.c.transcript_id)
    return (
        select(
            TranscriptTable.id,
            TranscriptTable.title,
            first.c.id,
            first.c.first_start_ms,
            first.c.text.label("above"),
            second.c.text.label("below"),
        )
        .select_from(pair)
        .where(own.c.removed.is_(False), TranscriptTable.deleted_ms.is_(None))
    )
