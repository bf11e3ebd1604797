"""The speakers of a recording of any length: heard chunk by chunk, told apart at the end."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from pathlib import Path

from editor import media
from editor.diarization.networks import SpeakerNetworks
from editor.diarization.voice_spans import MARGIN_MS, VoiceSpan, voice_spans_in

#: Of a recording of ten hours no more than this is held at a time, and lost in a crash.
CHUNK_MS = 60_000


def chunks_of(duration_ms: int) -> list[tuple[int, int]]:
    """The chunks (start_ms, end_ms) of a recording, in order."""
    starts = range(0, duration_ms, CHUNK_MS)
    return [(start_ms, min(start_ms + CHUNK_MS, duration_ms)) for start_ms in starts]


def voice_spans_by_chunk(
    pcm_path: Path,
    networks: SpeakerNetworks,
    *,
    done: Container[int] = (),
    on_progress: Callable[[float], None] = lambda fraction: None,
) -> Iterator[tuple[int, list[VoiceSpan]]]:
    """The spans of each chunk that is not `done`, with its number.

    `on_progress` is told the share of the recording that was heard; what it raises ends the work.
    """
    duration_ms = media.pcm_duration_ms(pcm_path)
    for number, (start_ms, end_ms) in enumerate(chunks_of(duration_ms)):
        if number not in done:
            from_ms = max(0, start_ms - MARGIN_MS)
            samples = media.read_samples(pcm_path, from_ms, end_ms + MARGIN_MS)
            chunk = start_ms, end_ms
            yield number, voice_spans_in(samples, networks, offset_ms=from_ms, chunk=chunk)
        on_progress(end_ms / duration_ms)
