"""The tables, the same on SQLite and PostgreSQL. Times and moments are integers in milliseconds."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_Json = JSON(none_as_null=True)
# SQLite numbers rows by itself only where the key is a plain INTEGER.
_RowNumber = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Names every constraint, so that a later migration can drop it by name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {int: BigInteger, dict[str, Any]: _Json, list[Any]: _Json}


def _transcript_key(*, primary: bool = True, optional: bool = False) -> Mapped[Any]:
    return mapped_column(
        ForeignKey("transcripts.id", ondelete="CASCADE"), primary_key=primary, nullable=optional
    )


def _index_where(name: str, filled: str, *columns: str) -> Index:
    """An index of the rows alone in which a column is filled."""
    is_filled = text(f"{filled} IS NOT NULL")
    return Index(name, *columns, sqlite_where=is_filled, postgresql_where=is_filled)


class TranscriptTable(Base):
    """One row a transcript; `seq` numbers its writes."""

    __tablename__ = "transcripts"
    __table_args__ = (Index(None, "created_ms"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    media_name: Mapped[str]
    media_path: Mapped[str | None]
    playable_path: Mapped[str | None]
    duration_ms: Mapped[int | None]
    has_video: Mapped[bool]
    model: Mapped[str]
    language: Mapped[str | None]
    seq: Mapped[int]
    created_ms: Mapped[int]
    updated_ms: Mapped[int]
    coverage: Mapped[dict[str, Any] | None]
    imported_name: Mapped[str | None]
    imported_format: Mapped[str | None]
    imported_encoding: Mapped[str | None]
    problems: Mapped[list[Any]]
    settled_ms: Mapped[int]
    recognition: Mapped[str | None]
    deleted_ms: Mapped[int | None]
    frame_us: Mapped[int | None]
    filled_ms: Mapped[int | None]
    track: Mapped[int | None]
    tracks: Mapped[list[Any] | None]


class ImportedTextTable(Base):
    """The user's file as it came, apart from the row that is read all the time."""

    __tablename__ = "imported_texts"

    transcript_id: Mapped[str] = _transcript_key()
    content: Mapped[bytes]


class SegmentTable(Base):
    """A segment, kept after its removal so that others learn of it.

    `first_start_ms` and `last_start_ms` repeat the starts of its first and last word, so that the
    order can be checked without reading words.
    """

    __tablename__ = "segments"
    __table_args__ = (Index(None, "transcript_id", "position"), Index(None, "transcript_id", "seq"))

    transcript_id: Mapped[str] = _transcript_key()
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

    `reverts_id` names the edit that an undo or redo is about; `corrected` counts the doubts that an
    edit settled, and `terms` are those that it taught the glossary, as long as it holds. `client`
    is the browser that it came from, `seq` the transcript's number of the write.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("transcript_id", "edit_id"),
        # Whose newest edit holds is found without reading what each changed.
        Index("ix_revisions_own", "transcript_id", "state", "action", "author", "client", "id"),
        # Few of many steps settled or taught something.
        _index_where(
            "ix_revisions_settled", "corrected", "transcript_id", "action", "state", "corrected"
        ),
        _index_where("ix_revisions_taught", "terms", "transcript_id", "action", "state", "id"),
        Index(None, "transcript_id", "seq"),
    )

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True, autoincrement=True)
    transcript_id: Mapped[str] = _transcript_key(primary=False)
    action: Mapped[str]
    kind: Mapped[str]
    splices: Mapped[list[Any]]
    author: Mapped[str | None]
    client: Mapped[str | None]
    created_ms: Mapped[int]
    state: Mapped[str]
    edit_id: Mapped[str | None]
    reverts_id: Mapped[int | None]
    corrected: Mapped[int | None]
    terms: Mapped[list[Any] | None]
    seq: Mapped[int | None]


class PieceTable(Base):
    """A stretch of the recording that was transcribed, with the words heard in it.

    `words_start_ms` and `words_end_ms` bound the words, which may reach over the stretch's edges.
    """

    __tablename__ = "pieces"
    __table_args__ = (Index(None, "transcript_id", "recognition", "words_start_ms"),)

    transcript_id: Mapped[str] = _transcript_key()
    recognition: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    words_start_ms: Mapped[int | None]
    words_end_ms: Mapped[int | None]
    words: Mapped[list[Any]]


class ListenedTable(Base):
    """How likely the doubtful words of a piece are, found by listening for them.

    `written` holds [text, start_ms, end_ms, log of the probability], `heard` [id of the heard
    word, log].
    """

    __tablename__ = "listened"

    transcript_id: Mapped[str] = _transcript_key()
    recognition: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    written: Mapped[list[Any]]
    heard: Mapped[list[Any]]


class VersionTable(Base):
    """A name for the state after a revision; 0 is the state before the first."""

    __tablename__ = "versions"
    __table_args__ = (Index(None, "transcript_id"),)

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True, autoincrement=True)
    transcript_id: Mapped[str] = _transcript_key(primary=False)
    name: Mapped[str]
    revision_id: Mapped[int]
    created_ms: Mapped[int]
    author: Mapped[str | None]


class DeedTable(Base):
    """What was done to a transcript as a whole: its title, its deletion, a name taken away."""

    __tablename__ = "deeds"
    __table_args__ = (Index(None, "transcript_id"),)

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True, autoincrement=True)
    transcript_id: Mapped[str] = _transcript_key(primary=False)
    kind: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    author: Mapped[str | None]
    created_ms: Mapped[int]


class KeptDoubtTable(Base):
    """A doubt that a person answered with "the text is right"."""

    __tablename__ = "kept_doubts"

    transcript_id: Mapped[str] = _transcript_key()
    segment_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    written: Mapped[str] = mapped_column(primary_key=True)
    heard: Mapped[str] = mapped_column(primary_key=True)
    start_ms: Mapped[int]
    end_ms: Mapped[int]


class UserTable(Base):
    """A person who may log in; `key` is the name as it is compared."""

    __tablename__ = "users"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_ms: Mapped[int]


def _user_key() -> Mapped[str]:
    return mapped_column(ForeignKey("users.key", ondelete="CASCADE"))


class LoginTable(Base):
    """A browser that is logged in, known by the hash of its cookie."""

    __tablename__ = "logins"
    __table_args__ = (Index(None, "user_key"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_key: Mapped[str] = _user_key()
    created_ms: Mapped[int]
    seen_ms: Mapped[int]


class TokenTable(Base):
    """What a script shows instead of a password, known by its hash."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "user_key"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    user_key: Mapped[str] = _user_key()
    created_ms: Mapped[int]


class AttemptTable(Base):
    """An attempt to log in that failed or is under way, by name and by address."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "who", "at_ms"),)

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True, autoincrement=True)
    who: Mapped[str]
    at_ms: Mapped[int]


class GlossaryTermTable(Base):
    """A name or term to listen for, in one transcript or (without one) in all."""

    __tablename__ = "glossary_terms"
    __table_args__ = (Index(None, "transcript_id"),)

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True, autoincrement=True)
    transcript_id: Mapped[str | None] = _transcript_key(primary=False, optional=True)
    term: Mapped[str]


class PresetTable(Base):
    """Caption rules that a person made; they belong to no transcript."""

    __tablename__ = "presets"

    name: Mapped[str] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]]


_ACTIVE = text("state IN ('queued', 'running')")


class JobTable(Base):
    """The truth about a job; the queue carries its id only. One active job for each `unique_key`.

    A queued job waits until `due_ms`. `best_fraction` is the furthest it ever came. `help_offered`:
    another worker would hear a part of it.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_active", "state", "due_ms"),
        Index(None, "transcript_id"),
        Index(
            "uq_jobs_active_key",
            "unique_key",
            unique=True,
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    transcript_id: Mapped[str | None] = _transcript_key(primary=False, optional=True)
    params: Mapped[dict[str, Any]]
    unique_key: Mapped[str | None]
    state: Mapped[str]
    due_ms: Mapped[int]
    fraction: Mapped[float]
    best_fraction: Mapped[float]
    phase: Mapped[str]
    message: Mapped[str]
    eta_ms: Mapped[int | None]
    error: Mapped[dict[str, Any] | None]
    attempts: Mapped[int]
    fence: Mapped[int]
    lease_until_ms: Mapped[int | None]
    worker: Mapped[str | None]
    cancel_requested: Mapped[bool]
    help_offered: Mapped[bool] = mapped_column(server_default=false())
    created_ms: Mapped[int]
    updated_ms: Mapped[int]


class StretchTable(Base):
    """Pieces from `first_piece` to before `end_piece`, which wait for a worker while a job runs."""

    __tablename__ = "stretches"
    __table_args__ = (Index(None, "job_id"),)

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True, autoincrement=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    first_piece: Mapped[int]
    end_piece: Mapped[int]
    language: Mapped[str]
    fence: Mapped[int]
    lease_until_ms: Mapped[int | None]
