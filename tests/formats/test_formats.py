from __future__ import annotations

import io
import json
from pathlib import Path

import av
import jsonschema
import pysubs2
import pytest

import editor.formats
from editor.document import Media, Segment, Transcript, Word, split_words
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats import export, read

MEDIA = Media("talk.mp3", 60_000)


def transcript() -> Transcript:
    lines = [
        ("Fish & chips < 5 --> ok", "ANN", True),
        ("and more", "ANN", False),
        ("No name here", None, True),
    ]
    segments, at = [], 1000
    for index, (text, speaker, new_turn) in enumerate(lines):
        words = []
        for word in split_words(text):
            words.append(Word(word, at, at + 300))
            at += 350
        segments.append(
            Segment(f"s{index}", text, tuple(words), speaker=speaker, new_turn=new_turn)
        )
    return Transcript(tuple(segments))


def texts(data: bytes, name: str) -> list[tuple[str, str | None, bool, str]]:
    return [(d.text, d.speaker, d.new_turn, d.kind) for d in read(data, name).drafts]


def test_plain_text_marks_are_read_and_prose_is_not_a_label() -> None:
    text = b"(upbeat music)\n- Hey you.\nANN: Hi.\nMore of Ann.\nDas ist:\nAnd he said: go\n"
    assert texts(text, "a.txt") == [
        ("(upbeat music)", None, False, "sound"),
        ("Hey you.", None, True, "speech"),
        ("Hi.", "ANN", True, "speech"),
        ("More of Ann.", "ANN", False, "speech"),
        ("Das ist:", "ANN", False, "speech"),
        ("And he said: go", "ANN", False, "speech"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings_are_found(encoding: str) -> None:
    text = "Déjà, la mer était calme et la lumière du phare brillait.\r\nÀ bientôt.\r\n"
    result = read(text.encode(encoding), "a.txt")
    assert result.drafts[0].text.startswith("Déjà, la mer était")
    assert result.encoding_is_guess == (encoding == "latin-1")


def test_wrong_encoding_named_by_the_person_is_told() -> None:
    with pytest.raises(UnreadableTranscript, match=r"a\.txt: it is not written in utf-8"):
        read("é".encode("latin-1"), "a.txt", encoding="utf-8")


SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Hello</i> &amp; welcome

two
00:61:02,500 --> 00:00:04,000
lost

00:05.000 --> 00:06.000
- Hi.
- Ho.
4
00:00:07,000 --> 00:00:08,000
Bye.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_damaged_srt_gives_what_can_be_read_and_lists_the_rest(ends: str) -> None:
    result = read(SRT.replace("\n", ends).encode(), "a.srt")
    assert [(d.text, d.start_ms, d.end_ms, d.new_turn) for d in result.drafts] == [
        ("Hello & welcome", 1000, 2500, False),
        ("Hi.", 5000, 5500, True),
        ("Ho.", 5500, 6000, True),
        ("Bye.", 7000, 8000, False),
    ]
    assert [(p.line, p.text) for p in result.problems] == [(6, "00:61:02,500 --> 00:00:04,000")]


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_file_without_any_caption_is_refused(name: str) -> None:
    with pytest.raises(UnreadableTranscript, match="no caption can be read"):
        read(b"just words", name)


def test_rolling_captions_of_youtube_are_read_once() -> None:
    vtt = (
        "WEBVTT\nKind: captions\n\n00:00.000 --> 00:02.000\n \nhello<00:00:01.000><c> there</c>\n\n"
        "00:02.000 --> 00:02.010\nhello there\n \n\n00:02.010 --> 00:04.000\nhello there\n"
        "my<00:00:03.000><c> friend</c>\n"
    )
    drafts = read(vtt.encode(), "a.vtt").drafts
    assert [(d.text, d.word_times_ms) for d in drafts] == [
        ("hello there", ((0, 1000), (1000, 2000))),
        ("my friend", ((2010, 3000), (3000, 4000))),
    ]


@pytest.mark.parametrize("format_name", ["srt", "vtt", "json", "txt"])
def test_what_is_written_reads_back(format_name: str) -> None:
    written = export(format_name, transcript(), media=MEDIA)
    back = read(written.encode(), f"a.{format_name}").drafts
    arrow = "->" if format_name == "srt" else "-->"
    assert [d.text for d in back] == [
        f"Fish & chips < 5 {arrow} ok",
        "and more",
        "No name here",
    ]
    assert [d.new_turn for d in back] == [True, False, True]
    assert back[0].speaker == "ANN"


@pytest.mark.parametrize("format_name", ["srt", "vtt"])
def test_other_parsers_see_the_same_cues(format_name: str) -> None:
    written = export(format_name, transcript(), media=MEDIA)
    ours = [(d.start_ms, d.end_ms) for d in read(written.encode(), f"a.{format_name}").drafts]
    theirs = pysubs2.SSAFile.from_string(written)
    assert [(event.start, event.end) for event in theirs] == ours
    with av.open(io.BytesIO(written.encode()), "r") as container:
        packets = [p for p in container.demux() if p.size]
        assert [int(p.pts or 0) for p in packets] == [start for start, _ in ours]


def test_json_keeps_to_its_schema() -> None:
    schema = Path(editor.formats.__file__).with_name("transcript.schema.json").read_text("utf-8")
    jsonschema.validate(
        json.loads(export("json", transcript(), media=MEDIA, coverage=None)), json.loads(schema)
    )


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 1, "segments": [{}]}'])
def test_json_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTranscript, match=r"a\.json"):
        read(text.encode(), "a.json")


def test_unknown_format_and_preset_are_refused() -> None:
    with pytest.raises(ExportRefused, match="docx"):
        export("docx", transcript(), media=MEDIA)
    with pytest.raises(ExportRefused, match="preset"):
        export("srt", transcript(), media=MEDIA, preset="x")
