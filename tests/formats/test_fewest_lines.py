"""A person's own file, odd but valid: what was corrected differs, and no line beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from editor.document import Transcript
from editor.edits import edit_text, merge, split
from editor.formats import read
from tests.formats.patch.test_original import exported, unchanged
from tests.support.chance import examples

_DECORATED = ("{}", "{}", "{}", "<i>{}</i>", "<b>{}", "{}</b>", "{}&amp;x", "{},", "“{}”", "{}?")
_SRT = (*_DECORATED, '<font color="#f00">{}</font>', "{{\\an8}}{}", "{{\\i1}}{}{{\\i0}}")
_VTT = (*_DECORATED, "<c.a.b>{}</c>", "<lang en>{}</lang>", "{}&nbsp;y", "&lrm;{}")
_NAMES = ("", "", "name\n", "7 of 9\n", "{number}\n")
_SETTINGS = ("", "", " align:start", " position:10%,line-left size:40%\tfoo", " ")
_BETWEEN = ("", "", "", "NOTE\nof more\nlines\n\n", "NOTE one\n\n", "\n\n")


@dataclass(frozen=True)
class File:
    """A file, its name, and the lines of its text with the words that stand in each."""

    name: str
    data: bytes
    lines: list[tuple[int, list[str]]]

    def after(self, changes: dict[str, str]) -> list[str]:
        """Its lines with words changed."""
        lines = self.data.decode().split("\n")
        for at, words in self.lines:
            for word in words:
                lines[at] = lines[at].replace(word, changes.get(word, word))
        return lines


@st.composite
def files(draw: st.DrawFn) -> File:
    """SubRip or WebVTT with markup, names, settings, notes and blank lines of all kinds."""
    is_vtt = draw(st.booleans())
    numbers, at_ms = count(), count(1000, 3000)
    text = draw(st.sampled_from(["", "\ufeff"]))
    if is_vtt:
        text += draw(st.sampled_from(["WEBVTT\n\n", "WEBVTT - x\nKind: y\n\nSTYLE\n::cue {}\n\n"]))
    lines = list[tuple[int, list[str]]]()
    for number in range(draw(st.integers(3, 7))):
        if is_vtt:
            text += draw(st.sampled_from(_BETWEEN)) + draw(st.sampled_from(_NAMES))
        else:
            text += f"{number + 1}{draw(st.sampled_from(['', ' ']))}\n"
        start_ms = next(at_ms)
        decimal = "." if is_vtt else draw(st.sampled_from([",", ",", "."]))
        span = (
            f"00:00:{ms // 1000:02}{decimal}{ms % 1000:03}" for ms in (start_ms, start_ms + 2500)
        )
        text += " --> ".join(span) + draw(
            st.sampled_from(_SETTINGS if is_vtt else ("", " X1:1 Y2:2"))
        )
        for _ in range(draw(st.integers(1, 3))):
            words = [f"w{next(numbers)}q" for _ in range(draw(st.integers(1, 4)))]
            shown = [draw(st.sampled_from(_VTT if is_vtt else _SRT)).format(word) for word in words]
            text += "\n"
            lines.append((text.count("\n"), words))
            text += draw(st.sampled_from([" ", "  "])).join(shown)
        text += "\n" * draw(st.integers(2, 4 if is_vtt else 3))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    name = "a.vtt" if is_vtt else "a.srt"
    return File(name, text.replace("\n", end).encode(), lines)


def corrected(transcript: Transcript, changes: dict[str, str]) -> Transcript:
    segments = []
    for segment in transcript.segments:
        text = segment.text
        for word, new in changes.items():
            text = text.replace(word, new)
        segments.append(edit_text(segment, text, before_ms=segment.start_ms or 0, after_ms=None))
    return Transcript(tuple(segments))


@examples(120)
@given(files(), st.data())
def test_three_corrected_words_make_three_lines_differ(file: File, data: st.DataObject) -> None:
    assert exported(file.data, file.name, unchanged) == file.data
    chosen = data.draw(
        st.lists(
            st.sampled_from(file.lines), min_size=3, max_size=3, unique_by=lambda each: each[0]
        )
    )
    words = [data.draw(st.sampled_from(words)) for _, words in chosen]
    changes = {word: data.draw(st.sampled_from(["Bo", "R&D", "éa"])) for word in words}
    written = exported(file.data, file.name, lambda transcript: corrected(transcript, changes))
    escaped = {
        word: new.replace("&", "&amp;") if file.name == "a.vtt" else new
        for word, new in changes.items()
    }
    assert written.decode().split("\n") == file.after(escaped)
    before = file.data.decode().split("\n")
    assert sum(a != b for a, b in zip(before, file.after(escaped), strict=True)) == 3


@examples(60)
@given(files(), st.integers(0, 1000))
def test_a_segment_joined_or_split_changes_no_line(file: File, wanted: int) -> None:
    def joined(transcript: Transcript) -> Transcript:
        segments = list(transcript.segments)
        at = wanted % (len(segments) - 1)
        segments[at : at + 2] = [merge(segments[at], segments[at + 1])]
        return Transcript(tuple(segments))

    def split_up(transcript: Transcript) -> Transcript:
        segments = list(transcript.segments)
        at = wanted % len(segments)
        if len(segments[at].words) > 1:
            offset = segments[at].text.index(segments[at].words[1].text, 1)
            segments[at : at + 1] = split(segments[at], offset, new_id="new")
        return Transcript(tuple(segments))

    assert exported(file.data, file.name, joined) == file.data
    assert exported(file.data, file.name, split_up) == file.data


@examples(60)
@given(files(), st.data())
def test_a_word_changed_in_a_joined_segment_changes_its_line_alone(
    file: File, data: st.DataObject
) -> None:
    _, words = data.draw(st.sampled_from(file.lines))
    changes = {words[0]: "Bo"}

    def edit(transcript: Transcript) -> Transcript:
        first, second, *rest = transcript.segments
        return corrected(Transcript((merge(first, second), *rest)), changes)

    assert exported(file.data, file.name, edit).decode().split("\n") == file.after(changes)


@examples(60)
@given(files())
def test_a_name_given_to_a_speaker_leaves_the_lines_of_captions_without_one(file: File) -> None:
    def named(transcript: Transcript) -> Transcript:
        return Transcript(tuple(replace(one, speaker="Ann") for one in transcript.segments))

    assert exported(file.data, file.name, named) == file.data


def test_tags_and_times_inside_a_corrected_caption_stay() -> None:
    data = (
        b"WEBVTT\n\n00:01.000 --> 00:04.000 align:start\n"
        b"<v.loud Ann><00:01.200><c.a>one</c> <00:02.000><i>to</i> <00:03.000>three\nfour</v>\n"
    )
    words = {"to": "two"}
    written = exported(data, "a.vtt", lambda transcript: corrected(transcript, words))
    assert written == data.replace(b"<i>to</i>", b"<i>two</i>")
    assert [draft.text for draft in read(written, "a.vtt").drafts] == ["one two three four"]
