"""Makes the sample project: a short talk of our own, spoken by a synthetic voice, with music.

Run as `python -m tests.tools.make_sample`; writes `editor/sample/sample.mp3`. Its text with a
machine's typical errors stands beside it, written by hand.
"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame

from tests.support.speech import Spoken, joined, music, silence, speak

RATE_HZ = 22_050
SAMPLE = Path(__file__).resolve().parents[2] / "editor" / "sample" / "sample.mp3"

#: (second voice?, what is said)
SAID = (
    (False, "Welcome back to The Lamp Room, the show about people who watched the sea."),
    (False, "Today we open the logbook of Ansel Thorvane, who kept a light for thirty one years."),
    (True, "Thank you. I have read all eleven volumes, and I still find something new."),
    (False, "What did he write about on a quiet day?"),
    (True, "Mostly the tide. He measured it twice a day, in feet and inches."),
    (True, "In the winter of eighteen ninety four he lost only two readings."),
    (False, "Only two, in a whole winter of storms. That is remarkable."),
    (True, "Thorvane says the sea is a clerk that never sleeps, and neither may he."),
    (False, "And the harbour still uses his tables?"),
    (True, "They are the equivalent of four million measurements, so yes, they do."),
    (False, "Next week we climb the tower. Until then, keep a light on."),
)


def sample() -> Spoken:
    """The talk: music, then the lines with short pauses."""
    parts = [music(4000, rate_hz=RATE_HZ)]
    for is_second, text in SAID:
        parts += [
            silence(450, rate_hz=RATE_HZ),
            speak(text, pitch=1.18 if is_second else 1.0, rate_hz=RATE_HZ),
        ]
    return joined(parts, rate_hz=RATE_HZ)


def write_mp3(spoken: Spoken, path: Path) -> None:
    """Encode as MP3, 48 kbit/s mono."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pcm = np.asarray(np.clip(spoken.samples, -1, 1) * 32767, dtype=np.int16)
    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        stream.bit_rate = 48_000
        for start in range(0, len(pcm), RATE_HZ):
            block = np.ascontiguousarray(pcm[start : start + RATE_HZ]).reshape(1, -1)
            frame = AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    write_mp3(sample(), SAMPLE)
