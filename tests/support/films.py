"""Films of made-up shots, of which it is known where they are cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

Picture = NDArray[np.float32]


def scene(seed: int, size: tuple[int, int] = (160, 90)) -> Picture:
    """A picture of its own, twice as wide as a frame, so that a camera can pan over it.

    As in pictures of the world, what is large in it differs more than what is small.
    """
    rng = np.random.default_rng(seed)
    picture = np.full((size[1], 2 * size[0]), rng.uniform(80, 160), np.float32)
    for cells, shades in ((3, 50), (6, 25), (12, 12), (24, 6)):
        rough = rng.uniform(-shades, shades, (cells + 1, 3 * cells + 1)).astype(np.float32)
        picture += _smooth(rough, picture.shape)
    return picture


def _smooth(rough: Picture, shape: tuple[int, ...]) -> Picture:
    """A picture of this shape between whose corners the values of a rough one change evenly."""
    down, across = (np.linspace(0, n - 1.001, s) for n, s in zip(rough.shape, shape, strict=True))
    y, x = down.astype(int), across.astype(int)
    v, h = (down - y)[:, None], across - x
    rows = rough[y] * (1 - v) + rough[y + 1] * v
    return np.asarray(rows[:, x] * (1 - h) + rows[:, x + 1] * h, np.float32)


def shot(
    seed: int, frames: int, *, pan: float = 0.5, size: tuple[int, int] = (160, 90)
) -> Iterator[Picture]:
    """A shot of some frames, over which the camera pans by so many pixels a frame."""
    picture = scene(seed, size)
    for number in range(frames):
        left = int(min(pan * number, size[0] - 1))
        yield picture[:, left : left + size[0]]


def faded(frames: Sequence[Picture], *, is_in: bool) -> Iterator[Picture]:
    """Frames that come from black, or go to it."""
    for number, picture in enumerate(frames):
        share = (number + 1) / len(frames)
        yield picture * (share if is_in else 1 - share)


def dissolved(one: Sequence[Picture], other: Sequence[Picture]) -> Iterator[Picture]:
    """Frames of one shot that become those of another."""
    for number, (before, after) in enumerate(zip(one, other, strict=True)):
        share = (number + 1) / (len(one) + 1)
        yield before * (1 - share) + after * share


def write_film(
    path: Path,
    frames: Iterable[Picture],
    *,
    rate: Fraction = Fraction(25),
    codec: str = "libx264",
    starts_s: float = 0.0,
) -> Path:
    """A film of these frames, without sound, with keyframes where the encoder wants them."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, VideoStream)
        stream.pix_fmt = "yuv420p"
        first = round(Fraction(starts_s) * rate)
        rng = np.random.default_rng(1)
        for number, picture in enumerate(frames):
            if number == 0:
                stream.height, stream.width = picture.shape
            noise = rng.normal(0, 2, picture.shape)
            grey = np.clip(picture + noise, 0, 255).astype(np.uint8)
            image = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format="yuv420p")
            image.pts, image.time_base = first + number, 1 / rate
            container.mux(stream.encode(image))
        container.mux(stream.encode(None))
    return path
