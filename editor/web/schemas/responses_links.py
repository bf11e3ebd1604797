"""What the API gives of links for people without an account, described."""

from __future__ import annotations

from pydantic import BaseModel


class SharedLink(BaseModel):
    """`author` made it; it holds until `ends_ms`, or until it is removed."""

    id: str
    has_sound: bool
    has_pseudonyms: bool
    author: str | None
    created_ms: int
    ends_ms: int | None
    opened_count: int
    opened_ms: int | None


class SharedLinks(BaseModel):
    links: list[SharedLink]
    url: str
    is_for_others: bool


class MadeLink(BaseModel):
    """`path` leads to it, below the address of the server."""

    link: SharedLink
    path: str
