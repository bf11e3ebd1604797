"""SubRip as found in the wild: what a person expects of each file, and nothing lost in silence."""

from __future__ import annotations

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import read
from editor.formats.blocks import IS_NAME, NO_CAPTION, NO_TEXT
from tests.formats.patch.test_original import diff, exported, unchanged, with_texts

A, B, C = (
    "00:00:01,000 --> 00:00:02,000",
    "00:00:03,000 --> 00:00:04,500",
    "00:00:05,000 --> 00:00:06,000",
)
PLAIN = f"1\n{A}\nHi.\n\n2\n{B}\nYou.\n"
HI, YOU, ME = ("Hi.", 1000, 2000), ("You.", 3000, 4500), ("me", 5000, 6000)
UNREAD, LATE, ENDS_FIRST = (
    "its times cannot be read",
    "it was put where its time belongs",
    "it ends before it starts",
)
_ARROWS = (
    *(
        "->",
        "—>",
        "–>",
        "- ->",
        "-->>",
        "~>",
        "==>",
        ">>>",
        "→",
        "⟶",
        "➔",
        "−−>",
        "－－＞",
        "--&gt;",
    ),
    *("--", "-", "–", "to"),
)

#: All of them hold the same two captions.
ALIKE = (
    PLAIN,
    PLAIN.encode("utf-16"),
    PLAIN.encode("utf-16-be"),
    PLAIN.encode("utf-8-sig"),
    PLAIN.encode() + b"\x1a",
    PLAIN.encode() + b"\0" * 300,
    *(PLAIN.replace("-->", arrow) for arrow in _ARROWS),
    PLAIN.replace(" --> ", "-->"),
    PLAIN.replace(" --> ", "\t-->\t"),
    PLAIN.replace(" --> ", "\u00a0-->\u2009"),
    *(PLAIN.replace(",", mark) for mark in (".", ";", " , ", "،", "'", "_", " ", ":")),
    *(PLAIN.replace("00:00:0", f"00{mark}00{mark}0") for mark in (" : ", ".", ";", "-", "：")),
    PLAIN.replace("00:00:0", "00h00m0").replace(",", "s"),
    PLAIN.replace(",000", ",000000").replace(",500", ",500000"),
    "1\n0:0:1,0 --> 0:0:2,0\nHi.\n\n2\n0:0:3,00 --> 0:0:4,5\nYou.\n",
    f"1\n[00:00:01,000] --> [00:00:02,000]\nHi.\n\n2\n({B})\nYou.\n",
    f"**1**\n**{A}**\nHi.\n\n**2**\n**{B}**\nYou.\n",
    f"1{A}\nHi.\n\n2{B}\nYou.\n",
    f"1 {A}\nHi.\n2 {B}\nYou.\n",
    f"1\t{A}\tHi.\n2\t{B}\tYou.\n",
    f"1\n{A}Hi.\n\n2\n{B}You.\n",
    f"1\n{A}\nHi.\n2\n{B}\nYou.\n",
    f"{A}\nHi.\n{B}\nYou.\n",
    *(f"{one}\n{A}\nHi.\n\n{two}\n{B}\nYou.\n" for one, two in (
        ("0001", "0002"), ("1.", "2."), ("#1", "#2"), ("(1)", "(2)"), ("[1]", "[2]"), ("17", "3"),
        ("Cue 1", "Cue 2"), ("1/2", "2/2"), ("1.0", "2.0"), ("-1", "-2"), ("١", "٢"),
        ("1", "1"),
    )),
    f"1\n\n{A}\n\nHi.\n\n2\n\n{B}\n\nYou.\n",
    PLAIN.replace("\n\n", "\n" * 500),
    PLAIN.replace("\n", " \t\n\t "),
    *(PLAIN.replace("\n", end) for end in ("\r", "\r\n", "\n\r", "\r\r\n")),
    PLAIN.replace("\n", "\r\n", 3),
    PLAIN.replace("\n2\n", "\n\ufeff2\n"),
    PLAIN.replace("00:00:03", "\ufeff00:00:03"),
    PLAIN.replace("You", "\ufeffYou"),
    PLAIN.replace("00:00:03", "\u200f00:00:03\u200e"),
    PLAIN.replace("Hi.", "{\\an8}{\\pos(192,230)}Hi.{\\i0}"),
    PLAIN.replace("Hi.", '<font color="#FFFF00" face=Arial><I>Hi.</I></font>'),
    PLAIN.replace("Hi.", "<i>Hi.").replace("You", "</i>You"),
    PLAIN.replace("Hi.", "<c.yellow>Hi.</c>"),
    PLAIN.replace("02,000", "02,000  X1:201 X2:516 Y1:397 Y2:423"),
    PLAIN.replace("02,000", "02,000 X1:-1 X2:0"),
    PLAIN.replace("02,000", "02,000 align:start position:0%"),
    f"\n\n\n{PLAIN}\n\n\n",
)  # fmt: skip


@pytest.mark.parametrize("data", ALIKE)
def test_files_that_mean_the_same_read_alike(data: str | bytes) -> None:
    data = data if isinstance(data, bytes) else data.encode()
    reading = read(data, "a.srt")
    assert [(d.text, d.start_ms, d.end_ms) for d in reading.drafts] == [HI, YOU]
    assert reading.problems == ()
    assert exported(data, "a.srt", unchanged) == data


#: What is said in a file, and what is told of it by line.
TOLD: dict[str, tuple[list[tuple[str, int, int]], list[tuple[int, str]]]] = {
    # Words in place of numbers: names, or text lost by the program that wrote them
    f"a\n{A}\nHi.\n\nb\n{B}\nYou.\n": ([HI, YOU], [(1, IS_NAME), (5, IS_NAME)]),
    f"Hi.\n{A}\n1\n\n2\n{B}\nYou.\n": ([("1", 1000, 2000), YOU], [(1, NO_CAPTION)]),
    # Numbers that are text, and one that is not
    f"1\n{A}\n1984\n\n2\n{B}\n42\n": ([("1984", 1000, 2000), ("42", 3000, 4500)], []),
    f"1\n{A}\n2\n\n2\n{B}\n3\n": ([("2", 1000, 2000), ("3", 3000, 4500)], []),
    f"1\n{A}\nI count\n5\n\n2\n{B}\nYou.\n": ([("I count 5", 1000, 2000), YOU], []),
    f"1\n{A}\nHi.\n\n{B}\nYou.\n\n3\n{C}\nme\n": ([HI, YOU, ME], []),
    f"{PLAIN}\n3\n": ([HI, YOU], [(9, NO_CAPTION)]),
    f"{PLAIN}\n7\n": ([HI, ("You. 7", 3000, 4500)], []),
    f"0\n\n{PLAIN}": ([HI, YOU], [(1, NO_CAPTION)]),
    # Texts that hold arrows and times
    f"1\n{A}\na --> b\n\n2\n{B}\nYou.\n": ([("a --> b", 1000, 2000), YOU], []),
    f"1\n{A}\nat 10:00 --> 11:00 we go\n\n2\n{B}\nYou.\n": (
        [("at 10:00 --> 11:00 we go", 1000, 2000), YOU],
        [],
    ),
    f"1\n{A}\nfrom 10:00 - 11:00\n12:00 - 13:00\n": (
        [("from 10:00 - 11:00 12:00 - 13:00", 1000, 2000)],
        [],
    ),
    # Without a text
    f"1\n{A}\n\n2\n{B}\nYou.\n": ([YOU], [(2, NO_TEXT)]),
    f"1\n{A}\n\u00a0\n\n2\n{B}\nYou.\n": ([YOU], [(2, NO_TEXT)]),
    f"1\n{A}\n<i></i>\n\n2\n{B}\nYou.\n": ([YOU], [(2, NO_TEXT)]),
    f"1\n{A}\n{{\\an8}}\n\n2\n{B}\nYou.\n": ([YOU], [(2, NO_TEXT)]),
    f"{PLAIN}\n3\n{C}": ([HI, YOU], [(10, NO_TEXT)]),
    # Times that cannot be read or be right
    f"1\n00:00:60,000 --> 00:00:61,000\nlost\n\n{PLAIN}": ([HI, YOU], [(2, UNREAD)]),
    f"1\n00:00:01,000 -->\nlost\n\n{PLAIN}": ([HI, YOU], [(2, UNREAD)]),
    f"1\n--> 00:00:01,000\nlost\n\n{PLAIN}": ([HI, YOU], [(2, UNREAD)]),
    f"1\nOO:OO:O1,OOO --> 00:00:02,000\nlost\n\n{PLAIN}": ([HI, YOU], [(2, UNREAD)]),
    f"1\n00:00:-03,000 --> 00:00:04,000\nlost\n\n{PLAIN}": ([HI, YOU], [(2, UNREAD)]),
    f"1\n00:00:01:1 --> 00:00:02:1\nlost\n\n{PLAIN}": ([HI, YOU], [(2, UNREAD)]),
    f"1\n-->\nlost\n\n{PLAIN}": ([HI, YOU], [(n, NO_CAPTION) for n in (1, 2, 3)]),
    f"1\n00:00:01,000 00:00:02,000\nlost\n\n{PLAIN}": (
        [HI, YOU],
        [(n, NO_CAPTION) for n in (1, 2, 3)],
    ),
    f"1\n-00:00:03,000 --> -00:00:02,000\nbefore\n\n{PLAIN}": (
        [("before", 0, 20), HI, YOU],
        [],
    ),
    "1\n00:00:02,000 --> 00:00:01,000\nHi.\n": ([("Hi.", 2000, 2180)], [(2, ENDS_FIRST)]),
    "1\n100:00:01,000 --> 100:00:02,000\nHi.\n": ([("Hi.", 360_001_000, 360_002_000)], []),
    # Order
    f"1\n{B}\nYou.\n\n2\n{A}\nHi.\n": ([HI, YOU], [(6, LATE)]),
    f"1\n{A}\nHi.\n\n2\n{A}\nHi.\n": ([HI, HI], []),
    "1\n00:00:01,000 --> 00:00:04,000\nHi.\n\n2\n" + f"{B}\nYou.\n": (
        [("Hi.", 1000, 4000), YOU],
        [],
    ),
    f"{PLAIN}\n\n1\n00:00:01,500 --> 00:00:02,500\nsecond file\n": (
        [HI, ("second file", 1500, 2500), YOU],
        [(11, LATE)],
    ),
    # What stands around captions
    f"Some title\n\n{PLAIN}": ([HI, YOU], [(1, NO_CAPTION)]),
    f"{PLAIN}\n\nSubtitles by X\n": ([HI, ("You. Subtitles by X", 3000, 4500)], []),
    f"Here it is:\n\n```srt\n{PLAIN}```\n": ([HI, YOU], [(n, NO_CAPTION) for n in (1, 3, 11)]),
    f"0\n00:00:00,000 --> 00:00:00,000\nwww.example.org\n\n{PLAIN}": (
        [("www.example.org", 0, 20), HI, YOU],
        [],
    ),
    # Texts
    f"1\n{A}\nHi.\n\nthere\n\n2\n{B}\nYou.\n": ([("Hi. there", 1000, 2000), YOU], []),
    f"1\n{A}\n&quot;Hi&quot; &amp; &lt;you&gt; &#39;me&#39; &eacute;\n": (
        [("\"Hi\" & <you> 'me' é", 1000, 2000)],
        [],
    ),
    f"1\n{A}\n&amp;quot;\n": ([("&quot;", 1000, 2000)], []),
    f"1\n{A}\nHi<br>there<br/>you\\Nand me\n": ([("Hi there you and me", 1000, 2000)], []),
    f"1\n{A}\n{{comment}} /Hi/ |there| [i]x[/i]\n": (
        [("{comment} /Hi/ |there| [i]x[/i]", 1000, 2000)],
        [],
    ),
    f"1\n{A}\n-Hi.\n-You.\n\n2\n{C}\n-me\n": (
        [("Hi.", 1000, 1500), ("You.", 1500, 2000), ME],
        [],
    ),
    f"1\n{A}\n-ish and -able\nend words\n": ([("-ish and -able end words", 1000, 2000)], []),
    f"1\n{A}\n\u202bשלום\u202c \u2067מה\u2069\n": (
        [("\u202bשלום\u202c \u2067מה\u2069", 1000, 2000)],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", TOLD)
def test_what_is_said_and_what_is_told_of_a_file(data: str) -> None:
    said, told = TOLD[data]
    reading = read(data.encode(), "a.srt")
    assert [(d.text, d.start_ms, d.end_ms) for d in reading.drafts] == said
    assert [(problem.line, problem.reason) for problem in reading.problems] == told
    assert exported(data.encode(), "a.srt", unchanged) == data.encode()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет. Как дела? Всё хорошо, спасибо.", "cp1251"),
        ("Déjà vu, mon cœur ? Ça va très bien.", "cp1252"),
        ("今日は良い天気ですね。どこに行きますか", "cp932"),
        ("你好，我们今天去公园吧", "gb18030"),
        ("Zażółć gęślą jaźń, proszę państwa", "cp1250"),
    ],
)
def test_files_in_old_encodings_are_read_and_come_back(text: str, encoding: str) -> None:
    data = PLAIN.replace("You.", text).replace("\n", "\r\n").encode(encoding)
    reading = read(data, "a.srt")
    assert (reading.drafts[1].text, reading.encoding_is_guess) == (text, True)
    assert exported(data, "a.srt", unchanged) == data


def test_words_behind_a_glued_mark_are_changed_in_their_place() -> None:
    first = f"1\n{A}\n<i>-Hi you.</i>\n-Are <b>you</b> here?"
    data = f"{first}\n\n2\n{B}\n–No.\n\n3\n{C}\n-Yes.\n".encode()
    edit = with_texts(_0="Hi we.", _1="Are they here?", _2="None.", _3="Oh yes.")
    assert diff(data, exported(data, "a.srt", edit)) == [
        *["- <i>-Hi you.</i>", "+ <i>-Hi we.</i>"],
        *["- -Are <b>you</b> here?", "+ -Are <b>they</b> here?"],
        *["- –No.", "+ –None.", "- -Yes.", "+ -Oh yes."],
    ]


def test_binary_data_is_no_file_of_captions() -> None:
    with pytest.raises(UnreadableTranscript, match="binary data"):
        read(PLAIN.encode().replace(b"Hi", b"H\0i"), "a.srt")
