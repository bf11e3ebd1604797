"""From a transcript, or a file of one, to a file in any of our formats.

Joins the presets of `captions` with the writers of `formats`; knows no store and no recording.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from editor import captions, formats
from editor.align.drafts import segments_from_drafts
from editor.document import Media, Transcript
from editor.errors import ExportRefused


@dataclass(frozen=True, slots=True)
class Converted:
    """A file written from another, and what of that could not be read."""

    data: bytes
    problems: tuple[formats.Problem, ...]


def export(
    format_name: str,
    transcript: Transcript,
    known: Media,
    coverage: formats.Coverage,
    *,
    preset: str,
) -> bytes:
    """Write a transcript; captions by a preset, or with "lines" one for each segment.

    Raises:
        ExportRefused: there is no such format or preset.
    """
    cues = cues_of_preset(preset, format_name)
    return formats.export(format_name, transcript, media=known, coverage=coverage, cues=cues)


def cues_of_preset(
    preset: str, format_name: str
) -> Callable[[Transcript], tuple[captions.Cue, ...]]:
    """What cuts a transcript into captions by a preset.

    Raises:
        ExportRefused: there is no such preset.
    """
    if preset == "lines":
        return captions.cues_from_segments
    rules = captions.PRESETS.get(preset)
    if rules is None:
        names = ", ".join(("lines", *captions.PRESETS))
        raise ExportRefused(format_name, f"there is no preset {preset!r}; choose one of {names}")
    return lambda transcript: captions.cues_by_rules(transcript, rules)


def convert(
    data: bytes, name: str, *, format_name: str, preset: str, encoding: str | None = None
) -> Converted:
    """Write a file with times in another format, without its recording.

    Raises:
        UnreadableTranscript: the file cannot be read.
        ExportRefused: it has no times and the other format needs them.
    """
    read = formats.read(data, name, encoding=encoding)
    transcript, known = transcript_of(read, name)
    if formats.FORMATS[format_name].is_timed and any(d.start_ms is None for d in read.drafts):
        raise ExportRefused(format_name, f"{name} has no times; align it with its recording")
    written = export(format_name, transcript, known, None, preset=preset)
    return Converted(written, read.problems)


def transcript_of(read: formats.ReadResult, name: str) -> tuple[Transcript, Media]:
    """A file's own transcript; its recording is as long as its last caption tells."""
    segments = segments_from_drafts(
        read.drafts,
        duration_ms=max((draft.end_ms or 0 for draft in read.drafts), default=0),
        new_id=lambda: secrets.token_urlsafe(6),
    )
    ends_ms = [segment.end_ms or 0 for segment in segments]
    return Transcript(tuple(segments)), Media(name, max(ends_ms, default=0))
