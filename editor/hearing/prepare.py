"""A recording made ready to be heard, and the model that hears it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Protocol

from editor import media, models
from editor.align.place import Interval
from editor.config import Settings
from editor.recognise import Recogniser

#: The sound of a recording as it is heard; made anew where it is missing.
WORK_FILE = "work.wav"
#: Shares of the whole job, as progress counts them.
DECODE_SHARE, HEAR_SHARE = 0.08, 0.9


class Progress(Protocol):
    """Where a job tells how far it is, and learns that it is not wanted any more."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


@dataclass(frozen=True)
class Prepared:
    """A recording made ready: its work file, length, silences and pieces, in ms.

    `decoded` is what came of decoding it, None where that was done before.
    """

    work_path: Path
    duration_ms: int
    silences: list[tuple[int, int]]
    pieces: list[tuple[int, int]]
    decoded: media.Decoded | None = None


def prepare(path: Path, folder: Path, expected_ms: int, progress: Progress) -> Prepared:
    """Decode a recording into `folder`, if that is not done yet, and find its pauses."""
    work_path = folder / WORK_FILE

    def decoded(done_ms: int) -> None:
        progress.checkpoint()
        progress.report(DECODE_SHARE * min(1, done_ms / max(1, expected_ms)), "decode")

    told = None
    if not work_path.exists():
        told = media.decode_to_work_file(path, work_path, on_progress=decoded)
    duration_ms = media.work_duration_ms(work_path)
    silences = media.silences(work_path)
    return Prepared(work_path, duration_ms, silences, media.pieces(silences, duration_ms), told)


def silences_in(prepared: Prepared, start_ms: int, end_ms: int) -> list[Interval]:
    """The silences of a recording that reach into [start_ms, end_ms)."""
    first = bisect_right(prepared.silences, start_ms, key=lambda silence: silence[1])
    return list(takewhile(lambda silence: silence[0] < end_ms, prepared.silences[first:]))


def load_recogniser(settings: Settings, model: str, progress: Progress) -> Recogniser:
    """Load a model; where it must be downloaded first, that is told as it goes."""

    def downloaded(done_bytes: int, total_bytes: int) -> None:
        progress.checkpoint()
        message = f"{model}: {done_bytes / 1e6:.0f} of {total_bytes / 1e6:.0f} MB"
        progress.report(DECODE_SHARE, "download", message)

    folder = models.ensure(model, settings.models_dir, on_progress=downloaded)
    progress.report(DECODE_SHARE, "load", model)
    return Recogniser(
        folder,
        name=model,
        device=settings.device,
        threads=settings.threads,
        ctc_dir=settings.ctc_model,
    )
