"""The tables, the same on SQLite and PostgreSQL. Times and moments are integers in milliseconds.

Moments (`created_ms`, `due_ms`, `lease_until_ms` ...) count from the epoch, times from where the
recording begins.
"""

from editor.store.db.tables.accounts import LoginAttemptTable, LoginTable, TokenTable, UserTable
from editor.store.db.tables.base import Base
from editor.store.db.tables.jobs import ChunkRangeTable, JobTable
from editor.store.db.tables.links import SharedLinkTable
from editor.store.db.tables.review import (
    ActivityTable,
    DismissedDoubtTable,
    DoubtCountTable,
    GlossaryTermTable,
    PresetTable,
    ShotChangeTable,
    VersionTable,
    VoiceTurnTable,
    WordScoreTable,
)
from editor.store.db.tables.transcripts import (
    ChunkTable,
    CodeColourTable,
    ImportedTextTable,
    RevisionTable,
    SegmentTable,
    TranscriptTable,
    TranscriptTagTable,
)
from editor.store.db.tables.voices import HeardVoiceTable, KnownVoiceTable, VoiceChoiceTable

__all__ = [
    "ActivityTable",
    "Base",
    "ChunkRangeTable",
    "ChunkTable",
    "CodeColourTable",
    "DismissedDoubtTable",
    "DoubtCountTable",
    "GlossaryTermTable",
    "HeardVoiceTable",
    "ImportedTextTable",
    "JobTable",
    "KnownVoiceTable",
    "LoginAttemptTable",
    "LoginTable",
    "PresetTable",
    "RevisionTable",
    "SegmentTable",
    "SharedLinkTable",
    "ShotChangeTable",
    "TokenTable",
    "TranscriptTable",
    "TranscriptTagTable",
    "UserTable",
    "VersionTable",
    "VoiceChoiceTable",
    "VoiceTurnTable",
    "WordScoreTable",
]
