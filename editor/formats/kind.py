"""What a kind of file is: its name, its reader and writer, and what people are told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from editor.captions import Cue
from editor.document import DraftSegment, Media, Transcript
from editor.formats.result import Place, Reading

Coverage = Mapping[str, object] | None


def _never(_sample: str) -> float:
    return 0.0


def _never_document(_data: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file by name. It is written from cues or from the transcript, never both.

    `called` is what people call it. `sure` tells from the beginning of a text, without white space
    before it, how sure the reader is that it is one of its own: 0 to 1; of two that are as sure the
    first in the table reads it. `text_of` gets the text that `read` takes out of bytes for which
    `is_document`.

    `is_timed` where it cannot be written without times; `may_be_empty` where a file without a
    caption is one that can be read; `places` finds captions in a file's lines
    where a file may be given back with its captions changed in place.
    """

    name: str
    called: str
    suffixes: tuple[str, ...]
    mime_type: str
    read: Callable[[str, str], Reading]
    sure: Callable[[str], float] = _never
    is_document: Callable[[bytes], bool] = _never_document
    text_of: Callable[[bytes, str], str] | None = None
    write_cues: Callable[[Sequence[Cue]], str] | None = None
    write_transcript: Callable[[Transcript, Media, Coverage], str | bytes] | None = None
    is_timed: bool = True
    may_be_empty: bool = False
    places: Callable[[Sequence[str]], list[Place]] | None = None


def sentence(kind: Format, recognised: str, drafts: Sequence[DraftSegment]) -> str:
    """What a file was recognised as, for people: "Deepgram JSON with word times, 2 speakers"."""
    what = recognised or kind.called
    if not drafts:
        return what
    if any(draft.word_times_ms for draft in drafts):
        times = "with word times"
    elif any(draft.start_ms is not None for draft in drafts):
        times = "with times"
    else:
        times = "without times"
    count = len({draft.speaker for draft in drafts} - {None})
    return f"{what} {times}" + (f", {count} speaker{'s'[: count != 1]}" if count else "")
