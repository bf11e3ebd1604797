"""The recognition models one can choose from."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.responses import ModelList

blueprint = Blueprint("models", __name__, url_prefix="/api/models")


@blueprint.get("")
@endpoint("models", answers={200: ModelList})
def list_models() -> ResponseReturnValue:
    """The models, how large they are, and which of them are at hand."""
    models = [asdict(model) for model in services().list_models()]
    return jsonify({"models": models, "default": services().settings.model})
