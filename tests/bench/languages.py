"""How near to the truth words begin in other languages, said by a robot (eSpeak NG).

The voice tells where each of its own words begins; those are the words that are measured.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

from editor.align import link_spoken, split_as_written
from editor.asr import load_recogniser, prepare
from editor.asr.recogniser import Recogniser
from editor.config import Settings
from editor.document import split_words
from tests.bench.listening import (
    MODEL,
    Case,
    Quiet,
    Row,
    errors_of,
    figures,
    followed_words,
    heard_words,
)
from tests.bench.passages import HELD_OUT
from tests.support.robot import say
from tests.support.speech import RATE_HZ, Samples, Spoken, joined, speak, write_wav

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
_GERMAN = (
    "Guten Morgen und herzlich willkommen. Meine Schwester hat einen großen Hund und zwei kleine"
    " Katzen. Am Abend sitzen wir vor dem Haus und trinken Tee mit unseren Freunden aus Berlin."
)
_SPANISH = (
    "Buenos días a todos. Hoy vamos a hablar de la historia de España y de sus ciudades más"
    " bonitas. Mi hermano vive en una casa grande cerca del mar con su familia."
)
_FRENCH = (
    "Bonjour à tous et bienvenue dans cette nouvelle émission sur les livres et les voyages. Ma"
    " sœur habite dans une petite maison blanche près de la rivière avec ses trois enfants."
)
_ITALIAN = (
    "Buongiorno a tutti e benvenuti alla nostra trasmissione. Mia sorella abita in"
    " una piccola casa bianca vicino al mare. Ieri sera abbiamo mangiato una pizza"
    " molto buona con gli amici. Il treno per Roma parte domani mattina alle otto. I"
    " bambini giocano in giardino mentre la nonna prepara la cena. Secondo il giornale"
    " il prezzo della benzina aumenta ancora."
)
_KOREAN = (
    "여러분 안녕하세요 오늘 방송에 오신 것을 환영합니다."
    " 제 여동생은 바다 가까이 작은 하얀 집에 살고 있습니다."
    " 어제 저녁에 친구들과 아주 맛있는 국을 먹었습니다."
    " 서울로 가는 기차는 내일 아침 여덟 시에 출발합니다."
    " 아이들은 마당에서 놀고 할머니는 음식을 준비합니다."
    " 신문에 따르면 기름 값이 계속 오르고 있습니다."
)
#: Language, its code, the voice, and what it says; the first two are written without spaces.
_LANGUAGES = (
    ("Chinese", "zh", "cmn", _CHINESE),
    ("Japanese", "ja", "ja", _JAPANESE),
    ("German", "de", "de", (_GERMAN,)),
    ("Spanish", "es", "es", (_SPANISH,)),
    ("French", "fr", "fr", (_FRENCH,)),
    ("Italian", "it", "it", (_ITALIAN,)),
    ("Korean", "ko", "ko", (_KOREAN,)),
)
_WITHOUT_SPACES = ("zh", "ja")
_WORDS_A_MINUTE = (130, 170)
_PAUSE_MS = 500
_APART_MS = 900


def rows() -> Iterator[Row]:
    """Each language, its text listened for without recognition and with it."""
    recogniser = load_recogniser(Settings.from_env({}), MODEL, Quiet())
    for name, language, voice, lines in _LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            joint = "" if language in _WITHOUT_SPACES else " "
            case = _case(name, lines, voice, joint, Path(folder))
            words = followed_words(case, recogniser, language)
            yield f"{name}, text trusted", figures(errors_of(case, words))
            words = heard_words(case, recogniser, language)
            yield f"{name}", figures(errors_of(case, words))
    with tempfile.TemporaryDirectory() as folder:
        case, bounds = _mixed(Path(folder))
        yield "three languages in one recording", _heard_of(case, bounds, recogniser)
        words = followed_words(case, recogniser, "en")
        for name, (first, end) in zip(("German", "Spanish"), bounds[1:3], strict=True):
            known = [at if first <= n < end else None for n, at in enumerate(case.starts_ms)]
            errors = errors_of(replace(case, starts_ms=known), words)
            yield f"{name} in a text trusted as English", figures(errors)


def _mixed(folder: Path) -> tuple[Case, list[tuple[int, int]]]:
    """English, German, Spanish, English; of the starts those that a robot says are known.

    The bounds of the words of each part come with it.
    """
    english = speak(HELD_OUT)
    (german, german_begins), (spanish, spanish_begins) = say(_GERMAN, "de"), say(_SPANISH, "es")
    parts = [english, Spoken(german), Spoken(spanish), english]
    said = joined(parts, pause_ms=_APART_MS)
    prepared = prepare(write_wav(said, folder / "said.wav"), folder, said.duration_ms, Quiet())
    lines = [split_words(line) for line in (english.text, _GERMAN, _SPANISH, english.text)]
    begins: list[dict[int, int]] = [{}, german_begins, spanish_begins, {}]
    starts: list[int | None] = []
    first_ms = 0
    for part, words, known in zip(parts, lines, begins, strict=True):
        starts += _starts_of(words, known, first_ms)
        first_ms += part.duration_ms + _APART_MS
    texts = [word for words in lines for word in words]
    case = Case("mixed", prepared, texts, [True] * len(texts), starts)
    return case, list(pairwise(accumulate(map(len, lines), initial=0)))


def _heard_of(case: Case, bounds: list[tuple[int, int]], recogniser: Recogniser) -> str:
    """How much of the text in each language is heard: all as English, and each as what it is."""
    told = []
    for is_named in (True, False):
        words = heard_words(case, recogniser, "en", is_named=is_named)
        recognised = split_as_written(words)
        links = link_spoken(case.texts, case.spoken, recognised)
        linked = {
            i
            for link in links
            if link.kind != "different"
            for i in range(link.written_first, link.written_end)
        }
        shares = [len(linked.intersection(range(a, b))) / (b - a) for a, b in bounds[:3]]
        told.append("/".join(f"{share:.0%}" for share in shares))
    return f"heard of English/German/Spanish {told[0]} as English, {told[1]} each as it is"


def _case(name: str, lines: tuple[str, ...], voice: str, joint: str, folder: Path) -> Case:
    """The lines said twice, slowly and fast."""
    parts: list[Samples] = []
    texts: list[str] = []
    starts: list[int | None] = []
    at_ms = 0
    for words_a_minute in _WORDS_A_MINUTE:
        for line in lines:
            samples, begins = say(line, voice, words_a_minute)
            words = split_words(line.replace(" ", joint))
            texts += words
            starts += _starts_of(words, begins, at_ms)
            parts += [samples, np.zeros(_PAUSE_MS * RATE_HZ // 1000, np.float32)]
            at_ms = sum(map(len, parts)) * 1000 // RATE_HZ
    said = Spoken(np.concatenate(parts))
    prepared = prepare(write_wav(said, folder / "said.wav"), folder, said.duration_ms, Quiet())
    return Case(name, prepared, texts, [True] * len(texts), starts)


def _starts_of(words: list[str], begins: dict[int, int], first_ms: int) -> list[int | None]:
    """When words begin that are said from `first_ms` on; `begins` as from `say`."""
    places = accumulate(map(len, words), initial=0)
    return [
        first_ms + begins[at] if at in begins else None
        for at, _ in zip(places, words, strict=False)
    ]
