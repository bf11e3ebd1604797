"""Forced aligners: where given words are said in sound, and how likely they are there."""

from editor.asr.forced.word import MOST_TOLD_MS, Tell, ToldWord

__all__ = ["MOST_TOLD_MS", "Tell", "ToldWord"]
