from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.errors import (
    EditConflict,
    EditorError,
    FolderUnusable,
    InvariantBroken,
    JobCancelled,
    LeaseLost,
    NotFound,
    NotPossible,
    UndoBlocked,
    UploadOffsetMismatch,
)
from editor.storage.upload_errors import UploadGone
from editor.web import models

SECRET = "Ha8T1x9QbcdZ"


@pytest.mark.parametrize(
    ("data", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "bad_request"),
        (b"\xff", "application/json", 400, "bad_request"),
        (b"", "application/json", 400, "bad_request"),
        (b"[" * 100_000, "application/json", 400, "bad_request"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"title=x", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b"[]", "application/json", 422, "invalid_request"),
        (b"null", "application/json", 422, "invalid_request"),
        (b"{}", "application/json", 422, "invalid_request"),
        (
            b'{"title":"%s"}' % (b"x" * 5_000_000),
            "application/json",
            413,
            "request_entity_too_large",
        ),
    ],
)
def test_bad_body_is_refused_in_one_shape(
    client: FlaskClient, transcript_id: str, data: bytes, content_type: str, status: int, code: str
) -> None:
    response = client.patch(
        f"/api/transcripts/{transcript_id}", data=data, content_type=content_type
    )
    assert response.status_code == status
    assert response.json
    assert response.json["error"]["code"] == code
    assert response.json["error"]["message"]


def test_invalid_fields_are_named_but_not_repeated(client: FlaskClient, transcript_id: str) -> None:
    response = client.patch(f"/api/transcripts/{transcript_id}", json={"title": 5, "x": "secret"})
    assert response.json == {
        "error": {
            "fields": [
                {"field": "title", "reason": "Input should be a valid string"},
                {"field": "x", "reason": "Extra inputs are not permitted"},
            ],
            "code": "invalid_request",
            "message": "The server does not understand this request. "
            "Reload the page and try again.",
        }
    }


def test_what_is_too_long_is_told_as_that(client: FlaskClient, transcript_id: str) -> None:
    response = client.patch(f"/api/transcripts/{transcript_id}", json={"title": "x" * 9000})
    assert response.json
    assert response.json["error"]["message"].startswith("This is too long: at most ")


@pytest.mark.parametrize(
    "error",
    [
        EditConflict(SECRET, 41, 42),
        FolderUnusable(f"/srv/{SECRET}", "its disk is full."),
        InvariantBroken(SECRET, "it starts before the previous segment"),
        JobCancelled(SECRET),
        LeaseLost(SECRET),
        *(NotFound(kind, SECRET) for kind in ("transcript", "segment", "job", "file")),
        *(NotFound(kind, 42) for kind in ("revision", "version")),
        NotPossible("first_word", "This word no longer exists. Try again."),
        UndoBlocked("undo", 42),
        UndoBlocked("redo", 42),
        UploadGone(SECRET),
        UploadOffsetMismatch(41, 42),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_sentence_for_people_holds_what_only_programs_know(error: EditorError) -> None:
    told = error.for_page()
    assert not [known for known in (SECRET, "/srv", "41", "42", "first_word") if known in told]
    assert told[0].isupper() or isinstance(error, UploadGone)
    assert error.facts()


def test_wrong_method_keeps_its_headers(client: FlaskClient) -> None:
    response = client.put("/api/models", json={})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.json
    assert response.json["error"]["code"] == "method_not_allowed"


def test_bug_is_logged_and_told_in_the_same_shape(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: Path) -> None:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr(models, "model_choices", broken)
    with caplog.at_level(logging.ERROR):
        response = client.get("/api/models")
    assert response.status_code == 500
    assert response.json
    assert response.json["error"]["code"] == "internal_error"
    assert "secret" not in response.text
    assert "the secret reason" in caplog.text
