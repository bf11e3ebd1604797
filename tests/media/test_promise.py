"""What is told of recordings that end before they say that they do, and of whole ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from editor.align.report import coverage_of
from editor.library.cut_off import with_cut_off
from editor.media.decode import decode_to_pcm
from editor.media.promise import cut_off_sentence
from editor.media.source import probe
from tests.support.media_files import write_sound

RATE_HZ = 16_000
#: Noise, since what is silent takes next to no bytes.
NOISE = np.random.default_rng(1).integers(-9000, 9000, (1, 8 * RATE_HZ)).astype(np.int16)
ENDS_EARLY = re.compile(
    r"The recording ends after 0:0[34] of 0:08: the file was cut off or is damaged\."
)


def told_of(path: Path) -> str | None:
    info, decoded = probe(path), decode_to_pcm(path, path.with_suffix(".pcm"))
    return cut_off_sentence(info.promised_ms, decoded.duration_ms)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.mp3", None),
        ("a.flac", None),
        ("a.m4a", None),
        ("a.mkv", None),
        ("a.aiff", None),
        ("a.wv", "wavpack"),
        ("film.webm", None),
    ],
)
def test_a_recording_that_was_cut_off_is_told_and_a_whole_one_is_not(
    tmp_path: Path, name: str, codec: str | None
) -> None:
    path = write_sound(
        tmp_path / name,
        NOISE,
        RATE_HZ,
        codec=codec,
        container_format="wv" if codec else None,
        options={"movflags": "faststart"} if name == "a.m4a" else None,
        video_s=12.0 if name == "film.webm" else 0.0,
        video_codec="libvpx",
    )
    assert told_of(path) is None
    data = path.read_bytes()
    path.write_bytes(data[: round(len(data) * 0.58)])
    assert ENDS_EARLY.fullmatch(told_of(path) or "")


def joined(path: Path) -> None:
    path.write_bytes(path.read_bytes() * 2)


def copied_in_part(path: Path) -> None:
    """As programs do that cut without encoding anew: FLAC keeps the length of the whole."""
    whole = path.with_name(f"whole{path.suffix}")
    path.rename(whole)
    with av.open(str(whole)) as source, av.open(str(path), "w") as copy:
        sound = source.streams.audio[0]
        stream = copy.add_stream_from_template(sound)
        for packet in source.demux(sound):
            if packet.dts is not None and packet.dts * packet.time_base < 4:
                packet.stream = stream
                copy.mux(packet)


def without_counts(path: Path) -> None:
    """As recorders write it: no first frame that counts the others."""
    data = path.read_bytes()
    path.write_bytes(data[data.index(b"\xff", data.index(b"Info") + 100) : len(data) // 2])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a.mp3", joined),
        ("a.mp3", without_counts),
        ("a.mp3", copied_in_part),
        ("a.flac", copied_in_part),
        ("a.mkv", copied_in_part),
        ("a.opus", lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])),
    ],
)
def test_nothing_is_told_of_lengths_that_are_guessed_or_of_another_file(
    tmp_path: Path, name: str, change: Callable[[Path], None]
) -> None:
    path = write_sound(tmp_path / name, NOISE, RATE_HZ)
    change(path)
    assert told_of(path) is None


@pytest.mark.parametrize(
    ("promised_ms", "duration_ms", "is_told"),
    [
        (0, 500, False),
        (60_000, 58_001, False),
        (60_000, 57_900, True),
        (36_000_000, 35_930_000, False),
    ],
)
def test_padding_and_rounding_are_not_told(
    promised_ms: int, duration_ms: int, is_told: bool
) -> None:
    assert (cut_off_sentence(promised_ms, duration_ms) is not None) == is_told
    coverage = with_cut_off(coverage_of([], [], [], []), promised_ms, duration_ms)
    assert [remark.kind for remark in coverage.remarks] == ["cut_off"] * is_told
