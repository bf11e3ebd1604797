"""Fresh ids of segments, which nobody can guess and no other computer makes a second time."""

from __future__ import annotations

import secrets


def new_segment_id() -> str:
    """A fresh id for a segment: 12 letters, digits, hyphens and underscores."""
    return secrets.token_urlsafe(9)
