"""Lets `python -m editor` do what `transcript-editor` does."""

from editor.cli import main

main()
