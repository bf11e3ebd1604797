"""Answers about glossaries."""

from __future__ import annotations

from pydantic import BaseModel

from editor.web.schemas.responses import Job


class GlossaryAnswer(BaseModel):
    """`job` looks for the terms in a transcript; null where they wait for recognition."""

    terms: list[str]
    job: Job | None = None
