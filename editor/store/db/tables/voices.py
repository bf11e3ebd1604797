"""The tables of voices that are known again, each its owner's alone."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from editor.store.db.tables.base import Base, key_of


class VoiceChoiceTable(Base):
    """Whether a person wants voices to be known again; `owner` is the account, "" without one."""

    __tablename__ = "voice_choices"

    owner: Mapped[str] = mapped_column(primary_key=True)
    is_wanted: Mapped[bool]


class KnownVoiceTable(Base):
    """The voice of somebody whom the owner named; `vector` are 192 float32, little-endian."""

    __tablename__ = "known_voices"
    __table_args__ = (Index(None, "owner"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    name: Mapped[str]
    vector: Mapped[bytes]
    spoken_ms: Mapped[int]
    is_on: Mapped[bool]
    created_ms: Mapped[int]
    heard_ms: Mapped[int]


class HeardVoiceTable(Base):
    """A voice of a recording, as its owner's search for speakers heard it.

    `learned_as` is the name under which it became a known voice.
    """

    __tablename__ = "heard_voices"

    transcript_id: Mapped[str] = key_of("transcripts.id", primary=True)
    owner: Mapped[str] = mapped_column(primary_key=True)
    voice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vector: Mapped[bytes]
    spoken_ms: Mapped[int]
    learned_as: Mapped[str | None]
