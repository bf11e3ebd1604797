"""A robot's voice (eSpeak NG), for languages that the other voice does not speak.

It tells where each of its own words begins.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import espeakng_loader
import numpy as np

from tests.support.speech import RATE_HZ, Samples

_SYNCHRONOUS, _RATE, _UTF8, _WORD = 2, 1, 1, 1


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_int * 2),
    )


_Heard = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@cache
def _espeak() -> tuple[Any, int]:
    library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    return library, library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)


def say(line: str, voice: str, words_a_minute: int = 150) -> tuple[Samples, dict[int, int]]:
    """A line as sound, and for each word of the voice its place among letters and its start in ms.

    Places count the letters of the line without its spaces.
    """
    library, rate_hz = _espeak()
    blocks: list[Any] = []
    begins: dict[int, int] = {}

    def heard(samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            blocks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        at = 0
        while events[at].type:
            if events[at].type == _WORD:
                place = len(line[: events[at].text_position - 1].replace(" ", ""))
                begins[place] = events[at].audio_position
            at += 1
        return 0

    callback = _Heard(heard)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()):
        raise LookupError(f"eSpeak has no voice {voice}")
    library.espeak_SetParameter(_RATE, words_a_minute, 0)
    text = line.encode()
    library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    sound = np.concatenate(blocks).astype(np.float32) / 32768
    times = np.arange(len(sound) * RATE_HZ // rate_hz) * rate_hz / RATE_HZ
    return np.interp(times, np.arange(len(sound)), sound).astype(np.float32), begins
