"""Captions of a file in another format: their times, lines, styles and places stay."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from editor.cli import cli
from editor.formats import read
from editor.formats.as_captions import write_captions
from editor.formats.caption import Caption
from editor.formats.exports import Options, convert
from editor.formats.styling import Style
from tests.support.chance import examples
from tests.support.reading import reading_here

KEEPS = Options(keeps_captions=True)
FORMATS = ["srt", "vtt", "ttml", "ass"]
STYLES = [("i", ""), ("b", ""), ("u", ""), ("color", "#ffff00"), ("color", "#ff8800")]
WORDS = ["Hi", "there", "1 < 2", "R&D", "{x}", "a\\b", "été", "今日", "(music)", "so."]

SRT = r"""1
00:00:01,000 --> 00:00:06,000
{\an8}<i>Ana talks</i> for a
<font color="yellow">very</font> long time.

2
00:00:03,000 --> 00:00:04,500
- <b>Sorry?</b>
- What, <u>which</u> year?

3
00:00:03,000 --> 00:00:03,000
Zero.

4
00:00:06,000 --> 00:00:26,000
Well,
that
was something.
"""


@st.composite
def captions(draw: st.DrawFn) -> list[Caption]:
    """Captions in the order of their starts: in a row, one over another, several at one time."""
    found, at = list[Caption](), 0
    for number in range(draw(st.integers(1, 6))):
        at += 10 * draw(st.sampled_from([0, 0, 1, 50, 300]))
        lines = draw(
            st.lists(
                st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=3
            )
        )
        text = f"{number} " + "\n".join(" ".join(line) for line in lines)
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
        styles = [
            Style(first, end, *draw(st.sampled_from(STYLES)))
            for first, end in pairwise(places)
            if text[first:end].strip()
        ]
        length = 10 * draw(st.sampled_from([0, 1, 2, 150, 700]))
        place = draw(st.sampled_from([0, *range(1, 10)]))
        found.append(Caption(number, at, at + length, text, styles=tuple(styles), place=place))
    return found


def looks(caption: Caption) -> object:
    """What of a caption has to stay: for each sign its styles."""
    signs = [
        (sign, {(s.name, s.value) for s in caption.styles if s.first <= at < s.end})
        for at, sign in enumerate(caption.text)
    ]
    shown = [each for each in signs if not each[0].isspace()]
    return (
        caption.start_ms,
        caption.end_ms,
        caption.text,
        shown,
        caption.place % 10 if caption.place != 2 else 0,
    )


@reading_here
@examples(150)
@given(captions(), st.lists(st.sampled_from(FORMATS), min_size=1, max_size=3))
def test_captions_come_through_any_formats_as_they_are(
    shown: list[Caption], formats: list[str]
) -> None:
    data, _ = write_captions(formats[0], shown, "", 0)
    name = f"a.{formats[0]}"
    for following in formats[1:]:
        data = convert(data, name, format_name=following, options=KEEPS).data
        name = f"a.{following}"
    assert list(map(looks, read(data, name).shown)) == list(map(looks, shown))


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_file_there_and_back_is_the_same(format_name: str) -> None:
    there = convert(SRT.encode(), "a.srt", format_name=format_name, options=KEEPS)
    assert there.lost == ""
    back = convert(there.data, f"a.{format_name}", format_name="srt", options=KEEPS)
    assert back.data.decode().rstrip() == SRT.replace('"yellow"', '"#ffff00"').rstrip()


def test_captions_begin_and_end_on_frames_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(
        "1\n00:00:01,011 --> 00:00:02,030\nOne\n\n2\n00:00:02,030 --> 00:00:02,031\nTwo\n"
    )

    def run(*more: str) -> list[str]:
        arguments = ["convert", str(tmp_path / "a.srt"), "--on-frames", *more]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0
        return [line for line in result.stdout.splitlines() if "-->" in line]

    assert run() == ["00:00:01,000 --> 00:00:02,040", "00:00:02,040 --> 00:00:02,080"]
    drop = ["00:00:01,001 --> 00:00:02,035", "00:00:02,035 --> 00:00:02,069"]
    assert run("--frame-rate", "29.97df") == drop
    # Captions that are made anew do, too.
    anew = run("--preset", "lines", "--frame-rate", "24", "--format", "vtt")
    assert anew == ["00:00:01.000 --> 00:00:02.042", "00:00:02.042 --> 00:00:02.083"]


@pytest.mark.parametrize("format_name", FORMATS)
def test_colours_within_colours_stay(format_name: str) -> None:
    shown = "<font color=red>a <font color=blue>b</font> <i>c</i> <font color=lime><b>d</b></font>"
    whole = "<font color=red><font color=blue>e</font></font>"
    data = f"1\n00:00:01,000 --> 00:00:02,000\n{shown} f</font> {whole}\n".encode()
    written = convert(data, "a.srt", format_name=format_name, options=KEEPS).data
    red, blue, lime = "#ff0000", "#0000ff", "#00ff00"
    for each, name in ((data, "a.srt"), (written, f"a.{format_name}")):
        (caption,) = read(each, name).shown
        assert caption.text == "a b c d f e"
        styles = [one for one in caption.styles if one.name == "color"]
        colours = [
            [one.value for one in styles if one.first <= at < one.end][-1] for at in range(0, 11, 2)
        ]
        assert colours == [red, blue, red, lime, red, blue]


VTT = """WEBVTT

STYLE
::cue(.loud) { font-size: 200% }

00:01.000 --> 00:06.000 line:10% position:20% align:left
<v Ana>Over <c.loud>all</c> this

00:03.000 --> 00:04.500
<v Ben>Which?
"""


def test_what_a_format_has_no_place_for_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(VTT)

    def run(name: str, *more: str) -> tuple[str, str]:
        arguments = ["convert", str(tmp_path / "a.vtt"), "-o", str(tmp_path / name), *more]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0
        return (tmp_path / name).read_text(), result.stderr.replace(str(tmp_path), "")

    written, told = run("a.srt")
    read_as = "/a.vtt: WebVTT captions with times, 2 speakers\n"
    assert told == (
        f"{read_as}/a.vtt: SubRip has no place for classes of style, exact places and style sheets"
        " of this file\n"
    )
    assert written == (
        "1\n00:00:01,000 --> 00:00:06,000\n{\\an7}Ana: Over all this\n\n"
        "2\n00:00:03,000 --> 00:00:04,500\nBen: Which?\n\n"
    )
    again, told = run("b.vtt")
    assert (again.replace("00:00:0", "00:0"), told) == (VTT, read_as)
    broken, _ = run("c.srt", "--preset", "netflix", "--offset", "1000")
    assert "{" not in broken


@pytest.mark.parametrize(
    ("style", "text", "place", "expected"),
    [
        ("0,0,0,0,8", "Sign", 8, []),
        ("-1,0,0,0,2", r"Bold {\b0}not", 0, [("b", 0, 5)]),
        ("0,0,0,0,2", r"a {\i1}b{\r} {\c&H0000FF&\an5\fs20}c", 5, [("i", 2, 3), ("color", 4, 5)]),
    ],
)
def test_styles_of_ass_are_read(
    style: str, text: str, place: int, expected: list[tuple[str, int, int]]
) -> None:
    data = (
        "[Script Info]\n[V4+ Styles]\nFormat: Name, Bold, Italic, Underline, StrikeOut, Alignment\n"
        f"Style: S,{style}\n[Events]\nFormat: Start, End, Style, Text\n"
        f"Dialogue: 0:00:01.00,0:00:02.00,S,{text}\n"
    )
    (caption,) = read(data.encode(), "a.ass").shown
    assert caption.place == place
    assert [(one.name, one.first, one.end) for one in caption.styles] == expected
