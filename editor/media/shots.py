"""Where one shot of a film ends and the next begins: cuts, to the frame.

Each frame is looked at as a few hundred grey squares. A cut is a step between two frames that is
far greater than those around it, and after which the picture does not come back: flashes do, and
what moves, fades or dissolves makes many small steps. Shots that dissolve into another are not
found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from editor.errors import UnreadableMedia
from editor.media.source import moving_picture, open_recording

#: The grey squares of a frame.
_WIDTH, _HEIGHT = 32, 18
#: Steps are judged beside those so long before and after; a picture that comes back within it was
#: only covered by a flash.
_AROUND_S = 0.3
#: Steps beside it that are looked at, where frames come faster.
_MOST_AROUND = 20
#: The least step in the dark, of 255 shades, and more by this share of how bright it is: encoders
#: let pictures jump a little. So many times greater than others it has to be, all but one.
_LEAST_STEP, _LEAST_SHARE, _TIMES_OTHERS = 2.0, 0.02, 2.2
#: What is left of the step to a picture that came back, and of shades at most.
_CAME_BACK, _MOST_BACK = 0.5, 20.0
#: No shot is shorter.
_SHORTEST_MS = 120
#: So long before a place decoding begins, and so long behind it, it ends.
_RUN_IN_MS = 1_000
_REPORT_MS = 2_000


@dataclass(slots=True)
class _Seen:
    """A frame: when it is shown, its squares, and how far it is from the frame before."""

    at_ms: int
    squares: NDArray[np.int16]
    step: float


def shot_changes(
    path: Path,
    start_ms: int,
    end_ms: int,
    *,
    on_progress: Callable[[int], None] = lambda at_ms: None,
) -> list[int]:
    """When shots begin in a part of a film, in order; the first frame of all begins none.

    A time is that at which the first frame of the shot is shown, in ms from the start of the film.
    `on_progress` is called with the time that was reached; what it raises ends the work. Of a
    damaged film all that can be decoded is looked at.

    Raises:
        UnreadableMedia: it has no moving picture, or none that can be decoded; see `probe`.
    """
    found = list[int]()
    reported_ms = start_ms
    with open_recording(path, needs_sound=False) as container:
        picture = _picture_of(container, path)
        for at_ms, is_cut in _judged(_steps(container, picture, start_ms, end_ms + _RUN_IN_MS)):
            if at_ms >= end_ms:
                break
            if is_cut and at_ms >= start_ms:
                if found and at_ms - found[-1] < _SHORTEST_MS:
                    continue
                found.append(at_ms)
            if at_ms >= reported_ms + _REPORT_MS:
                reported_ms = at_ms
                on_progress(at_ms)
    return found


def film_length_ms(path: Path) -> int:
    """How long a film says that it is, in ms.

    Raises:
        UnreadableMedia: it has no moving picture that can be decoded.
    """
    with open_recording(path, needs_sound=False) as container:
        _picture_of(container, path)
        return max(0, container.duration or 0) * 1000 // av.time_base


def _picture_of(container: InputContainer, path: Path) -> VideoStream:
    picture = moving_picture(container)
    if picture is None or picture.codec_context is None:
        raise UnreadableMedia(
            path.name, "it has no moving picture that can be decoded.", "Choose a film."
        )
    return picture


def _steps(
    container: InputContainer, picture: VideoStream, start_ms: int, end_ms: int
) -> Iterator[_Seen]:
    """The frames from a little before a time until another, each once."""
    before: NDArray[np.int16] | None = None
    last_ms = -1
    for at_ms, frame in _frames(container, picture, start_ms - _RUN_IN_MS):
        if at_ms >= end_ms:
            return
        # What is damaged may come twice, or late.
        if at_ms <= last_ms:
            continue
        squares = _squares(frame)
        step = 0.0 if before is None else _distance(before, squares)
        yield _Seen(at_ms, squares, step)
        before, last_ms = squares, at_ms


def _frames(
    container: InputContainer, picture: VideoStream, from_ms: int
) -> Iterator[tuple[int, VideoFrame]]:
    """The frames of a film from a time on, with the time at which each is shown, in ms."""
    start = Fraction(container.start_time or 0, av.time_base)
    picture.thread_type = "AUTO"
    # What is left out only makes edges of blocks smooth.
    picture.codec_context.options = {"skip_loop_filter": "all"}
    if from_ms > 0:
        try:
            container.seek(round((Fraction(from_ms, 1000) + start) * av.time_base))
        except av.FFmpegError:
            container.seek(0)
    for packet in container.demux(picture):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            continue
        for frame in frames:
            if frame.pts is None or frame.time_base is None:
                continue
            at_ms = round((frame.pts * frame.time_base - start) * 1000)
            if at_ms >= from_ms:
                yield at_ms, frame


def _squares(frame: VideoFrame) -> NDArray[np.int16]:
    grey = frame.reformat(_WIDTH, _HEIGHT, "gray", interpolation="AREA")
    return np.asarray(grey.to_ndarray(), np.int16)


def _distance(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    """How far two pictures are apart, in shades of grey."""
    return float(np.abs(one - other).mean())


def _judged(frames: Iterator[_Seen]) -> Iterator[tuple[int, bool]]:
    """Each frame's time, and whether a shot begins with it; the first has none before it."""
    window = deque[_Seen](maxlen=2 * _MOST_AROUND + 1)
    at = 0
    for seen in frames:
        if len(window) == window.maxlen:
            at -= 1
        window.append(seen)
        # Judged once enough came behind it.
        while at < len(window) and _is_enough(window, at):
            yield window[at].at_ms, _is_cut(window, at)
            at += 1
    for rest in range(at, len(window)):
        yield window[rest].at_ms, _is_cut(window, rest)


def _is_enough(window: deque[_Seen], at: int) -> bool:
    behind = len(window) - 1 - at
    lasts_ms = window[-1].at_ms - window[at].at_ms
    return behind >= _MOST_AROUND or lasts_ms >= _AROUND_S * 1000


def _is_cut(window: deque[_Seen], at: int) -> bool:
    """Whether the step to a frame is a cut."""
    here = window[at]
    if here.step < _LEAST_STEP or at == 0:
        return False
    if here.step < _LEAST_STEP + _LEAST_SHARE * float(here.squares.mean()):
        return False
    around = [
        number
        for number, one in enumerate(window)
        if abs(one.at_ms - here.at_ms) <= _AROUND_S * 1000 and number != at
    ]
    others = sorted((window[number].step for number in around), reverse=True)
    # One of them may be another cut, or half of this one.
    if others[:1] and others[0] > here.step and _are_beside(window, at, others[0]):
        return False
    if len(others) > 1 and here.step < _TIMES_OTHERS * others[1]:
        return False
    return not _comes_back(window, at, around)


def _are_beside(window: deque[_Seen], at: int, step: float) -> bool:
    """Whether the frame right before or behind has this step, so that it has the cut."""
    return any(
        window[number].step == step for number in (at - 1, at + 1) if 0 <= number < len(window)
    )


def _comes_back(window: deque[_Seen], at: int, around: list[int]) -> bool:
    """Whether the picture before is seen again soon, or that behind was seen just before."""
    before, here = window[at - 1], window[at]
    limit = min(_CAME_BACK * here.step, _MOST_BACK)
    return any(
        _distance(before.squares, window[n].squares) < limit for n in around if n > at
    ) or any(_distance(here.squares, window[n].squares) < limit for n in around if n < at - 1)
