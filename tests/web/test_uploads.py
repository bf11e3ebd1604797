from __future__ import annotations

import base64
import os
import shutil
import time
from io import BytesIO
from pathlib import Path

import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from editor.config import Settings
from editor.storage.uploads import GIVE_WAY_S, KEEP_S, UploadFolder
from editor.web.schemas.responses import Preview
from tests.web.uploading import begin, send_piece


def test_upload_arrives_in_pieces_of_8_mb(client: FlaskClient, tmp_path: Path) -> None:
    data = os.urandom(8 * 1024 * 1024) + b"end"
    upload_id = begin(client, len(data), "a.mp3")
    first = send_piece(client, upload_id, 0, data[:-3])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(len(data) - 3))
    assert send_piece(client, upload_id, len(data) - 3, b"end").status_code == 204
    assert (tmp_path / "uploads" / upload_id).read_bytes() == data


def test_head_tells_how_much_arrived_also_of_a_broken_piece(
    client: FlaskClient, settings: Settings
) -> None:
    class Breaking(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(4)

    upload_id = begin(client, 10, "a.mp3")
    folder = UploadFolder(settings.data_dir / "uploads", max_bytes=100)
    with pytest.raises(ConnectionResetError):
        folder.append(upload_id, 0, Breaking(b"0123456789"), 10)
    head = client.head(f"/api/uploads/{upload_id}")
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("4", "10")
    assert head.headers["Tus-Resumable"] == "1.0.0"
    assert send_piece(client, upload_id, 4, b"456789").headers["Upload-Offset"] == "10"


def test_piece_at_a_wrong_offset_is_refused(client: FlaskClient) -> None:
    upload_id = begin(client, 10, "a.mp3")
    response = send_piece(client, upload_id, 5, b"56789")
    assert response.status_code == 409
    assert response.json == {
        "error": {
            "code": "upload_offset_mismatch",
            "message": "This upload was interrupted. It continues from where it stopped.",
            "expected_bytes": 0,
            "given_bytes": 5,
        }
    }


def test_second_writer_is_refused(client: FlaskClient, tmp_path: Path) -> None:
    upload_id = begin(client, 10, "a.mp3")
    with FileLock(tmp_path / "uploads" / f"{upload_id}.lock"):
        assert send_piece(client, upload_id, 0, b"0").status_code == 423
    assert send_piece(client, upload_id, 0, b"0").status_code == 204


def test_more_than_announced_or_allowed_is_refused(client: FlaskClient) -> None:
    upload_id = begin(client, 2, "a.mp3")
    assert send_piece(client, upload_id, 0, b"012").status_code == 413
    assert client.head(f"/api/uploads/{upload_id}").headers["Upload-Offset"] == "0"
    film = {"Upload-Metadata": "filename ZmlsbS5tcDQ=", "Upload-Length": "20000001"}
    too_large = client.post("/api/uploads", headers=film)
    assert too_large.status_code == 413
    assert too_large.json
    assert too_large.json["error"]["message"] == "film.mp4: at most 20 MB are taken"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"Upload-Length": "-1"}, 422),
        ({"Upload-Length": "x"}, 422),
        ({"Upload-Length": "1", "Upload-Metadata": "filename ???"}, 422),
        ({"Upload-Length": "1", "Upload-Metadata": "filename"}, 422),
        ({"Upload-Length": "1", "Tus-Resumable": "0.2"}, 412),
    ],
)
def test_bad_beginnings_are_refused(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    response = client.post("/api/uploads", headers=headers)
    assert response.status_code == status
    assert response.json
    assert response.json["error"]["message"]


def test_piece_of_another_type_is_refused(client: FlaskClient) -> None:
    upload_id = begin(client, 2, "a.mp3")
    response = client.patch(f"/api/uploads/{upload_id}", data=b"{}", content_type="text/plain")
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\talk.mp3", "talk.mp3"),
        ("a\r\nSet-Cookie: x.mp3", "aSet-Cookie: x.mp3"),
        ("\u202egnp.exe", "gnp.exe"),
        ("žluťoučký.mp3", "žluťoučký.mp3"),
        ("x" * 300 + ".mp3", "x" * 180 + "x" * 16 + ".mp3"),
    ],
)
def test_hostile_name_is_only_a_label(
    client: FlaskClient, settings: Settings, name: str, kept: str
) -> None:
    folder = UploadFolder(settings.data_dir / "uploads", max_bytes=100)
    upload = folder.upload(begin(client, 1, name))
    assert upload.name == kept
    assert upload.path.parent == settings.data_dir / "uploads"


@pytest.mark.parametrize("upload_id", ["nosuchupload1234", "..", "%2e%2e%2fsecret.txt", "a.json"])
def test_unknown_upload_is_not_found(client: FlaskClient, upload_id: str) -> None:
    address = f"/api/uploads/{upload_id}"
    assert client.head(address).status_code == 404
    assert client.delete(address).status_code == 404
    assert send_piece(client, upload_id, 0, b"x").status_code == 404


def test_discarded_upload_leaves_nothing(client: FlaskClient, tmp_path: Path) -> None:
    upload_id = begin(client, 2, "a.mp3")
    assert client.delete(f"/api/uploads/{upload_id}").status_code == 204
    assert list((tmp_path / "uploads").iterdir()) == []


def test_uploads_leave_a_reserve_of_the_disk(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resting, upload_id = begin(client, 500, "left.mp3"), begin(client, 1500, "a.mp3")
    disk = shutil.disk_usage(tmp_path)._replace(total=20_000, free=2200)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: disk)
    assert send_piece(client, upload_id, 0, b"0" * 100).status_code == 204
    refused = client.post("/api/uploads", headers={"Upload-Length": "1201"})
    assert refused.status_code == 507
    assert refused.json
    assert "it has not enough space for this file" in refused.json["error"]["message"]
    assert client.post("/api/uploads", headers={"Upload-Length": "1200"}).status_code == 201
    disk = disk._replace(free=1000)
    assert send_piece(client, upload_id, 100, b"0" * 100).status_code == 507
    assert client.head(f"/api/uploads/{upload_id}").headers["Upload-Offset"] == "100"
    # Where the room is short, what rested for a day is forgotten first.
    os.utime(tmp_path / "uploads" / resting, (time.time() - GIVE_WAY_S - 9,) * 2)
    assert client.post("/api/uploads", headers={"Upload-Length": "1"}).status_code == 507
    assert client.head(f"/api/uploads/{resting}").status_code == 404
    assert client.head(f"/api/uploads/{upload_id}").status_code == 200


def test_strangers_expired_upload_that_is_written_hinders_nobody(
    client: FlaskClient, tmp_path: Path
) -> None:
    old = begin(client, 2, "old.mp3")
    os.utime(tmp_path / "uploads" / old, (time.time() - KEEP_S - 9,) * 2)
    with FileLock(tmp_path / "uploads" / f"{old}.lock"):
        assert begin(client, 2, "new.mp3")


def test_expired_upload_is_cleaned_when_the_next_begins(
    client: FlaskClient, tmp_path: Path
) -> None:
    old, fresh = begin(client, 2, "old.mp3"), begin(client, 2, "fresh.mp3")
    path = tmp_path / "uploads" / old
    os.utime(path, (path.stat().st_mtime - KEEP_S - 9,) * 2)
    begin(client, 2, "new.mp3")
    assert client.head(f"/api/uploads/{old}").status_code == 404
    assert client.head(f"/api/uploads/{fresh}").status_code == 200


def test_options_tell_what_the_server_can(client: FlaskClient) -> None:
    response = client.options("/api/uploads")
    assert response.status_code == 204
    assert response.headers["Tus-Version"] == "1.0.0"
    assert response.headers["Tus-Extension"] == "creation,expiration,termination"
    assert response.headers["Tus-Max-Size"] == "20000000"


def test_preview_shows_what_would_be_imported(client: FlaskClient) -> None:
    first = b"lost\n\n1\n00:01,0 --> 00:02,0\nAnn: Hello there\n\n"
    data = first + b"2\n00:03,0 --> 00:04,0\nAnn: Ci\xe0\n"
    upload_id = begin(client, len(data), "e.srt")
    assert client.post(f"/api/uploads/{upload_id}/preview", json={}).status_code == 409
    send_piece(client, upload_id, 0, data)
    response = client.post(f"/api/uploads/{upload_id}/preview", json={"encoding": "latin-1"})
    assert response.json == {
        "format": "srt",
        "recognised": "SubRip captions (SRT) with times, 1 speaker",
        "encoding": "iso8859-1",
        "encoding_is_guess": False,
        "segment_count": 2,
        "word_count": 3,
        "first_lines": ["Ann: Hello there", "Ann: Cià"],
        "problems": [{"line": 1, "text": "lost", "reason": "it belongs to no caption"}],
    }
    kinds = client.get("/api/kinds/texts").json
    assert kinds
    assert {"name": "txt", "called": "plain text"} in kinds["kinds"]
    plain = client.post(f"/api/uploads/{upload_id}/preview", json={"kind": "txt"})
    assert plain.json
    assert plain.json["first_lines"][:2] == ["lost", "1"]
    unknown = client.post(f"/api/uploads/{upload_id}/preview", json={"kind": "novel"})
    assert unknown.status_code == 422
    guessed = client.post(f"/api/uploads/{upload_id}/preview", json={"encoding": None})
    assert guessed.json
    assert guessed.json["encoding_is_guess"]
    Preview.model_validate(response.json)
    wrong = client.post(f"/api/uploads/{upload_id}/preview", json={"encoding": "nonsense"})
    assert wrong.status_code == 422


def test_kind_of_a_file_is_told_by_its_first_bytes(client: FlaskClient) -> None:
    def asked(name: str, head: bytes) -> TestResponse:
        body = {"name": name, "head": base64.b64encode(head).decode()}
        return client.post("/api/kinds", json=body)

    assert asked("talk.txt", b"OggS").json == {"kind": "recording"}
    refused = asked("talk.doc", b"\xd0\xcf\x11\xe0")
    assert refused.status_code == 422
    assert refused.json
    assert refused.json["error"]["message"] == (
        "talk.doc: this is an office document; save it as plain text first"
    )
    assert asked("a.txt", b"a" * 70_000).status_code == 422
    assert client.post("/api/kinds", json={"name": "a", "head": "?"}).status_code == 422
