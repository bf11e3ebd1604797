"""A copy of a recording's sound that every browser plays, on the same time line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from editor.media.decode import sound_blocks
from editor.media.limits import check_length
from editor.media.source import open_recording, sound_track
from editor.media.work_file import replacing

#: AAC in MP4: its table of samples makes each seek exact in every browser, where MP3 seeks by an
#: estimate and Safari plays Opus only in newer versions. Its encoder is part of FFmpeg itself.
PLAYABLE_SUFFIX = ".m4a"
_RATE_HZ = 48_000
_BITS_A_SECOND = {"mono": 80_000, "stereo": 128_000}
_PROGRESS_STEP_MS = 5_000


def make_playable_copy(
    path: Path, out_path: Path, *, on_progress: Callable[[int], None] = lambda written_ms: None
) -> None:
    """Write the sound of a recording as AAC in MP4 to `out_path` (`PLAYABLE_SUFFIX`).

    A late sound track begins with silence in the copy, so that all times stay true. `on_progress`
    is called with the milliseconds written so far; what it raises ends the work, no file is left.

    Raises:
        UnreadableMedia: nothing can be heard in the recording.
    """
    with open_recording(path) as source:
        layout = "mono" if sound_track(source, path).channels == 1 else "stereo"
    with replacing(out_path) as partial:
        # faststart: the table of samples stands in front, so that playing begins at once.
        options = {"movflags": "+faststart"}
        with av.open(str(partial), "w", format="mp4", options=options) as container:
            stream = container.add_stream("aac", rate=_RATE_HZ, layout=layout)
            stream.bit_rate = _BITS_A_SECOND[layout]
            for packet_ms, frame in _encodable(path, layout):
                container.mux(stream.encode(frame))
                if packet_ms is not None:
                    on_progress(packet_ms)
            container.mux(stream.encode(None))


def _encodable(path: Path, layout: str) -> Iterator[tuple[int | None, AudioFrame]]:
    """Frames on the copy's clock, each with the milliseconds to report, if any."""
    written = reported_ms = 0
    for block in sound_blocks(path, rate_hz=_RATE_HZ, layout=layout):
        frame = _frame(block, layout, written)
        written += len(block)
        now_ms = written * 1000 // _RATE_HZ
        check_length(path.name, now_ms)
        is_due = now_ms >= reported_ms + _PROGRESS_STEP_MS
        reported_ms = now_ms if is_due else reported_ms
        yield (now_ms if is_due else None), frame


def _frame(block: NDArray[np.int16], layout: str, position: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate = _RATE_HZ
    frame.pts = position
    # With pts alone the muxer reads them in another unit and the duration comes out wrong.
    frame.time_base = Fraction(1, _RATE_HZ)
    return frame
