"""WebVTT files after the rules of its parsing algorithm, rule by rule, and mutations of them.

See https://www.w3.org/TR/webvtt1/#parsing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

_A, _B = "00:01.000 --> 00:02.000", "00:03.000 --> 00:04.000"


def _cue(line: str = _A, text: str = "Hi") -> str:
    return f"WEBVTT\n\n{line}\n{text}"


def _signatures() -> Iterator[str]:
    for mark, head in product(
        ("", "\ufeff"),
        (
            *("WEBVTT", "WEBVTT ", "WEBVTT\t", "WEBVTT - x", "WEBVTT\tx", "WEBVTT\x0c", "WEBVTT\0"),
            *(
                "WEBVTT\u00a0",
                "WEBVTT.",
                "WEBVT",
                "WEBVTT FILE",
                "Webvtt",
                "\u00a0WEBVTT",
                "WEBVTT:",
            ),
        ),
    ):
        yield f"{mark}{head}"
        yield f"{mark}{head}\n\n{_A}\nHi"
        yield f"{mark}{head}\r\n\r\n{_A}\r\nHi"
        yield f"{mark}{head}\r\r{_A}\rHi\r"
        yield f"{mark}{head}\n{_A}\nHi"
    for header in ("X: y", "a\nb\nc", "x -->", "--> x", "NOTE", "STYLE", "REGION\nid:a", " ", "\t"):
        yield f"WEBVTT\n{header}\n\n{_A}\nHi\n\n{_B}\nyou"
        yield f"WEBVTT\n{header}\n{_A}\nHi\n\n{_B}\nyou"


def _timings() -> Iterator[str]:
    minutes = ("0", "00", "000", "59", "60", "5:00", "05:00", "005:60", "1234567:00", "x", "")
    for time in minutes:
        yield _cue(f"{time}:00.000 --> 1234567:00:00.000")
    seconds = ("0", "00", "000", "59", "60", "0x", "", " 0", "0 ", "+1", "-1", "1e", "٠١")
    for time in seconds:
        yield _cue(f"00:{time}.000 --> 00:59:59.999")
    for fraction in ("", "0", "00", "000", "0000", "00a", "999", " 000", ".000", "0.0"):
        yield _cue(f"00:00.{fraction} --> 00:59:59.999")
        yield _cue(f"00:00.000 --> 00:59.{fraction}")
        yield _cue(f"00:00.000 --> 00:59.{fraction} align:start")
    for sign in (",", ":", ";", "·", "", " "):
        yield _cue(f"00:00{sign}000 --> 00:01{sign}500")
    for before, arrow, after in product(
        ("", " ", "\t", "\x0c", "\u00a0", "\u3000", "\x0b"),
        ("-->", "->", "--->", "-- >"),
        ("", " ", "\t"),
    ):
        yield _cue(f"00:00.000{before}{arrow}{after}00:01.000")
    for line in (
        *("00:00.000 -->", "--> 00:01.000", "-->", "00:00.000 --> x", "00:00.000 00:01.000 -->"),
        *(
            "00:00.000 --> 00:01.000 --> 00:02.000",
            "<00:00.000> --> <00:01.000>",
            ":00.000 --> :01.000",
        ),
        *("00:00:00:00.000 --> 00:00:00:01.000", "00:00.000 --> 00:01.000,align:start"),
        *("00:00.000 --> 00:01.000\u00a0align:start", "00:00.000 --> 00:01.000\x0calign:start"),
    ):
        yield _cue(line)
        yield f"WEBVTT\n\nid\n{line}\nHi\n\n{_B}\nyou"


_SETTINGS = {
    "vertical": ("rl", "lr", "RL", "rl ", "", "l r"),
    "line": (
        *(
            "0",
            "1",
            "-1",
            "-0",
            "00",
            "+1",
            "1.0",
            "-1.5",
            "0%",
            "100%",
            "100.0%",
            "-1%",
            "%",
            "1%%",
        ),
        *(
            "1%,start",
            "1,center",
            "1,end",
            "1,left",
            "1,start,end",
            ",start",
            "1 ,start",
            "auto",
            "1a",
        ),
        *(
            "9999999999",
            "0.%",
            ".5%",
            "5.%",
            "1..5%",
            "1-",
            "--1",
            "-",
            "1,",
            "1%,",
            "100.001%",
            "1٠",
        ),
    ),
    "position": (
        *(
            "0%",
            "100%",
            "50",
            "50.5%",
            "50%,line-left",
            "50%,center",
            "50%,line-right",
            "50%,start",
        ),
        *(
            "50%,",
            ",center",
            "101%",
            "-1%",
            "auto",
            "%",
            "5e1%",
            "050%",
            "50%,center,center",
            "50%%",
        ),
    ),
    "size": (
        "0%",
        "100%",
        "1%",
        "101%",
        "-0%",
        "50",
        "50.",
        "50.%",
        ".5%",
        "5,5%",
        "%",
        "1%x",
        "000%",
    ),
    "align": ("start", "center", "end", "left", "right", "middle", "Start", "start,", "", "starts"),
    "region": ("r", "none", "", "r r"),
}


def _settings() -> Iterator[str]:
    for name, values in _SETTINGS.items():
        for value in values:
            yield _cue(f"{_A} {name}:{value}")
        yield _cue(f"{_A} {name}")
        yield _cue(f"{_A} :{name}")
        yield _cue(f"{_A} {name.upper()}:{values[0]}")
        yield _cue(f"{_A} {name} :{values[0]}")
        yield _cue(f"{_A} {name}={values[0]}")
        yield _cue(f"{_A} {name}:{values[0]} {name}:{values[1]}")
    for space in ("\t", "  ", "\x0c", "\u00a0", ",", ";", "\x0b"):
        yield _cue(f"{_A} align:end{space}size:40%")
        yield _cue(f"{_A}{space}align:end")
    for region in (
        "id:r", "id:r width:40% lines:3", "id:r\nscroll:up", "id:", "width:101%", "id:a-->b", "x",
        "id:r regionanchor:0%,100%\nviewportanchor:10%,90%", "id:r width:40", "id:r lines:-1",
    ):  # fmt: skip
        yield f"WEBVTT\n\nREGION\n{region}\n\n{_A} region:r line:1 size:50% vertical:rl\nHi"
        yield f"WEBVTT\n\nREGION \t\n{region}\n\n{_A} region:r align:end\nHi"
        yield f"WEBVTT\n\nREGION x\n{region}\n\n{_A} region:r\nHi"


def _blocks() -> Iterator[str]:
    for name in (
        *(
            "1",
            " ",
            "\t",
            "-->x",
            "x-->",
            "- ->",
            "NOTE",
            "NOTE ",
            "NOTE x",
            "NOTEx",
            "STYLE",
            "REGION",
        ),
        *("STYLE ", "STYLE x", "WEBVTT", "\0", "\ufeff", "<b>", "&amp;", "0" * 300, _B, "é\u0301"),
    ):
        yield f"WEBVTT\n\n{name}\n{_A}\nHi"
        yield f"WEBVTT\n\n{name}\n\n{_A}\nHi"
        yield f"WEBVTT\n\n{_A}\nHi\n{name}\n\n{_B}\nyou"
        yield f"WEBVTT\n\n{_A}\nHi\n\n{name}\nmore\n\n{_B}\nyou"
        yield f"WEBVTT\n\n{_A}\nHi\n\n{name}\n{_B}\nyou"
        yield f"WEBVTT\n{name}\n{_A}\nHi"
    for end in ("", "\n", "\r", "\r\n", "\n\n\n", "\n \n", "\n\0", "\0", "\ufeff"):
        yield f"WEBVTT\n\n{_A}\nHi{end}"
        yield f"WEBVTT\n\n{_A}{end}"
        yield f"WEBVTT\n\n{_A}{end}\n{_B}\nyou"
    for line_end in ("\n", "\r", "\r\n", "\n\r", "\r\r\n", "\u2028", "\x85", "\x0b", "\x0c"):
        yield line_end.join(["WEBVTT", "", "id", _A, "Hi", "there", "", "", _B, "you", ""])


_TEXTS = (
    *(
        "<b>x</b>",
        "<b>x</i>y</b>",
        "<b><i>x</b>y</i>",
        "</b>x",
        "<b",
        "<b.",
        "<b.c",
        "<b.c d",
        "<>x",
    ),
    *(
        "<b>",
        "<b/>x",
        "< b>x",
        "<b >x",
        "<b\tx>y",
        "<b\nx>y",
        "<b.c.d>y</b>",
        "<b..>y",
        "<bb>x</bb>",
    ),
    *("<c>x</c>", "<c.red.bg_blue>x</c>", "<c x>y</c>", "<C>x</C>", "<u>x</u>", "<U>x"),
    *(
        "<v>x",
        "<v >x",
        "<v Ann>x",
        "<v  Ann\tB >x",
        "<v.a.b Ann>x</v>y",
        "<v Ann&amp;B>x",
        "<v A\nB>x",
    ),
    *(
        "<v Ann>x</v> <v Bo>y</v>",
        "<v Ann>x<v Bo>y",
        "<lang>x</lang>",
        "<lang en-GB>x</lang>",
        "<lang a&lt;b>x",
    ),
    *(
        "<ruby>a<rt>b</rt>c</ruby>",
        "<ruby>a<rt>b</ruby>c",
        "<rt>x</rt>",
        "<ruby>x</rt></ruby>",
        "<ruby><b><rt>x",
    ),
    *(
        "a<00:01.500>b",
        "a<00:00:01.500>b",
        "a<00:1.5>b",
        "<00:01.500",
        "<0>x",
        "<00:01.500 >x",
        "<1a>x",
    ),
    *("a<99:99.999>b", "a<00:01.5000>b", "<-1>x", "<00:00.500>x<00:09.000>y"),
    *(
        "&amp;",
        "&amp",
        "&amp;amp;",
        "&lt;b&gt;",
        "&lt",
        "&ltx",
        "&nbsp;x",
        "&lrm;&rlm;",
        "&quot;",
        "&apos;",
    ),
    *(
        "&#65;",
        "&#65",
        "&#x41;",
        "&#X41;",
        "&#0;",
        "&#x110000;",
        "&#xD800;",
        "&#128;",
        "&#;",
        "&#x;",
        "&#a;",
    ),
    *(
        "&copy",
        "&copyx",
        "&copy=x",
        "&notit;",
        "&not;",
        "&CounterClockwiseContourIntegral;",
        "&nGt;",
    ),
    *("&", "&&", "& x", "&;", "a&b;c", "&\nx", "&<b>x", "a &amp<b>x", "&amp\n;"),
    *(
        "<b>a\nb</b>",
        "- a\n- b",
        " a \n b ",
        "a\0b",
        "\0",
        "<\0b>x",
        "a > b",
        "a < b",
        "x <3 y",
        ">",
        "<",
    ),
    *(
        "<c.\u00e9>x</c>",
        "<日本>x",
        "<b>今日は</b>",
        "\u202bשלום\u202c",
        "<v é 今>x",
        "a{b}c",
    ),
    *(
        "<font color=red>x</font>",
        "<span>x</span>",
        "<laughs>",
        "<v Ann",
        "<!-- x -->",
    ),
)


def _texts() -> Iterator[str]:
    for text in _TEXTS:
        yield _cue(text=text)
    for first, second in product(_TEXTS[::7], _TEXTS[3::9]):
        yield _cue(text=f"{first} {second}")


#: What we read otherwise, and why: Chromium takes "lr" at the end of a wrong value; codes of ASS
#: are not shown, and a <br> is a line end.
DIFFERENT = (
    _cue(f"{_A} vertical:rllr"),
    _cue(text="{\\an8}x"),
    _cue(text="a<br/>b"),
)


def by_rule() -> list[str]:
    """Files that each ask after one rule or two."""
    return [*_signatures(), *_timings(), *_settings(), *_blocks(), *_texts()]


_SCRAPS = (
    *(
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\0",
        " ",
        "\t",
        "\x0c",
        "-->",
        "--",
        ">",
        "<",
        "&",
        ";",
        ":",
        ".",
        ",",
    ),
    *(
        "%",
        "0",
        "9",
        "WEBVTT",
        "NOTE",
        "STYLE\n",
        "REGION\n",
        "id:r",
        "\ufeff",
        "\u00a0",
        "é",
        "<b>",
        "</",
    ),
    *(
        "&amp;",
        "&#",
        "00:01.000",
        _A,
        f"\n\n{_B}\n",
        "line:",
        "align:start",
        "<v ",
        "<00:01.500>",
        "\u2028",
    ),
)


def mutated(count: int, seed: int) -> list[str]:
    """Files by rule with up to four scraps put in, taken out, doubled or swapped."""
    chance, files = random.Random(seed), by_rule()
    return [_mutated(chance.choice(files), chance) for _ in range(count)]


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice([1, 1, 1, 2, 3, 4])):
        # Damage to the signature has the browser refuse the file, which tells little.
        first = 0 if chance.random() < 0.1 else min(8, len(text))
        at, to = sorted(chance.randrange(first, len(text) + 1) for _ in range(2))
        to = min(to, at + 6)
        scrap = chance.choice(
            [chance.choice(_SCRAPS), chance.choice(_SCRAPS), "", text[at:to] * 2, text[at:to][::-1]]
        )
        text = text[:at] + scrap + text[to if chance.random() < 0.5 else at :]
    return text
