"""The tables of what people decided and what helps them decide."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from editor.store.db.tables.base import Base, key_of, row_number


class WordScoreTable(Base):
    """How likely the doubtful words of a chunk are, found by listening for them.

    `written` holds [text, start_ms, end_ms, log of the probability], or in the place of the log
    what was said there with a term of the glossary; `recognised` [id of the recognised word, log].
    """

    __tablename__ = "word_scores"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    recognition: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    written: Mapped[list[Any]]
    recognised: Mapped[list[Any]]


class VoiceTurnTable(Base):
    """When a voice, counted from 0, was heard; no vector of a voice is kept."""

    __tablename__ = "voice_turns"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    start_ms: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    voice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    end_ms: Mapped[int]


class ShotChangeTable(Base):
    """When the shots of a film begin, as far as it was looked at; a list of ms."""

    __tablename__ = "shot_changes"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    until_ms: Mapped[int]
    starts_ms: Mapped[list[Any]]


class DismissedDoubtTable(Base):
    """A doubt that a person answered with "the text is right"."""

    __tablename__ = "dismissed_doubts"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    segment_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    written: Mapped[str] = mapped_column(primary_key=True)
    recognised: Mapped[str] = mapped_column(primary_key=True)
    start_ms: Mapped[int]
    end_ms: Mapped[int]


class DoubtCountTable(Base):
    """How many doubts a text had when it was judged whole, those that people settled among them."""

    __tablename__ = "doubt_counts"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    total: Mapped[int]


class VersionTable(Base):
    """A name for the state after a revision; 0 is the state before the first."""

    __tablename__ = "versions"
    __table_args__ = (Index(None, "transcript_id"),)

    id: Mapped[int] = row_number()
    transcript_id: Mapped[str] = key_of("transcripts.id")
    name: Mapped[str]
    revision_id: Mapped[int]
    created_ms: Mapped[int]
    author: Mapped[str | None]


class ActivityTable(Base):
    """What was done to a transcript as a whole: its title, its deletion, a name taken away."""

    __tablename__ = "activity"
    __table_args__ = (Index(None, "transcript_id"),)

    id: Mapped[int] = row_number()
    transcript_id: Mapped[str] = key_of("transcripts.id")
    kind: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    author: Mapped[str | None]
    created_ms: Mapped[int]


class GlossaryTermTable(Base):
    """A name or term to listen for, in one transcript or (without one) in all."""

    __tablename__ = "glossary_terms"
    __table_args__ = (Index(None, "transcript_id"),)

    id: Mapped[int] = row_number()
    transcript_id: Mapped[str | None] = key_of("transcripts.id", optional=True)
    term: Mapped[str]


class PresetTable(Base):
    """Caption rules that a person made; they belong to no transcript."""

    __tablename__ = "presets"

    name: Mapped[str] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]]
