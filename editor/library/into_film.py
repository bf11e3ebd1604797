"""Captions or chapters of a transcript, put into a copy of a recording or film, or drawn there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from editor import formats, media
from editor.captions.speaker_colours import SPEAKER_COLOURS, speaker_colours
from editor.document import Media, Transcript
from editor.errors import ExportRefused
from editor.formats.chapters import chapters_of
from editor.formats.exports import Options, publication_of
from editor.formats.turn_marks import marked_cues
from editor.languages import ISO_639_3, LANGUAGE_NAMES
from editor.store import Store

#: The formats that can be put into a copy.
IN_COPIES = ("srt", "chapters")


@dataclass(frozen=True, slots=True)
class Look:
    """How captions that are drawn into a picture look: with a colour for each speaker, or white."""

    has_colours: bool = False


def export_into(
    store: Store,
    transcript_id: str,
    film: Path,
    output: Path,
    *,
    format_name: str,
    options: Options,
    look: Look | None = None,
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
        look=look,
        on_progress=on_progress,
    )


def put_into(
    transcript: Transcript,
    film: Path,
    output: Path,
    *,
    format_name: str,
    options: Options,
    look: Look | None = None,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy of a film with the captions of a transcript, or its chapters, in it.

    What is left out is told in sentences. Nothing is re-encoded, unless captions get a `look`:
    they are drawn into the picture; see `draw_into`.

    Raises:
        ExportRefused: the copy cannot hold them, or there are none, or it would replace the film.
        UnreadableMedia: the film cannot be read, or its streams do not go into such a copy.
    """
    if look is not None:
        return draw_into(
            transcript, film, output, look=look, options=options, on_progress=on_progress
        )
    if format_name not in IN_COPIES:
        raise ExportRefused(format_name, "a copy takes captions (srt) or chapters")
    takes = media.WITH_CHAPTERS if format_name == "chapters" else media.WITH_CAPTIONS
    _check_output(format_name, film, output, takes)
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


def draw_into(
    transcript: Transcript,
    film: Path,
    output: Path,
    *,
    look: Look,
    options: Options,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy of a film with the captions of a transcript drawn into its picture.

    What is left out is told in sentences. The picture is encoded anew, the sound is copied.

    Raises:
        ExportRefused: there are no captions, or the copy would replace the film.
        InvalidValue: no font of this computer has letters of the captions.
        UnreadableMedia: the film has no picture, or its sound does not go into such a copy.
    """
    _check_output("film", film, output, media.WITH_PICTURE)
    found = publication_of("srt", transcript, Media(film.name, 0), None, options)
    if not found.cues:
        raise ExportRefused("film", formats.NOTHING)
    colours = speaker_colours(found.cues) if look.has_colours else {}
    shown = [
        (
            cue.start_ms,
            cue.end_ms,
            [
                (line, colours.get(cue.speaker or "", SPEAKER_COLOURS[0]))
                for line in text.splitlines()
            ],
        )
        for cue, text in zip(found.cues, marked_cues(found.cues), strict=True)
    ]
    one_at_a_time: list[media.Shown] = [
        (start_ms, end_ms, [line for lines in together for line in lines])
        for start_ms, end_ms, together in media.at_once(shown)
    ]
    lacks = media.burn(film, output, one_at_a_time, on_progress=on_progress)
    return [*lacks, *found.left_out()]


def _check_output(format_name: str, film: Path, output: Path, takes: Sequence[str]) -> None:
    if output.suffix.lower() not in takes:
        raise ExportRefused(format_name, f"name the copy one of *{', *'.join(takes)}")
    if output.exists() and output.samefile(film):
        raise ExportRefused(format_name, "the copy would replace the film; choose another name")
