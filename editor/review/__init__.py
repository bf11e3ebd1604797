"""Review: finds the places of a text that are probably wrong. Pure: no file, no model, no clock.

`spans` cuts text and recognition into what agrees and what does not, `signals` says what speaks
for an error there, `score` makes one number of it, `reasons` a sentence, `queue` the doubts.
"""

from editor.review.doubts import Doubt, DoubtKind, Kept, is_kept
from editor.review.queue import doubts_of, segment_doubts
from editor.review.signals import Evidence

__all__ = ["Doubt", "DoubtKind", "Evidence", "Kept", "doubts_of", "is_kept", "segment_doubts"]
