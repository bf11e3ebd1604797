"""The PCM file: a recording's sound as 16 kHz mono 16-bit WAV, read and written by blocks."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
HEADER_BYTES = 44
_SAMPLE_BYTES = 2


def partial_path(path: Path, pid: int) -> Path:
    """The name under which a process writes what is to become `path`."""
    return path.with_name(f".{path.name}.{pid}.part")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name beside `path` to write to; it takes the place of `path` only if all goes well."""
    partial = partial_path(path, os.getpid())
    try:
        yield partial
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def write_header(file: BinaryIO, sample_count: int) -> None:
    """Write the WAV header at the head of the file."""
    # Past 37 hours the size no longer fits its field. Our readers go by the size of the file.
    size = min(sample_count * _SAMPLE_BYTES, 0xFFFFFFFF - HEADER_BYTES)
    file.seek(0)
    file.write(struct.pack("<4sI4s4sI", b"RIFF", size + HEADER_BYTES - 8, b"WAVE", b"fmt ", 16))
    byte_rate = SAMPLE_RATE_HZ * _SAMPLE_BYTES
    file.write(struct.pack("<HHIIHH", 1, 1, SAMPLE_RATE_HZ, byte_rate, _SAMPLE_BYTES, 16))
    file.write(struct.pack("<4sI", b"data", size))


def sample_count(pcm_path: Path) -> int:
    """Number of samples in a PCM file."""
    return max(0, pcm_path.stat().st_size - HEADER_BYTES) // _SAMPLE_BYTES


def pcm_duration_ms(pcm_path: Path) -> int:
    """Duration of a PCM file."""
    return sample_count(pcm_path) // SAMPLES_PER_MS


def read_pcm(pcm_path: Path, start_ms: int, end_ms: int) -> bytes:
    """The 16-bit samples in [start_ms, end_ms), as far as the file has them."""
    first = max(0, start_ms) * SAMPLES_PER_MS
    wanted = max(0, end_ms * SAMPLES_PER_MS - first)
    with pcm_path.open("rb") as file:
        file.seek(HEADER_BYTES + first * _SAMPLE_BYTES)
        return file.read(wanted * _SAMPLE_BYTES)


def read_samples(pcm_path: Path, start_ms: int, end_ms: int) -> NDArray[np.float32]:
    """The samples in [start_ms, end_ms): float32 (n,), mono, 16 kHz, in [-1, 1]."""
    pcm = np.frombuffer(read_pcm(pcm_path, start_ms, end_ms), dtype="<i2")
    return pcm.astype(np.float32) / np.float32(32768)


def sample_blocks(
    pcm_path: Path, block_samples: int, *, start_ms: int = 0, end_ms: int | None = None
) -> Iterator[NDArray[np.int16]]:
    """The samples in [start_ms, end_ms) in order, `block_samples` at a time, the last fewer."""
    first = start_ms * SAMPLES_PER_MS
    left = (sample_count(pcm_path) if end_ms is None else end_ms * SAMPLES_PER_MS) - first
    with pcm_path.open("rb") as file:
        file.seek(HEADER_BYTES + first * _SAMPLE_BYTES)
        while data := file.read(max(0, min(block_samples, left)) * _SAMPLE_BYTES):
            left -= block_samples
            yield np.frombuffer(data, dtype="<i2", count=len(data) // _SAMPLE_BYTES)
