"""The files a transcript is read from and written to: one module a format, joined here.

Owns what a format is and which one a file is in; not how captions are cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.captions import Cue
from editor.document import DraftSegment, Transcript
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats import detect
from editor.formats.as_captions import can_write, write_captions
from editor.formats.caption import Caption
from editor.formats.detect import (
    DOCX_TYPE,
    FORMATS,
    READ_AS,
    chosen_kind,
    format_called,
    format_named,
)
from editor.formats.drafts import cue_of
from editor.formats.encoding import Decoded, decode, exact_text
from editor.formats.kind import PURPOSES, Format, sentence
from editor.formats.limits import check_drafts, check_lines
from editor.formats.patch.original import into_original, only_retimed
from editor.formats.patch.recut import Recut, Written, written
from editor.formats.patch.recut import recut as recut_text
from editor.formats.patch.retimed import Span, retimed, timings_in
from editor.formats.patch.reworded import reworded, spoken_parts
from editor.formats.publication import (
    COLUMNS,
    FRAME_RATES,
    USUAL,
    Choices,
    Coverage,
    Publication,
    Published,
)
from editor.formats.result import Problem
from editor.formats.timing_line import Timing
from editor.formats.unsupported import MAY_BE_ANYTHING, check_is_read, is_text

__all__ = [
    "COLUMNS",
    "DOCX_TYPE",
    "FORMATS",
    "FRAME_RATES",
    "NOTHING",
    "PURPOSES",
    "READ_AS",
    "USUAL",
    "WRITABLE",
    "Choices",
    "Coverage",
    "Format",
    "Problem",
    "Publication",
    "Published",
    "ReadResult",
    "Recut",
    "Written",
    "can_write",
    "captions_written",
    "chosen_kind",
    "export",
    "export_original",
    "format_called",
    "format_named",
    "is_text",
    "read",
    "recut",
    "retime",
    "reword",
    "spoken",
    "timings",
    "write_captions",
]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file read: its format and encoding, its drafts, what could not be used, its captions.

    `recognised` says in a few words what the file was read as.
    """

    format: str
    encoding: str
    encoding_is_guess: bool
    drafts: tuple[DraftSegment, ...]
    problems: tuple[Problem, ...]
    captions: tuple[Caption, ...] = ()
    shown: tuple[Caption, ...] = ()
    head: str = ""
    recognised: str = ""

    def cues(self) -> tuple[Cue, ...]:
        """The captions as they stand in the file, with their own lines."""
        return tuple(map(cue_of, self.captions))


NOTHING = "the text is empty, so there is nothing to write"

#: Formats of which a file is given back with other times, but not with other words.
RETIMED_ONLY = ("ass", "ttml")
#: Names of the formats that can be written.
WRITABLE = tuple(name for name, one in FORMATS.items() if one.is_written)


def read(
    data: bytes, name: str, *, encoding: str | None = None, kind: str | None = None
) -> ReadResult:
    """Read a file in any of our formats; `encoding` and `kind` are the user's choice, if made.

    Raises:
        UnreadableTranscript: nothing in the file can be used; says why and where.
        InvalidValue: `encoding` or `kind` is unknown.
    """
    chosen = detect.chosen_kind(kind) if kind else None
    document = detect.document_in(data)
    if document and document.text_of:
        decoded = Decoded(document.text_of(data, name), "utf-8", False)
    else:
        decoded = decode(data, name, encoding)
    form = chosen or document or detect.kind_of(decoded.text, name)
    if form.text_of and form is not document:
        raise UnreadableTranscript(name, f"it is not {form.called}; choose another kind")
    if form.name != "json":
        check_lines(decoded.text, name)
    if form.name in MAY_BE_ANYTHING and chosen is None:
        check_is_read(decoded.text, name)
    reading = form.read(decoded.text, name)
    check_drafts(reading.drafts, name)
    return ReadResult(
        form.name,
        decoded.encoding,
        decoded.is_guess,
        reading.drafts,
        reading.problems,
        reading.captions,
        reading.shown,
        reading.head,
        sentence(form, reading.recognised, reading.drafts),
    )


def timings(
    data: bytes, name: str, encoding: str | None = None, kind: str | None = None
) -> list[Timing]:
    """When the captions of a file are shown, as it says, in the order of its lines.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, _, form = _exactly(data, name, encoding, kind)
    return timings_in(text, name, form)


def retime(
    data: bytes,
    name: str,
    encoding: str | None,
    kind: str | None,
    spans: Sequence[Span | None],
) -> bytes:
    """A caption file with other times in place of its `timings`, without those that are None.

    Nothing else is changed.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, codec, form = _exactly(data, name, encoding, kind)
    return retimed(text, name, form, spans).encode(codec, "surrogateescape")


def captions_written(
    data: bytes, name: str, encoding: str | None = None, kind: str | None = None
) -> list[Written]:
    """The captions of a file as they are written in it, in the order of its lines.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, _, form = _exactly(data, name, encoding, kind)
    return written(text, name, form)


def recut(
    data: bytes, name: str, encoding: str | None, kind: str | None, edits: Sequence[Recut]
) -> bytes:
    """A caption file with some captions cut otherwise, and every other byte as it was.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, codec, form = _exactly(data, name, encoding, kind)
    return recut_text(text, name, form, edits).encode(codec, "surrogateescape")


def spoken(
    data: bytes, name: str, encoding: str | None = None, kind: str | None = None
) -> list[str]:
    """The spoken lines of a text or caption file; tags inside part one in several.

    Raises:
        UnreadableTranscript: it is no such file, or cannot be read.
    """
    text, _, form = _exactly(data, name, encoding, kind)
    return spoken_parts(text, name, form)


def reword(
    data: bytes, name: str, encoding: str | None, kind: str | None, lines: Sequence[str]
) -> bytes:
    """A text or caption file with other lines in place of the `spoken`, nothing else changed.

    Raises:
        UnreadableTranscript: it is no such file, or cannot be read.
        ExportRefused: the file's encoding lacks a character of the new words.
    """
    text, codec, form = _exactly(data, name, encoding, kind)
    changed = reworded(text, name, form, lines)
    try:
        return changed.encode(codec, "surrogateescape")
    except UnicodeEncodeError as error:
        lacking = changed[error.start : error.end]
        reason = f"{lacking!r} cannot be written in {codec}"
        raise ExportRefused(name, f"{reason}; save it as UTF-8 first") from error


def export(format_name: str, publication: Publication) -> Published:
    """Write a transcript in a format, which cuts it into captions where it has them.

    Raises:
        ExportRefused: there is no such format, or nothing to write and it cannot hold nothing.
    """
    chosen = FORMATS.get(format_name)
    if chosen is None or not chosen.is_written:
        raise ExportRefused(format_name, f"the formats are {', '.join(WRITABLE)}")
    shown = publication.cues if chosen.write_cues else publication.segments
    if not shown and not chosen.may_be_empty:
        raise ExportRefused(format_name, NOTHING)
    made = chosen.written(publication)
    published = made if isinstance(made, Published) else Published(made)
    lost = (*chosen.lost(publication), *published.lost, *publication.left_out())
    return Published(published.data, lost)


def export_original(
    data: bytes,
    name: str,
    encoding: str | None,
    transcript: Transcript,
    *,
    kind: str | None = None,
    is_retimed: bool = False,
    offset_ms: int = 0,
) -> bytes:
    """Write a transcript into the very file it was read from, with as few changes as can be.

    `encoding` is the one the file was read in, and `kind` what it was read as;
    `offset_ms` moves the file's own times.

    Raises:
        ExportRefused: the file is in none of the formats that can be changed in place.
        UnreadableTranscript: it is not the file it was.
    """
    decoded = decode(data, name, encoding)
    read_as = _form(decoded.text, name, kind)
    exact = exact_text(data, decoded.encoding, name)
    if read_as.name in RETIMED_ONLY:
        drafts = read_as.read(decoded.text, name).drafts
        written = only_retimed(
            exact,
            name,
            read_as.name,
            drafts,
            transcript,
            is_retimed=is_retimed,
            offset_ms=offset_ms,
        )
        return written.encode(decoded.encoding, "surrogateescape")
    if read_as.places is None:
        raise ExportRefused("original", f"a file in {read_as.name} is written anew only")
    return into_original(
        exact,
        decoded.encoding,
        read_as.name,
        read_as.read(decoded.text, name).drafts,
        read_as.places(decoded.text.split("\n")),
        transcript,
        is_retimed=is_retimed,
        offset_ms=offset_ms,
    )


def _exactly(
    data: bytes, name: str, encoding: str | None, kind: str | None = None
) -> tuple[str, str, str]:
    """A file's exact text, the encoding that gives its bytes again, and its format."""
    decoded = decode(data, name, encoding)
    exact = exact_text(data, decoded.encoding, name)
    return exact, decoded.encoding, _form(decoded.text, name, kind).name


def _form(text: str, name: str, kind: str | None) -> Format:
    return detect.chosen_kind(kind) if kind else detect.kind_of(text, name)
