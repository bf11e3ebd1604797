"""Peaks: lowest and highest sample of each interval, at several resolutions, to draw a waveform.

The file: b"TEPK", uint16 version, uint16 number of levels; for each level uint32 pairs a second,
uint32 number of pairs, uint64 offset; then int8 pairs (lowest, highest). All little-endian.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from editor.errors import InvalidValue
from editor.media.pcm import SAMPLE_RATE_HZ, replacing, sample_blocks, sample_count

#: Pairs a second, finest first.
LEVELS = (100, 20, 4, 1)
_MAGIC, _VERSION = b"TEPK", 1
_HEAD = struct.Struct("<4sHH")
_ENTRY = struct.Struct("<IIQ")
_BLOCK_S = 60


def write_peaks(pcm_path: Path, peaks_path: Path) -> None:
    """Write the peaks of a PCM file at all `LEVELS`."""
    seconds = -(-sample_count(pcm_path) // SAMPLE_RATE_HZ)
    offset = _HEAD.size + _ENTRY.size * len(LEVELS)
    offsets: dict[int, int] = {}
    with replacing(peaks_path) as partial, partial.open("wb") as file:
        file.write(_HEAD.pack(_MAGIC, _VERSION, len(LEVELS)))
        for level in LEVELS:
            file.write(_ENTRY.pack(level, seconds * level, offset))
            offsets[level] = offset
            offset += 2 * seconds * level
        for block in sample_blocks(pcm_path, _BLOCK_S * SAMPLE_RATE_HZ):
            for level, pairs in _levels_of(block):
                file.seek(offsets[level])
                offsets[level] += file.write(pairs.tobytes())


def read_peaks(path: Path, level: int, start_ms: int, end_ms: int) -> bytes:
    """int8 pairs (lowest, highest) that cover [start_ms, end_ms), as far as there are any.

    The last second of a recording is filled up with silence.

    Raises:
        InvalidValue: there is no such level.
    """
    with path.open("rb") as file:
        entries = _entries(file)
        for pairs_a_second, pair_count, offset in entries:
            if pairs_a_second == level:
                first = max(0, start_ms) * level // 1000
                last = min(pair_count, -(-end_ms * level // 1000))
                at = offset + 2 * first
                # A file may tell of more than it has.
                if at > path.stat().st_size:
                    return b""
                file.seek(at)
                return file.read(2 * max(0, last - first))
    levels = ", ".join(str(entry[0]) for entry in entries)
    raise InvalidValue("level", f"it must be one of {levels}, not {level}")


def _entries(file: BinaryIO) -> list[tuple[int, int, int]]:
    """What the head of the file says of each level."""
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(_MAGIC):
        raise InvalidValue("peaks", "they are damaged")
    _, _, level_count = _HEAD.unpack(head)
    listed = file.read(level_count * _ENTRY.size)
    if len(listed) < level_count * _ENTRY.size:
        raise InvalidValue("peaks", "they are damaged")
    return [_ENTRY.unpack_from(listed, at) for at in range(0, len(listed), _ENTRY.size)]


def _levels_of(block: NDArray[np.int16]) -> list[tuple[int, NDArray[np.int8]]]:
    """All levels of a block that begins at a whole second."""
    missing = -len(block) % SAMPLE_RATE_HZ
    finest = np.pad(block, (0, missing)).reshape(-1, SAMPLE_RATE_HZ // LEVELS[0])
    lows, highs = finest.min(axis=1), finest.max(axis=1)
    levels = []
    for level in LEVELS:
        group = LEVELS[0] // level
        pairs = np.stack(
            (lows.reshape(-1, group).min(axis=1), highs.reshape(-1, group).max(axis=1)), axis=1
        )
        levels.append((level, np.clip(np.rint(pairs / 256), -128, 127).astype(np.int8)))
    return levels
