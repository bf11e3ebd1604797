"""The recognition models one can choose from."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.library.job_kinds import TRANSCRIBE
from editor.library.pace import Pace, paces
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.responses import ModelList
from editor.weights import model_choices

blueprint = Blueprint("models", __name__, url_prefix="/api/models")


@blueprint.get("")
@endpoint("models", answers={200: ModelList})
def list_models() -> ResponseReturnValue:
    """The models, how large they are, which are at hand, and how long each takes here.

    `pace` is how many seconds a second of a recording takes; until it was `measured` here, a guess.
    """
    settings = services().settings
    choices = model_choices(settings.models_dir)
    sizes = {model.name: model.download_bytes for model in choices}
    pace_of = paces(sizes, services().store.worked(TRANSCRIBE))
    models = [{**asdict(model), **_pace_json(pace_of[model.name])} for model in choices]
    return jsonify({"models": models, "default": settings.model})


def _pace_json(pace: Pace) -> dict[str, object]:
    return {"pace": pace.share, "measured": pace.measured}
