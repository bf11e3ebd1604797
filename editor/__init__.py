"""Transcript Editor: time an existing transcript by its recording, fix it, export captions.

What other programs use is imported from here, as `align_text`; see docs/python.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from editor.api import Choices, Timed, align_text, read_file, transcribe, write_file

__all__ = ["Choices", "Timed", "align_text", "read_file", "transcribe", "write_file"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What is imported when it is first asked for: a start of the program needs none of it."""
    if name in __all__:
        return getattr(import_module("editor.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
