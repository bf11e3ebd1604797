"""What holds for all formats: which one a file is in, and that the text reads back."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from editor.captions import Cue, cues_from_segments
from editor.cli import cli
from editor.document import Media, Segment, Transcript, Word, join_lines, split_words
from editor.errors import EditorError, ExportRefused, UnreadableTranscript
from editor.formats import DOCX_TYPE, FORMATS, WRITABLE, Publication, export, read
from editor.formats.drafts import ROLLED
from tests.support.chance import examples
from tests.support.players import in_ffmpeg, in_pysubs2

MEDIA = Media("a.mp3", 60_000)


@pytest.mark.parametrize(
    ("name", "text", "format_name"),
    [
        ("a.txt", "Hi", "txt"),
        ("a", "Hi", "txt"),
        ("a.docx", "Hi", "txt"),
        ("a.TXT", "1\n00:00:01,000 --> 00:00:02,000\nHi", "srt"),
        ("a.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "vtt"),
        ("a.vtt", "00:01.000 --> 00:02.000\nHi", "vtt"),
        ("a", '{"version": 1, "segments": [{"text": "Hi"}]}', "json"),
    ],
)
def test_format_is_told_by_content_and_name(name: str, text: str, format_name: str) -> None:
    result = read(text.encode(), name)
    assert (result.format, result.drafts[0].text) == (format_name, "Hi")


def test_unknown_format_is_not_written() -> None:
    with pytest.raises(ExportRefused, match="the formats are txt, srt, vtt, json, "):
        export("sbv", Publication(Transcript(()), MEDIA, cues_from_segments))


@examples(150)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    st.sampled_from([f"a{one.suffixes[0]}" for one in FORMATS.values()]),
)
def test_any_bytes_are_read_or_refused_in_our_words(data: bytes, name: str) -> None:
    with suppress(EditorError):
        result = read(data, name)
        assert result.drafts or result.problems


_AT = ["00:01.0 --> 00:02.0"]
_MESS = ["1", "2", *_AT, "9:9 --> x", "-->", "", "Hi", "- Yo", "<v A>b"]


@examples(150)
@given(st.lists(st.sampled_from(_MESS), max_size=14), st.sampled_from(["a.srt", "a.vtt"]))
@example(["Hi", *_AT, "1", "", "1", *_AT], "a.srt")
@example(["Hi", *_AT, "1", "", "Hi", *_AT, "2"], "a.srt")
@example([*_AT, "2", "Hi", *_AT, "2", "Hi", *_AT, "Hi", "1", *_AT, "1", "Hi"], "a.srt")
def test_no_word_of_a_messy_file_goes_silently(lines: list[str], name: str) -> None:
    try:
        result = read("\n".join(lines).encode(), name)
    except EditorError:
        return
    told = " ".join([d.text for d in result.drafts] + [p.text for p in result.problems])
    # In WebVTT the line above the times may be the caption's name.
    texts = [a for a, b in pairwise([*lines, ""]) if name == "a.srt" or "-->" not in b]
    # Of lines that roll on from caption to caption, it is told that each was read once.
    most = 1 if any(p.reason == ROLLED for p in result.problems) else len(lines)
    assert told.count("Hi") >= min(most, texts.count("Hi"))
    assert told.count("Yo") >= min(most, texts.count("- Yo"))


_WORDS = st.lists(
    st.text("abcXYZ'éß今ก", min_size=1, max_size=12).map(lambda w: w + "."), min_size=1, max_size=22
)

_ENDINGS = [
    "",
    " & <3",
    " R&D;",
    " 1 > 0",
    " {a} C:\\d",
    " *x* [y](z) _w_ #v `u`",
    " 1. -",
    " <i> &lt;",
]


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    segments, start_ms = [], 0
    for number, texts in enumerate(draw(st.lists(_WORDS, min_size=1, max_size=6))):
        text = " ".join(texts) + draw(st.sampled_from(_ENDINGS))
        words = []
        for word in split_words(text):
            start_ms += draw(st.integers(20, 900))
            words.append(Word(word, start_ms, start_ms + 20, "heard", 0.5))
        speaker = draw(st.sampled_from([None, None, "ANN", "Bob Lee", "Speaker 1", "zoë"]))
        turn = draw(st.booleans())
        segments.append(Segment(f"s{number}", text, tuple(words), speaker, new_turn=turn))
    return Transcript(tuple(segments))


def plain(cues: tuple[Cue, ...]) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, join_lines(cue.lines)) for cue in cues]


#: How far a time may be off, by format.
RESOLUTION_MS = {"srt": 0, "vtt": 0, "vtt-words": 0, "ttml": 0, "ass": 10}


@examples(200)
@given(transcripts(), st.sampled_from(list(RESOLUTION_MS)))
def test_written_captions_read_back_with_text_and_times(text: Transcript, name: str) -> None:
    cues = cues_from_segments(text)
    written = export(name, Publication(text, MEDIA, cues_from_segments)).data
    result = read(written, f"a.{name.partition('-')[0]}")
    assert result.problems == ()
    assert [d.text for d in result.drafts] == [join_lines(cue.lines) for cue in cues]
    assert [d.speaker for d in result.drafts] == [cue.speaker for cue in cues]
    for draft, cue in zip(result.drafts, cues, strict=True):
        assert abs((draft.start_ms or 0) - cue.start_ms) <= RESOLUTION_MS[name]
        assert abs((draft.end_ms or 0) - cue.end_ms) <= 2 * RESOLUTION_MS[name]


@examples(100)
@given(transcripts(), st.sampled_from(["vtt-words", "ass"]))
def test_word_times_read_back(text: Transcript, name: str) -> None:
    cues = cues_from_segments(text)
    written = export(name, Publication(text, MEDIA, cues_from_segments)).data
    drafts = read(written, f"a.{name.partition('-')[0]}").drafts
    for draft, cue in zip(drafts, cues, strict=True):
        if len(cue.words) == 1 and name == "vtt-words":
            continue
        for (start_ms, _), word in zip(draft.word_times_ms, cue.words, strict=True):
            assert abs(start_ms - word.start_ms) <= RESOLUTION_MS[name]


@examples(100)
@given(transcripts(), st.sampled_from(["md", "docx"]))
def test_written_paragraphs_read_back(text: Transcript, name: str) -> None:
    written = export(name, Publication(text, MEDIA, cues_from_segments)).data
    drafts = read(written, f"a.{name}").drafts
    said = [(word.text, segment.speaker) for segment in text.segments for word in segment.words]
    assert [(word, draft.speaker) for draft in drafts for word in split_words(draft.text)] == said


@examples(80)
@given(transcripts(), st.sampled_from(["txt", "json"]))
def test_written_transcripts_read_back(text: Transcript, name: str) -> None:
    written = export(name, Publication(text, MEDIA, cues_from_segments, {})).data
    result = read(written, f"a.{name}")
    segments = text.segments
    assert [(d.text, d.speaker) for d in result.drafts] == [(s.text, s.speaker) for s in segments]
    if name == "json":
        assert [d.words for d in result.drafts] == [s.words for s in segments]


@examples(30)
@given(transcripts(), st.sampled_from(["srt", "vtt"]))
def test_others_see_the_same_cues(text: Transcript, name: str) -> None:
    data = export(name, Publication(text, MEDIA, cues_from_segments)).data
    written = data.decode()
    times = [(start_ms, end_ms) for start_ms, end_ms, _ in plain(cues_from_segments(text))]
    assert [cue[:2] for cue in in_pysubs2(written, name)] == times
    assert [cue[:2] for cue in in_ffmpeg(written, name)] == times


def test_suffixes_and_types_are_told() -> None:
    assert {name: (one.suffixes[0], one.mime_type) for name, one in FORMATS.items()} == {
        "txt": (".txt", "text/plain"),
        "srt": (".srt", "application/x-subrip"),
        "vtt": (".vtt", "text/vtt"),
        "json": (".json", "application/json"),
        "vtt-words": (".words.vtt", "text/vtt"),
        "vtt-json": (".json.vtt", "text/vtt"),
        "md": (".md", "text/markdown"),
        "ttml": (".ttml", "application/ttml+xml"),
        "ass": (".ass", "text/x-ssa"),
        "sbv": (".sbv", "text/plain"),
        "srv": (".srv3", "application/xml"),
        "textgrid": (".textgrid", "text/plain"),
        "eaf": (".eaf", "application/xml"),
        "lrc": (".lrc", "text/plain"),
        "audacity": (".labels", "text/plain"),
        "csv": (".csv", "text/csv"),
        "tsv": (".tsv", "text/tab-separated-values"),
        "scc": (".scc", "text/plain"),
        "sami": (".smi", "text/plain"),
        "frames": (".sub", "text/plain"),
        "exb": (".exb", "application/xml"),
        "trs": (".trs", "application/xml"),
        "cha": (".cha", "text/plain"),
        "stm": (".stm", "text/plain"),
        "ctm": (".ctm", "text/plain"),
        "docx": (".docx", DOCX_TYPE),
        "timestamped": (".times.txt", "text/plain"),
        "odt": (".odt", "application/vnd.oasis.opendocument.text"),
        "rtf": (".rtf", "application/rtf"),
        "pdf": (".pdf", "application/pdf"),
        "html": (".html", "text/html"),
        "stl": (".stl", "application/octet-stream"),
        "ebu-tt-d": (".ebuttd.xml", "application/ttml+xml"),
        "imsc": (".imsc.ttml", "application/ttml+xml"),
        "podcast": (".podcast.json", "application/json"),
        "podcast-vtt": (".podcast.vtt", "text/vtt"),
        "podcast-srt": (".podcast.srt", "application/x-subrip"),
        "podcast-html": (".podcast.html", "text/html"),
        "podcast-ttml": (".podcast.ttml", "application/ttml+xml"),
        "chapters": (".chapters.json", "application/json+chapters"),
        "chapters-youtube": (".chapters.txt", "text/plain"),
        "chapters-podlove": (".psc.xml", "application/xml"),
        "show-notes": (".notes.txt", "text/plain"),
        "edl": (".edl", "text/plain"),
        "fcpxml": (".fcpxml", "application/xml"),
        "otio": (".otio", "application/json"),
        "edl-cut": (".cut.edl", "text/plain"),
        "fcpxml-cut": (".cut.fcpxml", "application/xml"),
        "otio-cut": (".cut.otio", "application/json"),
        "reaper": (".reaper.csv", "text/csv"),
        "f4": (".f4.txt", "text/plain"),
        "codes": (".codes.csv", "text/csv"),
        "codes-json": (".codes.json", "application/json"),
    }


@pytest.mark.parametrize("name", WRITABLE)
def test_an_empty_transcript_is_written_only_as_what_can_be_read_again(name: str) -> None:
    def written() -> bytes:
        return export(name, Publication(Transcript(()), MEDIA, cues_from_segments)).data

    if name in ("vtt", "vtt-words", "json"):
        assert read(written(), f"a{FORMATS[name].suffixes[0]}").drafts == ()
    else:
        with pytest.raises(ExportRefused, match="the text is empty, so there is nothing to write"):
            written()


def test_a_person_can_have_a_file_read_as_another_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1\n00:00:01,000 --> 00:00:02,000\nANA: Hi.\n")

    def run(*more: str) -> tuple[int, str, str]:
        arguments = ["convert", str(tmp_path / "a.txt"), "--format", "txt", *more]
        result = CliRunner().invoke(cli, arguments)
        return result.exit_code, result.stdout, result.stderr.replace(f"{tmp_path}/", "")

    told = "a.txt: SubRip captions (SRT) with times, 1 speaker\n"
    assert run() == (0, "ANA: Hi.\n", told)
    plain = "1\n00:00:01,000 --> 00:00:02,000\nANA: Hi.\n"
    assert run("--from", "txt") == (0, plain, "a.txt: plain text without times, 1 speaker\n")
    with pytest.raises(UnreadableTranscript, match=r"not a Word document \(DOCX\); choose another"):
        read(b"Hi", "a.txt", kind="docx")
