from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from editor.web.http.pages import static_folder


@pytest.mark.parametrize(
    ("path", "content_type", "text"),
    [
        ("/", "text/html; charset=utf-8", "library"),
        ("/t/abc", "text/html; charset=utf-8", "editor"),
        ("/static/js/main.js", "text/javascript; charset=utf-8", "export {};"),
    ],
)
def test_pages_are_sent_with_their_types(
    client: FlaskClient, path: str, content_type: str, text: str
) -> None:
    response = client.get(path)
    assert (response.text, response.headers["Content-Type"]) == (text, content_type)
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_editor_asks_for_its_transcript_at_once(client: FlaskClient) -> None:
    link = client.get("/t/a%3Eb").headers["Link"]
    assert link == "</api/transcripts/a%3Eb>; rel=preload; as=fetch; crossorigin"


@pytest.mark.parametrize(
    "path",
    ["/static/nope.js", "/static/../secret.txt", "/static/..%2fsecret.txt", "/static//etc/passwd"],
)
def test_nothing_outside_the_folder_is_sent(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (308, 404)
    assert "secret" not in response.text


def test_page_lies_beside_the_package_in_a_checkout() -> None:
    assert static_folder().name == "static"
