"""Lets `python -m editor` do what `transcript-editor` does."""

from __future__ import annotations

from editor.cli import main

if __name__ == "__main__":
    main()
