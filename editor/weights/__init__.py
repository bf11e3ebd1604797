"""Weights of the models: where they come from, and that they are what they claim to be.

Owns huggingface_hub. Does not load a model.
"""

from editor.weights.catalogue import MODELS, FileSpec, ModelSpec
from editor.weights.folder import ModelChoice, available, ensure, model_choices
from editor.weights.phones import (
    has_letter_to_sound_pack,
    letter_to_sound_pack,
    phones_folder,
)
from editor.weights.speakers import (
    SPEAKERS,
    WHEEL,
    beside_program,
    ensure_speakers,
    installed_speakers,
)

__all__ = [
    "MODELS",
    "SPEAKERS",
    "WHEEL",
    "FileSpec",
    "ModelChoice",
    "ModelSpec",
    "available",
    "beside_program",
    "ensure",
    "ensure_speakers",
    "has_letter_to_sound_pack",
    "installed_speakers",
    "letter_to_sound_pack",
    "model_choices",
    "phones_folder",
]
