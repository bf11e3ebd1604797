from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from editor.web.security import HEADERS


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


def test_own_origin_may_change(client: FlaskClient, transcript_id: str) -> None:
    response = client.delete(
        f"/api/transcripts/{transcript_id}", headers={"Origin": "http://localhost"}
    )
    assert response.status_code == 204


@pytest.mark.parametrize("path", ["/", "/api/models", "/api/nope", "/static/js/main.js"])
def test_every_answer_is_marked(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
