"""Captions or chapters of a transcript, put into a copy of a recording or film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from editor import formats, media
from editor.document import Media, Transcript
from editor.errors import ExportRefused
from editor.formats.chapters import chapters_of
from editor.formats.exports import Options, publication_of
from editor.formats.turn_marks import marked_cues
from editor.languages import ISO_639_3, LANGUAGE_NAMES
from editor.store import Store

#: The formats that can be put into a copy.
IN_COPIES = ("srt", "chapters")


def export_into(
    store: Store,
    transcript_id: str,
    film: Path,
    output: Path,
    *,
    format_name: str,
    options: Options,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Put the captions or chapters of a transcript of the library into a copy; see `put_into`."""
    row = store.transcript(transcript_id)
    transcript = Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
    options = replace(options, language=options.language or row.language, title=row.title)
    return put_into(
        transcript,
        film,
        output,
        format_name=format_name,
        options=options,
        on_progress=on_progress,
    )


def put_into(
    transcript: Transcript,
    film: Path,
    output: Path,
    *,
    format_name: str,
    options: Options,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy of a film with the captions of a transcript, or its chapters, in it.

    What is left out is told in sentences. Nothing is re-encoded.

    Raises:
        ExportRefused: the copy cannot hold them, or there are none, or it would replace the film.
        UnreadableMedia: the film cannot be read, or its streams do not go into such a copy.
    """
    if format_name not in IN_COPIES:
        raise ExportRefused(format_name, "a copy takes captions (srt) or chapters")
    takes = media.WITH_CHAPTERS if format_name == "chapters" else media.WITH_CAPTIONS
    if output.suffix.lower() not in takes:
        raise ExportRefused(format_name, f"name the copy one of *{', *'.join(takes)}")
    if output.exists() and output.samefile(film):
        raise ExportRefused(format_name, "the copy would replace the film; choose another name")
    found = publication_of(format_name, transcript, Media(film.name, 0), None, options)
    if format_name == "chapters":
        chapters = [(each.start_ms, each.title) for each in chapters_of(found)]
        additions = media.Additions(chapters=chapters)
    elif not found.cues:
        raise ExportRefused(format_name, formats.NOTHING)
    else:
        shown = zip(found.cues, marked_cues(found.cues), strict=True)
        additions = media.Additions(
            [(cue.start_ms, cue.end_ms, text) for cue, text in shown],
            language=ISO_639_3.get(found.language or "", "und"),
            name=LANGUAGE_NAMES.get(found.language or "", ""),
        )
    dropped = media.remux(film, output, additions, on_progress=on_progress)
    return [*(f"{each} is left out of the copy" for each in dropped), *found.left_out()]
