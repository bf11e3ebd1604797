"""Parts of a recording as sound files of their own, WAV or MP3, with edges that do not click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.errors import InvalidValue
from editor.media.decode import sound_blocks, sound_blocks_from
from editor.media.fades import fade_weights
from editor.media.pcm import replacing
from editor.media.sound_file import SOUND_TYPES, shape_of, write_sound
from editor.media.source import open_recording
from editor.media.tracks import sound_track
from editor.timecode import clock_from_ms

#: Longer ones would take more memory than a recording may ask for.
MOST_CLIP_MS = 20 * 60_000
#: The endings of clips, and what each is.
CLIP_TYPES = SOUND_TYPES
#: Shorter than any sound of speech, and long enough that nothing clicks.
_FADE_MS = 8


def check_clip(start_ms: int, end_ms: int) -> None:
    """See that [start_ms, end_ms) can be a clip.

    Raises:
        InvalidValue: it is empty, or longer than clips are.
    """
    if start_ms < 0 or end_ms <= start_ms:
        raise InvalidValue("clip", "end it after its start")
    if end_ms - start_ms > MOST_CLIP_MS:
        most = MOST_CLIP_MS // 60_000
        raise InvalidValue("clip", f"choose less: a clip has at most {most} minutes")


def write_clip(
    path: Path,
    out_path: Path,
    start_ms: int,
    end_ms: int,
    *,
    track: int | None = None,
    seeks: bool = False,
) -> int:
    """Write the sound of a recording in [start_ms, end_ms) to `out_path`, an MP3 or WAV by its end.

    It keeps the recording's rate and channels, at most two, and is faded over a few milliseconds at
    both ends. With `seeks` reading begins near the start, which only a file whose own times are
    right allows. Gives its length in ms.

    Raises:
        InvalidValue: the range is empty, too long, or behind the end of the recording.
        UnreadableMedia: nothing can be heard in the recording.
    """
    check_clip(start_ms, end_ms)
    with open_recording(path) as source:
        rate_hz, layout = shape_of(sound_track(source, path.name, track))
    if seeks:
        blocks = sound_blocks_from(path, start_ms, rate_hz=rate_hz, layout=layout, track=track)
        samples = _cut(blocks, 0, (end_ms - start_ms) * rate_hz // 1000)
    else:
        blocks = sound_blocks(path, rate_hz=rate_hz, layout=layout, track=track)
        samples = _cut(blocks, start_ms * rate_hz // 1000, end_ms * rate_hz // 1000)
    if not len(samples):
        at = clock_from_ms(start_ms)
        raise InvalidValue("clip", f"start it earlier: the recording ends before {at}")
    blocks = _faded(samples, _FADE_MS * rate_hz // 1000, rate_hz)
    with replacing(out_path) as partial:
        suffix = out_path.suffix.lower()
        return write_sound(partial, blocks, suffix=suffix, rate_hz=rate_hz, layout=layout)


def _faded(samples: NDArray[np.int16], fade: int, size: int) -> Iterator[NDArray[np.int16]]:
    """Sound that is faded at both ends, in blocks: the weights of all of it take ten times more."""
    count = len(samples)
    fade = max(2, min(fade, count // 2))
    for at in range(0, count, size):
        block = samples[at : at + size]
        weights = fade_weights(np.arange(at, at + len(block)), 0, count, fade)
        yield (block * weights[:, None]).astype(np.int16)


def _cut(blocks: Iterator[NDArray[np.int16]], first: int, end: int) -> NDArray[np.int16]:
    """The samples from `first` to before `end`: int16 (n, channels)."""
    at, kept = 0, list[NDArray[np.int16]]()
    for block in blocks:
        part = block[max(0, first - at) : max(0, end - at)]
        if len(part):
            kept.append(part)
        at += len(block)
        if at >= end:
            break
    return np.concatenate(kept) if kept else np.zeros((0, 1), dtype=np.int16)
