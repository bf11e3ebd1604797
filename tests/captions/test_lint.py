from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from editor.captions import PRESETS, Cue, cues_by_rules, is_shown_over, lint, preset_named
from editor.cli import cli
from editor.document import Transcript
from editor.errors import InvalidValue, UnreadableTranscript
from editor.formats import read
from editor.formats.exports import Options, convert, lint_file
from editor.library.autofix import fixed
from tests.captions.test_captions import transcripts
from tests.support.chance import examples
from tests.support.reading import reading_here

NETFLIX = PRESETS["netflix"]


def cue(start_ms: int, end_ms: int, *lines: str) -> Cue:
    return Cue(start_ms, end_ms, lines)


@pytest.mark.parametrize(
    ("cues", "found"),
    [
        ([cue(0, 2000, "Hi there.")], []),
        ([cue(0, 2000, " ")], [("empty", "it has no text", "remove it")]),
        ([cue(0, 2000, "x", "y", "z")], [("lines", "3 lines, 2 allowed", "break it anew")]),
        (
            [cue(0, 6000, "x" * 20 + " " + "y" * 30)],
            [("line_chars", "51 characters, 42 allowed", "break it anew")],
        ),
        ([cue(0, 6000, "x" * 50)], [("line_chars", "50 characters, 42 allowed", None)]),
        (
            [cue(0, 2000, "Hi."), cue(1900, 3000, "You.")],
            [("overlap", "-100 ms to the next, 83 needed", "end it earlier")],
        ),
        (
            [cue(0, 2000, "Hi."), cue(2050, 3000, "You.")],
            [("gap", "50 ms to the next, 83 needed", "end it earlier")],
        ),
        (
            [cue(0, 2000, "Hi."), cue(2250, 4000, "You.")],
            [("gap", "250 ms to the next, 83 or at least 500 needed", "end it later")],
        ),
        # Closing this gap would make it too long.
        ([cue(0, 6900, "Hi."), cue(7200, 8200, "You.")], []),
        ([cue(0, 7500, "Hi. You.")], [("max_ms", "7500 ms on screen, 7000 allowed", "split it")]),
        ([cue(0, 500, "Hi.")], [("min_ms", "500 ms on screen, 833 needed", "end it later")]),
        (
            [cue(0, 900, "This is said much too fast."), cue(983, 2000, "Yes.")],
            [("speed", "900 ms on screen, 1350 needed", None)],
        ),
        (
            [cue(0, 2000, "We went to the", "market.")],
            [("bad_break", "a line break after 'the'", "break it elsewhere")],
        ),
        (
            [cue(0, 2000, "Then came John"), cue(2083, 4000, "Smith.")],
            [("bad_break", "a line break after 'John'", "break it elsewhere")],
        ),
        ([cue(0, 2000, "So did I.", "John went.")], []),
    ],
)
def test_each_violation_has_its_rule_and_its_fix(
    cues: list[Cue], found: list[tuple[str, str, str | None]]
) -> None:
    violations = lint(cues, NETFLIX)
    assert [(each.rule, each.message, each.fix) for each in violations] == found
    for each in violations:
        assert each.severity == ("warning" if each.rule == "bad_break" else "error")


def test_no_syntax_is_asked_of_languages_we_know_none_of() -> None:
    cues = [cue(0, 2000, "Er will", "die Uhr."), cue(2083, 4000, "Wir.")]
    assert lint(cues, NETFLIX, language="de") == []


@examples(150)
@given(transcripts(), st.sampled_from([*PRESETS.values()]))
def test_what_the_words_allow_is_never_violated_by_captions_made_by_rules(
    text: Transcript, rules: object
) -> None:
    assert isinstance(rules, type(NETFLIX))
    shown = [segment for segment in text.segments if segment.words]
    is_over = any(is_shown_over(a, b) for a, b in pairwise(shown))
    allowed = {"bad_break", "overlap", "gap"} if is_over else {"bad_break"}
    for each in lint(cues_by_rules(text, rules), rules):
        assert each.fix is None or each.rule in allowed


SRT = (
    b"1\n00:00:01,000 --> 00:00:02,000\nThis line is much too long for anyone to read in time.\n\n"
    b"2\n00:00:01,500 --> 00:00:05,000\nSo.\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def test_command_tells_each_place_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(SRT)
    result = run("lint", tmp_path / "a.srt", "--preset", "netflix")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "1 00:00:01.000 error line_chars: 54 characters, 42 allowed; break it anew",
        "1 00:00:01.000 error overlap: -500 ms to the next, 83 needed; end it earlier",
        "1 00:00:01.000 error speed: 1000 ms on screen, 2700 needed; "
        "cannot be fixed with these word times",
    ]
    assert result.stderr == "3 errors, 0 warnings\n"
    result = run("lint", tmp_path / "a.srt", "--preset", "netflix", "--format", "json")
    assert [each["rule"] for each in json.loads(result.stdout)] == [
        "line_chars",
        "overlap",
        "speed",
    ]


def test_command_writes_a_file_that_is_as_good_as_it_can_be(tmp_path: Path) -> None:
    spaced = SRT.replace(b"02,000", b"04,000").replace(b"01,500 -->", b"04,500 -->")
    (tmp_path / "a.srt").write_bytes(spaced)
    mended = tmp_path / "fixed.srt"
    result = run("lint", tmp_path / "a.srt", "--preset", "netflix", "--fix", "-o", mended)
    assert (result.exit_code, result.stderr) == (0, "0 errors, 0 warnings\n")
    assert run("lint", mended).exit_code == 0
    assert [draft.text for draft in read(mended.read_bytes(), "a.srt").drafts] == [
        "This line is much too long for anyone to read in time.",
        "So.",
    ]


def test_time_to_read_a_name_is_given_too(tmp_path: Path) -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi there, it is the end.\n"
    (tmp_path / "a.vtt").write_bytes(data)
    mended = tmp_path / "fixed.srt"
    assert run("lint", tmp_path / "a.vtt", "--fix", "-o", mended).exit_code == 0
    assert b">> Ann: Hi there, it is the end." in mended.read_bytes()
    assert run("lint", mended).exit_code == 0


def test_settings_that_players_pass_over_are_told_of() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:03.000 align:middle line:0 size:200%\nHi.\n"
    found, _ = lint_file(data, "a.vtt", NETFLIX)
    assert [(each.rule, each.severity, each.message) for each in found] == [
        ("setting", "warning", "players pass over 'align:middle'"),
        ("setting", "warning", "players pass over 'size:200%'"),
    ]


def test_files_without_captions_and_unknown_presets_are_refused() -> None:
    with pytest.raises(UnreadableTranscript, match="it has no times, so no captions"):
        lint_file(b"Hi", "a.txt", NETFLIX)
    with pytest.raises(
        InvalidValue, match="preset: unknown preset 'mine'; choose one of lines, yout"
    ):
        preset_named("mine")


@st.composite
def caption_files(draw: st.DrawFn) -> bytes:
    """Captions by chance: short and long, in a row or one over another, of one speaker or two."""
    at, text = 0, ""
    for number in range(draw(st.integers(1, 6))):
        at += draw(st.sampled_from([40, 300, 2000, 9000]))
        length = draw(st.sampled_from([0, 100, 900, 3000, 12_000]))
        count = draw(st.integers(1, 14))
        words = [
            draw(st.sampled_from(["so", "nobody", "the", "Hello.", "it,"])) for _ in range(count)
        ]
        middle = draw(st.sampled_from([" ", "\n", "\n- "]))
        said = " ".join(words[:7]) + middle + " ".join(words[7:])
        said = f"- {said}" if middle == "\n- " else said
        times = [f"00:00:{ms // 1000:02},{ms % 1000:03}" for ms in (at, at + length)]
        text += f"{number + 1}\n{times[0]} --> {times[1]}\n{said.strip()}\n\n"
        at += draw(st.sampled_from([length, length // 2]))
    return text.encode()


FORMATS = ("srt", "vtt", "ass", "ttml")


@reading_here
@examples(60)
@given(caption_files(), st.sampled_from(sorted(PRESETS)), st.sampled_from(FORMATS))
def test_a_fix_breaks_no_rule_more_often_and_done_again_changes_nothing(
    data: bytes, preset: str, form: str
) -> None:
    options, name = Options(PRESETS[preset]), f"a.{form}"
    as_they_are = Options(keeps_captions=True)
    data = convert(data, "a.srt", format_name=form, options=as_they_are).data
    first = fixed(data, name, format_name=form, options=options).data
    before, after = (
        Counter(each.rule for each in lint_file(one, name, PRESETS[preset])[0])
        for one in (data, first)
    )
    assert after <= before
    assert fixed(first, name, format_name=form, options=options).data == first
    assert (first == data) == (after == before)
    said = [" ".join(one.text for one in read(each, name).captions) for each in (data, first)]
    assert said[0].split() == said[1].split()


def test_what_cannot_be_bettered_keeps_nothing_else_from_being_so() -> None:
    kept = (
        "WEBVTT - mine\r\n\r\nSTYLE\r\n::cue { color: lime }\r\n\r\nsign\r\n"
        "00:01.000 --> 00:09.000 line:0\r\nA sign\r\n\r\n"
        "00:02.000 --> 00:03.000\r\n- Who  says\r\n- this in so short a time, and why?\r\n\r\n\r\n"
    )
    wrong = (
        "7\r\n00:10.000 --> 00:12.000 align:start\r\n<v Ann>We went to the\r\nmarket.</v>\r\n\r\n"
        "NOTE kept\r\n\r\n"
        "00:20.000 --> 00:28.000\r\n<i>One</i> is said slowly &amp; two is said slowly, too. Then"
        " we all said that we had been there before.\r\n"
    )
    written = fixed(
        (kept + wrong).encode(), "a.vtt", format_name="vtt", options=Options(NETFLIX)
    ).data.decode()
    assert written.split("\r\n") == [
        *kept.split("\r\n")[:-1],
        *wrong.replace("to the\r\nmarket", "to the market").split("\r\n"),
    ]


def test_captions_of_two_speakers_keep_their_lines(tmp_path: Path) -> None:
    data = (
        b"1\n00:00:01,000 --> 00:00:02,000\n- Hi.\n- Hello, how are you?\n\n"
        b"2\n00:00:03,000 --> 00:00:08,000\n- So\n- I say a line of more than forty-two signs.\n\n"
    )
    (tmp_path / "a.srt").write_bytes(data)
    result = run("lint", tmp_path / "a.srt", "--fix", "-o", tmp_path / "b.srt")
    mended = data.replace(b"02,000", b"02,300")
    assert (tmp_path / "b.srt").read_bytes() == mended
    assert "hold several speakers or have styles" in result.stderr
