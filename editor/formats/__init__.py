"""The files a transcript is read from and written to: one module a format, joined here.

Owns what a format is and which one a file is in; not how captions are cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from editor.captions import Cue
from editor.document import DraftSegment, Media, Transcript
from editor.errors import ExportRefused
from editor.formats import (
    ass,
    detect,
    docx,
    eaf,
    lrc,
    markdown,
    sbv,
    srt,
    table,
    textgrid,
    transcript_json,
    ttml,
    txt,
    vtt,
    youtube,
)
from editor.formats.as_captions import can_write, write_captions
from editor.formats.blocks import Timing, timing_of
from editor.formats.drafts import cue_of
from editor.formats.encoding import decode, exact_text
from editor.formats.limits import check_drafts, check_lines
from editor.formats.markup import Caption
from editor.formats.patch.original import into_original, only_retimed
from editor.formats.patch.recut import Recut, Written, written
from editor.formats.patch.recut import recut as recut_text
from editor.formats.patch.retimed import Span, retimed, timings_in
from editor.formats.patch.reworded import reworded, spoken_parts
from editor.formats.result import Place, Problem, Reading
from editor.formats.unsupported import check_is_read, is_text

__all__ = [
    "FORMATS",
    "NOTHING",
    "WRITABLE",
    "Coverage",
    "Format",
    "Problem",
    "ReadResult",
    "Recut",
    "Written",
    "can_write",
    "captions_written",
    "export",
    "export_original",
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

Coverage = Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file read: its format and encoding, its drafts, what could not be used, its captions.

    `recognised` is what the file is, in a few words, where the format alone does not tell.
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


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. It is written from cues or from the transcript, never both.

    `is_timed` where it cannot be written without times; `may_be_empty` where a file without a
    caption is one that can be read; `places` finds captions in a file's lines
    where a file may be given back with its captions changed in place.
    """

    name: str
    suffixes: tuple[str, ...]
    mime_type: str
    read: Callable[[str, str], Reading]
    write_cues: Callable[[Sequence[Cue]], str] | None = None
    write_transcript: Callable[[Transcript, Media, Coverage], str | bytes] | None = None
    is_timed: bool = True
    may_be_empty: bool = False
    places: Callable[[Sequence[str]], list[Place]] | None = None


NOTHING = "the text is empty, so there is nothing to write"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "txt",
            (".txt", ".text"),
            "text/plain",
            txt.read,
            write_transcript=lambda transcript, _media, _coverage: txt.write(transcript),
            is_timed=False,
            places=txt.places,
        ),
        Format(
            "srt",
            (".srt",),
            "application/x-subrip",
            srt.read,
            write_cues=srt.write,
            places=srt.places,
        ),
        Format(
            "vtt",
            (".vtt",),
            "text/vtt",
            vtt.read,
            write_cues=vtt.write,
            may_be_empty=True,
            places=vtt.places,
        ),
        Format(
            "json",
            (".json", ".json3", ".jsonl", ".otr"),
            "application/json",
            transcript_json.read,
            may_be_empty=True,
            write_transcript=transcript_json.write,
        ),
        Format(
            "vtt-words",
            (".words.vtt",),
            "text/vtt",
            vtt.read,
            write_cues=vtt.write_words,
            may_be_empty=True,
        ),
        Format(
            "ttml",
            (".ttml", ".dfxp", ".itt", ".xml"),
            "application/ttml+xml",
            ttml.read,
            write_cues=ttml.write,
        ),
        Format("ass", (".ass", ".ssa"), "text/x-ssa", ass.read, write_cues=ass.write),
        Format(
            "md",
            (".md", ".markdown"),
            "text/markdown",
            markdown.read,
            write_transcript=lambda transcript, _media, _coverage: markdown.write(transcript),
            is_timed=False,
        ),
        Format("sbv", (".sbv",), "text/plain", sbv.read),
        Format("textgrid", (".textgrid",), "text/plain", textgrid.read),
        Format("eaf", (".eaf",), "application/xml", eaf.read),
        Format("lrc", (".lrc",), "text/plain", lrc.read),
        Format("labels", (".labels",), "text/plain", table.read_labels),
        Format("table", (".tsv", ".csv"), "text/csv", table.read),
        Format("srv", (".srv3", ".srv2", ".srv1"), "application/xml", youtube.read_srv),
        Format(
            "docx",
            (".docx",),
            DOCX_TYPE,
            txt.read,
            write_transcript=lambda transcript, _media, _coverage: docx.write(transcript),
            is_timed=False,
        ),
    )
}

#: Formats of which a file is given back with other times, but not with other words.
RETIMED_ONLY = ("ass", "ttml")
#: Names of the formats that can be written.
WRITABLE = tuple(name for name, one in FORMATS.items() if one.write_cues or one.write_transcript)


def read(data: bytes, name: str, *, encoding: str | None = None) -> ReadResult:
    """Read a file in any of our formats; `encoding` is the user's choice, if one was made.

    Raises:
        UnreadableTranscript: nothing in the file can be used; says why and where.
        InvalidValue: `encoding` is unknown.
    """
    if docx.is_docx(data):
        reading = txt.read(docx.text_of(data, name), name)
        check_drafts(reading.drafts, name)
        return ReadResult("docx", "utf-8", False, reading.drafts, reading.problems)
    decoded = decode(data, name, encoding)
    chosen = FORMATS[_format_of(decoded.text, name)]
    if chosen.name != "json":
        check_lines(decoded.text, name)
    if chosen.name in ("txt", "md", "json"):
        check_is_read(decoded.text, name)
    reading = chosen.read(decoded.text, name)
    check_drafts(reading.drafts, name)
    return ReadResult(
        chosen.name,
        decoded.encoding,
        decoded.is_guess,
        reading.drafts,
        reading.problems,
        reading.captions,
        reading.shown,
        reading.head,
        reading.recognised,
    )


def timings(data: bytes, name: str, encoding: str | None = None) -> list[Timing]:
    """When the captions of a file are shown, as it says, in the order of its lines.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, _, form = _exactly(data, name, encoding)
    return timings_in(text, name, form)


def retime(data: bytes, name: str, encoding: str | None, spans: Sequence[Span | None]) -> bytes:
    """A caption file with other times in place of its `timings`, without those that are None.

    Nothing else is changed.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, codec, form = _exactly(data, name, encoding)
    return retimed(text, name, form, spans).encode(codec, "surrogateescape")


def captions_written(data: bytes, name: str, encoding: str | None = None) -> list[Written]:
    """The captions of a file as they are written in it, in the order of its lines.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, _, form = _exactly(data, name, encoding)
    return written(text, name, form)


def recut(data: bytes, name: str, encoding: str | None, edits: Sequence[Recut]) -> bytes:
    """A caption file with some captions cut otherwise, and every other byte as it was.

    Raises:
        UnreadableTranscript: it is no caption file, or cannot be read.
    """
    text, codec, form = _exactly(data, name, encoding)
    return recut_text(text, name, form, edits).encode(codec, "surrogateescape")


def spoken(data: bytes, name: str, encoding: str | None = None) -> list[str]:
    """The spoken lines of a text or caption file; tags inside part one in several.

    Raises:
        UnreadableTranscript: it is no such file, or cannot be read.
    """
    text, _, form = _exactly(data, name, encoding)
    return spoken_parts(text, name, form)


def reword(data: bytes, name: str, encoding: str | None, lines: Sequence[str]) -> bytes:
    """A text or caption file with other lines in place of the `spoken`, nothing else changed.

    Raises:
        UnreadableTranscript: it is no such file, or cannot be read.
        ExportRefused: the file's encoding lacks a character of the new words.
    """
    text, codec, form = _exactly(data, name, encoding)
    changed = reworded(text, name, form, lines)
    try:
        return changed.encode(codec, "surrogateescape")
    except UnicodeEncodeError as error:
        lacking = changed[error.start : error.end]
        reason = f"{lacking!r} cannot be written in {codec}"
        raise ExportRefused(name, f"{reason}; save it as UTF-8 first") from error


def export(
    format_name: str,
    transcript: Transcript,
    *,
    media: Media,
    coverage: Coverage,
    cues: Callable[[Transcript], tuple[Cue, ...]],
) -> bytes:
    """Write a transcript in a format; `cues` cuts it into captions where the format has them.

    Raises:
        ExportRefused: there is no such format, or nothing to write and it cannot hold nothing.
    """
    chosen = FORMATS.get(format_name)
    if chosen is not None and chosen.write_cues is not None:
        shown = cues(transcript)
        if not shown and not chosen.may_be_empty:
            raise ExportRefused(format_name, NOTHING)
        return chosen.write_cues(shown).encode()
    if chosen is not None and chosen.write_transcript is not None:
        if not chosen.may_be_empty and not any(transcript.words()):
            raise ExportRefused(format_name, NOTHING)
        written = chosen.write_transcript(transcript, media, coverage)
        return written if isinstance(written, bytes) else written.encode()
    raise ExportRefused(format_name, f"the formats are {', '.join(WRITABLE)}")


def export_original(
    data: bytes,
    name: str,
    encoding: str | None,
    transcript: Transcript,
    *,
    is_retimed: bool = False,
    offset_ms: int = 0,
) -> bytes:
    """Write a transcript into the very file it was read from, with as few changes as can be.

    `encoding` is the one the file was read in; `offset_ms` moves the file's own times.

    Raises:
        ExportRefused: the file is in none of the formats that can be changed in place.
        UnreadableTranscript: it is not the file it was.
    """
    decoded = decode(data, name, encoding)
    read_as = FORMATS[_format_of(decoded.text, name)]
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


def format_named(name: str) -> str | None:
    """The format that a file's name tells by its ending, None where it tells none."""
    suffix = PurePath(name).suffix.lower()
    return next((one.name for one in FORMATS.values() if suffix in one.suffixes), None)


def _exactly(data: bytes, name: str, encoding: str | None) -> tuple[str, str, str]:
    """A file's exact text, the encoding that gives its bytes again, and its format."""
    decoded = decode(data, name, encoding)
    exact = exact_text(data, decoded.encoding, name)
    return exact, decoded.encoding, _format_of(decoded.text, name)


def _format_of(text: str, name: str) -> str:
    """The format by content where that is unmistakable, else by the name's suffix, else txt."""
    if form := detect.format_in(text):
        return form
    named = format_named(name)
    if named not in ("txt", "md", "docx", None):
        return named
    if any("-->" in line and timing_of(line, 1) for line in text.split("\n")):
        return "srt"
    return "md" if named == "md" else "txt"
