"""A person's own file given back: byte for byte, or with the fewest lines changed."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.align.drafts import timed_segments
from editor.document import RecognisedWord, Segment, Transcript, Word
from editor.edits import edit_text
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats import FORMATS, export_original, read
from editor.formats.exports import Options, convert, shifted, transcript_of
from tests.formats.odd_vtt import BY_HAND, generated
from tests.support.chance import examples

SRT = (
    b"\xef\xbb\xbf7\r\n00:00:01,000 --> 00:00:02,000 X1:3\r\n<i>Hi  there,</i>\r\n"
    b"AT&amp;T Bob\r\n\r\n8\r\n00:00:03,000 --> 00:00:04,500\r\n{\\an8}You are.\r\n\r\n\r\n"
    b"9\r\n00:00:05,000 --> 00:00:06,000\r\n- last\r\n- one"
)
VTT = """\
WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

REGION
id:r

NOTE one
two

first
00:01.000 --> 00:02.000 align:start region:r
<v Ann>Hi &amp; <i>you</i>
there</v>

00:00:03.000 --> 00:00:04.500
<v.loud Bob>Yes.</v>

NOTE between

00:00:05.000 --> 00:00:06.000
[door]"""

Edit = Callable[[Transcript], Transcript]


def exported(
    data: bytes, name: str, edit: Edit, *, retimed: bool = False, offset: int = 0
) -> bytes:
    result = read(data, name)
    transcript, _ = transcript_of(result, name)
    return export_original(
        data, name, result.encoding, edit(transcript), is_retimed=retimed, offset_ms=offset
    )


def with_texts(**texts: str) -> Edit:
    """Texts by number of segment, as in _0="Hi"."""

    def edit(transcript: Transcript) -> Transcript:
        segments = list(transcript.segments)
        for number, text in texts.items():
            at = int(number[1:])
            before_ms, after_ms = segments[at].start_ms or 0, segments[at].end_ms
            segments[at] = edit_text(segments[at], text, before_ms=before_ms, after_ms=after_ms)
        return Transcript(tuple(segments))

    return edit


def diff(before: bytes, after: bytes) -> list[str]:
    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def unchanged(transcript: Transcript) -> Transcript:
    return transcript


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SRT, "a.srt"),
        (SRT.replace(b"\r\n", b"\r"), "a.srt"),
        (SRT.decode("utf-8-sig").encode("utf-16"), "a.srt"),
        ("1\n00:01,0 -> 00:02.5\n\nÉté déjà vu\n\n\n\n".encode("cp1252"), "a.srt"),
        (VTT.encode(), "a.vtt"),
        (VTT.replace("\n", "\r\n").encode("utf-8-sig"), "a.vtt"),
        (b"- Hi.\r\n\r\nANN: you\n\rand me", "a.txt"),
    ],
)
def test_unchanged_file_comes_back_byte_for_byte(data: bytes, name: str) -> None:
    assert exported(data, name, unchanged) == data


@pytest.mark.parametrize("seed", range(3))
def test_odd_files_come_back_byte_for_byte(seed: int) -> None:
    for text in (*BY_HAND, *generated(300, seed)):
        for data, name in ((text.encode(), "a.vtt"), (text.encode(), "a.srt")):
            try:
                written = exported(data, name, unchanged)
            except UnreadableTranscript:
                continue
            assert written == data


def test_three_words_make_a_difference_of_three_lines() -> None:
    edit = with_texts(_0="Hi  there, AT&T Rob", _1="We are.", _2="lost")
    assert diff(SRT, exported(SRT, "a.srt", edit)) == [
        "- AT&amp;T Bob",
        "+ AT&amp;T Rob",
        "- {\\an8}You are.",
        "+ {\\an8}We are.",
        "- - last",
        "+ - lost",
    ]
    edit = with_texts(_0="Hi & we there", _1="No <or> yes.", _2="[door] Yes?")
    assert diff(VTT.encode(), exported(VTT.encode(), "a.vtt", edit)) == [
        "- <v Ann>Hi &amp; <i>you</i>",
        "+ <v Ann>Hi &amp; <i>we</i>",
        "- <v.loud Bob>Yes.</v>",
        "+ <v.loud Bob>No &lt;or&gt; yes.</v>",
        "- [door]",
        "+ [door] Yes?",
    ]


def test_split_and_merged_segments_change_nothing() -> None:
    def cut_anew(transcript: Transcript) -> Transcript:
        words = list(transcript.words())
        parts = [words[:1], words[1:5], words[5:]]
        return Transcript(
            tuple(
                Segment(str(n), " ".join(word.text for word in part), tuple(part))
                for n, part in enumerate(parts)
            )
        )

    assert exported(SRT, "a.srt", cut_anew) == SRT


def test_removed_words_leave_no_empty_line_and_removed_captions_no_gap_in_numbers() -> None:
    edit = with_texts(_0="AT&T Bob")
    assert diff(SRT, exported(SRT, "a.srt", edit)) == ["- <i>Hi  there,</i>"]
    edit = with_texts(_0="Hi  there,", _1="")
    assert exported(SRT, "a.srt", edit).decode("utf-8-sig").splitlines() == [
        "7",
        "00:00:01,000 --> 00:00:02,000 X1:3",
        "<i>Hi  there,</i>",
        "",
        "8",
        "00:00:05,000 --> 00:00:06,000",
        "- last",
        "- one",
    ]


@pytest.mark.parametrize(
    ("before", "texts", "after"),
    [
        ("<i>Hello there my friend</i>", ["Hello there"], "<i>Hello there</i>"),
        ("<i>Hello there my friend</i>", ["my friend"], "<i>my friend</i>"),
        ("a <b>my friend</b> again", ["a again"], "a again"),
        ("Hello my friend\nsecond line here", ["Hello second line"], "Hello\nsecond line"),
        ("Hello my friend\nsecond line here", ["second here"], "second here"),
        ("one <i>two\nthree</i> four", ["one four"], "one\nfour"),
        ("- Hi, what is it?\n- No one.", ["Hi, what is it?", ""], "- Hi, what is it?"),
        ("<i>- Hi, what?\n- No one.</i>", ["", "No one."], "<i>- No one.</i>"),
        ("<i>- Hi, what?\n- No one.</i>", ["Hi, what?", ""], "<i>- Hi, what?</i>"),
        ("- Hi there,\nyou.\n- Me?", ["you.", "Me?"], "- you.\n- Me?"),
        ("-Hi there.\n-You?", ["there.", ""], "-there."),
        ("ANA: Hello there.\nBEN: Good day.", ["", "Good day."], "BEN: Good day."),
        ("ANA: Hello there.\nBEN: Good day.", ["Hello there.", ""], "ANA: Hello there."),
        (">> Hello there.\n>> Good day.", ["Hello there.", ""], ">> Hello there."),
        ("a <\u2060b> c", ["a c"], "a c"),
    ],
)
def test_marks_tags_and_line_ends_go_with_the_last_of_their_words(
    before: str, texts: list[str], after: str
) -> None:
    data = f"00:01.0 --> 00:02.0\n{before}\n\n00:03.0 --> 00:04.0\nEnd.\n"
    edit = with_texts(**{f"_{n}": text for n, text in enumerate(texts)})
    written = exported(data.encode(), "a.srt", edit).decode()
    assert written == data.replace(before, after)


@pytest.mark.parametrize(
    ("before", "texts", "after"),
    [
        ("<v Ana>Hello my friend</v>", ["Hello"], "<v Ana>Hello</v>"),
        ("<v Ana>Hello.</v>\n<v Ben>Good day.</v>", ["Hello.", ""], "<v Ana>Hello.</v>"),
        ("<v Ana>Hello.</v>\n<v Ben>Good day.</v>", ["", "Good day."], "<v Ben>Good day.</v>"),
        ("<v Ana>Hello.\n<v Ben>Good day.", ["", "Good day."], "<v Ben>Good day."),
        ("<v Ana>Hello. <v Ben>Good day.", ["Hello.", ""], "<v Ana>Hello."),
        (
            "one<00:01.200><c> two</c><00:01.500><c> three</c>",
            ["one three"],
            "one<00:01.500><c> three</c>",
        ),
        ("a &amp; b &lt;c&gt; d", ["a b d"], "a b d"),
        ("so <ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>", ["so 字"], "so <ruby>字<rt>ji</rt></ruby>"),
        ("<ruby>so<rp>(</rp><rt>thus</rt><rp>)</rp></ruby> it is", ["it is"], "it is"),
    ],
)
def test_voices_times_and_readings_go_with_the_last_of_their_words(
    before: str, texts: list[str], after: str
) -> None:
    data = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{before}\n\n00:03.000 --> 00:04.000\nEnd.\n"
    edit = with_texts(**{f"_{n}": text for n, text in enumerate(texts)})
    written = exported(data.encode(), "a.vtt", edit).decode()
    assert written == data.replace(before, after)


def test_new_segments_get_captions_of_their_own() -> None:
    def add(transcript: Transcript) -> Transcript:
        new = [
            Segment(text, text, (Word(text, ms, ms + 900),))
            for text, ms in (("zero", 0), ("new", 2000), ("end", 7000))
        ]
        first, *rest = transcript.segments
        return Transcript((new[0], first, new[1], *rest, new[2]))

    assert exported(SRT, "a.srt", add).decode("utf-8-sig").splitlines() == [
        *["1", "00:00:00,000 --> 00:00:00,900", "zero", ""],
        *["2", "00:00:01,000 --> 00:00:02,000 X1:3", "<i>Hi  there,</i>", "AT&amp;T Bob", ""],
        *["3", "00:00:02,000 --> 00:00:02,900", "new", ""],
        *["4", "00:00:03,000 --> 00:00:04,500", "{\\an8}You are.", "", ""],
        *["5", "00:00:05,000 --> 00:00:06,000", "- last", "- one", ""],
        *["6", "00:00:07,000 --> 00:00:07,900", "end"],
    ]
    assert diff(VTT.encode(), exported(VTT.encode(), "a.vtt", add)) == [
        *["+ 00:00:00.000 --> 00:00:00.900", "+ zero", "+ "],
        *["+ ", "+ 00:00:02.000 --> 00:00:02.900", "+ new"],
        *["+ ", "+ 00:00:07.000 --> 00:00:07.900", "+ end"],
    ]


def test_times_change_only_where_asked_for() -> None:
    def later(transcript: Transcript) -> Transcript:
        first, *rest = transcript.segments
        words = tuple(replace(word, start_ms=word.start_ms + 50) for word in first.words)
        return Transcript((replace(first, words=words), *rest))

    assert exported(VTT.encode(), "a.vtt", later) == VTT.encode()
    assert diff(VTT.encode(), exported(VTT.encode(), "a.vtt", later, retimed=True)) == [
        "- 00:01.000 --> 00:02.000 align:start region:r",
        "+ 00:01.050 --> 00:02.000 align:start region:r",
    ]
    moved = exported(SRT, "a.srt", unchanged, offset=-1500).decode()
    assert [line for line in moved.splitlines() if "-->" in line] == [
        "00:00:00,000 --> 00:00:00,500 X1:3",
        "00:00:01,500 --> 00:00:03,000",
        "00:00:03,500 --> 00:00:04,500",
    ]


SIGNS = (
    "1\n00:00:01,000 --> 00:00:09,000\n{\\an8}HARBOUR OFFICE\n\n"
    "2\n00:00:01,500 --> 00:00:03,000\nIs anyone in?\n\n"
    "3\n00:00:20,000 --> 00:00:22,000\nThen we wait.\n\n"
    "4\n00:00:25,000 --> 00:00:29,000\n[sea]\n"
)


@pytest.mark.parametrize("name", ["a.srt", "a.ass"])
def test_captions_that_nobody_speaks_move_as_the_heard_ones_beside_them(name: str) -> None:
    kept = Options(keeps_captions=True)
    data = convert(SIGNS.encode(), "a.srt", format_name=name[2:], options=kept).data

    def aligned(transcript: Transcript) -> Transcript:
        sign, first, second, sea = transcript.segments
        said = [
            RecognisedWord(n, word.text, word.start_ms + by_ms, word.end_ms + by_ms, 0.9)
            for n, (word, by_ms) in enumerate(
                [*((word, 400) for word in first.words), *((word, 900) for word in second.words)]
            )
        ]
        lines = (sign, first, second, sea)
        return Transcript(tuple(timed_segments(lines, said, duration_ms=60_000, silences=[])[0]))

    moved = read(exported(data, name, aligned, retimed=True), name).shown
    assert [(one.start_ms, one.end_ms) for one in moved] == [
        *[(1400, 9400), (1900, 3400), (20_900, 22_900), (25_900, 29_900)]
    ]


def test_line_of_rolling_captions_is_corrected_wherever_it_stands() -> None:
    rolling = """\
WEBVTT

00:00:00.160 --> 00:00:02.470 align:start position:0%
~
hey<00:00:00.480><c> no-priers</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
hey no-priers
~

00:00:02.480 --> 00:00:03.310 align:start position:0%
hey no-priers
okay<00:00:02.900><c> no-priers</c>

00:00:05.000 --> 00:00:06.000 align:start position:0%
hey no-priers
""".replace("~", " ").encode()
    assert diff(rolling, exported(rolling, "a.vtt", with_texts(_0="hey No Priors"))) == [
        "- hey<00:00:00.480><c> no-priers</c>",
        "+ hey<00:00:00.480><c> No Priors</c>",
        "- hey no-priers",
        "+ hey No Priors",
        "- hey no-priers",
        "+ hey No Priors",
    ]
    removed = exported(rolling, "a.vtt", with_texts(_0="")).decode()
    assert (removed.count("hey no-priers"), removed.count("-->")) == (1, 2)
    assert [draft.text for draft in read(removed.encode(), "a.vtt").drafts] == [
        "okay no-priers",
        "hey no-priers",
    ]


def test_many_like_lines_are_told_apart_by_their_place() -> None:
    data = b"".join(b"%d\n00:00:%02d.0 --> 00:00:%02d.5\nNo.\n\n" % (n, n, n) for n in range(60))
    many = b"".join(data.replace(b"00:00:", b"%02d:%02d:" % divmod(m, 60)) for m in range(300))
    begun = time.process_time()
    written = exported(many, "a.srt", with_texts(_3="Yes.", _9000="Oh.", _17990="Ah."))
    assert time.process_time() - begun < 20
    changed = [
        (a, b) for a, b in zip(many.split(b"\n"), written.split(b"\n"), strict=True) if a != b
    ]
    assert changed == [(b"No.", b"Yes."), (b"No.", b"Oh."), (b"No.", b"Ah.")]


def test_word_that_the_encoding_lacks_is_refused() -> None:
    data = "1\n00:01,0 --> 00:02,0\nÉté déjà vu\n".encode("cp1252")
    with pytest.raises(ExportRefused, match="the file is in cp1252, which has no '今'"):
        exported(data, "a.srt", with_texts(_0="Été déjà 今"))


def test_escapes_and_unseen_signs_stay_where_they_are() -> None:
    data = "00:01.0 --> 00:02.0\n{\\i1}Hi\\Nyou{\\i0} <\u2060b> &amp; me\n".encode()
    edit = with_texts(_0="Hi we <b> & me")
    assert exported(data, "a.srt", edit) == data.replace(b"you", b"we")


def test_only_files_with_captions_or_lines_can_be_given_back() -> None:
    data = b'{"version": 1, "segments": []}'
    with pytest.raises(ExportRefused, match="a file in json is written anew only"):
        export_original(data, "a.json", None, Transcript(()))
    assert {name for name, one in FORMATS.items() if one.places} == {"txt", "srt", "vtt"}


_WORDS = st.lists(st.sampled_from(["Hi", "you", "a<b", "R&D", "-", "so.", "it"]), max_size=4)


@examples(200)
@given(st.lists(_WORDS, min_size=4, max_size=4), st.sampled_from([("a.srt", SRT), ("a.vtt", VTT)]))
def test_whatever_is_typed_reads_back(
    texts: list[list[str]], file: tuple[str, bytes | str]
) -> None:
    name, content = file
    data = content if isinstance(content, bytes) else content.encode()
    kept = [" ".join(words) for words in texts]
    edited = list[Transcript]()

    def edit(transcript: Transcript) -> Transcript:
        count = len(transcript.segments)
        edited.append(with_texts(**{f"_{n}": kept[n] for n in range(count)})(transcript))
        return edited[0]

    try:
        written = exported(data, name, edit)
        again = read(written, name)
    except UnreadableTranscript:
        assert not list(edited[0].words())
        return
    said = " ".join(draft.text for draft in again.drafts).split()
    # A lone dash in front reads as a mark of a turn.
    expected = [word.text for word in edited[0].words()]
    assert [w for w in said if w != "-"] == [w for w in expected if w != "-"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud  Ann>Hi <i>there</i></v>\n\n"
            "00:03.000 --> 00:04.000 align:start\n<v Bo>Ann: no\n<v Ann>So\n",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud  Anna &amp; Co>Hi <i>there</i></v>\n\n"
            "00:03.000 --> 00:04.000 align:start\n<v Bo>Ann: no\n<v Anna &amp; Co>So\n",
        ),
        (
            "a.srt",
            "1\r\n00:00:01,000 --> 00:00:02,000\r\n<b>ANN: Hi</b>\r\nthere\r\n\r\n"
            "2\r\n00:00:03,000 --> 00:00:04,000\r\n- BO: Yes, ANN: no\r\n- ANN: So\r\n",
            "1\r\n00:00:01,000 --> 00:00:02,000\r\n<b>Anna & Co: Hi</b>\r\nthere\r\n\r\n"
            "2\r\n00:00:03,000 --> 00:00:04,000\r\n- BO: Yes, ANN: no\r\n- Anna & Co: So\r\n",
        ),
        (
            "a.txt",
            "Ann: Hi there\n\nBo: Yes\nAnn: So it is\n",
            "Anna & Co: Hi there\n\nBo: Yes\nAnna & Co: So it is\n",
        ),
        (
            "a.txt",
            "Ann:\n\nHi there\n\nBo:\nYes\nAnn:\nSo it is\n",
            "Anna & Co:\n\nHi there\n\nBo:\nYes\nAnna & Co:\nSo it is\n",
        ),
    ],
)
def test_a_renamed_speaker_has_the_new_name_in_the_own_file(
    name: str, before: str, after: str
) -> None:
    data = before.encode()
    result = read(data, name)
    segments = transcript_of(result, name)[0].segments
    renamed = [
        replace(one, speaker="Anna & Co") if (one.speaker or "").upper() == "ANN" else one
        for one in segments
    ]
    written = export_original(data, name, None, Transcript(tuple(renamed)))
    assert written.decode() == after
    assert export_original(data, name, None, Transcript(tuple(segments))) == data
    (first, *rest) = renamed
    one_alone = Transcript((first, *segments[1:]))
    assert len(rest) == 0 or export_original(data, name, None, one_alone) == data


TTML = (
    '<tt xmlns="http://www.w3.org/ns/ttml"><body><div begin="1s"><p begin="0.5s" end="2.5s">Hi'
    '<br/>you</p><p begin="3s" dur="00:00:01">- Yes.<br/>- No.</p></div></body></tt>'
)
ASS = (
    "[Events]\r\nFormat: Start, End, Style, Text\r\n"
    "Dialogue: 0:00:01.50,0:00:03.50,Big,{\\b1}Hi\\Nyou\r\n"
)


def test_a_file_that_takes_no_other_words_takes_times() -> None:
    later = partial(shifted, offset_ms=200)
    moved = exported(TTML.encode(), "a.ttml", later, retimed=True).decode()
    assert moved == TTML.replace('div begin="1s"', 'div begin="1.2s"')
    moved = exported(ASS.encode(), "a.ass", later, retimed=True, offset=100).decode()
    assert moved == ASS.replace("01.50,0:00:03.50", "01.80,0:00:03.80")
    assert exported(TTML.encode(), "a.ttml", later).decode() == TTML
    with pytest.raises(ExportRefused, match="other words and names cannot be put into a file in t"):
        exported(TTML.encode(), "a.ttml", with_texts(_1="Yes no."))
