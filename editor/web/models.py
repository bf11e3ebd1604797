"""The recognition models one can choose from."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.responses import ModelList
from editor.weights import model_choices

blueprint = Blueprint("models", __name__, url_prefix="/api/models")


@blueprint.get("")
@endpoint("models", answers={200: ModelList})
def list_models() -> ResponseReturnValue:
    """The models, how large they are, and which of them are at hand."""
    settings = services().settings
    models = [asdict(model) for model in model_choices(settings.models_dir)]
    return jsonify({"models": models, "default": settings.model})
