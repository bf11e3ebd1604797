"""Files of other programs: YouTube, broadcasters, karaoke, recognisers, word processors."""

from __future__ import annotations

import io
import json
import re
import zipfile
from fractions import Fraction
from itertools import count
from typing import Any
from xml.etree import ElementTree

import pysubs2
import pytest
import ttconv.imsc.reader
import ttconv.model
from hypothesis import given
from hypothesis import strategies as st

from editor.align.drafts import imported_starts, segments_from_drafts, timed_segments
from editor.captions import Cue
from editor.document import Kind, RecognisedWord, Segment, Transcript, Word
from editor.errors import UnreadableTranscript
from editor.formats import ReadResult, ass_write, docx, markdown, read, ttml, vtt
from tests.support.chance import examples

Said = list[tuple[str, int | None, int | None]]


def said(result: ReadResult) -> Said:
    return [(draft.text, draft.start_ms, draft.end_ms) for draft in result.drafts]


def test_json3_of_youtube_keeps_word_times_and_ends_where_the_next_begins() -> None:
    data = {
        "wireMagic": "pb3",
        "events": [
            {"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1},
            {
                "tStartMs": 160,
                "dDurationMs": 4000,
                "segs": [{"utf8": "hey"}, {"utf8": " listeners", "tOffsetMs": 320}],
            },
            {"tStartMs": 2460, "dDurationMs": 1700, "aAppend": 1, "segs": [{"utf8": "\n"}]},
            {
                "tStartMs": 2470,
                "dDurationMs": 1000,
                "segs": [{"utf8": "[music]"}, {"utf8": " welcome", "tOffsetMs": 500}],
            },
            {"tStartMs": "x", "segs": [{"utf8": "lost"}]},
        ],
    }
    result = read(json.dumps(data).encode(), "a.json3")
    assert said(result) == [("hey listeners", 160, 2470), ("[music] welcome", 2470, 3470)]
    assert [d.word_times_ms for d in result.drafts] == [
        ((160, 480), (480, 2470)),
        ((2470, 2970), (2970, 3470)),
    ]
    assert [(problem.line, "lost" in problem.text) for problem in result.problems] == [(5, True)]


SRV3 = """<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">
<head><ws id="0"/></head><body><w t="0" id="1"/>
<p t="160" d="4000" w="1"><s ac="0">hey</s><s t="320" ac="0"> listeners</s></p>
<p t="2460" d="1700" w="1" a="1">
</p>
<p t="2470" d="1000" w="1">AT&amp;amp;T<br/>said &lt;b&gt;</p></body></timedtext>"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SRV3, [("hey listeners", 160, 2470), ("AT&T said <b>", 2470, 3470)]),
        (
            '<transcript><text start="1.5" dur="2">it&amp;#39;s</text><text start="4">x</text>'
            "</transcript>",
            [("it's", 1500, 3500), ("x", 4000, 4020)],
        ),
        ('<timedtext><text t="10" d="90">Hi</text></timedtext>', [("Hi", 10, 100)]),
    ],
)
def test_xml_of_youtube(text: str, expected: Said) -> None:
    result = read(text.encode(), "a.xml")
    assert (result.format, said(result)) == ("srv", expected)


LINES = [[f"{letter}{word}" for word in ("alo", "emi", "ory")] for letter in "bcdfghklmnpr"]


def youtube_json3() -> str:
    """Each line begins at another even second, its words 400 ms apart."""
    return json.dumps(
        {
            "events": [
                {
                    "tStartMs": 2000 * n,
                    "dDurationMs": 1900,
                    "segs": [
                        {"utf8": f"{' ' * (at > 0)}{word}", "tOffsetMs": 400 * at}
                        for at, word in enumerate(line)
                    ],
                }
                for n, line in enumerate(LINES)
            ]
        }
    )


def youtube_srv3() -> str:
    rows = (
        f'<p t="{2000 * n}" d="1900">'
        + "".join(f'<s t="{400 * at}">{" " * (at > 0)}{word}</s>' for at, word in enumerate(line))
        + "</p>"
        for n, line in enumerate(LINES)
    )
    return f'<timedtext format="3"><body>{"".join(rows)}</body></timedtext>'


@pytest.mark.parametrize(
    ("text", "name"), [(youtube_json3(), "a.json3"), (youtube_srv3(), "a.srv3")]
)
def test_word_times_of_youtube_are_kept_and_compared_with_the_sound(text: str, name: str) -> None:
    drafts = read(text.encode(), name).drafts
    ids = count()
    segments = segments_from_drafts(drafts, duration_ms=30_000, new_id=lambda: f"s{next(ids)}")
    words = [word for segment in segments for word in segment.words]
    starts_ms = [2000 * n + 400 * at for n in range(len(LINES)) for at in range(3)]
    assert [(word.start_ms, word.origin) for word in words] == [
        (ms, "imported") for ms in starts_ms
    ]
    assert imported_starts(drafts, segments) == starts_ms
    heard = [
        RecognisedWord(n, word.text, word.start_ms + 700, word.start_ms + 1000, 0.9)
        for n, word in enumerate(words)
    ]
    timed, coverage = timed_segments(segments, heard, duration_ms=30_000, silences=())
    assert coverage.drift is not None
    assert [(part.from_ms, part.late_ms) for part in coverage.drift.parts] == [(0, -700)]
    assert timed[1].words[1].start_ms == 2000 + 400 + 700


def test_sbv() -> None:
    data = b"0:00:01.000,0:00:02.500\nHi\nthere\n\n0:00:03.000,0:00:04.000\nyou[br]\n"
    result = read(data, "a")
    assert result.format == "sbv"
    assert said(result) == [("Hi there", 1000, 2500), ("you", 3000, 4000)]


TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
 xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="10000000"
 xml:lang="en"><head><metadata><ttm:agent xml:id="a" type="person">
 <ttm:name type="full">Ann Lee</ttm:name></ttm:agent></metadata></head>
<body><div begin="00:00:10.000">
<p begin="00:00:01.000" end="00:00:02.500" ttm:agent="a">Hi   &amp;
 you<br/>there</p>
<p begin="3s" dur="500ms">No.</p>
<p begin="00:00:04:05" end="50000000t">frames</p>
<p begin="5.5s" end="7s"><span begin="0s">one </span><span begin="1s">two</span></p>
<p>lost</p><p begin="soon" end="8s">odd</p>
</div></body></tt>"""


def test_ttml_with_frames_ticks_agents_and_times_inside() -> None:
    result = read(TTML.encode(), "a.ttml")
    assert said(result) == [
        ("odd", 10_000, 18_000),
        ("Hi & you there", 11_000, 12_500),
        ("No.", 13_000, 13_500),
        ("frames", 14_200, 15_000),
        ("one two", 15_500, 17_000),
    ]
    assert [d.speaker for d in result.drafts][1] == "Ann Lee"
    assert result.drafts[4].word_times_ms == ((15_500, 16_500), (16_500, 17_000))
    assert [(p.text, p.reason) for p in result.problems] == [
        ("lost", "its times cannot be read"),
        ("soon", "this time cannot be read"),
        ("odd", "it was put where its time belongs"),
    ]


ASS = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,a note
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ann,0,0,0,,{\\an8}Hi, {\\i1}you{\\i0}\\Nthere\\hnow
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\k50}ka{\\k20}ra {\\kf30}oke
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}
Dialogue: 0,soon,0:00:06.00,Default,,0,0,0,,lost
"""


def test_ass_with_karaoke_and_drawings() -> None:
    result = read(ASS.encode(), "a.ass")
    assert said(result) == [("Hi, you there\u00a0now", 1000, 2500), ("kara oke", 3000, 4000)]
    assert result.drafts[0].speaker == "Ann"
    assert result.drafts[1].word_times_ms == ((3000, 3700), (3700, 4000))
    assert [(p.line, p.reason) for p in result.problems] == [
        (13, "this is a drawing"),
        (14, "its times cannot be read"),
    ]
    theirs = pysubs2.SSAFile.from_string(ASS.replace("soon", "0:00:05.50"))
    spoken = [e for e in theirs if not e.is_comment and not e.is_drawing]
    assert [(e.start, e.end) for e in spoken][:2] == [(1000, 2500), (3000, 4000)]


WORDS = [
    {"word": " Hey", "start": 0.5, "end": 0.9, "probability": 0.9},
    {"word": " listen", "start": 0.9, "end": 1.2},
    {"word": "ers,", "start": 1.2, "end": 1.5},
]


@pytest.mark.parametrize(
    "document",
    [
        {
            "text": "x",
            "language": "en",
            "segments": [
                {"id": 0, "start": 0.5, "end": 1.5, "text": " Hey listeners,", "words": WORDS}
            ],
        },
        [{"start": 0.5, "end": 1.5, "text": " Hey listeners,", "words": WORDS}],
        {"segments": [{"start": 0.5, "end": 1.5, "words": WORDS}], "ori_dict": {}},
        {
            "transcription": [
                {"offsets": {"from": 500, "to": 1500}, "text": " Hey listeners,", "words": WORDS}
            ]
        },
    ],
)
def test_json_of_recognisers(document: Any) -> None:
    result = read(json.dumps(document).encode(), "a.json")
    assert said(result) == [("Hey listeners,", 500, 1500)]
    assert result.drafts[0].word_times_ms == ((500, 900), (900, 1500))


def test_json_of_whisperx_has_speakers_and_words_without_times() -> None:
    document = {
        "segments": [
            {
                "start": 1,
                "end": 3,
                "text": "In 1984 yes.",
                "speaker": "SPEAKER_00",
                "words": [
                    {"word": "In", "start": 1.0, "end": 1.2, "speaker": "SPEAKER_00"},
                    {"word": "1984"},
                    {"word": "yes.", "start": 2.5, "end": 3.0},
                ],
            },
            {"start": 3, "end": 4, "text": "(music)"},
            {"start": 5, "end": 4, "text": "back"},
            {"start": 6, "end": 7, "text": " "},
            7,
        ]
    }
    result = read(json.dumps(document).encode(), "a.json")
    assert [(d.speaker, d.kind, d.new_turn) for d in result.drafts] == [
        ("SPEAKER_00", "speech", True),
        (None, "sound", False),
        (None, "speech", False),
    ]
    assert result.drafts[0].word_times_ms == ((1000, 1200), (1200, 1220), (2500, 3000))
    assert [(p.line, p.reason) for p in result.problems] == [
        (3, "its times cannot be read"),
        (4, "this segment has no text"),
        (5, "this segment has no text"),
    ]


def document(body: str, *, head: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'
    return archive("word/document.xml", f'<?xml version="1.0"?>{head}{xml}')


def archive(name: str, content: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return data.getvalue()


def test_paragraphs_of_a_document_without_what_was_deleted() -> None:
    data = document(
        "<w:p><w:r><w:t>ANN: Hi</w:t></w:r><w:r><w:tab/><w:t>there</w:t></w:r></w:p><w:p/>"
        "<w:p><w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t>so.</w:t></w:r>"
        "</w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    result = read(data, "a.docx")
    assert (result.format, result.problems) == ("docx", ())
    assert [(d.text, d.speaker, d.line) for d in result.drafts] == [
        ("Hi there", "ANN", 1),
        ("so.", "ANN", 3),
        ("cell", "ANN", 4),
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (document("<w:p/>", head=BOMB), "a.docx", "it declares entities"),
        (f"{BOMB}<tt><body>&b;</body></tt>".encode(), "a.ttml", "it declares entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><tt><body/></tt>', "a.ttml", "no caption"),
        (b"<tt>" + b"<div>" * 100_000, "a.ttml", "nested too deep"),
        (b"<tt><body><p>", "a.ttml", "line 1: not XML: no element found"),
        (document("<w:p/>")[:-40], "a.docx", "office document"),
        (archive("word/document.xml", " " * 60_000_000), "a.docx", "its text takes over 50 MB"),
        (archive("other.xml", "x"), "a.docx", "office document"),
        (document("<w:p/>"), "a.docx", "the file holds no text"),
    ],
)
def test_hostile_and_damaged_files_are_refused(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableTranscript, match=reason):
        read(data, name)


@examples(300)
@given(st.data())
def test_damaged_files_are_read_or_refused_in_our_words(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([SRV3.encode(), TTML.encode(), ASS.encode(), document("<w:p/>" * 9)])
    )
    at = data.draw(st.integers(0, len(whole)))
    damaged = (
        whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 9)) :]
    )
    try:
        result = read(damaged, data.draw(st.sampled_from(["a.xml", "a.ass", "a.docx", "a"])))
    except UnreadableTranscript:
        return
    assert result.drafts or result.problems


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", " b", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "segments",
                    "events",
                    "text",
                    "words",
                    "word",
                    "start",
                    "end",
                    "segs",
                    "utf8",
                    "tStartMs",
                    "offsets",
                    "timestamp",
                    "duration",
                    "from",
                    "to",
                    "speaker",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@examples(300)
@given(_JSON)
def test_any_json_is_read_or_refused_in_our_words(value: object) -> None:
    try:
        result = read(json.dumps(value).encode(), "a.json")
    except UnreadableTranscript:
        return
    assert result.drafts or result.problems


CUES = [
    Cue(
        500,
        1500,
        ("Hi & <you>,", "all"),
        "Ann, Lee",
        True,
        3,
        words=(
            Word("Hi", 500, 700),
            Word("&", 700, 800),
            Word("<you>,", 800, 1000),
            Word("all", 1200, 1500),
        ),
    ),
    Cue(1500, 3_600_000, ("{No}.",), None, True, 1, words=(Word("{No}.", 1500, 1800),)),
]


def test_ttml_is_written_as_ttconv_and_we_read_it() -> None:
    written = ttml.write(CUES)
    model = ttconv.imsc.reader.to_model(ElementTree.ElementTree(ElementTree.fromstring(written)))
    body = model.get_body()
    assert body is not None
    paragraphs = [e for e in body.dfs_iterator() if isinstance(e, ttconv.model.P)]
    assert [(p.get_begin(), p.get_end()) for p in paragraphs] == [
        (Fraction(1, 2), Fraction(3, 2)),
        (Fraction(3, 2), 3600),
    ]
    texts = [e.get_text() for e in body.dfs_iterator() if isinstance(e, ttconv.model.Text)]
    assert texts == ["Hi & <you>,", "all", "- {No}."]
    result = read(written.encode(), "a.ttml")
    assert [(d.text, d.speaker, d.new_turn) for d in result.drafts] == [
        ("Hi & <you>, all", "Ann, Lee", True),
        ("{No}.", None, True),
    ]


def test_ass_is_written_as_pysubs2_reads_it() -> None:
    written = ass_write.write(CUES)
    events = list(pysubs2.SSAFile.from_string(written))
    assert [(e.start, e.end, e.name) for e in events] == [
        (500, 1500, "Ann Lee"),
        (1500, 3_600_000, ""),
    ]
    assert events[0].text == ("{\\k20}Hi {\\k10}& {\\k40}<you>,\\N{\\k30}all")
    assert events[1].text == "- {\\k359850}\\{No\\}."


def test_vtt_has_a_time_before_each_word_that_begins_inside_the_cue() -> None:
    assert vtt.write_words(CUES) == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\n<v Ann, Lee>Hi <00:00:00.700>&amp; "
        "<00:00:00.800>&lt;you&gt;,\n<00:00:01.200>all\n\n"
        "00:00:01.500 --> 01:00:00.000\n- {No}.\n\n"
    )


def spoken(text: str, start_ms: int, speaker: str | None = None, *, turn: bool = False) -> Segment:
    words = tuple(Word(word, start_ms, start_ms + 100) for word in text.split())
    kind: Kind = "sound" if text.startswith("(") else "speech"
    return Segment(text, text, words, speaker, kind, turn)


TALK = Transcript(
    (
        spoken("(music)", 0),
        spoken("So it", 1000, "Ann", turn=True),
        spoken("*begins*.", 1200, "Ann"),
        spoken("After a pause.", 65_000, "Ann"),
        spoken("Oh?", 66_000, turn=True),
    )
)


def test_markdown_has_paragraphs_with_times_and_names() -> None:
    written = markdown.write(TALK)
    assert written == (
        "[0:00] (music)\n\n[0:01] **Ann:** So it \\*begins\\*.\n\n"
        "[1:05] **Ann:** After a pause.\n\n[1:06] – Oh?\n"
    )
    drafts = read(b"# Talk\n\n**Bob**: *Well*, 2 * 3 is __six__.\n- No.\n", "a.md").drafts
    assert [(d.text, d.speaker, d.new_turn) for d in drafts] == [
        ("Talk", None, False),
        ("Well, 2 * 3 is six.", "Bob", True),
        ("No.", None, True),
    ]


def test_document_has_the_speakers_in_bold() -> None:
    data = docx.write(TALK)
    assert data == docx.write(TALK)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        content = file.read("word/document.xml").decode()
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))
    bold = re.findall(r"<w:b/></w:rPr><w:t xml:space=\"preserve\">([^<]*)<", content)
    assert bold == ["&gt;&gt; Ann: ", "- "]
