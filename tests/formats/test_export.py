from __future__ import annotations

import json
import random
import re
import tracemalloc
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from editor.captions import PRESETS
from editor.cli import cli
from editor.document import Media, Segment, Transcript, Word
from editor.edits import edit_text
from editor.errors import ExportRefused, NotFound
from editor.formats import WRITABLE, read
from editor.formats.bundles import (
    NOT_EXPORTED,
    Batch,
    NamedFile,
    NamesApart,
    Refused,
    file_name,
    zipped,
)
from editor.formats.exports import (
    Options,
    convert,
    export,
    lint_file,
    publish,
    transcript_of,
)
from editor.library.export import export_file, export_several
from tests.formats.areas_vtt import by_area
from tests.formats.odd_vtt import BY_HAND, generated
from tests.formats.parsing_vtt import DIFFERENT, by_rule, mutated
from tests.support.fresh import fresh_store
from tests.support.reading import reading_here
from tests.support.segments import put_segments

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi there\n\nlost\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def test_file_is_converted_without_its_recording(tmp_path: Path) -> None:
    (tmp_path / "in.vtt").write_bytes(VTT)
    result = run("convert", tmp_path / "in.vtt", "-o", tmp_path / "out.srt")
    assert result.exit_code == 0
    assert "line 6: it belongs to no caption: lost" in result.stderr
    assert (tmp_path / "out.srt").read_text("utf-8") == (
        "1\n00:00:01,000 --> 00:00:02,000\n>> Ann: Hi there\n\n"
    )


def test_words_of_a_converted_file_have_times_within_their_caption() -> None:
    document = json.loads(convert(VTT, "in.vtt", format_name="json", options=Options()).data)
    assert document["media"] == {"name": "in.vtt", "duration_ms": 2000, "has_video": False}
    assert [segment["text"] for segment in document["segments"]] == ["Hi there"]
    words = document["segments"][0]["words"]
    assert (words[0]["start_ms"], words[1]["end_ms"]) == (1000, 2000)


def test_lines_of_captions_are_kept_where_segments_are() -> None:
    srt = b"1\n00:00:01,000 --> 00:00:04,000\n- Ann: So the\nrent goes up in May,\nI fear.\n"
    kept = convert(srt, "a.srt", format_name="vtt", options=Options())
    assert b"So the\nrent goes up in May,\nI fear.\n" in kept.data
    broken = convert(srt, "a.srt", format_name="vtt", options=Options(rules=PRESETS["netflix"]))
    assert b"So the rent goes up in May, I fear.\n" in broken.data


def test_file_that_holds_no_caption_becomes_an_empty_one() -> None:
    converted = convert(b"WEBVTT", "in.vtt", format_name="json", options=Options())
    assert json.loads(converted.data)["segments"] == []
    assert read(converted.data, "out.json").drafts == ()


@reading_here
def test_no_file_that_a_browser_opens_fails_to_convert() -> None:
    files = (
        *BY_HAND,
        *generated(60, 0),
        *by_rule(),
        *by_area(),
        *DIFFERENT,
        *mutated(60, 0),
    )
    for text in files:
        if not re.match("\ufeff?WEBVTT(?:[ \\t\\r\\n]|\\Z)", text):
            continue
        written = convert(text.encode(), "a.vtt", format_name="json", options=Options()).data
        again = convert(written, "a.json", format_name="json", options=Options()).data
        segments = [json.loads(each)["segments"] for each in (written, again)]
        texts = [[(s["text"], s["words"]) for s in each] for each in segments]
        assert texts[0] == texts[1]
        lint_file(text.encode(), "a.vtt", PRESETS["netflix"])


def test_file_without_times_is_not_given_any() -> None:
    with pytest.raises(ExportRefused, match=r"a\.txt has no times; align it with its recording"):
        convert(b"Hi", "a.txt", format_name="srt", options=Options())
    assert (
        convert(b"Hi\r\nthere", "a.txt", format_name="txt", options=Options()).data
        == b"Hi\nthere\n"
    )


def test_wrong_file_or_place_is_one_sentence(tmp_path: Path) -> None:
    result = run("convert", tmp_path / "none.srt")
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)
    (tmp_path / "in.vtt").write_bytes(VTT)
    result = run("convert", tmp_path / "in.vtt", "-o", tmp_path / "no" / "out.srt")
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def library(folder: Path, data: bytes | None, name: str) -> str:
    """A transcript whose text came as a file; its first word was mended."""
    store = fresh_store(f"sqlite:///{folder / 'library.db'}")
    result = read(data or VTT, name)
    row = store.create_transcript(
        title="T",
        media_name="a.wav",
        model="base",
        language="en",
        imported=data,
        imported_name=name if data else None,
        imported_format=result.format if data else None,
        imported_encoding=result.encoding if data else None,
    )
    segment, *rest = transcript_of(result, name)[0].segments
    mended = edit_text(segment, "Ho" + segment.text[2:], before_ms=0, after_ms=None)
    put_segments(store, row.id, [mended, *rest])
    store.close()
    return row.id


def test_own_file_is_given_back_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATABASE_URL", f"sqlite:///{tmp_path / 'library.db'}")
    transcript_id = library(tmp_path, VTT, "mine.vtt")
    result = run("export", transcript_id, "--format", "original")
    assert result.stdout_bytes == VTT.replace(b"Hi", b"Ho")
    result = run("export", transcript_id, "--format", "original", "--offset", "500")
    assert b"00:01.500 --> 00:02.500" in result.stdout_bytes


def test_an_export_before_the_end_is_told_to_be_provisional(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'library.db'}"
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATABASE_URL", url)
    transcript_id = library(tmp_path, VTT, "mine.vtt")
    assert run("export", transcript_id).stderr == ""
    store = fresh_store(url)
    store.update_transcript(transcript_id, duration_ms=90_000)
    store.set_recognised_until(transcript_id, 61_000)
    store.close()
    told = "T: times are provisional, the recording is recognised up to 1:01.\n"
    assert run("export", transcript_id).stderr == told
    assert run("export", "--all", "-o", tmp_path / "all").stderr == f"{told}1 file\n"


def test_text_that_was_no_file_cannot_be_given_back(tmp_path: Path) -> None:
    transcript_id = library(tmp_path, None, "mine.vtt")
    store = fresh_store(f"sqlite:///{tmp_path / 'library.db'}")
    with pytest.raises(ExportRefused, match="the text did not come from a file"):
        export_file(store, transcript_id, format_name="original", options=Options())
    store.close()


def test_an_empty_text_is_written_in_no_format(tmp_path: Path) -> None:
    transcript_id = library(tmp_path, VTT, "mine.vtt")
    store = fresh_store(f"sqlite:///{tmp_path / 'library.db'}")
    put_segments(store, transcript_id, [])
    for name in (*WRITABLE, "original"):
        with pytest.raises(ExportRefused, match="the text is empty, so there is nothing to write"):
            export_file(store, transcript_id, format_name=name, options=Options())
    store.close()


def test_all_times_move_but_none_before_the_start() -> None:
    written = convert(VTT, "a.vtt", format_name="srt", options=Options(offset_ms=-1200)).data
    assert b"00:00:00,000 --> 00:00:00,800" in written
    written = convert(VTT, "a.vtt", format_name="srt", options=Options(offset_ms=-9000)).data
    assert b"00:00:00,000 --> 00:00:00,020" in written


def test_youtube_finds_the_language_in_the_name(tmp_path: Path) -> None:
    transcript_id = library(tmp_path, VTT, "mine.vtt")
    store = fresh_store(f"sqlite:///{tmp_path / 'library.db'}")
    exported = export_file(
        store, transcript_id, format_name="srt", options=Options(PRESETS["youtube"])
    )
    assert (exported.suffix, b">> Ann: Ho there" in exported.data) == (".en.srt", True)
    exported = export_file(
        store, transcript_id, format_name="docx", options=Options(PRESETS["youtube"])
    )
    assert exported.suffix == ".docx"
    store.close()


@pytest.mark.parametrize("format_name", WRITABLE)
def test_a_note_is_in_our_json_alone(format_name: str) -> None:
    (segment,) = transcript_of(read(VTT, "a.vtt"), "a.vtt")[0].segments
    noted = Transcript((replace(segment, note="# One\nask Bartholomew"),))
    data = export(format_name, noted, Media("a.mp3", 5000), None, Options())
    if format_name == "docx":
        data = b"".join(zipfile.ZipFile(BytesIO(data)).read(n) for n in ("word/document.xml",))
    assert (b"Bartholomew" in data) is (format_name == "json")


@pytest.mark.parametrize("output", ["all", "all.zip"])
def test_the_whole_library_is_written_with_names_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATABASE_URL", f"sqlite:///{tmp_path / 'library.db'}")
    library(tmp_path, VTT, "mine.vtt")
    library(tmp_path, None, "mine.vtt")
    result = run("export", "--all", "-o", tmp_path / output)
    assert (result.exit_code, result.stderr) == (0, "2 files\n")
    folder = tmp_path / "all"
    if output.endswith(".zip"):
        ZipFile(tmp_path / output).extractall(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["T 2.en.srt", "T.en.srt"]
    assert b">> Ann: Ho there" in (folder / "T.en.srt").read_bytes()
    result = run("export", "--all", "--format", "original", "-o", tmp_path / output)
    assert (result.exit_code, result.stderr) == (
        1,
        "T: the text did not come from a file\n1 file\n",
    )


def test_one_that_cannot_be_written_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATABASE_URL", f"sqlite:///{tmp_path / 'library.db'}")
    library(tmp_path, VTT, "mine.vtt")
    library(tmp_path, VTT, "mine.vtt")
    (tmp_path / "all" / "T.en.srt").mkdir(parents=True)
    result = run("export", "--all", "-o", tmp_path / "all")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 2)
    assert "T.en.srt: " in result.stderr
    assert result.stderr.endswith("1 file\n")
    assert (tmp_path / "all" / "T 2.en.srt").is_file()
    (tmp_path / "file").touch()
    assert run("export", "--all", "-o", tmp_path / "file" / "all").exit_code == 1


@pytest.mark.parametrize("title", ["\u597d" * 100, "e\u0301" * 200, "a" * 300, "\U0001f600" * 90])
def test_names_of_files_fit_the_system(title: str, tmp_path: Path) -> None:
    apart = NamesApart()
    names = [apart.name(title, ".zh.words.vtt") for _ in range(12)]
    assert len(set(names)) == 12
    for name in [*names, file_name(title, "." + "x" * 300)]:
        (tmp_path / name).write_text("x")


@pytest.mark.parametrize("title", ["con", "NUL.txt", "Com1", "lpt\u00b2", "aux .x", "CONIN$"])
def test_names_that_a_system_reserves_are_not_given(title: str) -> None:
    assert file_name(title, ".srt") == f"_{title}.srt"


def test_files_of_many_transcripts_are_made_when_they_are_taken(tmp_path: Path) -> None:
    first = library(tmp_path, VTT, "mine.vtt")
    second = library(tmp_path, VTT, "mine.vtt")
    store = fresh_store(f"sqlite:///{tmp_path / 'library.db'}")
    batch = export_several(store, [first, second], format_name="original", options=Options())
    assert next(batch) == NamedFile("T.vtt", VTT.replace(b"Hi", b"Ho"))
    store.delete_transcript(second)
    told = "This transcript does not exist. It may have been deleted."
    assert list(batch) == [Refused("T", told)]
    batch = export_several(store, [first, second], format_name="original", options=Options())
    assert next(batch) == Refused(second, told)
    assert isinstance(next(batch), NamedFile)
    with pytest.raises(NotFound):
        export_several(store, [second], format_name="srt", options=Options())
    store.close()


def test_a_zip_of_many_files_holds_one_of_them_at_a_time() -> None:
    size, count = 1_000_000, 60
    chance = random.Random(1)

    def files() -> Batch:
        for number in range(count):
            yield NamedFile(f"{number}.srt", chance.randbytes(size))
        yield Refused("T", "no")

    tracemalloc.start()
    lengths = [len(part) for part in zipped(files())]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(lengths) > size * count
    assert peak < 8 * size
    small = b"".join(zipped(iter([NamedFile("a", b"Hi"), Refused("T", "no")])))
    with ZipFile(BytesIO(small)) as file:
        assert file.testzip() is None
        assert [file.read(name) for name in ("a", NOT_EXPORTED)] == [b"Hi", b"T: no\n"]


def test_all_or_one_has_to_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATABASE_URL", f"sqlite:///{tmp_path / 'library.db'}")
    for arguments, told in (
        ((), "Give either a transcript's ID or --all."),
        (("x", "--all"), "Give either a transcript's ID or --all."),
        (("--all",), "--all needs -o FOLDER or -o FILE.zip."),
    ):
        result = run("export", *arguments)
        assert (result.exit_code, told in result.stderr) == (2, True)


def test_text_for_youtube_has_its_marks_and_a_blank_line_between_captions() -> None:
    data = (
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n(upbeat music)\n\n"
        b"00:02.000 --> 00:05.000\n<v Ann>Hello there, all of you who listen to us tonight.\n\n"
        b"00:05.000 --> 00:06.000\n- Hi.\n"
    )
    written = convert(data, "a.vtt", format_name="txt", options=Options(PRESETS["youtube"])).data
    assert written.decode() == (
        "[upbeat music]\n\n>> Ann: Hello there, all of you\nwho listen to us tonight.\n\n>> Hi.\n"
    )
    plain = convert(data, "a.vtt", format_name="txt", options=Options()).data
    assert plain.startswith(b"(upbeat music)\n")


def test_lines_that_nobody_says_are_no_captions_where_they_are_left_out() -> None:
    said = Segment("a", "We begin", (Word("We", 0, 300, "heard"), Word("begin", 300, 900, "heard")))
    unsaid = Segment("b", "Nobody says", (Word("Nobody", 900, 920), Word("says", 900, 920)))
    transcript, known = Transcript((said, unsaid)), Media("a.wav", 1000)
    shown = publish("srt", transcript, known, None, Options(has_unsaid=False))
    assert shown.data == b"1\n00:00:00,000 --> 00:00:00,900\nWe begin\n\n"
    assert shown.lost == ("Left out as not said: 1 of the text's lines (“Nobody says …”)",)
    # Other captions, which are not written from cues alone, leave it out and tell it as well.
    other = publish("imsc", transcript, known, None, Options(has_unsaid=False))
    assert (b"Nobody" in other.data, other.lost) == (False, shown.lost)
    document = publish("md", transcript, known, None, Options(has_unsaid=False))
    assert (b"Nobody" in document.data, document.lost) == (True, ())
    assert b"Nobody" in publish("srt", transcript, known, None, Options()).data
    assert b"Nobody" in publish("txt", transcript, known, None, Options(has_unsaid=False)).data
