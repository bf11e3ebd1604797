"""The tables of a transcript: its text, the history of that, and what was recognised."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from editor.store.db.tables.base import Base, index_where, key_of, row_number

_SPEAKERS = ("speaker", "transcript_id", "removed", "position")


class TranscriptTable(Base):
    """One row a transcript; `seq` numbers its writes. `TranscriptRow` tells of the columns."""

    __tablename__ = "transcripts"
    __table_args__ = (Index(None, "created_ms"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    media_name: Mapped[str]
    media_path: Mapped[str | None]
    browser_copy_path: Mapped[str | None]
    duration_ms: Mapped[int | None]
    has_video: Mapped[bool]
    frame_us: Mapped[int | None]
    track: Mapped[int | None]
    tracks: Mapped[list[Any] | None]
    model: Mapped[str]
    language: Mapped[str | None]
    recognition: Mapped[str | None]
    recognised_until_ms: Mapped[int]
    generated_until_ms: Mapped[int | None]
    coverage: Mapped[dict[str, Any] | None]
    imported_name: Mapped[str | None]
    imported_format: Mapped[str | None]
    imported_encoding: Mapped[str | None]
    problems: Mapped[list[Any]]
    seq: Mapped[int]
    created_ms: Mapped[int]
    updated_ms: Mapped[int]
    deleted_ms: Mapped[int | None]


class ImportedTextTable(Base):
    """The user's file as it came, apart from the row that is read all the time."""

    __tablename__ = "imported_texts"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    content: Mapped[bytes]


class TranscriptTagTable(Base):
    """A word that people gave a transcript, to find it among others."""

    __tablename__ = "transcript_tags"
    __table_args__ = (Index(None, "tag"),)

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    tag: Mapped[str] = mapped_column(primary_key=True)


class CodeColourTable(Base):
    """The colour of a code in a transcript, as a number of the page's palette."""

    __tablename__ = "code_colours"
    __table_args__ = (Index(None, "code"),)

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    tone: Mapped[int]


class SegmentTable(Base):
    """A segment, kept after its removal so that others learn of it.

    `first_start_ms` and `last_start_ms` repeat the starts of its first and last word, so that the
    order can be checked without reading words.
    """

    __tablename__ = "segments"
    __table_args__ = (
        Index(None, "transcript_id", "position"),
        Index(None, "transcript_id", "seq"),
        # Who speaks, and which have notes, is found without reading texts.
        index_where("speaker IS NOT NULL", "ix_segments_speakers", *_SPEAKERS),
        index_where("note <> ''", "ix_segments_noted", "transcript_id"),
        # How many are reviewed is counted in it, without reading texts.
        Index(None, "transcript_id", "removed", "reviewed"),
    )

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    seq: Mapped[int]
    removed: Mapped[bool]
    revision: Mapped[int]
    speaker: Mapped[str | None]
    kind: Mapped[str]
    new_turn: Mapped[bool]
    reviewed: Mapped[bool]
    text: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    words: Mapped[list[Any]]
    released: Mapped[list[Any]]
    first_start_ms: Mapped[int | None]
    last_start_ms: Mapped[int | None]


class RevisionTable(Base):
    """One step of the history, with the whole segments before and after it.

    `reverts_id` names the edit that an undo or redo is about; `resolved_count` counts the doubts
    that an edit resolved, and `learned_terms` are those that the glossary learned from it, as long
    as it holds. `client` is the browser that it came from, `seq` the transcript's number of the
    write.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("transcript_id", "edit_id"),
        # Whose newest edit holds is found without reading what each changed.
        Index("ix_revisions_own", "transcript_id", "state", "action", "author", "client", "id"),
        # Few of many steps resolved or taught anything.
        index_where(
            "resolved_count IS NOT NULL",
            "ix_revisions_resolved",
            *("transcript_id", "action", "state", "resolved_count"),
        ),
        index_where(
            "learned_terms IS NOT NULL",
            "ix_revisions_learned",
            *("transcript_id", "action", "state", "id"),
        ),
        Index(None, "transcript_id", "seq"),
    )

    id: Mapped[int] = row_number()
    transcript_id: Mapped[str] = key_of("transcripts.id")
    action: Mapped[str]
    kind: Mapped[str]
    splices: Mapped[list[Any]]
    author: Mapped[str | None]
    client: Mapped[str | None]
    created_ms: Mapped[int]
    state: Mapped[str]
    edit_id: Mapped[str | None]
    reverts_id: Mapped[int | None]
    resolved_count: Mapped[int | None]
    learned_terms: Mapped[list[Any] | None]
    seq: Mapped[int | None]


class ChunkTable(Base):
    """A chunk of the recording that was transcribed, with the words recognised in it.

    `words_start_ms` and `words_end_ms` bound the words, which may reach over the chunk's edges.
    """

    __tablename__ = "chunks"
    __table_args__ = (Index(None, "transcript_id", "recognition", "words_start_ms"),)

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    recognition: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    words_start_ms: Mapped[int | None]
    words_end_ms: Mapped[int | None]
    words: Mapped[list[Any]]
