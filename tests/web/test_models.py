from __future__ import annotations

from flask.testing import FlaskClient

from editor.web.schemas.responses import ModelList


def test_models_tell_size_and_whether_they_are_at_hand(client: FlaskClient) -> None:
    body = client.get("/api/models").json
    ModelList.model_validate(body)
    assert body == {
        "models": [
            {
                "name": "base",
                "download_bytes": 145_000_000,
                "available": "cached",
                "english_only": False,
            },
            {
                "name": "tiny.en",
                "download_bytes": 75_000_000,
                "available": None,
                "english_only": True,
            },
        ],
        "default": "base",
    }
