"""Links by which people without an account read one transcript: made, checked, and what they show.

A link shows the transcript as it stands: no copy of it lies anywhere that would outlive a
correction, the link's end or the transcript itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal, get_args

from editor.document import Media, Transcript
from editor.edits.pseudonyms import Pseudonyms
from editor.errors import NotFound, NotPossible
from editor.formats.exports import Options, publish
from editor.formats.publication import Choices
from editor.store import SharedLink, Store

Lasting = Literal["day", "week", "month", "never"]
LASTING: tuple[Lasting, ...] = get_args(Lasting)
_DAY_MS = 24 * 3_600_000
_LASTS_MS: dict[Lasting, int | None] = {
    "day": _DAY_MS,
    "week": 7 * _DAY_MS,
    "month": 30 * _DAY_MS,
    "never": None,
}
#: Where links lead, before the token.
LINKED_AT = "/s/"


def make(
    store: Store,
    transcript_id: str,
    *,
    lasts: Lasting,
    has_sound: bool,
    pseudonyms: Sequence[str] = (),
    author: str | None = None,
) -> tuple[SharedLink, str]:
    """A new link, and the path that it leads to, which is told here and never again.

    `pseudonyms` are the lines of a list of names, see `Pseudonyms.from_lines`.

    Raises:
        NotFound: there is no such transcript.
        NotPossible: it is in the trash, or names would be heard in the sound.
        InvalidValue: the list of names is none.
    """
    if pseudonyms:
        Pseudonyms.from_lines(pseudonyms)
    if pseudonyms and has_sound:
        reason = "With pseudonyms, share the text alone: the names are said in the sound."
        raise NotPossible("has_sound", reason)
    row = store.transcript(transcript_id)
    if row.deleted_ms is not None:
        raise NotPossible("transcript", "This transcript is in the trash. Restore it first.")
    if has_sound and row.media_path is None:
        raise NotPossible("has_sound", "This transcript has no recording.")
    token = secrets.token_urlsafe(32)
    link = store.add_shared_link(
        transcript_id,
        _hashed(token),
        secrets.token_hex(4),
        has_sound=has_sound,
        lasts_ms=_LASTS_MS[lasts],
        pseudonyms=list(pseudonyms) or None,
        author=author,
    )
    return link, LINKED_AT + token


def opened(store: Store, token: str) -> SharedLink:
    """The link of a token.

    Raises:
        NotFound: it never held, has ended or was removed, or its transcript is gone.
    """
    link = store.shared_link(_hashed(token))
    if link is None:
        raise NotFound("link", "")
    return link


def page_of(store: Store, link: SharedLink, recording_at: str) -> bytes:
    """The page that a link shows, which plays from `recording_at` if the link has the sound.

    Raises:
        ExportRefused: there is no text yet.
    """
    row = store.transcript(link.transcript_id)
    transcript = Transcript(tuple(stored.segment for stored in store.segments(row.id)))
    options = Options(
        language=row.language,
        title=row.title,
        choices=Choices(recording_at=recording_at if link.has_sound else ""),
        pseudonyms=Pseudonyms.from_lines(link.pseudonyms) if link.pseudonyms else None,
    )
    # Not under the file's own name, which may tell more than the title.
    known = Media("", row.duration_ms or 0, row.has_video)
    return publish("html", transcript, known, row.coverage, options).data


def told(link: SharedLink) -> dict[str, object]:
    """A link as JSON has it, for those who may make links."""
    return {
        "id": link.id,
        "has_sound": link.has_sound,
        "has_pseudonyms": link.pseudonyms is not None,
        "author": link.author,
        "created_ms": link.created_ms,
        "ends_ms": link.ends_ms,
        "opened_count": link.opened_count,
        "opened_ms": link.opened_ms,
    }


def _hashed(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
