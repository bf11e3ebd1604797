"""WebVTT files by area, as suites of conformance go through them, and cue texts from a grammar.

Files of several cues each: what a reader makes of one cue must not depend on the one before.
See https://www.w3.org/TR/webvtt1/#file-parsing and #cue-text-parsing-rules.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import product

_A, _B, _C = (f"00:0{n}.000 --> 00:0{n + 1}.000" for n in (1, 3, 5))


def _file(*cues: str, head: str = "WEBVTT") -> str:
    return "\n\n".join([head, *cues]) + "\n"


def _each(lines: Iterable[str]) -> str:
    """One file with a cue for each line of times."""
    return _file(*(f"{line}\ntext {n}" for n, line in enumerate(lines)))


def _headers() -> Iterator[str]:
    for head in (
        "WEBVTT", "WEBVTT FILE", "WEBVTT\tx", "WEBVTT  -->", "WEBVTT --> x", "WEBVTT \t ",
        "WEBVTT - \u4eca\u65e5", "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000",
        "WEBVTT\nKind: captions\nLanguage: en", "WEBVTT\n00:00.000 --> 00:00.500\nfirst",
        "WEBVTT\n\n\n\n", "WEBVTT\n \n", "WEBVTT\nid\n00:00.000 --> 00:00.500\nfirst",
        "WEBVTT\nNOTE x", "WEBVTT\nSTYLE\n::cue{}", "WEBVTT\nREGION\nid:a", "WEBVTT\n-->",
        "WEBVTT\nx\ny\n00:00.000 --> 00:00.500\nfirst", "WEBVTT\n\ufeff", "WEBVTT\ufeff",
        "WEBVTT \ufeff", "WEBVTT\u2028", "WEBVTT\x0b", "WEBVTT\x85", "WEBVTT\xa0x", "WEBVTT\0",
        "WEBVTT \0", "WEBVTTWEBVTT", "WEBVTT\nWEBVTT", "WEBVTT\n\nWEBVTT",
    ):  # fmt: skip
        for end in ("\n", "\r", "\r\n"):
            yield _file(f"{_A}\nHi", f"{_B}\nyou", head=head).replace("\n", end)
        yield head
        yield f"{head}\n{_A}"
        yield f"{head}\r\n\n\r{_A}\rHi"


def _timestamps() -> Iterator[str]:
    yield _each(f"00:00:{n:02}.000 --> 01:00:00.000" for n in range(256))
    yield _each(f"00:{n:02}:00.000 --> 99:00:00.000" for n in range(256))
    yield _each(f"{n:02}:00:00.000 --> 999:00:00.000" for n in range(256))
    yield _each(f"00:00.{n:03} --> 00:01.{255 - n:03}" for n in range(256))
    hours = (
        "0", "00", "000", "0" * 20 + "5", "1234567", "999999999", "1234567890", "2147483647",
        "2147483648", "4294967295", "4294967296", "9" * 19, "9" * 40, "0" * 5000 + "1",
    )  # fmt: skip
    yield _each(f"{first}:00:00.000 --> {last}:00:00.000" for first, last in product(hours, hours))
    odd = (
        "00:00", "00.000", "00:00.00", "00:00.0000", "00:00:00", "00:00:00.00", "0:00:00.000",
        "00:0:00.000", "00:00:0.000", "00:000:00.000", "00:00:000.000", "000:00.000", "0:00.000",
        "00:60.000", "60:00.000", "00:60:00.000", "00:00:60.000", "100:00.000", "00:00,000",
        "00:00:00:00.000", "00:00.000.", "00:00.000:", "00:00. 000", "00 :00.000", "00: 00.000",
        "-00:00.000", "+00:00.000", "00:-1.000", "00:00.-01", "00:00.00a", "00:0a.000", "0x:00.000",
        "\u0660\u0660:00.000", "\uff10\uff10:00.000", "00\uff1a00.000", "00:00\u066b000", ".000",
        "00:", ":", "", "x", "00:00.000\0", "\ufeff00:00.000", "00:00.000\u200b", "1e1:00:00.000",
    )  # fmt: skip
    yield _each(f"{time} --> 00:59:59.999" for time in odd)
    yield _each(f"00:00.000 --> {time}" for time in odd)
    yield _each(f"00:00.000 --> {time} align:start" for time in odd)
    for time in odd:
        yield _file(f"{_A}\nHi", f"{time} --> {time}\nodd", f"{_C}\nyou")
    spans = ("00:02.000 --> 00:01.000", "00:01.000 --> 00:01.000", "01:00:00.000 --> 59:59.999")
    yield _each([*spans, _A, *reversed(spans), _A])
    yield _each([_C, _B, _A, "00:00.000 --> 10:00.000", _A, _B])


def _arrows() -> Iterator[str]:
    spaces = ("", " ", "\t", "\x0c", "  \t", "\u00a0", "\u2003", "\x0b", "\0", "\ufeff", "\u200b")
    arrows = ("-->", "--->", "-->>", "->", "\u2192", "--\uff1e", "-- >", "- ->", "==>", "<--", "--")
    yield _each(f"00:00.000{s}-->{e}00:01.000" for s, e in product(spaces, spaces))
    yield _each(f"{s}00:00.000 --> 00:01.000{e}" for s, e in product(spaces, spaces))
    yield _each(f"00:00.000 {arrow} 00:01.000" for arrow in arrows)
    for arrow, place in product(arrows, range(6)):
        lines = ["id", _A, "Hi", "", _B, "you"]
        lines.insert(place, arrow)
        yield _file("\n".join(lines))
    for line in ("-->", " --> ", "x-->", "-->x", f"{_A} -->", "--> 00:01.000", "00:01.000 -->"):
        yield _file(f"{line}\n{_A}\nHi")
        yield _file(f"{_A}\nHi\n{line}")
        yield _file(f"{_A}\nHi\n{line}\n{_B}\nyou")
        yield _file(f"id\n{line}\nHi", f"{line}\n{line}\n{_B}\nyou")
        yield _file(f"NOTE\n{line}\nHi", f"STYLE\n{line}", f"REGION\n{line}\n\n{_B}\nyou")


_VALUES = {
    "line": (
        "0", "-0", "1", "-1", "00", "01", "+1", "1.0", "1.5", "-1.5", "0%", "-0%", "1%", "100%",
        "100.0%", "100.1%", "101%", "-1%", "0.000%", "33.333333333%", "1.%", ".1%", ".%", "%", "%1",
        "1%%", "1 %", "1e1", "0x1", "1a", "a1", "--1", "1-", "-", "", "auto", "9" * 9, "9" * 10,
        "-" + "9" * 10, "9" * 30, "-" + "9" * 30, "9" * 30 + "%", "4294967296", "2147483648",
        "0" * 30 + "1", "0" * 30 + "1%", "1,start", "1,center", "1,end", "1,middle", "1,", ",",
        ",start", "1%,end", "1%,", "1,start,end", "1,start ", "1,,start", "1, start", "1;start",
        "1,START", "\u0661", "\uff11", "1\0", "1.5%,end", "-1,end", "0." + "3" * 40 + "%",
    ),
    "position": (
        "0", "50", "0%", "50%", "100%", "100.000%", "100.0001%", "101%", "-1%", "-0%", "1.5%",
        "1.%", ".5%", "%", "1%%", "", "auto", "50%,line-left", "50%,center", "50%,line-right",
        "50%,middle", "50%,start", "50%,end", "50%,left", "50%,right", "50%,auto", "50%,",
        ",center", "50,center", "50%,center,center", "50%;center", "50%,CENTER", "5e1%",
        "9" * 30 + "%", "0" * 30 + "5%", "50% ", "1" * 3 + "%", "\u0665%", "50\uff05", "50%\0",
    ),
    "size": (
        "0", "100", "0%", "1%", "100%", "100.%", "100.0%", "100.00001%", "101%", "-1%", "-0%",
        "1.5%", ".5%", "%", "1%%", "1%1", "1,5%", "", "auto", "50%,start", "9" * 30 + "%", "1e1%",
        "0" * 30 + "5%", "99." + "9" * 30 + "%", "\u0661%",
    ),
    "align": (
        "start", "center", "end", "left", "right", "middle", "", "Start", "START", "start,",
        "start,end", "startx", "xstart", "start\0", "justify", "start:end", "start;", "'start'",
    ),
    "vertical": ("rl", "lr", "RL", "Lr", "", "rl,", "tb", "horizontal", "r", "l", "rlx", "lrx"),
    "region": ("a", "", "none", "a,b", "a:b", "\u4eca", "a-->b"),
}  # fmt: skip


def _settings() -> Iterator[str]:
    for name, values in _VALUES.items():
        yield _each(f"{_A} {name}:{value}" for value in values)
        yield _each(f"{_A} {name}: {value}" for value in values)
        yield _each(f"{_A} {name} :{value}" for value in values)
        yield _each(f"{_A} {name}:{value} {name}:{values[1]}" for value in values)
        yield _each(f"{_A} {name}:{values[1]} {name}:{value}" for value in values)
        yield _each(f"{_A}\t{name}:{value}\tx\t" for value in values)
        yield _each(f"{_A}{name}:{value}" for value in values[:4])
        yield _each(f"{_A} {name}:{value} line:3 position:7% size:9% align:end" for value in values)
    words = [f"{name}:{values[1]}" for name, values in _VALUES.items()]
    for space in (" ", "\t", "\x0c", "\u00a0", ",", ";", "\x0b", "\u3000", ":", "\0", "|"):
        yield _each(f"{_A} {space.join(pair)}" for pair in product(words, words))


def _regions() -> Iterator[str]:
    values = (
        "id:r", "id:", "id", "id:r id:s", "id:a-->b", "width:40%", "width:40", "width:101%",
        "width:-1%", "width:4.5%", "lines:3", "lines:3.5", "lines:-1", "lines:0",
        "lines:" + "9" * 30, "regionanchor:0%,100%", "regionanchor:0%", "regionanchor:0%,",
        "regionanchor:0,0", "viewportanchor:10%,90%", "viewportanchor:101%,0%", "scroll:up",
        "scroll:down", "scroll:", "x:y", ":", "\0", "id:\u4eca",
    )  # fmt: skip
    times = f"{_A} region:r line:2 size:50% vertical:rl"
    for one, other in product(values, ("id:r", "", "width:9%")):
        yield _file(f"REGION\n{one}\n{other}", f"{times}\nHi")
        yield _file(f"REGION\n{other} {one}", f"{_A} region:r\nHi", f"{_B} region:r align:end\nyou")
    for head in ("REGION", "Region", "REGION ", "REGION\t", "REGION:", "REGION x", "REGIONS"):
        for below in ("id:r", "id:r\n00:07.000 --> 00:08.000\nx", "-->", f"{_B}", "\n"):
            yield _file(f"{head}\n{below}", f"{_A} region:r\nHi")
            yield _file(f"{_A} region:r\nHi", f"{head}\n{below}", f"{_B} region:r\nyou")


def _other_blocks() -> Iterator[str]:
    heads = (
        "NOTE", "NOTE ", "NOTE\t", "NOTE x", "NOTEx", "NOTE:", "note", " NOTE", "STYLE", "STYLE ",
        "STYLE\t", "STYLE x", "STYLEx", "Style", " STYLE", "WEBVTT", "CUE", "1", "\u4eca", "\0",
        "\ufeff", " ", "\t", "\x0c", "\u3000", "id with spaces", "<b>", "&amp;", "0" * 5000,
    )  # fmt: skip
    bodies = ("", "x", "::cue { color: red }", "x\ny", f"{_B}\nin it", "-->", "a --> b", "\0")
    for head, body in product(heads, bodies):
        block = f"{head}\n{body}"
        yield _file(block, f"{_A}\nHi")
        yield _file(f"{_A}\nHi", block, f"{_C}\nyou")
        yield _file(f"{_A}\nHi\n{block}\n{_C}\nyou")
        yield _file(block)
        yield f"WEBVTT\n{block}"


def _ends() -> Iterator[str]:
    whole = f"WEBVTT\n\nid\n{_A} align:start\nHi <b>you</b> &amp;\n\n{_B}\nme"
    for text in (whole, whole.replace("\n", "\r\n"), whole.replace("\n", "\r")):
        yield from (text[:length] for length in range(6, len(text) + 1))
    for one, other in product(("\n", "\r", "\r\n", "\n\r", "\r\r\n"), repeat=2):
        yield whole.replace("\n\n", one + other).replace("\n", other)
        yield one.join(["WEBVTT", "", _A, "Hi", "you"]) + other
    for sign in ("\0", "\ufeff", "\ufffd", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"):
        yield whole.replace("\n", sign)
        yield whole.replace(" ", sign)
        yield whole.replace("\n\n", f"\n{sign}\n")
        yield whole.replace("H", sign)


def by_area() -> list[str]:
    """All of them."""
    areas = (_headers, _timestamps, _arrows, _settings, _regions, _other_blocks, _ends)
    return [text for area in areas for text in area()]


_NAMES = (
    "b",
    "i",
    "u",
    "c",
    "v",
    "lang",
    "ruby",
    "rt",
    "B",
    "bb",
    "x",
    "",
    "1",
    "00:01.500",
    "span",
)
_CLASSES = ("", ".", ".a", ".a.b", "..a", ".\u00e9", ".a b", ".1", ".<")
_NOTES = ("", " ", " Ann", "\tAnn B ", "\nAnn", " a&amp;b", " a&lt", " <", " a\nb\n", "\x0cx", "/")
_PLAIN = (
    "x", "Hi you", " ", "\n", "&", "&amp;", "&amp", "&lt;", "&ltx;", "&gt", "&nbsp;", "&lrm;",
    "&rlm;", "&#65;", "&#65", "&#x41;", "&#x41", "&#0;", "&#1114112;", "&#xD800;", "&#128;", "&#;",
    "&#x;", "&copy;", "&copy", "&notin;", "&notit", "&AMP", "&quot", "&#" + "9" * 30 + ";", "\0",
    ">", "<", "</", "<>", "</>", "--", "\u4eca", "\u202b", "a < b", "1 > 0", "&;", "& ;", "&\n;",
    "<00:00.500>", "<00:09.000>", "<00:01.1>", "<00:61.000>", "<1:00:00.000>", "\t", "&#10;",
    "&apos;", "&Afr;", "&NotEqualTilde;", "&fjlig;", "&lt;b&gt;", "&amp;lt;", "&#38;lt;",
)  # fmt: skip


def cue_texts(count: int, seed: int) -> list[str]:
    """Files of cues whose text is of tags, references and times, most of them odd."""
    chance = random.Random(seed)
    return [
        _file(*(f"{_A}\n{_text(chance)}" for _ in range(chance.randrange(1, 9))))
        for _ in range(count)
    ]


def _text(chance: random.Random) -> str:
    parts = (_tag(chance) if chance.random() < 0.5 else chance.choice(_PLAIN) for _ in range(9))
    text = "".join(parts).replace("-->", "--").strip("\n")
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return text[: chance.randrange(len(text) + 1)] if chance.random() < 0.2 else text


def _tag(chance: random.Random) -> str:
    end = chance.choice([">"] * 8 + ["", "\n>", " >", "/>"])
    slash = chance.choice(["", "", "/"])
    return f"<{slash}{chance.choice(_NAMES)}{chance.choice(_CLASSES)}{chance.choice(_NOTES)}{end}"
