"""How near to the truth words begin in languages without spaces, said by a robot (eSpeak NG).

The voice tells where each of its own words begins; those are the words that are measured.
"""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np

from editor.config import Settings
from editor.document import split_words
from editor.hearing import follow_text, load_recogniser, prepare
from tests.bench.listening import MODEL, Case, Quiet, Row, errors_of, figures, heard_words
from tests.speech import RATE_HZ, Samples, Spoken, write_wav

_CHINESE = (
    "今天天气很好，我们去公园散步。",
    "昨天晚上我看了一部很有意思的电影。",
    "他每天早上六点起床，然后去跑步。",
    "这个城市的交通非常方便，地铁很快。",
    "我的朋友在北京的一所大学学习中文。",
    "你能告诉我最近的银行在哪里吗？",
    "秋天的时候，山上的树叶都变红了。",
    "请把窗户打开，房间里太热了。",
    "火车已经开了，我们只好等下一班。",
    "孩子们在院子里高兴地唱歌跳舞。",
)
#: With spaces for the voice; the text has none.
_JAPANESE = (
    "きょうは てんきが いいので こうえんへ いきます。",
    "わたしは まいあさ ろくじに おきて コーヒーを のみます。",
    "ともだちと いっしょに えいがを みました。",
    "この まちの でんしゃは とても べんりです。",
    "せんせいは しゅくだいを たくさん だしました。",
    "あきに なると やまの きが あかく なります。",
    "すみませんが まどを あけて ください。",
    "つぎの でんしゃは じゅうじに でます。",
    "こどもたちは にわで うたを うたって います。",
)
_LANGUAGES = (("Chinese", "zh", "cmn", _CHINESE), ("Japanese", "ja", "ja", _JAPANESE))
_WORDS_A_MINUTE = (130, 170)
_PAUSE_MS = 500
_SYNCHRONOUS, _RATE, _UTF8, _WORD = 2, 1, 1, 1


def rows() -> Iterator[Row]:
    """Each language, its text listened for without recognition and with it."""
    recogniser = load_recogniser(Settings.from_env({}), MODEL, Quiet())
    for name, language, voice, lines in _LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            case = _case(name, lines, voice, Path(folder))
            written = (case.texts, case.spoken)
            trusted = follow_text(
                case.prepared,
                recogniser,
                language=language,
                done=(),
                written=written,
                progress=Quiet(),
            )
            words = [word for piece in trusted for word in piece.heard]
            yield f"{name}, text trusted", figures(errors_of(case, words))
            words = heard_words(case, recogniser, language)
            yield f"{name}", figures(errors_of(case, words))


def _case(name: str, lines: tuple[str, ...], voice: str, folder: Path) -> Case:
    """The lines said twice, slowly and fast."""
    parts: list[Samples] = []
    texts: list[str] = []
    starts: list[int | None] = []
    at_ms = 0
    for words_a_minute in _WORDS_A_MINUTE:
        for line in lines:
            samples, begins = _said(line, voice, words_a_minute)
            at = 0
            for word in split_words(line.replace(" ", "")):
                texts.append(word)
                starts.append(at_ms + begins[at] if at in begins else None)
                at += len(word)
            parts += [samples, np.zeros(_PAUSE_MS * RATE_HZ // 1000, np.float32)]
            at_ms = sum(map(len, parts)) * 1000 // RATE_HZ
    said = Spoken(np.concatenate(parts))
    prepared = prepare(write_wav(said, folder / "said.wav"), folder, said.duration_ms, Quiet())
    return Case(name, prepared, texts, [True] * len(texts), starts)


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


def _said(line: str, voice: str, words_a_minute: int) -> tuple[Samples, dict[int, int]]:
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
