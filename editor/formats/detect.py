"""What a file is: the one table of kinds, in which each reader says how sure it is of a content."""

from __future__ import annotations

import re
from pathlib import PurePath

from editor.errors import InvalidValue
from editor.formats import (
    ass,
    ass_write,
    document_lines,
    docx,
    html_text,
    markdown,
    odt,
    pdf,
    player_page,
    rtf,
    srt,
    timestamped,
    transcript_json,
    ttml,
    txt,
    vtt,
    xml_text,
)
from editor.formats.exchange import EXCHANGED
from editor.formats.kind import Format
from editor.formats.read_only import READ_ONLY, VTT_OF_JSON
from editor.formats.write_only import WRITE_ONLY

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: A reader that is less sure than this of a content comes behind the ending of the file's name.
_SURE = 0.6
#: So much of a text tells what it is.
_SAMPLE_CHARACTERS = 32 * 1024


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "txt",
            "plain text",
            (".txt", ".text"),
            "text/plain",
            txt.read,
            publish=lambda p: txt.write(p.transcript, p.choices),
            is_timed=False,
            places=txt.places,
            purpose="documents",
        ),
        Format(
            "timestamped",
            "text with times",
            (".times.txt",),
            "text/plain",
            timestamped.read,
            sure=lambda sample: 0.55 * timestamped.is_timestamped(sample),
            is_timed=False,
        ),
        Format(
            "srt",
            "SubRip captions (SRT)",
            (".srt",),
            "application/x-subrip",
            srt.read,
            sure=lambda sample: 0.58 * srt.is_srt(sample),
            write_cues=srt.write,
            places=srt.places,
        ),
        VTT_OF_JSON,
        Format(
            "vtt",
            "WebVTT captions",
            (".vtt",),
            "text/vtt",
            vtt.read,
            sure=lambda sample: 1.0 * bool(re.match(r"WEBVTT(?:\s|\Z)", sample)),
            write_cues=vtt.write,
            may_be_empty=True,
            places=vtt.places,
        ),
        Format(
            "json",
            "JSON",
            (".json", ".json3", ".jsonl", ".otr"),
            "application/json",
            transcript_json.read,
            sure=lambda sample: 0.9 * transcript_json.is_json(sample),
            may_be_empty=True,
            publish=lambda p: transcript_json.write(p.transcript, p.media, p.coverage),
            purpose="documents",
            has_struck=True,
        ),
        Format(
            "vtt-words",
            "WebVTT captions of words",
            (".words.vtt",),
            "text/vtt",
            vtt.read,
            write_cues=vtt.write_words,
            may_be_empty=True,
            is_variant=True,
        ),
        Format(
            "ttml",
            "TTML captions",
            (".ttml", ".dfxp", ".itt", ".xml"),
            "application/ttml+xml",
            ttml.read,
            sure=lambda sample: 1.0 * (xml_text.root_in(sample) == "tt"),
            write_cues=ttml.write,
        ),
        Format(
            "ass",
            "Advanced SubStation captions (ASS)",
            (".ass", ".ssa"),
            "text/x-ssa",
            ass.read,
            sure=lambda sample: 1.0 * sample.startswith("[Script Info]"),
            write_cues=ass_write.write,
        ),
        Format(
            "md",
            "Markdown",
            (".md", ".markdown"),
            "text/markdown",
            markdown.read,
            publish=lambda p: markdown.write(p.transcript, p.choices),
            is_timed=False,
            purpose="documents",
        ),
        *EXCHANGED,
        *READ_ONLY,
        Format(
            "docx",
            "a Word document (DOCX)",
            (".docx",),
            DOCX_TYPE,
            document_lines.read,
            is_document=docx.is_docx,
            text_of=docx.text_of,
            publish=lambda p: docx.write(p.transcript, p.choices),
            is_timed=False,
            purpose="documents",
        ),
        Format(
            "odt",
            "an OpenDocument text (ODT)",
            (".odt",),
            "application/vnd.oasis.opendocument.text",
            document_lines.read,
            is_document=odt.is_odt,
            text_of=odt.text_of,
        ),
        Format(
            "rtf",
            "an RTF document",
            (".rtf",),
            "application/rtf",
            document_lines.read,
            is_document=rtf.is_rtf,
            text_of=rtf.text_of,
        ),
        Format(
            "pdf",
            "a PDF",
            (".pdf",),
            "application/pdf",
            document_lines.read,
            is_document=pdf.is_pdf,
            text_of=pdf.text_of,
        ),
        Format(
            "html",
            "a web page (HTML)",
            (".html", ".htm"),
            "text/html",
            html_text.read,
            sure=lambda sample: 1.0 * html_text.is_html(sample),
            publish=player_page.write,
            purpose="documents",
        ),
        *WRITE_ONLY,
    )
}
#: What kinds were called that a transcript may have been stored with.
_FORMER = {"labels": "audacity", "exmaralda": "exb", "chat": "cha", "table": "csv"}

#: What a file may be read as, by name.
READ_AS = tuple(name for name, one in FORMATS.items() if not one.is_variant)


def document_in(data: bytes) -> Format | None:
    """The kind of document that bytes are, None where they are none that is read here."""
    return next((one for one in FORMATS.values() if one.is_document(data)), None)


def kind_of(text: str, name: str) -> Format:
    """What a text is: by its content where a reader is sure, else by its name's ending."""
    sample = text[: 2 * _SAMPLE_CHARACTERS].lstrip()[:_SAMPLE_CHARACTERS]
    surest, best = 0.0, FORMATS["txt"]
    for one in FORMATS.values():
        if (sure := one.sure(sample)) > surest:
            surest, best = sure, one
        if surest == 1:
            break
    if surest >= _SURE:
        return best
    named = format_named(name, is_read=True)
    # Any text may be in a file with these endings.
    if named not in ("txt", "md", "timestamped", "vtt-json", None) and not FORMATS[named].text_of:
        return FORMATS[named]
    is_markdown = named == "md" and best.name in ("txt", "timestamped")
    return FORMATS["md"] if is_markdown else best


def format_named(name: str, *, is_read: bool = False) -> str | None:
    """The format that a file's name tells by its ending, None where it tells none.

    The longest ending tells; of those that are no kind of their own none does in a file `is_read`.

    >>> format_named("a.podcast.json"), format_named("a.podcast.json", is_read=True)
    ('podcast', 'json')
    """
    lower = PurePath(name).name.lower()
    told = [
        (len(suffix), one.name)
        for one in FORMATS.values()
        for suffix in one.suffixes
        if lower.endswith(suffix) and not (is_read and one.is_variant)
    ]
    return max(told, key=lambda one: one[0])[1] if told else None


def format_called(name: str) -> Format | None:
    """The format of a name, also one that it had before; None where there is none."""
    return FORMATS.get(_FORMER.get(name, name))


def chosen_kind(name: str) -> Format:
    """The kind that a person chose.

    Raises:
        InvalidValue: there is no such kind.
    """
    chosen = format_called(name)
    if chosen is None:
        raise InvalidValue("kind", f"must be one of {', '.join(READ_AS)}, not {name!r}")
    return chosen
