"""What the API gives of voices that are known again, described."""

from __future__ import annotations

from pydantic import BaseModel


class KnownVoice(BaseModel):
    """`spoken_ms` is how long the voice was heard in all; off, it is not offered."""

    id: str
    name: str
    is_on: bool
    spoken_ms: int
    created_ms: int
    heard_ms: int


class KnownVoices(BaseModel):
    is_wanted: bool
    voices: list[KnownVoice]


class VoiceSuggestion(BaseModel):
    """A speaker of the text without a name of its own sounds like whoever has this name."""

    speaker: str
    name: str


class VoiceSuggestions(BaseModel):
    suggestions: list[VoiceSuggestion]
