"""Transcripts, their history, heard words, jobs and people in a database.

Owns every query. Knows neither how text is timed nor how jobs run.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from editor.store.audit_log import AuditLog
from editor.store.chunk_ranges import ChunkRanges
from editor.store.code_colours import CodeColours
from editor.store.creation import Creation, new_transcript_id
from editor.store.db.database import Database, sqlite_path
from editor.store.db.early_names import make_present, with_present_names
from editor.store.db.move import copy_database, move_database
from editor.store.db.sqlite_file import check_sqlite
from editor.store.db.upgrade import upgrade_database
from editor.store.db.vacuum import Vacuum
from editor.store.dismissed import DismissedDoubts
from editor.store.doubt_counts import DoubtCounts
from editor.store.filling import Fillings
from editor.store.glossary import Glossaries
from editor.store.history import History
from editor.store.job_order import JobOrder
from editor.store.jobs import new_job_id
from editor.store.known_voices import HeardVoice, KnownVoice, KnownVoices, VoiceVector
from editor.store.leases import Leases
from editor.store.listing import Listing
from editor.store.presets import Presets
from editor.store.projects import Projects
from editor.store.received import unreadable
from editor.store.recognised import RecognisedWords
from editor.store.reverts import Reverts
from editor.store.review_context import ReviewContexts
from editor.store.rows import (
    ActivityKind,
    ActivityRow,
    Applied,
    Changes,
    ChunkRangeRow,
    FirstJob,
    Found,
    FoundKind,
    JobRow,
    JobState,
    ListedOrder,
    ListedState,
    QueuePlace,
    Resolved,
    Retimed,
    Reviewed,
    RevisionRow,
    Role,
    Sought,
    StoredSegment,
    TokenRow,
    TranscriptRow,
    UserRow,
    VersionRow,
    Worked,
)
from editor.store.search import Search
from editor.store.segments import Segments
from editor.store.shared_links import SharedLink, SharedLinks
from editor.store.shot_changes import ShotChanges
from editor.store.tags import LONGEST_TAG, MOST_TAGS, Tags
from editor.store.transcripts import Transcripts
from editor.store.users import Users
from editor.store.versions import Versions
from editor.store.word_scores import ScoredChunks

__all__ = [
    "LONGEST_TAG",
    "MOST_TAGS",
    "ActivityKind",
    "ActivityRow",
    "Applied",
    "Changes",
    "ChunkRangeRow",
    "FirstJob",
    "Found",
    "FoundKind",
    "HeardVoice",
    "JobRow",
    "JobState",
    "KnownVoice",
    "ListedOrder",
    "ListedState",
    "QueuePlace",
    "Resolved",
    "Retimed",
    "Reviewed",
    "RevisionRow",
    "Role",
    "SharedLink",
    "Sought",
    "Store",
    "StoredSegment",
    "TokenRow",
    "TranscriptRow",
    "UserRow",
    "VersionRow",
    "VoiceVector",
    "Worked",
    "check_received",
    "check_sqlite",
    "copy_database",
    "move_database",
    "new_job_id",
    "new_transcript_id",
    "now_ms",
    "open_store",
    "sqlite_path",
    "with_present_names",
]


def now_ms() -> int:
    """Milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


class Store(
    Creation,
    Transcripts,
    AuditLog,
    Listing,
    Tags,
    CodeColours,
    Segments,
    Reverts,
    History,
    Versions,
    RecognisedWords,
    Fillings,
    ScoredChunks,
    ShotChanges,
    DismissedDoubts,
    DoubtCounts,
    Glossaries,
    ReviewContexts,
    Presets,
    Leases,
    JobOrder,
    Users,
    KnownVoices,
    SharedLinks,
    Projects,
    Vacuum,
    Search,
    ChunkRanges,
):
    """All that is saved. Each method is one transaction; threads and processes may share it."""

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def is_reachable(self) -> bool:
        """Whether the database answers."""
        return self._database.is_reachable()

    def now(self) -> int:
        """The moment by the store's clock, in ms since the epoch."""
        return self._clock()


def open_store(database_url: str, *, clock: Callable[[], int] = now_ms) -> Store:
    """Open the database at an SQLAlchemy address, made or brought up to date where needed."""
    upgrade_database(database_url)
    return Store(Database(database_url), clock)


def check_received(path: Path) -> int:
    """Bring an SQLite file that somebody sent up to date; gives the number of its transcripts.

    Raises:
        InvalidValue: it is no library, or breaks a rule of one.
        FolderUnusable: it is damaged, or a newer version wrote it.
    """
    try:
        make_present(path)
        store = open_store(f"sqlite:///{path}")
    except (SQLAlchemyError, sqlite3.Error, ValueError) as error:
        raise unreadable(error) from error
    try:
        store.check_received()
        return store.count_transcripts()
    finally:
        store.close()
