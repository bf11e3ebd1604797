"""WebVTT files that are odd in one way or many: by hand, and from a grammar with mutations."""

from __future__ import annotations

import random

_A, _B = "00:01.000 --> 00:02.000", "00:03.000 --> 00:04.000"

#: Each is odd in one way.
BY_HAND = (
    # Signatures and headers
    "",
    "WEBVTT",
    "WEBVTT\n",
    "WEBVTT ",
    "WEBVTT\t",
    f"\ufeffWEBVTT\n\n{_A}\nwith mark",
    f"\ufeff\ufeffWEBVTT\n\n{_A}\ntwo marks",
    f"webvtt\n\n{_A}\nsmall",
    f"WEBVTTx\n\n{_A}\nglued",
    f" WEBVTT\n\n{_A}\nspace before",
    f"\nWEBVTT\n\n{_A}\nline before",
    f"WEBSRT\n\n{_A}\nanother",
    f"WEBVTT a title --> b\n\n{_A}\nHi",
    f"WEBVTT\x0cx\n\n{_A}\nform feed",
    f"WEBVTT\n{_A}\nno blank line",
    f"WEBVTT\nKind: captions\nLanguage: en\n\n{_A}\nHi",
    f"WEBVTT\nKind: captions\n{_A}\nin the header",
    f"WEBVTT\n\n\n\n\n{_A}\nmany blank lines",
    # Line ends, zeros, spaces
    f"WEBVTT\r\n\r\n{_A}\r\nHi\r\nthere\r\n\r\n{_B}\r\nyou\r\n",
    f"WEBVTT\r\r{_A}\rHi\rthere\r\r{_B}\ryou\r",
    f"WEBVTT\n\r{_A}\r\nmixed\r\r\n{_B}\nyou",
    f"WEBVTT\n\n{_A}\n\0zero\0\n\n\0\n{_B}\nnamed zero",
    f"WEBVTT\n\n{_A}\nHi\n \n{_B}\nspace is no blank line",
    f"WEBVTT\n\n{_A}\nHi\n\t\nyou",
    f"WEBVTT\n\n{_A}\nHi\u2028you\x85and\x0bme\x0cso",
    # Names, missing blank lines, arrows
    f"WEBVTT\n\nname\n{_A}\nHi",
    f"WEBVTT\n\n 1 \n{_A}\nHi",
    f"WEBVTT\n\nname\n\n{_A}\nHi",
    f"WEBVTT\n\ntwo\nlines\n{_A}\nHi",
    f"WEBVTT\n\n1\n{_A}\nHi\n2\n{_B}\nyou",
    f"WEBVTT\n\n{_A}\nHi\n{_B}\nyou",
    f"WEBVTT\n\n{_A}\n{_B}\nyou",
    f"WEBVTT\n\n{_A}\n\nlost",
    f"WEBVTT\n\n{_A}\nHi\n\nlost\n\n{_B}\nyou",
    f"WEBVTT\n\n{_A}",
    f"WEBVTT\n\n{_A}\n",
    f"WEBVTT\n\n{_A}\n\n{_B}\n \n",
    f"WEBVTT\n\n-->\n{_A}\nHi",
    f"WEBVTT\n\n{_A}\na --> b\nc\n\n{_B}\nyou",
    f"WEBVTT\n\n{_A}\na -- > b → c ->\n\n{_B}\na --&gt; b",
    f"WEBVTT\n\nname-->\n{_A}\nHi\n-->name\n{_B}\nyou",
    f"WEBVTT\n\n--->\n{_A}\nHi\n\n<--\n{_B}\nyou",
    # Notes, styles, regions
    f"WEBVTT\n\nNOTE\n\n{_A}\nHi",
    f"WEBVTT\n\nNOTE one\ntwo\n\n{_A}\nHi\nNOTE inside\n\nNOTE after",
    f"WEBVTT\n\nNOTE\n{_A}\nNOTE is a name here",
    f"WEBVTT\n\nNOTES are no note\n\n{_A}\nHi",
    f"WEBVTT\n\nSTYLE\n::cue {{ color: red }}\n\n{_A}\nHi\n\nSTYLE\ntoo late\n\n{_B}\nyou",
    f"WEBVTT\n\nSTYLE \t\n::cue\n{_A}\nHi",
    f"WEBVTT\n\nREGION\nid:r width:40%\n\n{_A} region:r\nHi",
    f"WEBVTT\n\nREGION\n{_A}\nHi",
    # Times
    "WEBVTT\n\n00:59.999 --> 59:59.999\nHi\n\n00:60.000 --> 01:01.000\nno",
    "WEBVTT\n\n60:00.000 --> 61:00.000\nno",
    "WEBVTT\n\n00:60:00.000 --> 00:61:00.000\nno",
    "WEBVTT\n\n1:00:00.000 --> 100:00:00.000\nHi\n\n000:00:01.000 --> 1234:00:00.000\nyou",
    "WEBVTT\n\n0:01.000 --> 0:02.000\none digit",
    "WEBVTT\n\n00:1.000 --> 00:2.000\none digit",
    "WEBVTT\n\n00:01.00 --> 00:02.00\nhundredths",
    "WEBVTT\n\n00:01.0000 --> 00:02.0000\nten thousandths",
    "WEBVTT\n\n00:01,000 --> 00:02,000\ncommas",
    "WEBVTT\n\n00:01 --> 00:02\nno fraction",
    "WEBVTT\n\n-00:01.000 --> 00:02.000\nnegative",
    "WEBVTT\n\n00.01.000 --> 00.02.000\nfull stops",
    "WEBVTT\n\n00:0١.000 --> 00:02.000\nother digits",
    "WEBVTT\n\n00:01.000-->00:02.000\nHi",
    "WEBVTT\n\n\t00:01.000\t-->\x0c00:02.000\t\nHi",
    "WEBVTT\n\n00:01.000 -->> 00:02.000\nno",
    "WEBVTT\n\n00:01.000 ---> 00:02.000\nno",
    "WEBVTT\n\n00:01.000\n--> 00:02.000\nno",
    "WEBVTT\n\n00:01.000 --> 00:02.000garbage\nHi",
    "WEBVTT\n\n00:05.000 --> 00:02.000\nends first\n\n00:02.000 --> 00:02.000\nno length",
    f"WEBVTT\n\n{_B}\nlater first\n\n{_A}\nearlier\n\n{_B}\nlater again",
    # Settings
    *(
        f"WEBVTT\n\n{_A} {settings}\nHi"
        for settings in (
            "align:start position:10% size:50% line:3 vertical:rl",
            "align:middle",
            "align: start",
            "align:start align:end",
            "Align:start",
            "line:-1",
            "line:0",
            "line:50%",
            "line:100.1%",
            "line:1.5",
            "line:1.",
            "line:.5",
            "line:--1",
            "line:1,end",
            "line:1,middle",
            "line:1,",
            "line:50%,center",
            "line:",
            "line:auto",
            "position:50%,line-left",
            "position:50%,middle",
            "position:50",
            "size:100%",
            "size:33.33%",
            "size:-1%",
            "size:101%",
            "vertical:lr",
            "vertical:xx",
            "align:start\tline:1",
            "align:start,line:1",
            "x:y :z w",
            "--> align:start",
        )
    ),
    # Text
    f"WEBVTT\n\n{_A}\n<v Ann>Hi</v> <v.loud Bob Lee>you</v>",
    f"WEBVTT\n\n{_A}\n<i>a</i><b>b</b><u>c</u><c.x.y>d</c><lang en>e</lang>",
    f"WEBVTT\n\n{_A}\n<ruby>f<rt>g</rt></ruby><00:01.500>h <00:00:01.700><c> k</c>",
    f"WEBVTT\n\n{_A}\nunclosed <i>tag <b",
    f"WEBVTT\n\n{_A}\nover a <b\nline>end</b>",
    f"WEBVTT\n\n{_A}\nAT&amp;T &lt;3 &gt; &nbsp;&lrm;&rlm; &copy; &copy &#65;&#x42; &nosuch; R&D &",
)

_TIMES = ["00:01.000", "00:00:02.500", "1:00:00.000", "00:59.999", "100:00:00.000"]
_BAD_TIMES = [
    "00:60.000",
    "61:00.000",
    "0:1.0",
    "00:01,000",
    "00:01.0000",
    "-00:01.000",
    "1:00.000",
]
_ARROWS = ["-->"] * 8 + ["->", "--->", "-- >", "-->>", "→"]
_SPACES = [" "] * 8 + ["", "\t", "\x0c", "  ", "\u00a0", "\x0b"]
_SETTINGS = (
    "align:start align:middle align:center line:0 line:-1 line:50% line:101% line:1.5 line:.5 "
    "line:5. line:1- line:50%,end line:1,center line:1, line:,end line:% position:10% position:10 "
    "position:10%,line-left position:10%,start position:1%, size:33.3% size:0% size:.5% size:1%0 "
    "size:100% vertical:rl vertical:x region:r foo:bar :start align: line:+1 line:1e1 line:00001%"
)
_LINES = [
    *[
        "Hi",
        "- Yo",
        "<v Ann>b",
        "",
        "",
        "",
        "NOTE",
        "NOTE x",
        "NOTEx",
        "STYLE",
        "STYLE x",
        "REGION",
    ],
    *[
        "id:r",
        "a --> b",
        "-->",
        "1",
        " ",
        "\t",
        "&amp; &lt &copy2",
        "<00:00:01.500>w",
        "\0",
        "é 今日",
    ],
    *[
        "<v.loud Bob Lee>k</v>",
        "<c.x.y> z</c>",
        "\u2028u",
        "WEBVTT",
        "<b/>n",
        "</v>x",
        "a < b",
        "\x0c",
    ],
]


def generated(count: int, seed: int) -> list[str]:
    """Files from a grammar of WebVTT, most of them damaged."""
    chance = random.Random(seed)
    return [_file(chance) for _ in range(count)]


def _file(chance: random.Random) -> str:
    lines = [
        chance.choice(["WEBVTT"] * 8 + ["WEBVTT x", "WEBVTT\tx", "WEBVTTx", "webvtt", "", "\0"])
    ]
    lines += [""] * chance.randrange(3)
    for _ in range(chance.randrange(1, 12)):
        if chance.random() < 0.5:
            lines += [_timing(chance), chance.choice(_LINES)]
            lines += [""] * chance.randrange(2)
        else:
            lines.append(chance.choice(_LINES))
    text = chance.choice(["\n"] * 6 + ["\r\n", "\r", "\n\r"]).join(lines)
    if chance.random() < 0.2:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(["\r", "\n", "\0", "-->", "<", "&", ":", "."]) + text[at:]
    return text if chance.random() < 0.9 else text[: chance.randrange(len(text) + 1)]


def _timing(chance: random.Random) -> str:
    times = [chance.choice(_TIMES if chance.random() < 0.85 else _BAD_TIMES) for _ in range(2)]
    space = [chance.choice(_SPACES) for _ in range(3)]
    settings = " ".join(chance.choices(_SETTINGS.split(), k=chance.choice([0, 0, 1, 2, 3])))
    arrow = chance.choice(_ARROWS)
    return f"{times[0]}{space[0]}{arrow}{space[1]}{times[1]}{space[2]}{settings}"
