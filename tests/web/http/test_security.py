from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.store import Store
from editor.web import Services, Streams, create_app
from editor.web.http.security import DATA_POLICY, HEADERS, LIBRARY_POLICY, PAGE_POLICY
from tests.web.conftest import TONES, ReadingClient, Upload


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", ""])
def test_foreign_host_is_misdirected(client: FlaskClient, host: str) -> None:
    response = client.get("/api/models", headers={"Host": host})
    assert response.status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1"])
def test_this_machine_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/api/models", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "["])
def test_foreign_origin_changes_nothing(
    client: FlaskClient, transcript_id: str, origin: str
) -> None:
    address = f"/api/transcripts/{transcript_id}"
    response = client.delete(address, headers={"Origin": origin})
    assert response.status_code == 403
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_the_browser_calls_foreign_changes_nothing(
    client: FlaskClient, transcript_id: str, site: str
) -> None:
    address = f"/api/transcripts/{transcript_id}"
    assert client.delete(address, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.get(address).status_code == 200


def test_own_origin_may_change(client: FlaskClient, transcript_id: str) -> None:
    response = client.delete(
        f"/api/transcripts/{transcript_id}", headers={"Origin": "http://localhost"}
    )
    assert response.status_code == 204


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/", LIBRARY_POLICY),
        ("/t/abcdefghijkl", PAGE_POLICY),
        ("/login", PAGE_POLICY),
        ("/static/js/main.js", PAGE_POLICY),
        ("/nope", PAGE_POLICY),
        ("/api/models", DATA_POLICY),
        ("/api/nope", DATA_POLICY),
    ],
)
def test_every_answer_is_marked(client: FlaskClient, path: str, policy: str) -> None:
    headers = client.get(path).headers
    wanted = {**HEADERS, "Content-Security-Policy": policy}
    assert {name: headers[name] for name in wanted} == wanted


@pytest.mark.parametrize("policy", [PAGE_POLICY, LIBRARY_POLICY, DATA_POLICY])
def test_no_script_or_style_stands_in_a_page(policy: str) -> None:
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_refusals_are_marked_too(client: FlaskClient) -> None:
    headers = client.get("/", headers={"Host": "evil.example"}).headers
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["page.html", "x.svg", "x.js", "x.mp3.html", "no ending"])
def test_uploaded_page_is_never_sent_as_one(
    client: FlaskClient, upload: Upload, store: Store, name: str
) -> None:
    markup = TONES + b"<script>alert(1)</script>"
    body = {"media_upload": upload(markup, name)}
    transcript = client.post("/api/transcripts", json=body).json
    assert transcript
    response = client.get(f"/api/transcripts/{transcript['id']}/media")
    assert response.data == markup
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Security-Policy"] == DATA_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["../../evil.mp3", "..\\evil.mp3", "/etc/cron.d/evil.mp3"])
def test_file_name_is_never_a_path(
    client: FlaskClient, upload: Upload, store: Store, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.parent.iterdir())
    client.post("/api/transcripts", json={"media_upload": upload(TONES, name)})
    (row,) = store.list_transcripts()
    assert (row.media_name, row.media_path) == ("evil.mp3", f"media/{row.id}/original.mp3")
    assert set(tmp_path.parent.iterdir()) == before
    assert list(tmp_path.rglob("*evil*")) == []


Serving = Callable[..., FlaskClient]


@pytest.fixture
def serving(services: Services, page_folder: Path) -> Serving:
    """A client of a server with other settings."""

    def make(**settings: object) -> FlaskClient:
        other = replace(services, settings=replace(services.settings, **settings))  # type: ignore[arg-type]
        app = create_app(other, streams=Streams(), static=page_folder)
        app.test_client_class = ReadingClient
        return app.test_client()

    return make


def test_server_with_a_public_name_answers_to_it_alone(serving: Serving) -> None:
    client = serving(host="0.0.0.0", url="https://texts.example")
    for host, status in (("texts.example", 200), ("evil.example", 421), ("localhost", 200)):
        assert client.get("/login", headers={"Host": host}).status_code == status
    header = client.get("/login", headers={"Host": "texts.example"}).headers
    assert header["Strict-Transport-Security"] == "max-age=31536000"


def test_page_behind_a_proxy_that_renames_the_host_may_change(serving: Serving) -> None:
    client = serving(url="https://texts.example")
    origins = ("https://texts.example", "https://evil.example", "http://texts.example")
    for origin, status in zip(origins, (401, 403, 403), strict=True):
        headers = {"Host": "127.0.0.1:8765", "Origin": origin}
        body = {"name": "Ann", "password": "wrong"}
        assert client.post("/api/login", json=body, headers=headers).status_code == status
