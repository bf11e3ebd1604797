from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from editor.store import Store
from editor.web.export import file_name


def test_transcript_is_taken_away_as_a_file(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    store.update_transcript(transcript_id, title='Žluť: "7"\r\nX: y')
    response = client.get(f"/api/transcripts/{transcript_id}/export?format=srt&preset=bbc")
    assert response.text == "srt bbc 0 False\n0 😀hey Alad\n2000 good day\n"
    assert response.headers["Content-Type"] == "application/x-subrip; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="Zlut_ _7_X_ y.srt"; '
        "filename*=UTF-8''%C5%BDlu%C5%A5_%20_7_X_%20y.srt"
    )


def test_own_file_keeps_its_encoding_and_the_options_are_handed_on(
    client: FlaskClient, transcript_id: str
) -> None:
    address = f"/api/transcripts/{transcript_id}/export?format=original&offset=-50&retimed=true"
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/x-subrip"
    assert response.text.startswith("original lines -50 True\n")


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
    assert response.text.startswith("srt lines ")
