from __future__ import annotations

from flask.testing import FlaskClient

from editor.web.schemas.responses import ModelList
from editor.weights import MODELS


def test_models_tell_size_and_whether_they_are_at_hand(
    client: FlaskClient, models: dict[str, str]
) -> None:
    models["base"] = "cached"
    body = client.get("/api/models").get_json()
    ModelList.model_validate(body)
    assert [one["name"] for one in body["models"]] == list(MODELS)
    by_name = {one["name"]: one for one in body["models"]}
    assert by_name["base"]["available"] == "cached"
    assert by_name["tiny.en"] == {
        "name": "tiny.en",
        "download_bytes": MODELS["tiny.en"].download_bytes,
        "available": None,
        "english_only": True,
        "pace": by_name["tiny.en"]["pace"],
        "measured": False,
    }
    assert 0 < by_name["tiny.en"]["pace"] < by_name["base"]["pace"]
    assert body["default"] == "base"
