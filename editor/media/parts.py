"""The parts of a recording that may have one person each: its audio tracks, or its channels.

Each is written as a PCM file of its own, all on the time line of the recording; how loud each is
shows whose part it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from editor.media.decode import sound_blocks
from editor.media.fades import fade_weights
from editor.media.limits import check_length
from editor.media.pcm import (
    HEADER_BYTES,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_MS,
    replacing,
    sample_blocks,
    sample_count,
    write_header,
)
from editor.media.source import MediaInfo, open_recording
from editor.media.tracks import sound_track

#: So long is a frame whose level is told.
LEVEL_FRAME_MS = 20
#: The level of digital silence; full scale is 0 dB.
FLOOR_DB = -96.0
#: More parts than this have no person each: an orchestra, a film in many languages.
MOST_PARTS = 10
_FRAME = LEVEL_FRAME_MS * SAMPLES_PER_MS
#: A minute of frames at once.
_BLOCK = 3_000 * _FRAME
_PROGRESS_STEP_MS = 5_000
#: What is left out fades for so long, so that no click is heard as a sound.
_FADE = 10 * SAMPLES_PER_MS


@dataclass(frozen=True, slots=True)
class Part:
    """An audio track, counted from 1, or the `channel` of one, counted from 0."""

    track: int
    channel: int | None = None


def parts_of(info: MediaInfo, track: int | None = None) -> tuple[Part, ...]:
    """The parts that may have a person each, none where there is but one.

    The tracks of a recording that has several, unless one `track` is chosen; else the channels.
    """
    if track is None and len(info.tracks) > 1:
        parts = tuple(Part(number) for number in range(1, len(info.tracks) + 1))
    else:
        number = track or info.track
        parts = tuple(Part(number, at) for at in range(info.channels[number - 1]))
    return parts if 2 <= len(parts) <= MOST_PARTS else ()


def part_path(folder: Path, number: int) -> Path:
    """The PCM file of the part of this number, counted from 0."""
    return folder / f"part-{number}.wav"


def write_parts(
    path: Path,
    folder: Path,
    parts: Sequence[Part],
    *,
    on_progress: Callable[[int], None] = lambda heard_ms: None,
) -> None:
    """Write the sound of each part to its `part_path`; `on_progress` is called with the share of
    the recording that was heard, in ms of it.

    Raises:
        UnreadableMedia: nothing can be heard in one of them; see `probe`.
    """
    tracks = list(dict.fromkeys(part.track for part in parts))
    heard_ms = 0
    for track in tracks:
        own = {at: part.channel for at, part in enumerate(parts) if part.track == track}
        with _pcm_files([part_path(folder, at) for at in own]) as files:
            written, reported_ms = 0, 0
            for block in sound_blocks(
                path,
                rate_hz=SAMPLE_RATE_HZ,
                layout=_layout(path, track) if None not in own.values() else "mono",
                track=track,
            ):
                for file, channel in zip(files, own.values(), strict=True):
                    file.write(np.ascontiguousarray(block[:, channel or 0]).tobytes())
                written += len(block)
                at_ms = written // SAMPLES_PER_MS
                check_length(path.name, at_ms)
                if at_ms >= reported_ms + _PROGRESS_STEP_MS:
                    reported_ms = at_ms
                    on_progress((heard_ms + at_ms) // len(tracks))
            for file in files:
                write_header(file, written)
        heard_ms += written // SAMPLES_PER_MS


def part_levels(pcm_paths: Sequence[Path]) -> NDArray[np.float32]:
    """How loud each PCM file is: float32 (frames, files), in dB, full scale is 0."""
    count = -(-max(map(sample_count, pcm_paths)) // _FRAME)
    levels = np.full((count, len(pcm_paths)), FLOOR_DB, np.float32)
    for column, path in enumerate(pcm_paths):
        at = 0
        for block in sample_blocks(path, _BLOCK):
            whole = len(block) // _FRAME
            found = _levels(block[: whole * _FRAME])
            levels[at : at + whole, column] = found
            at += whole
    return levels


def write_within(pcm_path: Path, out_path: Path, spans: Sequence[tuple[int, int]]) -> None:
    """Write what sounds within the `spans` (start_ms, end_ms), in order and apart, to another PCM
    file; all else is silent there."""
    with replacing(out_path) as partial, partial.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        at = 0
        left = [(start * SAMPLES_PER_MS, end * SAMPLES_PER_MS) for start, end in spans]
        for block in sample_blocks(pcm_path, _BLOCK):
            weights = np.zeros(len(block), np.float32)
            while left and left[0][1] <= at:
                left.pop(0)
            for start, end in left:
                if start >= at + len(block):
                    break
                first, last = max(start, at) - at, min(end, at + len(block)) - at
                heard = np.arange(first + at, last + at)
                weights[first:last] = fade_weights(heard, start, end, _FADE)
            file.write((block * weights).astype(np.int16).tobytes())
            at += len(block)
        write_header(file, at)


def write_sum(pcm_paths: Sequence[Path], out_path: Path) -> None:
    """Write what PCM files sound like together to another one."""
    with replacing(out_path) as partial, partial.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        count = max(map(sample_count, pcm_paths))
        blocks = [sample_blocks(path, _BLOCK) for path in pcm_paths]
        for at in range(0, count, _BLOCK):
            together = np.zeros(min(_BLOCK, count - at), np.int32)
            for one in blocks:
                block = next(one, np.empty(0, np.int16))
                together[: len(block)] += block
            file.write(together.clip(-32768, 32767).astype(np.int16).tobytes())
        write_header(file, count)


def _layout(path: Path, track: int) -> str:
    with open_recording(path) as container:
        sound = sound_track(container, path.name, track)
        return "stereo" if sound.channels == 2 else sound.layout.name


@contextmanager
def _pcm_files(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Files to write samples to, which are there under their names once all went well."""
    with ExitStack() as stack:
        files = list[BinaryIO]()
        for path in paths:
            partial = stack.enter_context(replacing(path))
            file = stack.enter_context(partial.open("wb"))
            file.write(bytes(HEADER_BYTES))
            files.append(file)
        yield files


def _levels(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    frames = samples.reshape(-1, _FRAME).astype(np.float32) / np.float32(32768)
    power = np.square(frames).mean(axis=1)
    levels: NDArray[np.float32] = 10 * np.log10(np.maximum(power, 10 ** (FLOOR_DB / 10)))
    return levels.astype(np.float32)
