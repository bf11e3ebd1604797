from __future__ import annotations

import pytest
from click.testing import CliRunner
from faster_whisper.tokenizer import _LANGUAGE_CODES

from editor.cli import cli
from editor.errors import InvalidValue
from editor.languages import LANGUAGE_NAMES, language_code


def test_every_language_of_recognition_has_a_name() -> None:
    assert sorted(LANGUAGE_NAMES) == sorted(_LANGUAGE_CODES)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("EN", "en"),
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("zh-Hans-CN", "zh"),
        ("yue-HK", "yue"),
        (" Haitian  Creole ", "ht"),
        ("mandarin", "zh"),
        ("nb-NO", "no"),
        ("fil-PH", "tl"),
        ("jv", "jw"),
        ("LATIN", "la"),
    ],
)
def test_a_language_is_known_however_it_is_named(said: str, code: str) -> None:
    assert language_code(said) == code


@pytest.mark.parametrize("said", ["", "zz", "en us", "-", "../../en", "en\r\nX: y", "x" * 10_000])
def test_what_is_no_language_gets_a_sentence(said: str) -> None:
    with pytest.raises(InvalidValue, match="such as en, pt-BR or german") as refused:
        language_code(said)
    assert len(str(refused.value)) < 200


def test_a_slip_of_the_pen_is_answered_with_what_may_be_meant() -> None:
    with pytest.raises(InvalidValue, match="Did you mean German"):
        language_code("germn")


@pytest.mark.parametrize("command", ["align", "transcribe", "retime", "review", "open", "lint"])
def test_every_command_refuses_it_before_anything_else_is_done(command: str) -> None:
    files = {"transcribe": ["none.wav"], "lint": [__file__]}.get(command, ["none.wav", "none.txt"])
    result = CliRunner().invoke(cli, [command, *files, "--language", "zz"])
    assert (result.exit_code, "not a known language" in result.stderr) == (2, True)
