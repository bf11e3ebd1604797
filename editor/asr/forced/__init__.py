"""Forced aligners: where given words are said in sound, and how likely they are there."""

from editor.asr.forced.word import MAX_ALIGNED_MS, AlignedWord, ForcedAligner

__all__ = ["MAX_ALIGNED_MS", "AlignedWord", "ForcedAligner"]
