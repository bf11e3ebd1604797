from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from editor.config import Settings
from editor.errors import EditorError, UnreadableArchive, UnreadableMedia
from editor.library.project_file import KIND, pack, unpack
from editor.library.zip_members import open_members
from editor.review import WordScores
from editor.store import Store, open_store
from tests.store.samples import texts
from tests.support.chance import examples
from tests.support.fresh import fresh_store
from tests.support.library import add_transcript, settings_for

Rows = dict[str, Any]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one transcript, and that as a file; Ann and Ben have no accounts anywhere."""
    folder = tmp_path_factory.mktemp("example")
    settings = settings_for(folder / "data")
    library = fresh_store(settings.database_url)
    item = add_transcript(settings, library)
    library.set_glossary(item, ["equivalency", "Grüße"])
    told = WordScores({"clevency": ((1600, 1900, -4.2),)}, {4: -0.1})
    library.save_word_scores(item, "first", 0, 0, 6000, told)
    library.rename_transcript(item, "Episode 2", author="Ann")
    library.update_transcript(item, track=1)
    library.change_tags([item], add=["Pilot", "Welle 2"], remove=[])
    library.save_doubt_count(item, 7)
    library.set_code_tones(item, {"Pay": 3}, only_new=True)
    library.move_to_trash(item, author="Ben")
    library.move_to_trash(item, is_deleted=False)
    pack(settings, library, item, folder / "episode.transcript")
    library.close()
    return folder


@pytest.fixture
def settings(example: Path, tmp_path: Path) -> Settings:
    """Those of a copy of it."""
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    return settings_for(tmp_path / "data")


@pytest.fixture
def packed(settings: Settings) -> Path:
    """The file."""
    return settings.data_dir.with_name("episode.transcript")


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_packed(path: Path, members: dict[str, bytes], *, kind: int = zipfile.ZIP_STORED) -> None:
    """Write an archive whose manifest agrees with its members."""
    listed = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in members.items()
        if name != "manifest.json"
    }
    manifest = {**json.loads(members["manifest.json"]), "members": listed}
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, data)


def with_rows(packed: Path, change: Callable[[Rows], None]) -> Path:
    """The packed project with other rows in it."""
    members = members_of(packed)
    rows = json.loads(members["rows.json"])
    change(rows)
    write_packed(packed, {**members, "rows.json": json.dumps(rows).encode()})
    return packed


def assert_nothing_was_added(library: Store, settings: Settings) -> None:
    assert len(library.list_transcripts()) == 1
    assert len(list((settings.data_dir / "media").iterdir())) == 1


def without_numbers(rows: Rows) -> Rows:
    """Rows as they are in any library: the numbers of steps and versions are the library's own."""
    numbers = {row["id"]: at for at, row in enumerate(rows["revisions"], start=1)}
    for row in rows["revisions"]:
        row["id"], row["reverts_id"] = numbers[row["id"]], numbers.get(row["reverts_id"])
    for at, row in enumerate(rows["versions"]):
        row["id"], row["revision_id"] = at, numbers[row["revision_id"]]
    for name in ("activity", "glossary_terms"):
        for row in rows[name]:
            del row["id"]
    for name in ("created_ms", "updated_ms"):
        del rows["transcript"][name]
    return rows


def test_a_project_comes_back_whole_beside_itself(
    library: Store, settings: Settings, packed: Path
) -> None:
    (first,) = library.list_transcripts()
    second = unpack(settings, library, packed)
    assert second != first.id
    rows = [without_numbers(library.project_rows(item)) for item in (first.id, second)]
    assert rows[0] == rows[1]
    assert library.imported_text(second) == library.imported_text(first.id)
    folders = [settings.data_dir / "media" / item for item in (first.id, second)]
    for name in ("original.wav", "peaks"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    assert [(one.kind, one.author, one.after) for one in library.activity(second)] == [
        ("restore", None, ""),
        ("delete", "Ben", ""),
        ("title", "Ann", "Episode 2"),
    ]
    kept = library.transcript(second)
    assert (kept.track, kept.tracks) == (1, [""])
    assert library.glossary(second) == ["equivalency", "Grüße"]
    assert library.word_scores(second).recognised == {4: -0.1}
    assert library.tags_of([second])[second] == ["Pilot", "Welle 2"]
    assert library.doubts_left([second]) == {second: 7}
    assert library.code_tones(second) == {"Pay": 3}
    library.undo(second)
    library.undo(second)
    assert not texts(library, second)[2].endswith("!")
    assert texts(library, first.id)[2].endswith("!")


def test_a_project_comes_into_another_library(packed: Path, tmp_path: Path) -> None:
    elsewhere = settings_for(tmp_path / "elsewhere")
    other = open_store(elsewhere.database_url)
    there = other.create_transcript(title="Talk", media_name="talk.mp3", model="base").id
    other.change_tags([there], add=["PILOT"], remove=[])
    transcript_id = unpack(elsewhere, other, packed)
    assert other.all_tags() == [("PILOT", 2), ("Welle 2", 1)]
    assert texts(other, transcript_id)[2].endswith("!")
    assert [one.text for one in other.segments_at(transcript_id, 0)][2].endswith("😀")
    other.close()


def test_a_file_of_the_first_versions_opens(
    library: Store, settings: Settings, packed: Path
) -> None:
    def as_before(rows: Rows) -> None:
        for name in ("activity", "glossary_terms", "word_scores"):
            del rows[name]

    second = unpack(settings, library, with_rows(packed, as_before))
    assert texts(library, second)[2].endswith("!")
    assert (library.activity(second), library.glossary(second)) == ([], [])


@pytest.mark.parametrize(
    "name",
    [
        "../evil.wav",
        "/etc/cron.d/x",
        "media/../../original.wav",
        "C:\\x.wav",
        "media\\original.wav",
        ".ssh/config",
        "media//x.wav",
        "a" * 200,
    ],
)
def test_a_path_in_it_is_refused(
    library: Store, settings: Settings, packed: Path, name: str
) -> None:
    members = members_of(packed)
    write_packed(packed, {**members, name: b"x"})
    with pytest.raises(UnreadableArchive, match="contains an unexpected file"):
        unpack(settings, library, packed)
    assert_nothing_was_added(library, settings)


def test_a_member_that_unpacks_to_more_than_it_says_is_cut_off(
    library: Store, settings: Settings, packed: Path
) -> None:
    members = members_of(packed)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**members, "rows.json": bytes(50_000_000)}.items():
            archive.writestr(name, data)
    assert packed.stat().st_size < 200_000
    with pytest.raises(UnreadableArchive, match=r"rows\.json has been altered"):
        unpack(settings, library, packed)
    assert_nothing_was_added(library, settings)


def test_more_than_the_limit_is_not_unpacked(
    library: Store, tmp_path: Path, packed: Path, settings: Settings
) -> None:
    small = Settings.from_env(
        {
            "TRANSCRIPT_EDITOR_DATA": str(settings.data_dir),
            "TRANSCRIPT_EDITOR_UPLOAD_MAX_BYTES": "50000",
        }
    )
    with pytest.raises(UnreadableArchive, match=r"bytes, and 50000 are taken at most"):
        unpack(small, library, packed)
    assert_nothing_was_added(library, settings)


def test_a_list_of_a_million_files_is_not_read(
    library: Store, settings: Settings, packed: Path
) -> None:
    data = bytearray(packed.read_bytes())
    at = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HHI", data, at + 8, 60_000, 60_000, 3_000_000_000)
    packed.write_bytes(data)
    with pytest.raises(UnreadableArchive, match="it lists 60000 files, and 9 is the most"):
        unpack(settings, library, packed)


def test_a_manifest_that_unpacks_to_megabytes_is_not_read(
    library: Store, settings: Settings, packed: Path
) -> None:
    members = members_of(packed)
    manifest = {**json.loads(members["manifest.json"]), "title": ["x"] * 100_000}
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(UnreadableArchive, match="it is not a transcript-editor project"):
        unpack(settings, library, packed)
    assert_nothing_was_added(library, settings)


def add_tag(tag: str) -> Callable[[Rows], None]:
    return lambda rows: rows["transcript_tags"].append({"tag": tag})


def set_text(rows: Rows) -> None:
    rows["segments"][0]["text"] = "other words"


def set_place(rows: Rows) -> None:
    rows["segments"][1]["position"] = rows["segments"][0]["position"]


def set_order(rows: Rows) -> None:
    first = min(rows["segments"], key=lambda row: row["position"])
    for word in first["words"]:
        word[1:3] = [5000, 5500]


def set_origin(rows: Rows) -> None:
    rows["segments"][0]["words"][0][3] = 99


def set_code(rows: Rows) -> None:
    rows["segments"][0]["words"][0][7:] = [None, 0, [5]]


def set_code_of_lines(rows: Rows) -> None:
    rows["segments"][0]["words"][0][7:] = [None, 0, ["a\nb"]]


def set_number(rows: Rows) -> None:
    rows["segments"][0]["words"][0][1] = "<script>"


def set_kind(rows: Rows) -> None:
    rows["segments"][0]["kind"] = "movie"


def set_reverts(rows: Rows) -> None:
    rows["revisions"][-1]["reverts_id"] = 10**9


def set_version(rows: Rows) -> None:
    rows["versions"][0]["revision_id"] = 10**9


def set_splices(rows: Rows) -> None:
    rows["revisions"][0]["splices"] = [[None, [{"id": "x"}], []]]


def set_heard(rows: Rows) -> None:
    rows["chunks"][0]["words"][0][4] = float("nan")


def set_deed(rows: Rows) -> None:
    rows["activity"][0]["kind"] = "burn"


def set_log(rows: Rows) -> None:
    rows["word_scores"][0]["recognised"][0][1] = float("inf")


def set_part(rows: Rows) -> None:
    del rows["chunks"]


def set_deep(rows: Rows) -> None:
    deep: list[Any] = []
    for _ in range(50):
        deep = [deep]
    rows["transcript"]["coverage"] = {"a": deep}


def set_nul(rows: Rows) -> None:
    rows["transcript"]["title"] = "a\0b"


def set_half(rows: Rows) -> None:
    rows["transcript"]["title"] = "\ud800"


def set_language(rows: Rows) -> None:
    rows["transcript"]["language"] = "./../../target/own"


def set_language_of_a_word(rows: Rows) -> None:
    rows["chunks"][0]["words"][0][5:] = ["zz"]


def set_column(rows: Rows) -> None:
    rows["transcript"]["seq; DROP TABLE jobs"] = 1


def set_rows(rows: Rows) -> None:
    rows["segments"] = {"0": rows["segments"]}


def set_twice(rows: Rows) -> None:
    rows["segments"].append(rows["segments"][0])


def set_problems(rows: Rows) -> None:
    rows["transcript"]["problems"] = 5


def set_problem(rows: Rows) -> None:
    rows["transcript"]["problems"] = [{"line": "1", "text": "a", "reason": "b"}]


def set_coverage(rows: Rows) -> None:
    rows["transcript"]["coverage"] = "all of it"


def set_track(rows: Rows) -> None:
    rows["transcript"]["track"] = 2


def set_drift(rows: Rows) -> None:
    counts = dict.fromkeys(
        ("written_words", "written_heard", "heard_words", "heard_written", "unwritten_ms"), 0
    )
    drift = {"parts": [{"from_ms": 0, "late_ms": "1"}], "late_ms_per_hour": 0, "pairs": 3}
    rows["transcript"]["coverage"] = {**counts, "drift": drift}


@pytest.mark.parametrize(
    "change",
    [
        set_problems,
        set_problem,
        set_coverage,
        set_drift,
        set_track,
        set_text,
        set_place,
        set_order,
        add_tag("a,b"),
        add_tag("pilot"),
        add_tag(" x"),
        set_origin,
        set_code,
        set_code_of_lines,
        set_number,
        set_kind,
        set_reverts,
        set_version,
        set_splices,
        set_heard,
        set_deed,
        set_log,
        set_part,
        set_deep,
        set_nul,
        set_half,
        set_language,
        set_language_of_a_word,
        set_column,
        set_rows,
        set_twice,
    ],
)
def test_rows_that_break_a_rule_are_refused(
    library: Store, settings: Settings, packed: Path, change: Callable[[Rows], None]
) -> None:
    with pytest.raises(UnreadableArchive, match=r"^episode.transcript: rows.json: "):
        unpack(settings, library, with_rows(packed, change))
    assert_nothing_was_added(library, settings)


def test_what_would_fail_later_is_refused_at_once(
    library: Store, settings: Settings, packed: Path
) -> None:
    whole = members_of(packed)
    told = json.loads(whole["rows.json"])

    def of(**changed: object) -> dict[str, bytes]:
        rows = {**told, "transcript": {**told["transcript"], **changed}}
        return {**whole, "rows.json": json.dumps(rows).encode()}

    cases = {
        "the format of its text is unknown": of(imported_format="runes"),
        "its text cannot be read": {**of(), "imported": b"PK\x03\x04" * 9},
        "its text cannot be read: encoding": of(imported_encoding="cp9999"),
        "media/peaks is invalid: peaks: they are damaged": {
            **whole,
            "media/peaks": b"TEPK" + b"x" * 9,
        },
        "has more entries than any project": {**whole, "rows.json": b"[" + b"{}," * 12_000_000},
    }
    for reason, members in cases.items():
        write_packed(packed, members)
        with pytest.raises(UnreadableArchive, match=reason):
            unpack(settings, library, packed)
        assert_nothing_was_added(library, settings)


def test_deeply_nested_json_is_refused(library: Store, settings: Settings, packed: Path) -> None:
    write_packed(packed, {**members_of(packed), "rows.json": b"[" * 200_000})
    with pytest.raises(UnreadableArchive, match="is not valid JSON"):
        unpack(settings, library, packed)


def test_a_recording_that_is_none_is_refused(
    library: Store, settings: Settings, packed: Path
) -> None:
    write_packed(packed, {**members_of(packed), "media/original.wav": b"<html><script>"})
    with pytest.raises(UnreadableMedia, match=rf"^the recording in {packed.name}: "):
        unpack(settings, library, packed)
    assert_nothing_was_added(library, settings)


def test_backups_and_other_files_are_no_projects(
    library: Store, settings: Settings, packed: Path, tmp_path: Path
) -> None:
    members = members_of(packed)
    manifest = json.loads(members["manifest.json"])
    newer = tmp_path / "newer.transcript"
    write_packed(
        newer, {**members, "manifest.json": json.dumps({**manifest, "version": 3}).encode()}
    )
    with pytest.raises(UnreadableArchive, match=r"it was written by a newer version\. Update"):
        unpack(settings, library, newer)
    for data in (b"", b"PK", b"hello" * 1000, b"PK\x05\x06" + bytes(18)):
        newer.write_bytes(data)
        with pytest.raises(UnreadableArchive):
            unpack(settings, library, newer)


@examples(60, HealthCheck.function_scoped_fixture)
@given(data=st.data())
def test_changed_bytes_never_pass_and_leave_nothing(
    library: Store, settings: Settings, packed: Path, data: st.DataObject
) -> None:
    whole = packed.read_bytes()
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        # Half of the places are in the lists at the end, which say what is where.
        back = data.draw(st.integers(1, 600) | st.integers(1, len(whole)))
        changed[-back] = data.draw(st.integers(0, 255))
    packed.write_bytes(changed)
    before = len(library.list_transcripts())
    try:
        transcript_id = unpack(settings, library, packed)
    except EditorError:
        assert len(library.list_transcripts()) == before
    else:
        # What passed is what was packed: the changed bytes said nothing.
        rows = without_numbers(library.project_rows(transcript_id))
        first = library.list_transcripts()[-1]
        assert rows == without_numbers(library.project_rows(first.id))
    finally:
        packed.write_bytes(whole)
    folders = {path.name for path in (settings.data_dir / "media").iterdir()}
    assert folders == {row.id for row in library.list_transcripts()}


def test_any_changed_byte_of_the_lists_at_the_end_is_told_or_says_nothing(packed: Path) -> None:
    whole = packed.read_bytes()
    lists = whole.index(b"PK\x01\x02")
    names = set(members_of(packed))
    for place in range(lists, len(whole)):
        for value in (0, 1, 64, 128, 255):
            changed = bytearray(whole)
            changed[place] = value
            packed.write_bytes(changed)
            try:
                with open_members(packed, KIND, most_members=8, most_bytes=10**9) as held:
                    assert set(held.members) <= names
            except UnreadableArchive:
                continue
