from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.store import Store
from editor.turns import Turns
from tests.store.samples import texts
from tests.support.library import add_transcript
from tests.web.conftest import Upload


def test_a_project_is_taken_away_and_brought_back(
    client: FlaskClient, store: Store, settings: Settings, upload: Upload
) -> None:
    transcript_id = add_transcript(settings, store, title="Episode: 7")
    answer = client.get(f"/api/transcripts/{transcript_id}/project")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Episode_ 7.transcript"'
    assert list((settings.data_dir / "packed").iterdir()) == []
    upload_id = upload(answer.data, "x.transcript")
    back = client.post("/api/projects", json={"upload": upload_id})
    assert back.status_code == 201
    assert back.json
    assert back.json["title"] == "Episode: 7"
    assert texts(store, back.json["id"]) == texts(store, transcript_id)
    assert client.head(f"/api/uploads/{upload_id}").status_code == 404


def test_asking_about_a_project_packs_nothing(
    client: FlaskClient, store: Store, settings: Settings
) -> None:
    transcript_id = add_transcript(settings, store, title="Episode 7")
    answer = client.head(f"/api/transcripts/{transcript_id}/project")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert "Episode 7.transcript" in answer.headers["Content-Disposition"]
    assert not (settings.data_dir / "packed").exists()


def test_few_projects_are_packed_at_once_and_none_takes_the_disks_reserve(
    client: FlaskClient, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/transcripts/{add_transcript(settings, store)}/project"
    with monkeypatch.context() as patch:
        patch.setattr("editor.web.projects._packing", Turns(1, 0, "Others pack"))
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    reserved = shutil.disk_usage(settings.data_dir)._replace(total=20_000, free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: reserved)
    answer = client.get(address)
    assert answer.status_code == 507
    assert answer.json
    assert "no space" in answer.json["error"]["message"]
    assert list((settings.data_dir / "packed").iterdir()) == []


def test_a_refused_project_leaves_no_upload(client: FlaskClient, upload: Upload) -> None:
    upload_id = upload(b"PK no archive", "x.transcript")
    answer = client.post("/api/projects", json={"upload": upload_id})
    assert answer.status_code == 422
    assert answer.json
    assert (
        answer.json["error"]["message"]
        == "x.transcript: it is not a ZIP archive, or it is incomplete."
    )
    assert client.head(f"/api/uploads/{upload_id}").status_code == 404


def test_where_it_cannot_be_written_the_answer_names_the_place(
    client: FlaskClient, store: Store, settings: Settings, tmp_path: Path
) -> None:
    transcript_id = add_transcript(settings, store)
    (settings.data_dir / "packed").write_text("in the way")
    answer = client.get(f"/api/transcripts/{transcript_id}/project")
    assert answer.status_code == 507
    assert answer.json
    error = answer.json["error"]
    assert error["message"].startswith("The server's data folder cannot be used: ")
    assert (error["place"], str(tmp_path) in error["message"]) == (
        str(settings.data_dir / "packed"),
        False,
    )
