from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from editor.document import Segment, Word
from editor.formats.bundles import NOT_EXPORTED, file_name
from editor.store import Store
from tests.support.segments import put_segments
from tests.web.conftest import TONES, Upload


def test_transcript_is_taken_away_as_a_file(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    store.update_transcript(transcript_id, title='Žluť: "7"\r\nX: y')
    response = client.get(f"/api/transcripts/{transcript_id}/export?format=srt&preset=bbc")
    assert response.text == (
        "1\n00:00:00,000 --> 00:00:00,900\n😀hey Alad\n\n"
        "2\n00:00:02,000 --> 00:00:02,800\ngood day\n\n"
    )
    assert response.headers["Content-Type"] == "application/x-subrip; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="Zlut_ _7_X_ y.srt"; '
        "filename*=UTF-8''%C5%BDlu%C5%A5_%20_7_X_%20y.srt"
    )


def test_own_file_keeps_its_encoding_and_the_options_are_handed_on(
    client: FlaskClient, upload: Upload
) -> None:
    own = "1\n00:00:00,100 --> 00:00:00,700\nGrüße!\n".encode("cp1252")
    body = {"media_upload": upload(TONES, "a.wav"), "text_upload": upload(own, "a.srt")}
    made = client.post("/api/transcripts", json={**body, "text_encoding": "cp1252"}).get_json()
    address = f"/api/transcripts/{made['id']}/export?format=original&offset=-50"
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/x-subrip"
    assert response.data == own.replace(b"00,100", b"00,050").replace(b"00,700", b"00,650")


def test_own_file_has_the_lines_broken_where_a_person_broke_them(
    client: FlaskClient, upload: Upload, store: Store
) -> None:
    own = b"1\n00:00:00,100 --> 00:00:00,700\nOne two\nthree four\n"
    body = {"media_upload": upload(TONES, "a.wav"), "text_upload": upload(own, "a.srt")}
    made = client.post("/api/transcripts", json=body).get_json()
    address = f"/api/transcripts/{made['id']}"
    for word, ends_line in ((1, False), (0, True)):
        (stored,) = store.segments(made["id"])
        edit = {
            "kind": "line",
            "segment_id": stored.segment.id,
            "base_revision": stored.segment.revision,
            "word": word,
            "ends_line": ends_line,
        }
        assert client.post(f"{address}/edits", json=edit).status_code == 200
    written = client.get(f"{address}/export?format=original").data
    assert written == own.replace(b"One two\nthree", b"One\ntwo three")


@pytest.mark.parametrize("query", ["", "?format=doc", "?format=srt&preset=mine"])
def test_unknown_format_or_preset_is_refused(
    client: FlaskClient, transcript_id: str, query: str
) -> None:
    assert client.get(f"/api/transcripts/{transcript_id}/export{query}").status_code == 422


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd.txt"),
        ("   ", "transcript.txt"),
        ("x" * 500, "x" * 100 + ".txt"),
        ("tab\there", "tabhere.txt"),
    ],
)
def test_file_name_is_safe(title: str, name: str) -> None:
    assert file_name(title, ".txt") == name


def test_captions_are_the_own_lines_unless_a_preset_is_asked_for(
    client: FlaskClient, transcript_id: str
) -> None:
    response = client.get(f"/api/transcripts/{transcript_id}/export?format=srt")
    assert response.text.count(" --> ") == 2


def test_several_are_one_zip_and_equal_titles_two_files(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    other = store.create_transcript(title="episode 7", media_name="b.mp3", model="base").id
    put_segments(store, other, [Segment("a", "Hi", (Word("Hi", 0, 900),))])
    address = f"/api/export?ids={transcript_id},{other}"
    response = client.get(f"{address}&format=srt&offset=500")
    assert response.headers["Content-Disposition"] == "attachment; filename=transcripts.zip"
    with ZipFile(BytesIO(response.data)) as file:
        assert file.namelist() == ["Episode 7.srt", "episode 7 2.srt"]
        assert b"00:00:00,500 --> " in file.read("Episode 7.srt")
    response = client.get(f"{address}&format=original")
    with ZipFile(BytesIO(response.data)) as file:
        assert file.namelist() == [NOT_EXPORTED]
        assert b"Episode 7: the text did not come from a file" in file.read(NOT_EXPORTED)
    assert client.get("/api/export?ids=none&format=srt").status_code == 404
    # Its length is not known before its last file is written.
    assert "Content-Length" not in client.get(f"{address}&format=srt").headers
    assert client.get("/api/export?ids=&format=srt").status_code == 422
    # An address has no room for the ids of hundreds.
    body = {"ids": [transcript_id, *[other] * 400], "format": "srt"}
    response = client.post("/api/export", json=body)
    with ZipFile(BytesIO(response.data)) as file:
        assert file.namelist() == ["Episode 7.srt", "episode 7 2.srt"]
    assert client.post("/api/export", json={**body, "ids": []}).status_code == 422
    # One of them was deleted for good meanwhile.
    response = client.post("/api/export", json={**body, "ids": ["gone", transcript_id]})
    with ZipFile(BytesIO(response.data)) as file:
        assert file.namelist() == ["Episode 7.srt", NOT_EXPORTED]
        assert b"It may have been deleted." in file.read(NOT_EXPORTED)


def test_choices_are_taken_and_what_a_format_lacks_is_told(
    client: FlaskClient, transcript_id: str
) -> None:
    address = f"/api/transcripts/{transcript_id}/export"
    response = client.get(f"{address}?format=csv&columns=number,text")
    assert response.text == "number,text\n1,😀hey Alad\n2,good day\n"
    assert "Remarks" not in response.headers
    response = client.get(f"{address}?format=stl&frame_rate=29.97df")
    assert unquote(response.headers["Remarks"]) == (
        "STL has no code for 1 character; a plain letter or ? stands in its place"
    )
    assert response.data[3:11] == b"STL30.01"
    for wrong in ("format=csv&columns=when", "format=txt&times=often", "format=stl&frame_rate=7"):
        assert client.get(f"{address}?{wrong}").status_code == 422
    assert "no chapter is marked" in client.get(f"{address}?format=chapters").text
