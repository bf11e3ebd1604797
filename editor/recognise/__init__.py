"""Samples -> heard words with their times. The models are loaded when they are first needed."""

from editor.recognise.recogniser import MAX_PIECE_WORDS, Recogniser
from editor.recognise.told import MOST_TOLD_MS, Tell, ToldWord

__all__ = ["MAX_PIECE_WORDS", "MOST_TOLD_MS", "Recogniser", "Tell", "ToldWord"]
