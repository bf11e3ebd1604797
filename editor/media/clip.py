"""Short clips of a recording as WAV files of their own."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from editor.media.pcm import SAMPLE_RATE_HZ, read_pcm

with warnings.catch_warnings():
    # pydub looks for an ffmpeg program, which it does not need for what it does here.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment


def clip(pcm_path: Path, start_ms: int, end_ms: int, *, gain_db: float = 0.0) -> bytes:
    """The sound in [start_ms, end_ms) as a WAV file, louder by `gain_db`."""
    pcm = read_pcm(pcm_path, start_ms, end_ms)
    sound = AudioSegment(data=pcm, sample_width=2, frame_rate=SAMPLE_RATE_HZ, channels=1)
    written = io.BytesIO()
    sound.apply_gain(gain_db).export(written, format="wav")
    return written.getvalue()
