"""Samples -> heard words with their times. The models are loaded when they are first needed."""

from editor.recognise.recogniser import MAX_PIECE_WORDS, Recogniser

__all__ = ["MAX_PIECE_WORDS", "Recogniser"]
