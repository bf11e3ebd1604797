"""Transcript Editor: time an existing transcript by its recording, fix it, export captions."""

__version__ = "0.1.0"
