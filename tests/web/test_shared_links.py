"""Links by which people without an account read one transcript, and nothing else."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.errors import NotPossible
from editor.library import shared_links
from editor.store import Store
from editor.web import Services, linked
from editor.web.http import metrics
from editor.web.schemas.responses_links import MadeLink, SharedLinks
from tests.web.test_login import OURS, client_of, edit_of, guarded, log_in

__all__ = ["guarded"]
RECORDING = b"ID3" + bytes(range(200))


@pytest.fixture
def heard_id(store: Store, settings: Settings, transcript_id: str) -> str:
    """A transcript with its recording."""
    path = settings.data_dir / "media" / transcript_id / "recording.mp3"
    path.parent.mkdir(parents=True)
    path.write_bytes(RECORDING)
    name = path.relative_to(settings.data_dir).as_posix()
    store.update_transcript(transcript_id, media_path=name)
    return transcript_id


def made(client: FlaskClient, transcript_id: str, **body: object) -> MadeLink:
    answer = client.post(
        f"/api/transcripts/{transcript_id}/links", json={"lasts": "week", **body}, headers=OURS
    )
    assert answer.status_code == 201, answer.text
    return MadeLink.model_validate(answer.json)


def listed(client: FlaskClient, transcript_id: str) -> SharedLinks:
    return SharedLinks.model_validate(client.get(f"/api/transcripts/{transcript_id}/links").json)


def test_a_stranger_with_a_link_reads_and_hears_one_transcript_and_nothing_else(
    guarded: Services, page_folder: Path, store: Store, heard_id: str
) -> None:
    ann, stranger = client_of(guarded, page_folder), client_of(guarded, page_folder)
    log_in(ann, "Ann")
    link = made(ann, heard_id)
    page = stranger.get(link.path)
    assert page.status_code == 200
    assert "good day" in page.text
    assert f'src="{link.path}/recording"' in page.text
    assert "e7.mp3" not in page.text
    assert heard_id not in page.text
    headers = page.headers
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    directives = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["media-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["script-src"].startswith("'sha256-")

    sound = stranger.get(f"{link.path}/recording", headers={"Range": "bytes=2-5"})
    assert (sound.status_code, sound.data) == (206, RECORDING[2:6])
    assert sound.headers["Content-Range"] == f"bytes 2-5/{len(RECORDING)}"
    assert "no-cache" in sound.headers["Cache-Control"]
    assert sound.headers["X-Robots-Tag"].startswith("noindex")
    whole = stranger.head(f"{link.path}/recording")
    assert (whole.status_code, whole.content_length) == (200, len(RECORDING))
    assert stranger.head(link.path).status_code == 200
    # Who only asks whether it is there has not opened it.
    assert [one.opened_count for one in listed(ann, heard_id).links] == [1]

    other = store.create_transcript(title="Other", media_name="o.mp3", model="base").id
    token = link.path.removeprefix("/s/")
    for path in (
        f"/s/{other}",
        f"/s/{other}/recording",
        f"/s/{heard_id}",
        f"/s/{link.link.id}",
        "/s/",
        f"/s/{token[:-1]}",
        f"/s/{token}x",
        f"/s/{token.swapcase()}",
        f"/s/{token}/../../t/{heard_id}",
        f"/s/{token}/recording/../../../api/transcripts/{heard_id}",
        f"/s/{token}/%2e%2e/%2e%2e/api/me",
        f"/s/{token}%2f..%2f..%2fapi%2ftranscripts",
        f"/s//{token}",
        f"/s/{token}/",
        f"/s/{token}/peaks",
        f"/s/{token}/media",
        "/s/%00",
        "/s/%ff%ed%a0%80",
        f"/api/transcripts/{heard_id}?token={token}",
        f"/api/transcripts/{heard_id}/media",
    ):
        answer = stranger.get(path, headers={"Authorization": ""})
        assert answer.status_code in (303, 308, 401, 404), path
        assert "good day" not in answer.text
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert stranger.open(link.path, method=method, headers=OURS).status_code == 401
    bearer = {"Authorization": f"Bearer {token}"}
    assert stranger.get(f"/api/transcripts/{heard_id}", headers=bearer).status_code == 401


def test_a_link_without_sound_and_one_with_pseudonyms_have_none(
    client: FlaskClient, store: Store, heard_id: str
) -> None:
    link = made(client, heard_id, has_sound=False)
    page = client.get(link.path)
    assert "good day" in page.text
    assert "<audio" not in page.text
    assert "Recording" not in page.text
    assert "be played" not in page.text
    assert 'aria-label="Go to 0:00"' in page.text
    assert client.get(f"{link.path}/recording").status_code == 404
    _, path = shared_links.make(
        store, heard_id, lasts="day", has_sound=False, pseudonyms=["Alad = Person A"]
    )
    page = client.get(path)
    assert "Person A" in page.text
    assert "Alad" not in page.text
    with pytest.raises(NotPossible, match="names are said"):
        shared_links.make(store, heard_id, lasts="day", has_sound=True, pseudonyms=["Alad = A"])


def test_a_link_shows_the_text_as_it_stands_until_it_ends(
    client: FlaskClient, store: Store, transcript_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/api/transcripts/{transcript_id}"
    no_sound = {"has_sound": False}
    assert client.post(f"{at}/links", json={"lasts": "week"}).status_code == 422
    assert client.post(f"{at}/links", json={"lasts": "year", **no_sound}).status_code == 422
    assert client.post("/api/transcripts/no/links", json={"lasts": "day"}).status_code == 404
    links = [made(client, transcript_id, lasts=lasts, **no_sound) for lasts in ("day", "never")]
    edit = edit_of(store, transcript_id)
    assert client.post(f"{at}/edits", json=edit).status_code == 200
    assert "good night" in client.get(links[0].path).text
    now_ms = store.now()
    found = listed(client, transcript_id)
    assert (found.url, found.is_for_others) == ("", False)
    ends = {one.id: one.ends_ms for one in found.links}
    assert ends[links[1].link.id] is None
    assert (
        0
        <= now_ms + timedelta(days=1) / timedelta(milliseconds=1) - (ends[links[0].link.id] or 0)
        < 60_000
    )
    monkeypatch.setattr(store, "_clock", lambda: now_ms + 25 * 3_600_000)
    gone = client.get(links[0].path, headers={"Accept-Language": "de-AT, en"})
    assert gone.status_code == 404
    assert "abgelaufen" in gone.text
    assert client.get(links[1].path).status_code == 200
    assert len(listed(client, transcript_id).links) == 2

    assert client.delete(f"{at}/links/{links[1].link.id}").status_code == 204
    assert client.delete(f"{at}/links/{links[1].link.id}").status_code == 404
    assert client.get(links[1].path).status_code == 404
    # Of a deleted transcript nothing is shown; it is taken out of the trash with its links.
    link = made(client, transcript_id, lasts="month", **no_sound)
    other = store.create_transcript(title="Other", media_name="o.mp3", model="base").id
    assert client.delete(f"/api/transcripts/{other}/links/{link.link.id}").status_code == 404
    client.delete(at)
    assert client.get(link.path).status_code == 404
    assert client.post(f"{at}/links", json={"lasts": "day", **no_sound}).status_code == 422
    client.post(f"{at}/restore", json={})
    assert client.get(link.path).status_code == 200
    client.delete(at)
    client.delete(at)
    assert client.get(link.path).status_code == 404
    assert store.shared_links() == []


def test_the_token_is_in_no_database_and_no_log(
    client: FlaskClient,
    settings: Settings,
    transcript_id: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Servers that others of these tests start in this process may have silenced it.
    monkeypatch.setattr(metrics.log, "disabled", False)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger=metrics.__name__):
        link = made(client, transcript_id, has_sound=False)
        client.get(link.path)
        client.get(f"{link.path}/recording")
    token = link.path.removeprefix("/s/")
    assert len(token) >= 43
    assert token not in caplog.text
    assert "/s/.../recording" in caplog.text
    files = list(settings.data_dir.glob("transcripts.db*"))
    assert files
    assert [file for file in files if token.encode() in file.read_bytes()] == []


def test_opening_many_links_from_one_address_ends(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked, "MOST_OPENED", 3)
    assert [client.get(f"/s/{n}").status_code for n in range(5)] == [404, 404, 404, 429, 429]
    assert int(client.get("/s/9").headers["Retry-After"]) > 0


def test_viewers_and_removed_people_share_nothing(
    guarded: Services, page_folder: Path, store: Store, transcript_id: str
) -> None:
    ann, bob = client_of(guarded, page_folder), client_of(guarded, page_folder)
    log_in(ann, "Ann")
    log_in(bob, "Bob")
    link = made(ann, transcript_id, has_sound=False)
    assert [one.author for one in listed(bob, transcript_id).links] == ["Ann"]
    at = f"/api/transcripts/{transcript_id}/links"
    assert bob.post(at, json={"lasts": "day"}, headers=OURS).status_code == 403
    assert bob.delete(f"{at}/{link.link.id}", headers=OURS).status_code == 403
    guarded.accounts.remove("ann")
    assert bob.get(link.path).status_code == 404
