"""What a kind of file is: its name, its reader and writer, and what people are told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from editor.captions import Cue, Rules
from editor.document import DraftSegment
from editor.errors import counted
from editor.formats.publication import Publication, Published
from editor.formats.result import Place, Reading

#: What people write a file for.
Purpose = Literal["captions", "broadcast", "podcast", "editing", "research", "documents"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
#: What a transcript may have that a file has no place for.
Part = Literal["speakers", "overlaps", "sounds"]


def _never(_sample: str) -> float:
    return 0.0


def _never_document(_data: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file by name. It is written from cues or from the publication, never both.

    `called` is what people call it. `sure` tells from the beginning of a text, without white space
    before it, how sure the reader is that it is one of its own: 0 to 1; of two that are as sure the
    first in the table reads it. `text_of` gets the text that `read` takes out of bytes for which
    `is_document`.

    `is_timed` where it cannot be written without times; `may_be_empty` where a file without a
    caption is one that can be read; `places` finds captions in a file's lines
    where a file may be given back with its captions changed in place.

    One that can be written has a `purpose`, and says what parts it `lacks`; its captions go by
    `rules` where a person names none, with lines of at most `most_columns`. One that is no kind
    of its own to read, `is_variant`: its content is told as another. One that `has_struck` holds
    words that are struck out, and says so.
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
    publish: Callable[[Publication], str | bytes | Published] | None = None
    is_timed: bool = True
    may_be_empty: bool = False
    places: Callable[[Sequence[str]], list[Place]] | None = None
    purpose: Purpose = "captions"
    lacks: frozenset[Part] = frozenset()
    rules: Rules | None = None
    most_columns: int = 0
    is_variant: bool = False
    has_struck: bool = False

    @property
    def is_written(self) -> bool:
        """Whether transcripts are written to such files."""
        return self.write_cues is not None or self.publish is not None

    def written(self, publication: Publication) -> str | bytes | Published:
        """A publication as such a file, for a kind that `is_written`."""
        if self.write_cues:
            return self.write_cues(publication.cues)
        assert self.publish is not None
        return self.publish(publication)

    def fitted(self, rules: Rules) -> Rules:
        """Rules with lines no longer than a file has room for."""
        if not self.most_columns or rules.line_chars <= self.most_columns:
            return rules
        return replace(rules, line_chars=self.most_columns)

    def lost(self, publication: Publication) -> Iterator[str]:
        """In sentences, which parts of a transcript a file has no place for."""
        segments = publication.segments
        if "speakers" in self.lacks and any(each.speaker for each in segments):
            yield "names of speakers are left out"
        if "sounds" in self.lacks and any(each.kind == "sound" for each in segments):
            yield "sounds such as music are left out"
        if "overlaps" in self.lacks and any(
            (a.end_ms or 0) > (b.start_ms or 0) for a, b in pairwise(segments)
        ):
            yield "where two people talk at once, the first ends when the second begins"


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
    return f"{what} {times}" + (f", {counted(count, 'speaker')}" if count else "")
