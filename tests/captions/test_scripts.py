from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from editor.captions import PRESETS, Cue, Rules, cues_of, in_language, lint
from editor.captions.scripts import script_of, written_language
from editor.cli import cli
from editor.formats import read
from tests.captions.test_captions import transcript

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
TEXTS = {
    "ja": "昨日の夜は友だちと映画館へ新しい映画を見に行きました。"
    "とても面白かったので、また見に行きたいと思います。",
    "zh": "昨天晚上我和朋友一起去电影院看了一部新的动画电影，非常有意思，所以我还想再去看一次。",
    "ko": "어제 저녁에 친구와 함께 영화관에 가서 새 영화를 봤는데 "
    "정말 재미있어서 다시 보고 싶어요.",
    "th": "เมื่อคืนนี้ฉันไปดูหนังเรื่องใหม่กับเพื่อนที่โรงภาพยนตร์ใกล้บ้าน สนุกมากจนอยากกลับไปดูอีกครั้ง",
    "ar": "ذهبت مساء أمس مع صديقي إلى السينما لمشاهدة فيلم جديد "
    "وكان ممتعا جدا ولذلك أريد أن أراه مرة أخرى",
}
#: Characters a line and a second that Netflix publishes.
NETFLIX = {"ja": (13, 4), "zh": (16, 9), "ko": (16, 12), "th": (35, 17), "ar": (42, 20)}


def lint_srt(path: Path, text: str, *options: str, until: str = "00:00:04,000") -> str:
    path.write_text(f"1\n00:00:01,000 --> {until}\n{text}\n", encoding="utf-8")
    return CliRunner().invoke(cli, ["lint", str(path), *options]).stdout


@pytest.mark.parametrize(
    ("language", "text", "chars"),
    [
        ("fr", unicodedata.normalize("NFD", "Ça été très répété"), 18),
        ("en", f"We are {FAMILY}.", 9),
        ("th", "ที่นี่", 2),
        ("ja", "今日は iPhone 4", 7.5),
        ("ko", "안녕 BTS!", 4.5),
        ("zh-TW", "你好，世界", 5),
    ],
)
def test_characters_are_counted_as_the_script_does(language: str, text: str, chars: float) -> None:
    script = script_of(language)
    assert script.chars(script.columns(text)) == chars


@pytest.mark.parametrize("language", NETFLIX)
def test_captions_hold_what_is_published_for_their_script(language: str) -> None:
    """The script is seen where nobody names the language."""
    said = transcript(TEXTS[language], word_ms=150)
    rules, found = in_language(PRESETS["netflix"], None, [TEXTS[language]])
    assert (rules.line_chars, rules.chars_per_second) == NETFLIX[language]
    cues, script = cues_of(said, rules, language=found), script_of(language)
    widest = max(script.chars(script.columns(line)) for cue in cues for line in cue.lines)
    assert 0.6 * rules.line_chars < widest <= rules.line_chars
    assert [one for one in lint(cues, rules, language=found) if one.rule == "line_chars"] == []


def test_a_caption_too_wide_and_too_fast_for_its_script_is_found(tmp_path: Path) -> None:
    lines = "昨日の夜は友だちと映画館へ新しい映画を見\n行きました。とても面白かったので、また見"
    said = lint_srt(tmp_path / "a.srt", lines, "--preset", "netflix")
    assert "line_chars: 20 characters, 13 allowed" in said
    assert "speed: 3000 ms on screen, 10000 needed" in said
    assert "line_chars" not in lint_srt(
        tmp_path / "a.srt", "映画を見に行きました", "--language", "ja"
    )


@pytest.mark.parametrize("preset", ["bbc", "vertical", "dcmp"])
def test_words_that_no_space_parts_are_not_counted_by_character(
    tmp_path: Path, preset: str
) -> None:
    """What is read in four seconds at the speed of Netflix is not far too fast for others."""
    text = TEXTS["zh"][:18]
    found = lint_srt(tmp_path / "a.srt", f"{text[:9]}\n{text[9:]}", "--preset", preset)
    assert "speed" not in found
    fast = lint_srt(
        tmp_path / "a.srt", f"{text[:9]}\n{text[9:]}", "--preset", preset, until="00:00:02,000"
    )
    assert "speed: 1000 ms on screen, 2" in fast


def test_a_line_of_decomposed_letters_is_as_long_as_it_looks(tmp_path: Path) -> None:
    line = unicodedata.normalize("NFD", "Il a été répété à l'été dernier à Évian,")
    assert len(line) > 42
    assert lint_srt(tmp_path / "a.srt", line, "--preset", "netflix", "--language", "fr") == ""


def test_fixing_does_not_let_captions_stand_long_after_they_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    lint_srt(path, TEXTS["zh"][:16], "--preset", "bbc")
    fixed = tmp_path / "b.srt"
    CliRunner().invoke(cli, ["lint", str(path), "--preset", "bbc", "--fix", "-o", str(fixed)])
    (draft,) = read(fixed.read_bytes(), "b.srt").drafts
    assert draft.end_ms == 4000


def test_people_s_own_numbers_stay_in_each_script() -> None:
    mine = Rules("mine", line_chars=20, chars_per_second=7)
    assert in_language(mine, "ja", [TEXTS["ja"]]) == (mine, "ja")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (None, "What a day.", None),
        ("fr", "Quelle journée.", "fr"),
        ("en", TEXTS["ja"], "ja"),
        ("ja", "東京都。", "ja"),
        (None, TEXTS["zh"], "zh"),
        ("zh-TW", TEXTS["zh"], "zh-TW"),
        ("fa", TEXTS["ar"], "fa"),
        ("mr", "आज मौसम अच्छा है", "mr"),
        (None, "Он ушёл.", None),
        ("ja", "A transcript in English.", None),
        ("en", "He said 你好 and left the room.", "en"),
        ("en", "♪ ♪", "en"),
    ],
)
def test_script_tells_what_nobody_named(language: str | None, text: str, found: str | None) -> None:
    assert written_language(language, [text]) == found


def test_an_empty_caption_is_measured_too() -> None:
    assert [one.rule for one in lint([Cue(0, 1, ())], PRESETS["bbc"], language="ja")] == ["empty"]
