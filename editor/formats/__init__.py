"""Files of transcripts and captions, read and written; one module for each format.

A new format is a module with `read` or `write` and its line here.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from editor.captions import PRESETS, cues_by_rules, cues_from_segments
from editor.document import Media, Transcript
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats import srt, transcript_json, txt, vtt
from editor.formats.encoding import decode
from editor.formats.result import Problem, ReadResult

__all__ = ["FORMATS", "Problem", "ReadResult", "export", "format_of", "read"]

READERS = {"txt": txt.read, "srt": srt.read, "vtt": vtt.read, "json": transcript_json.read}
FORMATS = tuple(READERS)


def format_of(name: str) -> str:
    """The format a file's name tells, plain text where it tells none."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    return suffix if suffix in READERS else "txt"


def read(data: bytes, name: str, *, encoding: str | None = None) -> ReadResult:
    """Read a transcript; what of it cannot be used is listed, never dropped in silence.

    Raises:
        UnreadableTranscript: nothing of it can be used.
    """
    text, used, is_guess = decode(data, name, encoding=encoding)
    format_name = "vtt" if text.startswith("WEBVTT") else format_of(name)
    drafts, problems = READERS[format_name](text, name)
    if not drafts:
        raise UnreadableTranscript(name, "it holds no text")
    return ReadResult(format_name, used, is_guess, tuple(drafts), tuple(problems))


def export(
    format_name: str,
    transcript: Transcript,
    *,
    media: Media,
    coverage: dict[str, Any] | None = None,
    preset: str = "lines",
) -> str:
    """Write a transcript; caption formats break it as `preset` says, "lines" keeps its segments.

    Raises:
        ExportRefused: there is no such format or preset.
    """
    if format_name == "txt":
        return txt.write(transcript)
    if format_name == "json":
        return transcript_json.write(transcript, media=media, coverage=coverage)
    if format_name not in ("srt", "vtt"):
        raise ExportRefused(format_name, f"choose one of {', '.join(FORMATS)}")
    if preset != "lines" and preset not in PRESETS:
        raise ExportRefused(format_name, f"there is no preset {preset!r}")
    cues = (
        cues_from_segments(transcript)
        if preset == "lines"
        else cues_by_rules(transcript, PRESETS[preset])
    )
    return srt.write(cues) if format_name == "srt" else vtt.write(cues)
