"""Weights of the recognition models: where they come from, and that they are what they claim to be.

Owns huggingface_hub. Does not load a model.
"""

from editor.weights.catalogue import MODELS, FileSpec, ModelSpec
from editor.weights.folder import ModelChoice, available, ensure, model_choices

__all__ = [
    "MODELS",
    "FileSpec",
    "ModelChoice",
    "ModelSpec",
    "available",
    "ensure",
    "model_choices",
]
