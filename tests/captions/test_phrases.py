"""Chinese, Japanese and Thai: no line ends within what is read as one."""

from __future__ import annotations

import time

import pytest

from editor.captions import Cue, Rules, cues_by_rules, lint
from editor.captions.phrases import phrase_starts
from tests.captions.test_captions import lines_of, transcript

JAPANESE = (
    "私は昨日の夜、友達と一緒に新宿の映画館で新しいアニメの映画を見ました。"
    "とても面白かったので、もう一度見に行きたいと思います。"
)
CHINESE = "昨天晚上我和朋友一起去电影院看了一部新的动画电影，非常有意思，所以我还想再去看一次。"
TAIWANESE = "昨天晚上我和朋友一起去電影院看了一部新的動畫電影，非常有意思，所以我還想再去看一次。"
THAI = "เมื่อคืนนี้ฉันไปดูหนังเรื่องใหม่กับเพื่อนที่โรงภาพยนตร์ใกล้บ้าน สนุกมากจนอยากกลับไปดูอีกครั้ง"


@pytest.mark.parametrize(
    ("language", "text", "chars", "lines"),
    [
        (
            "ja",
            JAPANESE,
            13,
            [
                "私は昨日の夜、友達と一緒に|新宿の映画館で新しい",
                "アニメの映画を見ました。|とても面白かったので、",
                "もう一度見に|行きたいと思います。",
            ],
        ),
        (
            "zh",
            CHINESE,
            13,
            [
                "昨天晚上我和朋友一起|去电影院看了一部新的",
                "动画电影，非常有意思，|所以我还想再去看一次。",
            ],
        ),
        (
            "zh-TW",
            TAIWANESE,
            13,
            [
                "昨天晚上我和朋友一起去|電影院看了一部新的",
                "動畫電影，非常有意思，|所以我還想再去看一次。",
            ],
        ),
        (
            "th",
            THAI,
            20,
            [
                "เมื่อคืนนี้ฉันไปดูหนัง|เรื่องใหม่กับเพื่อนที่",
                "โรงภาพยนตร์ใกล้บ้าน สนุก|มากจนอยากกลับไปดูอีกครั้ง",
            ],
        ),
    ],
)
def test_lines_end_where_phrases_do(language: str, text: str, chars: int, lines: list[str]) -> None:
    rules = Rules("narrow", line_chars=chars)
    cues = cues_by_rules(transcript(text, word_ms=150), rules, language=language)
    assert lines_of(cues) == lines
    assert lint(cues, rules, language=language) == []


def test_the_script_tells_where_no_language_is_known() -> None:
    for language, text in (("ja", JAPANESE), ("zh", CHINESE), ("th", THAI)):
        assert phrase_starts(text, None) == phrase_starts(text, language)
    assert phrase_starts("Žluťoučký kůň", None) is None
    assert phrase_starts("한국어 문장", None) is None
    assert phrase_starts(TAIWANESE, "yue") == phrase_starts(TAIWANESE, "zh-Hant-HK")


def test_a_break_inside_a_phrase_is_told() -> None:
    cues = [
        Cue(0, 2000, ("友達と一緒に新宿の映", "画館で映画を見ました。")),
        Cue(2000, 4000, ("友達と一緒に新宿の", "映画館で映画を見ました。")),
    ]
    (found,) = lint(cues, Rules("x", line_chars=20), language="ja")
    assert (found.cue, found.severity) == (0, "warning")
    assert found.message == "a line break inside a phrase, '新宿の映|画館で映'"


def test_a_space_between_two_scripts_is_as_good_a_place_as_a_phrase() -> None:
    cues = cues_by_rules(transcript("我用 iPhone 手机 Android 电脑"), Rules("x", line_chars=8))
    assert cues[0].lines[0] == "我用"


def test_a_hundred_thousand_signs_take_seconds() -> None:
    text = transcript(*[CHINESE] * 2200, word_ms=150)
    begun = time.process_time()
    cues_by_rules(text, Rules("x", line_chars=16), language="zh")
    assert time.process_time() - begun < 12
