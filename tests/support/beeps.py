"""A track of beeps that tell the second, and what is heard of it through a browser's player.

In second k a beep of 80 ms begins at k + 0.5 s; its two tones tell k, up to 99.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

BEEP_S, BEEP_AT_S = 0.08, 0.5
#: Tones of the ones and of the tens, in Hz, far enough apart for 80 ms.
ONES = tuple(500 + 100 * digit for digit in range(10))
TENS = tuple(1800 + 100 * digit for digit in range(10))
_LOUD = 0.05


def beeps(duration_s: float, rate_hz: int = 44_100, *, channels: int = 1) -> NDArray[np.int16]:
    """The track: int16 (channels, n)."""
    clock = np.arange(round(duration_s * rate_hz)) / rate_hz
    second = clock.astype(int)
    is_beep = (clock - second >= BEEP_AT_S) & (clock - second < BEEP_AT_S + BEEP_S)
    tones = np.asarray(ONES)[second % 10], np.asarray(TENS)[second // 10 % 10]
    wave = sum(0.35 * np.sin(2 * np.pi * tone * clock) for tone in tones)
    sound = np.where(is_beep, wave, 0.0)
    return np.repeat((sound * 32767).astype(np.int16)[None], channels, axis=0)


#: Plays the page's video from a place, and gives what sounds meanwhile:
#: for each block its place in the sound, where the player said it was, and the samples.
LISTEN = """(async ([at_s, for_s]) => {
  const video = document.querySelector("video");
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  if (!window.ears || window.ears.video !== video) {
    const context = new AudioContext();
    const node = context.createScriptProcessor(1024, 1, 1);
    window.ears = { video, context, blocks: null, isOn: false };
    node.onaudioprocess = ({ playbackTime, inputBuffer }) => {
      window.ears.isOn = true;
      if (!window.ears.blocks) return;
      const samples = new Int16Array(inputBuffer.getChannelData(0).map((x) => x * 32767));
      window.ears.blocks.push([playbackTime, video.currentTime, samples]);
    };
    context.createMediaElementSource(video).connect(node);
    node.connect(context.destination);
    context.resume();
    for (let tries = 0; tries < 500 && !window.ears.isOn; tries++) await wait(20);
  }
  video.currentTime = at_s;
  for (let tries = 0; video.seeking && tries < 500; tries++) await wait(20);
  const ears = window.ears;
  ears.blocks = [];
  await Promise.race([video.play(), wait(10000)]);
  const began_s = video.currentTime;
  for (let tries = 0; tries < 3000; tries++) {
    await wait(10);
    if (video.ended || video.error || video.currentTime - began_s >= for_s) break;
  }
  await wait(100);
  video.pause();
  const heard = ears.blocks;
  ears.blocks = null;
  const text = (samples) => btoa(String.fromCharCode(...new Uint8Array(samples.buffer)));
  return {
    rate_hz: ears.context.sampleRate,
    blocks: heard.map(([sound_s, told_s, samples]) => [sound_s, told_s, text(samples)]),
  };
})"""

Evaluate = Callable[[str], Any]
_LOADED = """(async () => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  let video = null;
  for (let tries = 0; tries < 300; tries++) {
    video = document.querySelector("video");
    if (video && (video.readyState >= 1 || video.error)) break;
    await wait(50);
  }
  return video?.error ? video.error.message : (video?.duration ?? "there is no player");
})()"""


def loaded(evaluate: Evaluate) -> float:
    """How long the page's player says that its recording is, in s, once it has it."""
    told = evaluate(_LOADED)
    assert isinstance(told, float | int), told
    return float(told)


def heard_from(evaluate: Evaluate, at_s: float, for_s: float) -> list[tuple[int, float]]:
    """The beeps that sound within `for_s` when the page's video plays from `at_s` on: the second
    that each tells, and where it begins by the player's clock, in s.
    """
    heard = evaluate(f"{LISTEN}([{at_s}, {for_s}])")
    return _on_players_clock(heard["blocks"], float(heard["rate_hz"]))


def _on_players_clock(
    blocks: Sequence[tuple[float, float, str]], rate_hz: float
) -> list[tuple[int, float]]:
    told = [told_s - sound_s for sound_s, told_s, _ in blocks]
    parts = [np.frombuffer(base64.b64decode(text), "<i2") / 32767 for *_, text in blocks]
    if not parts:
        return []
    found = []
    block_s = len(parts[0]) / rate_hz
    for second, at_s in beeps_in(np.concatenate(parts), rate_hz):
        block = int(at_s / block_s)
        # The player's clock goes in steps of some ms.
        near = told[max(0, block - 12) : block + 13]
        sound_s = blocks[block][0] + at_s - block * block_s
        found.append((second, sound_s + median(near)))
    return found


def beeps_in(samples: NDArray[Any], rate_hz: float) -> list[tuple[int, float]]:
    """Each whole beep in samples in [-1, 1]: the second it tells, and where it begins, in s."""
    loud = np.flatnonzero(np.abs(samples) > _LOUD)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > 0.03 * rate_hz)
    firsts = loud[np.r_[0, breaks + 1]]
    lasts = loud[np.r_[breaks, len(loud) - 1]]
    found = []
    for first, last in zip(firsts, lasts, strict=True):
        length_s = (last - first) / rate_hz
        if first > 0.005 * rate_hz and 0.8 * BEEP_S < length_s < 1.5 * BEEP_S:
            beep = samples[first : first + round(BEEP_S * rate_hz)]
            ones, tens = (_loudest(beep, tones, rate_hz) for tones in (ONES, TENS))
            found.append((10 * tens + ones, float(first / rate_hz)))
    return found


def _loudest(beep: NDArray[Any], tones: Sequence[int], rate_hz: float) -> int:
    clock = np.arange(len(beep)) / rate_hz
    power = [abs(np.sum(beep * np.exp(-2j * np.pi * tone * clock))) for tone in tones]
    return int(np.argmax(power))
