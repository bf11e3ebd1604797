"""The shape of what is told of codes."""

from __future__ import annotations

from pydantic import BaseModel


class Tones(BaseModel):
    """The number of the colour of each code."""

    tones: dict[str, int]
