"""Lets `python -m editor` do what `transcript-editor` does."""

from __future__ import annotations

import gc

# Of what is imported nothing is garbage; to look for it takes a quarter of a start.
gc.disable()
from editor.cli import main  # noqa: E402

__all__ = ["main"]

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
