"""WebVTT of other tracks than captions: read where words stand in it, else refused by its name."""

from __future__ import annotations

import pytest

from editor.document import Transcript
from editor.edits import edit_text
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats import export_original, read
from editor.formats.exports import Options, convert, transcript_of

MEETING = """WEBVTT

00:00:01.500 --> 00:00:02.250
{"speakerName":"Ida Berg","spokenText":"Is it \\"done\\"?","spokenLanguage":"en-gb"}

00:00:03.000 --> 00:00:04.000
{"speakerName":"Óli","spokenText":"Yes.",
"spokenLanguage":"en-gb"}

00:00:05.000 --> 00:00:06.000
{"speakerName":"Óli","spokenText":""}
"""


def test_words_and_names_within_json_are_read() -> None:
    drafts = read(MEETING.encode(), "a.vtt").drafts
    assert [(d.text, d.speaker, d.start_ms, d.end_ms) for d in drafts] == [
        ('Is it "done"?', "Ida Berg", 1500, 2250),
        ("Yes.", "Óli", 3000, 4000),
    ]


def test_captions_of_json_are_not_edited_in_place() -> None:
    reading = read(MEETING.encode(), "a.vtt")
    with pytest.raises(ExportRefused, match="written anew only"):
        export_original(MEETING.encode(), "a.vtt", None, transcript_of(reading, "a.vtt")[0])


def track(head: str, *texts: str) -> bytes:
    cues = (f"\n00:0{n}:00.000 --> 00:0{n}:30.000\n{text}\n" for n, text in enumerate(texts))
    return f"{head}\n{''.join(cues)}".encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (track("WEBVTT\nKind: chapters\nLanguage: en", "Intro", "The end"), "chapters"),
        (track("WEBVTT - Chapters of part 2", "Intro"), "chapters"),
        (track("WEBVTT\nKind: metadata", "x=1"), "metadata"),
        (track("WEBVTT", '{"ad":true}', "[1, 2]"), "metadata"),
        (track("WEBVTT", "a.jpg#xywh=0,0,160,90", "https://a.example/b.webp?v=2"), "thumbnails"),
    ],
)
def test_what_nobody_says_is_refused_by_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTranscript, match=f"{reason}.*captions"):
        read(data, "a.vtt")


def test_a_caption_that_names_a_picture_is_speech() -> None:
    assert len(read(track("WEBVTT", "holiday.jpg", "That is it."), "a.vtt").drafts) == 2


def test_captions_of_nothing_but_sounds_are_captions() -> None:
    assert len(read(track("WEBVTT", "[Music]", "[ 笑い声 ]"), "a.vtt").drafts) == 2


RUBY = "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>かん</rt>字<rt>じ</ruby>です\n"


def test_readings_above_words_are_not_said_and_kept() -> None:
    result = read(RUBY.encode(), "a.vtt")
    assert [draft.text for draft in result.drafts] == ["漢字です"]
    assert [(one.value, one.first, one.end) for one in result.shown[0].styles] == [
        ("かん", 0, 1),
        ("じ", 1, 2),
    ]
    keeps = Options(keeps_captions=True)
    for form in ("vtt", "ttml"):
        there = convert(RUBY.encode(), "a.vtt", format_name=form, options=keeps)
        assert there.lost == ""
        assert read(there.data, f"a.{form}").shown[0].styles == result.shown[0].styles
    there = convert(RUBY.encode(), "a.vtt", format_name="srt", options=keeps)
    assert "readings above words" in there.lost
    assert "かん".encode() not in there.data


def test_a_word_below_a_reading_is_edited_in_place() -> None:
    text, _ = transcript_of(read(RUBY.encode(), "a.vtt"), "a.vtt")
    assert export_original(RUBY.encode(), "a.vtt", None, text) == RUBY.encode()
    said = text.segments[0]
    changed = edit_text(said, "漢字でした", before_ms=0, after_ms=None)
    written = export_original(RUBY.encode(), "a.vtt", None, Transcript((changed,)))
    assert written.decode() == RUBY.replace("です", "でした")
