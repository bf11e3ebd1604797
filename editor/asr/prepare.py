"""A recording made ready to be recognised, and the model that recognises it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Protocol

from editor import media, weights
from editor.align.place import Interval
from editor.asr.forced.kept_phones import SUFFIX as PHONES_SUFFIX
from editor.asr.recogniser import Recogniser
from editor.config import Settings
from editor.document import RecognisedWord

#: The sound of a recording as it is recognised; made anew where it is missing.
PCM_FILE = "work.wav"
#: Its beginning alone, while the rest is decoded.
BEGINNING_FILE = "beginning.wav"
#: What is made of a recording for those who listen to it, and can be made again.
WORK_FILES = frozenset(
    {name + suffix for name in (PCM_FILE, BEGINNING_FILE) for suffix in ("", PHONES_SUFFIX)}
)
# The first chunk ends before this; the beginning is longer, so that it ends there in any case.
_LATEST_FIRST_CUT_MS, _BEGINNING_MS = 90_000, 100_000
_LATER_CHUNK_MS = 120_000
#: Shares of the whole job, as progress counts them.
DECODE_SHARE, RECOGNISE_SHARE = 0.08, 0.9


class Progress(Protocol):
    """Where a job reports how far it is, and learns that it is not wanted any more."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


@dataclass(frozen=True)
class OwnSound:
    """The sound of one person, from a channel or track: a PCM file that is silent but for `spans`
    (start_ms, end_ms), in order and apart, and its silences."""

    pcm_path: Path
    spans: list[Interval]
    silences: list[Interval]

    def spans_in(self, start_ms: int, end_ms: int) -> list[Interval]:
        """The spans that reach into [start_ms, end_ms)."""
        first = bisect_right(self.spans, start_ms, key=lambda span: span[1])
        return list(takewhile(lambda span: span[0] < end_ms, self.spans[first:]))

    def says(self, word: RecognisedWord) -> bool:
        """Whether most of a word lies within a span."""
        within = self.spans_in(word.start_ms, word.end_ms)
        both_ms = sum(min(word.end_ms, end) - max(word.start_ms, start) for start, end in within)
        return 2 * both_ms >= word.end_ms - word.start_ms


@dataclass(frozen=True)
class Prepared:
    """A recording made ready: its PCM file, length, silences and chunks, in ms.

    `decoded` is what came of decoding it, None where that was done before. `own_sounds` are those
    of people who are recognised each alone, in the order of their voices. `promised_ms` is how long
    the recording says that it is, 0 where that cannot be relied upon.
    """

    pcm_path: Path
    duration_ms: int
    silences: list[tuple[int, int]]
    chunks: list[tuple[int, int]]
    decoded: media.Decoded | None = None
    own_sounds: tuple[OwnSound, ...] = ()
    promised_ms: int = 0


def prepare(
    path: Path, folder: Path, expected_ms: int, progress: Progress, *, track: int | None = None
) -> Prepared:
    """Decode a recording into `folder`, if that is not done yet, and find its pauses.

    Where no sound `track` is chosen, it is that which `decode_to_pcm` finds.
    """
    pcm_path = folder / PCM_FILE

    def report(done_ms: int) -> None:
        progress.checkpoint()
        progress.report(DECODE_SHARE * min(1, done_ms / max(1, expected_ms)), "decode")

    decoded = None
    if not pcm_path.exists():
        decoded = media.decode_to_pcm(path, pcm_path, track=track, on_progress=report)
    duration_ms = media.pcm_duration_ms(pcm_path)
    silences = media.silences(pcm_path)
    # The first chunk is what it is when nothing but the beginning is known.
    first = _chunks_of_beginning(pcm_path, duration_ms)[:1]
    if not first:
        return Prepared(pcm_path, duration_ms, silences, [], decoded)
    rest = media.cut_chunks(silences, duration_ms, start_ms=first[0][1], first_ms=_LATER_CHUNK_MS)
    return Prepared(pcm_path, duration_ms, silences, [*first, *rest], decoded)


def prepare_beginning(
    path: Path, folder: Path, progress: Progress, *, track: int | None = None
) -> Prepared | None:
    """The first chunk of a recording made ready alone, to be recognised while the rest is decoded.

    None where the recording is no longer than that, or is decoded already; and where nothing sounds
    in it, since another track may be used then.
    """
    pcm_path = folder / BEGINNING_FILE
    if (folder / PCM_FILE).exists():
        return None
    decoded = media.decode_to_pcm(
        path,
        pcm_path,
        track=track,
        until_ms=_BEGINNING_MS,
        on_progress=lambda _: progress.checkpoint(),
    )
    duration_ms = media.pcm_duration_ms(pcm_path)
    if duration_ms < _BEGINNING_MS or decoded.is_silent:
        return None
    chunks = _chunks_of_beginning(pcm_path, duration_ms)[:1]
    return Prepared(pcm_path, duration_ms, media.silences(pcm_path), chunks)


def _chunks_of_beginning(pcm_path: Path, duration_ms: int) -> list[tuple[int, int]]:
    silences = media.silences(pcm_path, end_ms=min(duration_ms, _LATEST_FIRST_CUT_MS))
    return media.cut_chunks(silences, duration_ms)


def silences_in(prepared: Prepared, start_ms: int, end_ms: int) -> list[Interval]:
    """The silences of a recording that reach into [start_ms, end_ms)."""
    first = bisect_right(prepared.silences, start_ms, key=lambda silence: silence[1])
    return list(takewhile(lambda silence: silence[0] < end_ms, prepared.silences[first:]))


def load_recogniser(settings: Settings, model: str, progress: Progress) -> Recogniser:
    """Load a model; where it must be downloaded first, that is reported as it goes."""

    def downloaded(done_bytes: int, total_bytes: int) -> None:
        progress.checkpoint()
        message = f"{model}: {done_bytes / 1e6:.0f} of {total_bytes / 1e6:.0f} MB"
        progress.report(DECODE_SHARE, "download", message)

    folder = weights.ensure(model, settings.models_dir, on_progress=downloaded)
    progress.report(DECODE_SHARE, "load", model)
    return Recogniser(
        folder,
        name=model,
        device=settings.device,
        threads=settings.threads,
        ctc_dir=settings.ctc_model,
    )
