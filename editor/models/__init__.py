"""Weights of the recognition models: where they come from, and that they are what they claim to be.

Owns huggingface_hub. Does not load a model.
"""

from editor.models.catalogue import MODELS, FileSpec, ModelSpec
from editor.models.weights import ModelChoice, available, ensure, model_choices

__all__ = [
    "MODELS",
    "FileSpec",
    "ModelChoice",
    "ModelSpec",
    "available",
    "ensure",
    "model_choices",
]
