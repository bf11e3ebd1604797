"""Each format to publish in, read back by a reader that others wrote."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import pysubs2
import pytest
from av.subtitles.subtitle import AssSubtitle
from click.testing import CliRunner

from editor.cli import cli
from editor.document import Transcript
from editor.errors import ExportRefused, InvalidValue
from editor.formats import FORMATS, PURPOSES, WRITABLE, read
from editor.formats.exports import Options, publish
from editor.formats.frame_rate import RATES
from tests.formats.talk import MEDIA, TALK, published, said, spoken
from tests.support.players import in_ffmpeg

TEXTS = [text for text, *_ in spoken()]


@pytest.mark.parametrize(
    ("name", "has_words"),
    [
        ("json", True),
        ("audacity", False),
        ("csv", False),
        ("tsv", False),
        ("textgrid", True),
        ("eaf", True),
        ("exb", False),
        ("podcast-ttml", True),
    ],
)
def test_there_and_back(name: str, has_words: bool) -> None:
    result = read(published(name)[0], f"a{FORMATS[name].suffixes[0]}")
    assert [(d.text, d.speaker, d.start_ms, d.end_ms) for d in result.drafts] == spoken()
    assert result.problems == ()
    if has_words:
        words = [tuple((w.start_ms, w.end_ms) for w in s.words) for s in TALK.segments]
        assert [d.word_times_ms for d in result.drafts] == words


def captions_of(model: Any) -> Iterator[tuple[str, int, int]]:
    """The paragraphs of ttconv's model: text with line ends, start and end in ms."""
    from ttconv.model import Br, P, Text

    for each in model.get_body().dfs_iterator():
        if isinstance(each, P):
            parts = [
                "\n" if isinstance(one, Br) else one.get_text()
                for one in each.dfs_iterator()
                if isinstance(one, Br | Text)
            ]
            text = "\n".join(line.strip() for line in "".join(parts).split("\n"))
            end = each.get_end()
            yield text, round(1000 * (each.get_begin() or 0)), round(1000 * end) if end else -1


def near(times: list[int], others: list[int], frame_ms: float) -> bool:
    return all(abs(a - b) <= frame_ms for a, b in zip(times, others, strict=True))


@pytest.mark.parametrize("rate", ["25", "29.97df"])
def test_stl_is_read_by_ttconv(rate: str) -> None:
    from ttconv.stl import reader

    talk = Transcript(tuple(s for s in TALK.segments if s.speaker != "سلمى"))
    data, lost = published("stl", talk, frame_rate=rate)
    assert len(data) == 1024 + 128 * 6
    assert lost == "where two people talk at once, the first ends when the second begins"
    shown = list(captions_of(reader.to_model(io.BytesIO(data))))
    assert [text for text, *_ in shown] == [
        "(upbeat music)",
        "Ann Berg: Welcome to R&D, it's 5 < 6!",
        "Ben: Thanks. I'm glad to be here.",
        "Ann Berg: Žluť,\ncrème brûlée “and” so on...",
        "Ben: Wait, what?",
        "Ann Berg: And that is all.",
    ]
    starts = [0, 2000, 5200, 9000, 12_500, 3_600_000]
    assert near([start_ms for _, start_ms, _ in shown], starts, 20)
    assert near([shown[3][2], shown[5][2]], [12_500, 3_602_500], 20)


def test_stl_takes_the_table_of_its_script_and_tells_what_has_no_sign() -> None:
    from ttconv.stl import reader

    talk = Transcript((said("مرحبا بكم في البرنامج", 0, 2000), said("你", 3000, 4000)))
    data, lost = published("stl", talk)
    assert lost == "STL has no code for 1 character; a plain letter or ? stands in its place"
    texts = [text for text, *_ in captions_of(reader.to_model(io.BytesIO(data)))]
    assert texts == ["مرحبا بكم في البرنامج", "?"]


@pytest.mark.parametrize("rate", ["29.97df", "29.97"])
def test_scc_is_read_by_ttconv_and_ffmpeg(rate: str) -> None:
    talk = Transcript(tuple(s for s in TALK.segments if s.speaker != "سلمى"))
    data, lost = published("scc", talk, frame_rate=rate)
    assert lost == (
        "where two people talk at once, the first ends when the second begins;"
        " SCC has no code for 2 characters; plain letters or ? stand in their place;"
        " captions come up to 0.5 s late, as SCC sends two characters a frame;"
        " a preset with longer captions helps"
    )
    drafts = read(data, "a.scc").drafts
    assert [(d.text, d.speaker) for d in drafts[1:3]] == [
        ("Welcome to R&D, it's 5 < 6!", "Ann Berg"),
        ("Thanks. I'm glad to be here.", "Ben"),
    ]
    assert near([d.start_ms or 0 for d in drafts[1:3]], [2000, 5200], 67)
    assert near([drafts[2].end_ms or 0, drafts[-1].end_ms or 0], [9000, 3_602_500], 67)
    written = data.decode()
    assert ("01:00:00;00" in written or "00:59:59;" in written) is (rate == "29.97df")
    with av.open(io.BytesIO(data), "r", format="scc") as container:
        shown = [line for packet in container.demux() for line in packet.decode()]
    lines = [one.ass.decode() for one in shown if isinstance(one, AssSubtitle)]
    texts = [re.sub(r"\{.*?\}|\\h", "", line.split(",", 8)[8]) for line in lines]
    assert texts[1:3] == [
        r"Ann Berg: Welcome\Nto R&D, it’s 5 < 6!",
        r"Ben: Thanks.\NI’m glad to be here.",
    ]


@pytest.mark.parametrize("name", ["ebu-tt-d", "imsc", "ttml"])
def test_profiles_of_ttml_are_read_by_ttconv(name: str) -> None:
    from ttconv.imsc import reader

    data, lost = published(name, frame_rate="23.976")
    assert lost == ""
    shown = list(
        captions_of(reader.to_model(ElementTree.ElementTree(ElementTree.fromstring(data))))
    )
    assert [text.replace("\n", " ").rpartition(": ")[2] for text, *_ in shown] == TEXTS
    frame_ms = 21 if name == "imsc" else 0
    assert near([start for _, start, _ in shown], [start for *_, start, _ in spoken()], frame_ms)


def test_podcast_json_and_captions_are_one_line() -> None:
    document = json.loads(published("podcast")[0])
    assert document["version"] == "1.0.0"
    assert document["segments"][1] == {
        "speaker": "Ann Berg",
        "startTime": 2.0,
        "endTime": 5.0,
        "body": "Welcome to R&D, it's 5 < 6!",
    }
    long = Transcript((said("one two three four five six seven " * 6, 0, 30_000, "Ann"),))
    vtt = published("podcast-vtt", long)[0].decode()
    shown = in_ffmpeg(vtt, "vtt")
    assert len(shown) > 3
    assert all("\n" not in text and len(text) <= 65 for *_, text in shown)
    assert vtt.count("<v Ann>") == len(shown)
    srt = pysubs2.SSAFile.from_string(published("podcast-srt", long)[0].decode(), format_="srt")
    lines = [line for event in srt for line in event.text.split(r"\N")]
    assert max(map(len, lines)) <= 32
    assert all(event.text.count(r"\N") <= 1 for event in srt)


def test_podcast_html_says_who_when_and_what() -> None:
    page = published("podcast-html")[0].decode()
    assert '<cite>Ben:</cite>\n<time>0:05</time>\n<p dir="auto">Thanks.' in page
    assert "R&amp;D, it&#x27;s 5 &lt; 6!" in page


def test_chapters_are_the_titles_in_notes() -> None:
    chapters = json.loads(published("chapters")[0])["chapters"]
    assert chapters == [
        {"startTime": 0.0, "title": "Opening"},
        {"startTime": 9.0, "title": "Food & drink"},
        {"startTime": 20.0, "title": "عربي"},
    ]
    root = ElementTree.fromstring(published("chapters-podlove")[0])
    assert [(one.get("start"), one.get("title")) for one in root] == [
        ("00:00:00.000", "Opening"),
        ("00:00:09.000", "Food & drink"),
        ("00:00:20.000", "عربي"),
    ]
    hostile = Transcript((replace(TALK.segments[0], note="# a <b> & c"), *TALK.segments[1:]))
    assert published("chapters-youtube", hostile)[0].decode().startswith("0:00 a ‹b› & c\n")
    data, lost = published("chapters-youtube")
    assert data.decode() == "0:00 Opening\n0:09 Food & drink\n0:20 عربي\n"
    assert lost == "YouTube shows none if one lasts under 10 seconds, as 1 here do"
    assert published("show-notes", has_notes=True)[0].decode() == (
        "My <Talk>\n\nWith Ann Berg, Ben, سلمى\n\n"
        "0:00 Opening\n  ask Ann\n0:09 Food & drink\n0:20 عربي\n  تحقق من الاسم\n"
    )
    with pytest.raises(ExportRefused, match="no chapter is marked; write its title into the note"):
        published("chapters", Transcript(TALK.segments[1:2]))


@pytest.mark.parametrize(
    ("language", "line"),
    [("de", "Mit Ann Berg, "), ("fi", "Ann Berg, "), (None, "With Ann Berg, ")],
)
def test_show_notes_name_who_speaks_in_their_own_language(language: str | None, line: str) -> None:
    told = publish("show-notes", TALK, MEDIA, None, Options(language=language)).data.decode()
    assert told.splitlines()[2].startswith(line)


@pytest.mark.parametrize("rate", ["25", "29.97df", "23.976"])
def test_markers_are_read_by_opentimelineio(rate: str) -> None:
    otio = pytest.importorskip("opentimelineio")
    data, _ = published("otio", frame_rate=rate, has_notes=True)
    timeline = otio.adapters.read_from_string(data.decode(), "otio_json")
    (clip,) = timeline.find_clips()
    assert clip.media_reference.target_url == "my%20talk.mp3"
    markers = list(clip.markers)
    assert [marker.name for marker in markers][1:3] == [
        "Ann Berg: Welcome to R&D, it's 5 < 6!",
        "Ben: Thanks. I'm glad to be here.",
    ]
    starts = [round(1000 * m.marked_range.start_time.to_seconds()) for m in markers]
    assert near(starts, [start for *_, start, _ in spoken()], 21)
    assert markers[1].comment == "ask Ann"


def test_edl_counts_timecode_from_one_hour_on() -> None:
    written = published("edl", frame_rate="29.97df")[0].decode()
    assert written.startswith("TITLE: My <Talk>\nFCM: DROP FRAME\n\n001  001      V     C        ")
    assert "01:00:05;06 01:00:05;07" in written
    assert " |C:ResolveColorBlue |M:Ben: Thanks. I'm glad to be here. |D:114\n" in written
    assert "02:00:00;00" in written
    for rate in RATES:
        event = published("edl", frame_rate=rate)[0].decode().splitlines()[3]
        assert (rate, event.split()[4][:8]) == (rate, "01:00:00")


def test_fcpxml_has_markers_and_chapters() -> None:
    root = ElementTree.fromstring(published("fcpxml", frame_rate="29.97")[0])
    markers = [one.attrib for one in root.iter("marker")]
    assert markers[1] == {
        "start": "60060/30000s",
        "duration": "90090/30000s",
        "value": "Ann Berg: Welcome to R&D, it's 5 < 6!",
    }
    assert [one.get("value") for one in root.iter("chapter-marker")][1] == "Food & drink"


def test_tables_have_the_columns_that_a_person_chose_and_no_formulas() -> None:
    talk = Transcript((said('=1+1 "quoted",\tthen\nmore', 1000, 2500, "-Ann"),))
    chosen = {"columns": ("number", "start_ms", "duration", "speaker", "text", "reviewed")}
    row = ["1", "1000", "00:00:01.500", " -Ann", ' =1+1 "quoted",\tthen more', "no"]
    data, _ = published("csv", talk, **chosen)
    assert list(csv.reader(io.StringIO(data.decode())))[1] == row
    data, _ = published("tsv", talk, **chosen)
    assert data.decode().splitlines()[1].split("\t")[4] == ' =1+1 "quoted", then more'
    rows = list(csv.DictReader(io.StringIO(published("reaper")[0].decode())))
    assert rows[2] == {
        "#": "R3",
        "Name": "Ben: Thanks. I'm glad to be here.",
        "Start": "0:05.200",
        "End": "0:09.000",
        "Length": "0:03.800",
    }
    assert rows[-1]["#"] == "M3"
    with pytest.raises(InvalidValue, match="'when' is none of number, start"):
        published("csv", columns=("when",))


def test_annotations_are_read_by_pympi(tmp_path: Path) -> None:
    pympi = pytest.importorskip("pympi")
    (tmp_path / "a.eaf").write_bytes(published("eaf")[0])
    elan = pympi.Elan.Eaf(str(tmp_path / "a.eaf"))
    assert set(elan.get_tier_names()) == {
        *("sounds", "Ann Berg", "Ben", "سلمى"),
        *("sounds words", "Ann Berg words", "Ben words", "سلمى words"),
    }
    assert elan.get_annotation_data_for_tier("Ben") == [
        (5200, 9000, "Thanks. I'm glad to be here."),
        (12_500, 14_000, "Wait, what?"),
    ]
    assert elan.get_annotation_data_for_tier("سلمى words")[0] == (20_000, 20_750, "مرحبا")
    (tmp_path / "a.TextGrid").write_bytes(published("textgrid")[0])
    grid = pympi.Praat.TextGrid(str(tmp_path / "a.TextGrid"))
    assert [tier.name for tier in grid.tiers][2:4] == ["Ann Berg", "Ann Berg - words"]
    intervals = list(grid.get_tier("Ben").get_intervals())
    assert (5.2, 9.0, "Thanks. I'm glad to be here.") in intervals
    # Praat refuses tiers with holes.
    assert all(a[1] == b[0] for a, b in pairwise(intervals))
    assert intervals[-1][1] == MEDIA.duration_ms / 1000


def test_words_of_one_tier_never_overlap() -> None:
    talk = Transcript((said("one two", 0, 2000, "A"), said("three four", 1000, 1100, "A")))
    drafts = read(published("textgrid", talk)[0], "a.textgrid").drafts
    assert [(d.text, d.start_ms, d.end_ms) for d in drafts] == [
        ("one two", 0, 1000),
        ("three four", 1000, 1100),
    ]


def test_chat_has_a_code_for_each_speaker_and_tells_what_it_left_out() -> None:
    data, lost = published("cha")
    assert "sounds such as music are left out; signs that CHAT takes for codes" in lost
    written = data.decode()
    assert "@Participants:\tANN Ann_Berg Unidentified, BEN Ben Unidentified, " in written
    assert "*BEN:\tThanks. I'm glad to be here . \x155200_9000\x15\n" in written
    drafts = read(data, "a.cha").drafts
    assert [(d.speaker, d.start_ms, d.end_ms) for d in drafts] == [
        each[1:] for each in spoken()[1:]
    ]
    talk = Transcript((said("So [door slams] yes", 0, 1000, "A"),))
    assert "*AXX:\tSo &=door_slams yes . " in published("cha", talk)[0].decode()


def test_lyrics_have_hundredths_and_empty_lines_for_pauses() -> None:
    lines = published("lrc")[0].decode().splitlines()
    assert lines[0] == "[ti:My <Talk>]"
    assert "[00:05.20]Ben: Thanks. I'm glad to be here." in lines
    assert "[00:23.00]" in lines
    assert "[60:00.00]Ann Berg: And that is all." in lines


def test_f4_puts_the_end_of_each_paragraph_behind_it() -> None:
    lines = published("f4")[0].decode().splitlines()
    assert lines[1] == "Ann Berg: Welcome to R&D, it's 5 < 6! #00:00:05-0#"


def test_text_has_times_speakers_notes_and_line_numbers_as_chosen() -> None:
    segments = published("txt", times="segment", has_notes=True)[0].decode().splitlines()
    assert segments[1:3] == ["[0:02] Ann Berg: Welcome to R&D, it's 5 < 6!", "[Note: ask Ann]"]
    bare = published("txt", has_speakers=False, has_line_numbers=True)[0].decode().splitlines()
    assert bare[1:3] == ["2  Welcome to R&D, it's 5 < 6!", "3  Thanks. I'm glad to be here."]
    steps = published("md", times="5")[0].decode().split("\n\n")
    assert steps[2] == r"**Ben:** \[0:05\] Thanks. I'm glad to be here."
    assert steps[3].startswith(r"**Ann Berg:** Žluť, crème \[0:10\] brûlée")
    assert "> Note: ask Ann\n" in published("md", has_notes=True)[0].decode()
    with pytest.raises(InvalidValue, match="none, segment, turn, or a number of seconds"):
        published("txt", times="often")


def test_word_has_comments_line_numbers_and_arabic_from_the_right() -> None:
    docx = pytest.importorskip("docx")
    data, _ = published("docx", times="turn", has_notes=True, has_line_numbers=True)
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[1] == "[0:02] Ann Berg: Welcome to R&D, it's 5 < 6!"
    assert [comment.text for comment in document.comments] == ["ask Ann", "تحقق من الاسم"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count("<w:bidi/>") == 1
    assert "<w:lnNumType " in body


def test_every_format_is_listed_by_purpose() -> None:
    told = CliRunner().invoke(cli, ["export", "--help"]).stdout
    assert [name for name in WRITABLE if f"\n    {name} " not in told] == []
    assert {FORMATS[name].purpose for name in WRITABLE} == set(PURPOSES)


def test_the_page_offers_every_format() -> None:
    page = Path(__file__).resolve().parents[2] / "static/js/captions/formats.js"
    assert set(re.findall(r'"([a-z0-9-]+)"', page.read_text("utf-8"))) >= {*WRITABLE, "original"}


def test_what_a_format_has_no_place_for_is_told_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>Hi & bye\n")
    (tmp_path / "b.json").write_bytes(published("json")[0])
    result = CliRunner().invoke(
        cli, ["convert", str(tmp_path / "b.json"), "-o", str(tmp_path / "b.stl")]
    )
    assert (result.exit_code, "STL has no code for" in result.stderr) == (0, True)
    assert (tmp_path / "b.stl").read_bytes()[3:11] == b"STL25.01"
    result = CliRunner().invoke(
        cli, ["convert", str(tmp_path / "a.vtt"), "-o", str(tmp_path / "a.podcast.json")]
    )
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1)
    assert json.loads((tmp_path / "a.podcast.json").read_text())["segments"][0]["speaker"] == "Ann"
