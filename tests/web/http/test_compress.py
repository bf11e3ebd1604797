from __future__ import annotations

import gzip
import json

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.store import Store
from editor.web.http.compress import SHORTEST_BYTES
from tests.store.samples import new_transcript, segment
from tests.support.stand_in import draw_tones


@pytest.fixture
def address(store: Store) -> str:
    """A transcript whose answer is long."""
    lines = [segment(f"s{number}", "one two", 1000 * number) for number in range(100)]
    return f"/api/transcripts/{new_transcript(store, lines)}"


def test_long_json_is_compressed_where_the_client_takes_it(
    client: FlaskClient, address: str
) -> None:
    response = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert json.loads(gzip.decompress(response.data)) == plain.json
    assert int(response.headers["Content-Length"]) < len(plain.data) / 3


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_other_clients_get_it_plain(client: FlaskClient, address: str, accepted: str) -> None:
    response = client.get(address, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response.headers


def test_short_answers_files_and_event_streams_go_as_they_are(
    client: FlaskClient, address: str, transcript_id: str, settings: Settings
) -> None:
    draw_tones(settings, transcript_id, 5)
    peaks = f"/api/transcripts/{transcript_id}/peaks?level=4"
    export = f"{address}/export?format=json"
    assert len(client.get(export).data) > SHORTEST_BYTES
    for path in ("/api/me", export, f"{address}/events", peaks):
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200, path
        assert "Content-Encoding" not in response.headers, path
