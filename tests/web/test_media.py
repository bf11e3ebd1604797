from __future__ import annotations

import wave
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.store import Store
from tests.support.media_files import tone, write_sound
from tests.support.stand_in import draw_tones

DATA = bytes(range(256)) * 4


@pytest.fixture
def address(transcript_id: str, store: Store, tmp_path: Path) -> str:
    folder = tmp_path / "media" / transcript_id
    folder.mkdir(parents=True)
    (folder / "original.mp3").write_bytes(DATA)
    store.update_transcript(transcript_id, media_path=f"media/{transcript_id}/original.mp3")
    return f"/api/transcripts/{transcript_id}/media"


def test_recording_is_sent_whole_with_its_type(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.data) == (200, DATA)
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "sent"),
    [("bytes=0-", DATA), ("bytes=10-19", DATA[10:20]), ("bytes=-5", DATA[-5:])],
)
def test_range_is_sent_alone(client: FlaskClient, address: str, asked: str, sent: bytes) -> None:
    response = client.get(address, headers={"Range": asked})
    assert (response.status_code, response.data) == (206, sent)


def test_range_beyond_the_end_is_refused(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Range": "bytes=5000-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(DATA)}"
    assert response.json
    assert response.json["error"]["code"] == "requested_range_not_satisfiable"


def test_of_several_ranges_the_whole_is_sent(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Range": "bytes=0-1,5-6"})
    assert (response.status_code, response.data) == (200, DATA)


def test_recording_is_kept_by_no_cache_on_the_way(client: FlaskClient, address: str) -> None:
    assert "private" in client.get(address).headers["Cache-Control"]


def test_unchanged_recording_is_not_sent_again(client: FlaskClient, address: str) -> None:
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_playable_copy_goes_first(
    client: FlaskClient, address: str, transcript_id: str, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "media" / transcript_id / "copy.webm").write_bytes(b"copy")
    store.update_transcript(transcript_id, browser_copy_path=f"media/{transcript_id}/copy.webm")
    assert client.get(address).data == b"copy"


def test_missing_recording_is_not_found(client: FlaskClient, transcript_id: str) -> None:
    assert client.get(f"/api/transcripts/{transcript_id}/media").status_code == 404


def test_peaks_of_a_stretch(client: FlaskClient, transcript_id: str, settings: Settings) -> None:
    address = f"/api/transcripts/{transcript_id}/peaks"
    # Normal while it waits for its turn, and no error in a browser's console.
    waiting = client.get(f"{address}?level=20")
    assert (waiting.status_code, waiting.data) == (204, b"")
    draw_tones(settings, transcript_id, 25)
    response = client.get(f"{address}?level=20&start=2200&end=2450")
    # The last 100 ms before the pause between two tones, that pause, and the next tone's begin.
    assert response.data == bytes([209, 47, 209, 47, 0, 0, 0, 0, 209, 47])
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert client.get(f"{address}?level=7").status_code == 422
    assert client.get(address).status_code == 422
    assert client.get("/api/transcripts/none/peaks?level=20").status_code == 404


def test_a_part_is_sent_as_a_file(
    client: FlaskClient, transcript_id: str, store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "media" / transcript_id
    folder.mkdir(parents=True)
    write_sound(folder / "original.wav", tone(16_000, 2, (0, 2)), 16_000)
    store.update_transcript(transcript_id, media_path=f"media/{transcript_id}/original.wav")
    address = f"/api/transcripts/{transcript_id}/clip"
    response = client.get(f"{address}?start=500&end=1500&format=wav")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "audio/wav")
    with wave.open(BytesIO(response.data)) as clip:
        assert (clip.getframerate(), clip.getnframes()) == (16_000, 16_000)
    assert "0.00.wav" in response.headers["Content-Disposition"]
    for asked in ("start=9000&end=9500", "start=2&end=1", "start=-1&end=1", "start=0&end=1e9", ""):
        refused = client.get(f"{address}?{asked}")
        assert (refused.status_code, "error" in (refused.json or {})) == (422, True), asked
