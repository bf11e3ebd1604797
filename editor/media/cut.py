"""A copy of a recording's sound from which parts are cut out, with seams that nobody hears.

Read and written block by block, since pydub would hold ten hours in memory.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.media.decode import sound_blocks
from editor.media.fades import fade_weights
from editor.media.pcm import replacing
from editor.media.sound_file import shape_of, write_sound
from editor.media.source import open_recording
from editor.media.tracks import sound_track

with warnings.catch_warnings():
    # pydub looks for an ffmpeg program, which it does not need for what it does here.
    warnings.simplefilter("ignore")
    from pydub.generators import Sine

#: Each seam is a cross-fade of this length around it. Shorter than any sound of speech, and no
#: longer than a word that stays, so that two do not meet.
_FADE_MS = 10
_PROGRESS_STEP_MS = 5_000
#: The tone over what shall not be heard, as loud as quiet speech, and how far around.
_TONE_HZ, _TONE_DBFS, _MARGIN_MS = 1000, -20.8, 80

Samples = NDArray[np.int16]


def write_cut(
    path: Path,
    out_path: Path,
    kept_ms: Sequence[tuple[int, int]],
    *,
    covered_ms: Sequence[tuple[int, int]] = (),
    track: int | None = None,
    on_progress: Callable[[int], None] = lambda read_ms: None,
) -> int:
    """Write what is kept of a recording's sound to `out_path`, an MP3 or WAV by its end.

    `kept_ms` are spans [start, end) in order, apart by 40 ms at least. The copy is as long as they
    are together, so that times are known beforehand; gives that length in ms. In the spans
    `covered_ms` of the recording a tone is heard instead. `on_progress` is
    called with the milliseconds read so far; what it raises ends the work and leaves no file.

    Raises:
        UnreadableMedia: nothing can be heard in the recording.
    """
    with open_recording(path) as source:
        rate_hz, layout = shape_of(sound_track(source, path.name, track))
    spans = [(start * rate_hz // 1000, end * rate_hz // 1000) for start, end in kept_ms]
    blocks = sound_blocks(path, rate_hz=rate_hz, layout=layout, track=track)
    told = _told(covered(blocks, covered_ms, rate_hz), rate_hz, on_progress)
    joined = seamless(told, spans, fade=_FADE_MS * rate_hz // 1000)
    with replacing(out_path) as partial:
        suffix = out_path.suffix.lower()
        return write_sound(partial, joined, suffix=suffix, rate_hz=rate_hz, layout=layout)


def seamless(
    blocks: Iterable[Samples], spans: Sequence[tuple[int, int]], *, fade: int
) -> Iterator[Samples]:
    """The samples of the spans, one behind the other: blocks of int16 (n, channels).

    Around a seam both sides are heard a little longer, one fading out while the other fades in, so
    that the length stays.
    """
    half = fade // 2
    rise = fade_weights(np.arange(2 * half), 0, 4 * half, 2 * half)[:, np.newaxis]
    last = len(spans) - 1
    wide = [
        (start - half * (number > 0), end + half * (number < last))
        for number, (start, end) in enumerate(spans)
    ]
    held: NDArray[np.float32] | None = None
    tail: NDArray[np.float32] | None = None
    at_span, is_head = 0, bool(spans and spans[0][0])
    for number, part in _parts(blocks, wide):
        samples = part.astype(np.float32)
        if number != at_span:
            tail = None if held is None else held * rise[::-1][: len(held)]
            held, at_span, is_head = None, number, True
        held = samples if held is None else np.concatenate([held, samples])
        if is_head and len(held) >= 2 * half:
            held[: 2 * half] *= rise
            if tail is not None:
                held[: len(tail)] += tail
            is_head = False
        if not is_head and len(held) > 2 * half:
            yield _as_int16(held[: len(held) - 2 * half])
            held = held[len(held) - 2 * half :]
    if held is not None and len(held):
        yield _as_int16(held * rise[::-1][: len(held)] if len(held) <= 2 * half else held)


def covered(
    blocks: Iterable[Samples], spans_ms: Iterable[tuple[int, int]], rate_hz: int
) -> Iterator[Samples]:
    """The same sound with a tone in place of some spans, in order, and a little around them.

    Nothing of what was said there is left, since times of words are off by some 50 ms.
    """
    spans = [
        ((start - _MARGIN_MS) * rate_hz // 1000, (end + _MARGIN_MS) * rate_hz // 1000)
        for start, end in spans_ms
    ]
    at, first = 0, 0
    for block in blocks:
        until, sound = at + len(block), block
        while first < len(spans) and spans[first][1] <= at:
            first += 1
        for start, end in spans[first:]:
            if start >= until:
                break
            low, high = max(start, at), min(end, until)
            if high > low:
                sound = sound.copy() if sound is block else sound
                tone = _tone(rate_hz)[np.arange(low, high) % rate_hz]
                sound[low - at : high - at] = tone[:, np.newaxis]
        yield sound
        at = until


@cache
def _tone(rate_hz: int) -> Samples:
    """A second of the tone, which begins anew where it ends: int16 (n,)."""
    sound = Sine(_TONE_HZ, sample_rate=rate_hz).to_audio_segment(1000, volume=_TONE_DBFS)
    return np.frombuffer(sound.raw_data, dtype="<i2")


def _parts(
    blocks: Iterable[Samples], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Samples]]:
    """The samples within spans, each with the number of its span."""
    at, number = 0, 0
    for block in blocks:
        until = at + len(block)
        while number < len(spans) and spans[number][0] < until:
            start, end = spans[number]
            part = block[max(0, start - at) : max(0, end - at)]
            if len(part):
                yield number, part
            if end > until:
                break
            number += 1
        at = until
        if number == len(spans):
            return


def _told(
    blocks: Iterable[Samples], rate_hz: int, on_progress: Callable[[int], None]
) -> Iterator[Samples]:
    """The blocks, and how far they are."""
    read = reported_ms = 0
    for block in blocks:
        yield block
        read += len(block)
        if read * 1000 // rate_hz >= reported_ms + _PROGRESS_STEP_MS:
            reported_ms = read * 1000 // rate_hz
            on_progress(reported_ms)


def _as_int16(samples: NDArray[np.float32]) -> Samples:
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)
