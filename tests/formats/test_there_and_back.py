"""From any format that is written to any other: text, speakers, kinds, times and lines stay."""

from __future__ import annotations

import itertools

import pytest

from editor.document import DraftSegment, Media, Segment, Transcript, Word, split_words
from editor.formats import FORMATS, can_write, read, write_captions
from editor.formats.exports import Options, export, transcript_of
from editor.formats.publication import Choices

WRITTEN = ["srt", "vtt", "vtt-words", "ttml", "ass", "json"]
PAIRS = list(itertools.product(WRITTEN, WRITTEN))
PAIRS_WITH_WORDS = list(itertools.product(["vtt-words", "ass", "json"], repeat=2))

MEETING = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ida, Berg>Is it open,
or not?

00:00:03.500 --> 00:00:05.000 line:0
<v Ben>Fine: thanks.

00:00:05.000 --> 00:00:06.000
[door slams]

00:00:06.000 --> 00:00:08.500
<v Ida, Berg><i>Good</i>, R&amp;D is 1 &lt; 2.

00:00:08.500 --> 00:00:10.000
<v Ben>So <00:00:09.000>we <00:00:09.500>go.

00:00:11.000 --> 00:00:12.000
<v Ben>Twice.

00:00:13.000 --> 00:00:16.000
<v Ida, Berg>Yes?</v>
<v Ben>No.</v>

00:00:16.000 --> 00:00:17.000
（笑い声）
"""


def written_as(data: bytes, name: str, format_name: str) -> tuple[bytes, str]:
    """A file's captions in another format, as it holds them; and its name there."""
    result = read(data, name)
    new_name = f"a{FORMATS[format_name].suffixes[0]}"
    if result.shown and can_write(format_name):
        return write_captions(format_name, result.shown, result.head, 0)[0], new_name
    transcript, media = transcript_of(result, name)
    return export(format_name, transcript, media, None, Options()), new_name


def turn(draft: DraftSegment, left_out: str) -> tuple[str, str | None, str, bool]:
    speaker = draft.speaker and draft.speaker.replace(left_out, "")
    return draft.text, speaker, draft.kind, draft.new_turn


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_turns_and_times_stay_from_format_to_format(first: str, second: str) -> None:
    there, name = written_as(MEETING.encode(), "a.vtt", first)
    back, name = written_as(there, name, second)
    before, after = read(MEETING.encode(), "a.vtt"), read(back, name)
    # In the fields of ASS a comma would end the name.
    left_out = "," if "ass" in (first, second) else ""
    assert [turn(draft, left_out) for draft in after.drafts] == [
        turn(draft, left_out) for draft in before.drafts
    ]
    # Where the caption of two speakers is cut, is guessed.
    guessed = {"Yes?": "end_ms", "No.": "start_ms"}
    for was, now in zip(before.drafts, after.drafts, strict=True):
        for key in {"start_ms", "end_ms"} - {guessed.get(was.text)}:
            assert getattr(now, key) == getattr(was, key)


@pytest.mark.parametrize(("first", "second"), PAIRS_WITH_WORDS)
def test_times_of_words_stay_where_both_formats_have_them(first: str, second: str) -> None:
    there, name = written_as(MEETING.encode(), "a.vtt", first)
    back, name = written_as(there, name, second)
    drafts = {draft.text: draft.word_times_ms for draft in read(back, name).drafts}
    assert drafts["So we go."] == ((8500, 9000), (9000, 9500), (9500, 10_000))


def test_a_page_of_its_own_and_one_of_hyperaudio_give_back_the_times_of_words() -> None:
    there, name = written_as(MEETING.encode(), "a.vtt", "vtt-words")
    transcript, media = transcript_of(read(there, name), name)
    page = export("html", transcript, media, None, Options())
    back = read(page, "a.html").drafts
    said = [
        (word, s)
        for d in back
        for word, (s, _) in zip(split_words(d.text), d.word_times_ms, strict=True)
    ]
    words = [word for segment in transcript.segments for word in segment.words]
    assert [text for text, _ in said] == [word.text for word in words]
    assert all(abs(ms - word.start_ms) < 10 for (_, ms), word in zip(said, words, strict=True))
    assert [d.speaker for d in back if d.text.startswith("Fine")] == ["Ben"]


def test_words_of_a_page_have_their_own_ends_where_it_tells_them() -> None:
    page = (
        '<html><p><b class="speaker" data-m="500">[Ana] </b><span data-m="500" data-d="300">Good'
        '</span> <span data-m="800" data-d="x">day,</span><span data-m="1300" data-d="400"> all'
        '</span></p><p><span data-m="99999999999">Ben</span><span data-m="2500">Yes</span></html>'
    )
    first, second = read(page.encode(), "a.html").drafts
    assert (first.speaker, first.text) == ("Ana", "Good day, all")
    assert first.word_times_ms == ((500, 800), (800, 1300), (1300, 1700))
    assert (second.text, second.start_ms) == ("BenYes", 2500)


def test_a_page_of_its_own_has_notes_and_no_times_where_that_is_chosen() -> None:
    words = (Word("hi", 0, 900), Word("there.", 1000, 1900))
    talk = Transcript((Segment("a", "hi there.", words, speaker="Ann", note="ask <b>Ann</b>"),))
    options = Options(choices=Choices(times="none", has_notes=True))
    page = export("html", talk, Media("a.mp3", 3000), None, options)
    assert '<p class="note" dir="auto">ask &lt;b&gt;Ann&lt;/b&gt;</p>' in page.decode()
    assert 'class="time"' not in page.decode()
    assert [(d.speaker, d.text) for d in read(page, "a.html").drafts] == [("Ann", "hi there.")]
