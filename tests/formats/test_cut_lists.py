"""Cut lists: what stays of a recording as clips, for editors of film."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from editor.document import Media, Segment, Transcript, Word
from editor.edits.pseudonyms import Pseudonyms
from editor.formats.exports import Options, publish
from editor.formats.publication import Choices

WORDS = (
    Word("so", 0, 1000),
    Word("um", 2000, 3000, struck=True),
    Word("yes", 4000, 5000),
    Word("er", 5200, 6200, struck=True),
)
TALK = Transcript((Segment("a", "so um yes er", WORDS),))


def published(name: str, rate: str = "25", *, has_video: bool = False, offset_ms: int = 0) -> str:
    media = Media("my talk.mp4", 8000, has_video)
    options = Options(offset_ms=offset_ms, choices=Choices(frame_rate=rate), title="R&D")
    return publish(name, TALK, media, None, options).data.decode()


def test_an_edl_lists_source_and_record_times() -> None:
    assert published("edl-cut", has_video=True) == (
        "TITLE: R&D\nFCM: NON-DROP FRAME\n\n"
        "001  AX       AA/V  C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n"
        "* FROM CLIP NAME: my talk.mp4\n\n"
        "002  AX       AA/V  C        00:00:04:00 00:00:05:05 01:00:02:00 01:00:03:05\n"
        "* FROM CLIP NAME: my talk.mp4\n\n"
        "003  AX       AA/V  C        00:00:06:05 00:00:08:00 01:00:03:05 01:00:05:00\n"
        "* FROM CLIP NAME: my talk.mp4\n\n"
    )


def test_fcpxml_lays_clips_one_behind_the_other() -> None:
    root = ElementTree.fromstring(published("fcpxml-cut", "29.97", has_video=True))
    clips = [(c.get("offset"), c.get("start"), c.get("duration")) for c in root.iter("asset-clip")]
    assert clips == [
        ("0s", "0s", "60060/30000s"),
        ("60060/30000s", "120120/30000s", "36036/30000s"),
        ("96096/30000s", "186186/30000s", "54054/30000s"),
    ]
    assert [one.get("src") for one in root.iter("media-rep")] == ["my%20talk.mp4"]


@pytest.mark.parametrize("rate", ["25", "23.976"])
def test_opentimelineio_plays_the_parts_that_stay(rate: str) -> None:
    otio = pytest.importorskip("opentimelineio")
    timeline = otio.adapters.read_from_string(published("otio-cut", rate), "otio_json")
    ranges = [clip.source_range for clip in timeline.find_clips()]
    starts = [round(one.start_time.to_seconds(), 1) for one in ranges]
    assert starts == [0.0, 4.0, 6.2]
    assert round(timeline.duration().to_seconds(), 1) == 5.0
    assert json.loads(published("otio-cut", rate))["tracks"]["children"][0]["kind"] == "Audio"


@pytest.mark.parametrize(("offset_ms", "first"), [(3000, "01:00:03:00"), (-7000, "00:59:53:00")])
def test_an_offset_moves_the_cut_and_not_its_source(offset_ms: int, first: str) -> None:
    plain, moved = (
        [
            line.split()[4:]
            for line in published("edl-cut", offset_ms=ms).splitlines()
            if "AA" in line
        ]
        for ms in (0, offset_ms)
    )
    assert [line[:2] for line in moved] == [line[:2] for line in plain]
    assert moved[0][2] == first
    root = ElementTree.fromstring(published("fcpxml-cut", offset_ms=offset_ms))
    starts = [clip.get("start") for clip in root.iter("asset-clip")]
    assert starts == ["0s", "100/25s", "155/25s"]
    # Final Cut Pro knows no time before 0.
    tc_start = "75/25s" if offset_ms > 0 else "0s"
    assert [one.get("tcStart") for one in root.iter("sequence")] == [tc_start]
    assert next(clip.get("offset") for clip in root.iter("asset-clip")) == tc_start
    otio = pytest.importorskip("opentimelineio")
    timeline = otio.adapters.read_from_string(
        published("otio-cut", offset_ms=offset_ms), "otio_json"
    )
    sources = [clip.source_range.start_time.to_seconds() for clip in timeline.find_clips()]
    assert sources == [0.0, 4.0, 6.2]
    assert timeline.global_start_time.to_seconds() == offset_ms / 1000


def test_captions_for_the_copy_have_its_times() -> None:
    media = Media("a.mp3", 8000)
    written = publish("srt", TALK, media, None, Options(is_cut=True))
    assert written.data.decode() == "1\n00:00:00,000 --> 00:00:03,000\nso yes\n\n"
    assert written.lost == ("Left out as struck out: 2 words",)


def test_a_name_half_struck_out_is_cut_as_without_pseudonyms() -> None:
    words = (Word("Anna", 0, 1000), Word("Berg", 1000, 2000, struck=True), Word("yes", 3000, 4000))
    talk, media = Transcript((Segment("a", "Anna Berg yes", words),)), Media("a.mp3", 5000)
    names = Pseudonyms.from_lines(["Anna Berg = Person A"])
    cuts = [
        publish("otio-cut", talk, media, None, Options(pseudonyms=one, title="a")).data
        for one in (None, names)
    ]
    assert cuts[0] == cuts[1]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["Anna Berg = Person A"], "so Person A\n"),
        (["Anna = Berg", "Berg = Anna"], "so Berg Anna\n"),
    ],
)
def test_a_name_parted_by_a_word_struck_out_is_replaced_and_covered(
    lines: list[str], shown: str
) -> None:
    words = (
        Word("so", 0, 500),
        Word("Anna", 1000, 1500),
        Word("um", 1500, 2000, struck=True),
        Word("Berg", 2000, 2500),
    )
    talk, names = (
        Transcript((Segment("a", "so Anna um Berg", words),)),
        Pseudonyms.from_lines(lines),
    )
    options = Options(pseudonyms=names)
    assert publish("txt", talk, Media("a.mp3", 5000), None, options).data.decode() == shown
    covered = {ms for start, end in names.spans(talk) for ms in range(start, end, 100)}
    assert {1000, 2400} <= covered
