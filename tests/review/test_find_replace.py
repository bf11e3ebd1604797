from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from editor.cli import cli, texts
from editor.errors import InvalidValue
from editor.review import Correction, Replacement, corrected, places_found, replacements

CAPTIONS = """WEBVTT

NOTE Alad is the host

Alad
00:00:00.000 --> 00:00:02.000
<v Alad>Alad, what's new at no-priers.com?

00:00:02.000 --> 00:00:03.000
ALAD'S salad
"""


@pytest.mark.parametrize(
    ("correction", "expected", "count"),
    [
        (Correction("lad", "lass"), "a lass, a saslass", 2),
        (Correction("lad", "lass", is_whole_word=True), "a lass, a saslad", 1),
        (Correction(r"(\w)lad", r"\1led", is_pattern=True), "a lad, a sasled", 1),
    ],
)
def test_what_is_found_and_replaced(correction: Correction, expected: str, count: int) -> None:
    assert corrected("a lad, a saslad", correction) == (expected, count)


@pytest.mark.parametrize(
    ("old", "new", "is_pattern"), [(" ", "x", False), ("(", "x", True), ("a", r"\2", True)]
)
def test_what_cannot_be_looked_for_is_said(old: str, new: str, is_pattern: bool) -> None:
    with pytest.raises(InvalidValue):
        Correction(old, new, is_pattern=is_pattern)


def test_places_are_found_in_each_text_and_what_is_right_is_none() -> None:
    texts = ["We asked Elad", "“Alad,” said Alad's aunt. Al", "ad is here"]
    assert replacements(texts, Correction("Alad", "Elad", is_similar=True)) == [
        Replacement(1, 1, 5, "Alad", "Elad"),
        Replacement(1, 13, 19, "Alad's", "Elad's", "spelling", 0.889),
    ]
    assert replacements(["deep", "seek"], Correction("DeepSeek", "x", is_similar=True)) == []
    assert replacements(["x", "yx"], Correction("x", "", is_pattern=True)) == [
        Replacement(0, 0, 1, "x", ""),
        Replacement(1, 1, 2, "x", ""),
    ]


def test_a_text_is_looked_through_for_so_long_only() -> None:
    began = time.monotonic()
    with pytest.raises(InvalidValue, match="too long"):
        replacements(["a" * 19 + "b"] * 30_000, Correction("^(a|a){19}X", "b", is_pattern=True))
    assert time.monotonic() - began < 10


def test_a_file_is_looked_through_for_so_long_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_MOST_SEARCH_S", 0.5)
    text = tmp_path / "a.txt"
    text.write_text(("a" * 19 + "b\n") * 3_000, "utf-8")
    began = time.monotonic()
    result = CliRunner().invoke(cli, ["replace", str(text), "^(a|a){19}X", "b", "--regex"])
    assert str(result.exception) == "The expression takes too long."
    assert time.monotonic() - began < 10


def test_what_is_as_long_as_a_text_has_no_other_spelling() -> None:
    for long in ("word " * 13, "w" * 101):
        with pytest.raises(InvalidValue, match="for 12 words and 100 characters at most"):
            Correction(long, "x", is_similar=True)


def test_no_more_is_looked_for_than_is_taken() -> None:
    found = places_found(["aaa", "a" * 10_000_000], Correction("a", "b"))
    assert [next(found).start for _ in range(3)] == [0, 1, 2]


def test_what_would_fill_the_memory_is_not_made() -> None:
    with pytest.raises(InvalidValue, match="1000 characters at most"):
        Correction("(a)", r"\1" * 600, is_pattern=True)
    for correction in (
        Correction("(a+)", r"\1" * 500, is_pattern=True),
        Correction("a", "b" * 50_000),
    ):
        with pytest.raises(InvalidValue, match="together would become too long"):
            replacements(["a" * 30_000], correction)


def test_an_expression_that_nests_without_end_is_refused() -> None:
    with pytest.raises(InvalidValue):
        Correction("(" * 30_000 + "a" + ")" * 30_000, "b", is_pattern=True)


def test_an_expression_that_takes_for_ever_is_given_up() -> None:
    with pytest.raises(InvalidValue, match="too long"):
        replacements(["a" * 40 + "b"], Correction(r"(a|a)+$", "x", is_pattern=True))


def test_replace_leaves_all_but_spoken_words_alone(tmp_path: Path) -> None:
    text, out = tmp_path / "a.vtt", tmp_path / "b.vtt"
    text.write_text(CAPTIONS, "utf-8")
    command = ["replace", str(text), "alad", "elad", "--whole-word", "--ignore-case"]
    result = CliRunner().invoke(cli, [*command, "-o", str(out)])
    assert (result.exit_code, result.stderr) == (0, "2 replacements\n")
    expected = CAPTIONS.replace(">Alad,", ">Elad,").replace("ALAD'S", "ELAD'S")
    assert out.read_text("utf-8") == expected
    preview = CliRunner().invoke(cli, [*command, "--dry-run"])
    assert preview.stdout.splitlines()[-2:] == ["- ALAD'S salad", "+ ELAD'S salad"]


def test_replace_finds_similar_spellings(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Welcome to No Priers.\nAsk no-pryers!\n", "utf-8")
    command = ["replace", str(text), "No Priers", "No Priors", "--similar"]
    assert CliRunner().invoke(cli, command).stdout == "Welcome to No Priors.\nAsk No Priors!\n"


def test_words_of_json_are_not_replaced(tmp_path: Path) -> None:
    text = tmp_path / "a.json"
    text.write_text('{"segments": []}', "utf-8")
    result = CliRunner().invoke(cli, ["replace", str(text), "a", "b"])
    assert result.exit_code == 1
    assert "cannot be replaced" in str(result.exception)


def test_replace_keeps_encoding_and_line_ends(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_bytes(
        "Le caf\u00e9 ferm\u00e9 \u00e0 No\u00ebl.\r\nUn caf\u00e9\r\n".encode("cp1252")
    )
    result = CliRunner().invoke(cli, ["replace", str(text), "caf\u00e9", "th\u00e9"])
    expected = "Le th\u00e9 ferm\u00e9 \u00e0 No\u00ebl.\r\nUn th\u00e9\r\n".encode("cp1252")
    assert result.stdout_bytes == expected
    refused = CliRunner().invoke(cli, ["replace", str(text), "caf\u00e9", "\u8336"])
    assert refused.exit_code == 1
    assert "UTF-8" in str(refused.exception)
