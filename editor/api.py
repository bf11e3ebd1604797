"""What other Python programs use of this one; see docs/python.md.

`from editor import align_text, read_file, write_file`. Nothing here needs a library or a server.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor import formats
from editor.captions import preset_named
from editor.config import Settings
from editor.document import Media, Transcript
from editor.formats import Choices
from editor.formats.exports import Options, publish, transcript_of
from editor.formats.sandbox import read_apart
from editor.library.offline import check_files
from editor.review import hotwords_of

__all__ = ["Choices", "Timed", "align_text", "read_file", "transcribe", "write_file"]


@dataclass(frozen=True, slots=True)
class Timed:
    """A transcript with its recording; `coverage` says how well they match, if they were aligned.

    `remarks` are sentences about what of the text could not be used.
    """

    transcript: Transcript
    media: Media
    coverage: dict[str, Any] | None = None
    remarks: tuple[str, ...] = ()


def read_file(path: str | Path, *, kind: str | None = None, encoding: str | None = None) -> Timed:
    """Read a file of a transcript or of captions in any of the formats; `kind` and `encoding`
    where they are not as its content looks.

    Raises:
        editor.errors.EditorError: the file cannot be read; says why and where.
    """
    path = Path(path)
    found = read_apart(path.read_bytes(), path.name, kind=kind, encoding=encoding)
    transcript, media = transcript_of(found, path.name)
    return Timed(transcript, media, remarks=_remarks(found.problems))


def align_text(
    recording: str | Path,
    text: str | Path,
    *,
    model: str = "base",
    language: str | None = None,
    names: Sequence[str] = (),
    trust_text: bool = False,
    track: int | None = None,
    on_progress: Callable[[float, str], None] = lambda share, phase: None,
) -> Timed:
    """Time the words of a text by its recording.

    `names` are names and terms to expect, `track` is the audio track to use (from 1). With
    `trust_text` nothing is recognised. `on_progress` gets how far it is, from 0 to 1, and in what;
    what it raises ends the work.

    Raises:
        editor.errors.EditorError: the recording or the text cannot be read.
    """
    return _timed(
        recording, text, model, language, names, on_progress, is_trusted=trust_text, track=track
    )


def transcribe(
    recording: str | Path,
    *,
    model: str = "base",
    language: str | None = None,
    names: Sequence[str] = (),
    track: int | None = None,
    on_progress: Callable[[float, str], None] = lambda share, phase: None,
) -> Timed:
    """Write down what is said in a recording; for what can be chosen see `align_text`.

    Raises:
        editor.errors.EditorError: the recording cannot be read.
    """
    return _timed(recording, None, model, language, names, on_progress, track=track)


def _timed(
    recording: str | Path,
    text: str | Path | None,
    model: str,
    language: str | None,
    names: Sequence[str],
    on_progress: Callable[[float, str], None],
    *,
    is_trusted: bool = False,
    track: int | None = None,
) -> Timed:
    with tempfile.TemporaryDirectory() as folder:
        aligned = check_files(
            Path(recording),
            Path(text) if text else None,
            model=model,
            language=language,
            settings=Settings.from_env(os.environ),
            work_dir=Path(folder),
            progress=_Progress(on_progress),
            is_trusted=is_trusted,
            hotwords=hotwords_of(names),
            track=track,
        ).aligned
    remarks = _remarks(aligned.problems)
    return Timed(aligned.transcript, aligned.media, aligned.coverage, remarks)


def write_file(
    timed: Timed,
    path: str | Path,
    format_name: str | None = None,
    *,
    preset: str = "lines",
    title: str = "",
    language: str | None = None,
    choices: Choices = formats.USUAL,
) -> tuple[str, ...]:
    """Write a transcript to a file, and say in sentences what has no place in it.

    The format is told by the file's name where none is named.

    Raises:
        editor.errors.EditorError: it cannot be written in this format.
    """
    path = Path(path)
    name = format_name or formats.format_named(path.name) or "srt"
    options = Options(preset_named(preset), language=language, title=title, choices=choices)
    published = publish(name, timed.transcript, timed.media, timed.coverage, options)
    path.write_bytes(published.data)
    return published.lost


def _remarks(problems: Sequence[formats.Problem]) -> tuple[str, ...]:
    return tuple(f"line {one.line}: {one.reason}: {one.text}" for one in problems)


class _Progress:
    """Hands on how far it is; whoever waits ends it by raising."""

    def __init__(self, on_progress: Callable[[float, str], None]) -> None:
        self._on_progress = on_progress

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Hand on how far it is."""
        self._on_progress(fraction, phase)

    def checkpoint(self) -> None:
        """Nothing stops it from outside."""
