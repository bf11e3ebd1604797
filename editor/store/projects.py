"""One transcript with everything that belongs to it, as rows that another library can take."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import DBAPIError

from editor.errors import InvalidValue
from editor.languages import language_code
from editor.store.db.database import StorePart
from editor.store.db.tables import (
    ActivityTable,
    ChunkTable,
    CodeColourTable,
    DismissedDoubtTable,
    DoubtCountTable,
    GlossaryTermTable,
    ImportedTextTable,
    RevisionTable,
    SegmentTable,
    TranscriptTable,
    TranscriptTagTable,
    VersionTable,
    VoiceTurnTable,
    WordScoreTable,
)
from editor.store.project_shapes import check_place, check_shapes
from editor.store.project_values import (
    Row,
    checked_activity,
    checked_chunks,
    checked_revisions,
    checked_row,
    checked_segments,
    checked_word_scores,
)
from editor.store.received import check_received, index_anew, unreadable
from editor.store.tags import checked_tags, known_tags
from editor.store.transcripts import transcript_row

_PARTS: dict[str, Table] = {
    table.name: table
    for table in (
        cls.metadata.tables[cls.__tablename__]
        for cls in (
            SegmentTable,
            RevisionTable,
            ChunkTable,
            VersionTable,
            DismissedDoubtTable,
            WordScoreTable,
            VoiceTurnTable,
            GlossaryTermTable,
            ActivityTable,
            TranscriptTagTable,
            DoubtCountTable,
            CodeColourTable,
        )
    )
}
#: Not in files that the first versions wrote.
_LATER = frozenset(
    {
        *("word_scores", "voice_turns", "glossary_terms", "activity"),
        *("transcript_tags", "doubt_counts", "code_colours"),
    }
)
#: Numbered anew by each library, and spoken of by nothing else.
_NUMBERED = ("versions", "glossary_terms", "activity")
_TRANSCRIPT = TranscriptTable.metadata.tables["transcripts"]
_MOST_ROWS = 5_000_000
#: What a library says itself of each of its transcripts.
_OWN = frozenset({"id", "media_path", "browser_copy_path", "tracks"})
#: What only this library's rows of a project say: whose they are, and which browser made them.
_OWNED = frozenset({"transcript_id", "client"})


class Projects(StorePart):
    """Giving a transcript away whole, and taking one in."""

    def project_rows(self, transcript_id: str) -> dict[str, Any]:
        """All rows of a transcript but its jobs, of one moment, as JSON-ready values.

        Raises:
            NotFound: there is none.
        """
        with self._database.read() as connection:
            transcript_row(connection, transcript_id)
            whole = select(_TRANSCRIPT).where(_TRANSCRIPT.c.id == transcript_id)
            row = dict(connection.execute(whole).mappings().one())
            return {
                "transcript": {name: row[name] for name in row if name not in _OWN},
                **{name: _rows(connection, table, transcript_id) for name, table in _PARTS.items()},
            }

    def check_received(self) -> None:
        """See that an SQLite file somebody sent is a library, and leads to no files of others.

        Raises:
            InvalidValue: it is none; each transcript keeps the rules that hold for a packed one.
        """
        columns = [
            _TRANSCRIPT.c[name] for name in ("id", "media_path", "browser_copy_path", "tracks")
        ]
        try:
            with self._database.write() as connection:
                check_received(connection)
                index_anew(connection)
                own = [dict(row) for row in connection.execute(select(*columns)).mappings()]
            for row in own:
                check_place(row["id"], row["media_path"], row["browser_copy_path"])
                try:
                    _checked(self.project_rows(row["id"]), row)
                except InvalidValue as error:
                    raise InvalidValue(f"transcript {row['id']}", f"{error}") from error
        except (DBAPIError, ValueError, RecursionError) as error:
            raise unreadable(error) from error

    def add_project(
        self,
        rows: object,
        *,
        transcript_id: str,
        media_path: str | None,
        browser_copy_path: str | None,
        tracks: list[str],
        imported: bytes | None,
    ) -> None:
        """Save what `project_rows` gave as a new transcript; all of it or nothing.

        Raises:
            InvalidValue: the rows are not what this version writes, or break a rule.
        """
        now = self._clock()
        own: Row = {
            "id": transcript_id,
            "media_path": media_path,
            "browser_copy_path": browser_copy_path,
        }
        own |= {"tracks": tracks, "deleted_ms": None, "created_ms": now, "updated_ms": now}
        transcript, parts = _checked(rows, own)
        with self._database.write() as connection:
            connection.execute(insert(_TRANSCRIPT).values(transcript))
            if imported is not None:
                text = {"transcript_id": transcript_id, "content": imported}
                connection.execute(insert(ImportedTextTable).values(text))
            numbers = _add_revisions(connection, parts["revisions"])
            for version in parts["versions"]:
                version["revision_id"] = _renumbered(numbers, version["revision_id"])
            for row in (row for name in _NUMBERED for row in parts[name]):
                del row["id"]
            # A tag that this library has in other capital letters is that one.
            known = {tag.casefold(): tag for tag in known_tags(connection)}
            for row in parts["transcript_tags"]:
                row["tag"] = known.get(row["tag"].casefold(), row["tag"])
            for name in _PARTS:
                if name != "revisions" and parts[name]:
                    connection.execute(insert(_PARTS[name]), parts[name])


def _checked(rows: object, own: Row) -> tuple[Row, dict[str, list[Row]]]:
    """The row of a transcript and its parts, as they can be saved; `own` is ours to say.

    Raises:
        InvalidValue: they are not what this version writes, or break a rule.
    """
    whole = {"transcript", *_PARTS}
    if not isinstance(rows, dict) or not whole - _LATER <= rows.keys() <= whole:
        raise InvalidValue("project", f"must hold transcript, {', '.join(_PARTS)}")
    transcript = checked_row(_TRANSCRIPT, rows["transcript"], own)
    check_shapes(transcript)
    # Which tracks there are is known only once the recording was looked into.
    if own["tracks"] is not None and (transcript["track"] or 0) > len(own["tracks"]):
        raise InvalidValue("track", f"the recording has no audio track {transcript['track']}")
    transcript["language"] = transcript["language"] and language_code(transcript["language"])
    parts = {
        name: _checked_rows(table, rows.get(name, []), own["id"]) for name, table in _PARTS.items()
    }
    parts["segments"] = checked_segments(parts["segments"])
    parts["revisions"] = checked_revisions(parts["revisions"])
    parts["chunks"] = checked_chunks(parts["chunks"])
    parts["word_scores"] = checked_word_scores(parts["word_scores"])
    parts["activity"] = checked_activity(parts["activity"])
    parts["transcript_tags"] = checked_tags(parts["transcript_tags"])
    return transcript, parts


def _rows(connection: Connection, table: Table, transcript_id: str) -> list[Row]:
    of_transcript = select(table).where(table.c.transcript_id == transcript_id)
    ordered = of_transcript.order_by(*table.primary_key.columns)
    return [
        {name: value for name, value in row.items() if name not in _OWNED}
        for row in connection.execute(ordered).mappings()
    ]


def _checked_rows(table: Table, given: object, transcript_id: str) -> list[Row]:
    if not isinstance(given, list) or len(given) > _MOST_ROWS:
        raise InvalidValue(str(table.name), "must be a list of rows")
    own = {"transcript_id": transcript_id, "client": None}
    rows = [checked_row(table, row, own) for row in given]
    keys = [tuple(row[column.name] for column in table.primary_key.columns) for row in rows]
    if any(None in key for key in keys) or len(set(keys)) != len(keys):
        raise InvalidValue(str(table.name), "two rows have the same key, or a row has none")
    return rows


def _add_revisions(connection: Connection, revisions: list[Row]) -> dict[int, int]:
    """Save steps under fresh numbers; gives the new number of each old one."""
    table, numbers = _PARTS["revisions"], dict[int, int]()
    for revision in revisions:
        old = revision.pop("id")
        if revision["reverts_id"] is not None:
            revision["reverts_id"] = _renumbered(numbers, revision["reverts_id"])
        saved = insert(table).values(revision).returning(table.c.id)
        numbers[old] = connection.execute(saved).scalar_one()
    return numbers


def _renumbered(numbers: dict[int, int], old: int) -> int:
    if old and old not in numbers:
        raise InvalidValue("revisions", "refers to an earlier revision that does not exist")
    return numbers.get(old, 0)
