"""Review: finds the places of a text that are probably wrong. Pure: no file, no model, no clock.

`spans` cuts text and recognition into what agrees and what does not, `signals` says what speaks
for an error there, `score` makes one number of it, `reasons` a sentence, `queue` the doubts,
`segments` those of a text that is being edited, `speakers` those about who speaks, by `voices`;
`everywhere` finds what is like a correction, `spellings` groups names, `replacing` applies
it, `glossary` says what to expect, `learning` what a correction teaches it.
"""

from editor.review.context import DismissedByText, Findings, ReviewContext, dismissed_by_text
from editor.review.doubts import VOICE_KINDS, DismissedDoubt, Doubt, DoubtKind, is_dismissed
from editor.review.fillers import Filler, find_fillers
from editor.review.find_replace import (
    Correction,
    Patience,
    Replacement,
    corrected,
    places_found,
    replacements,
)
from editor.review.glossary import MOST_TERMS, hotwords_of, merged_terms, terms_of
from editor.review.learning import learned_terms
from editor.review.over_ends import Spanning, spanning
from editor.review.ranking import doubts_of
from editor.review.segments import Spellings, segment_doubts
from editor.review.signals import Evidence
from editor.review.similar import Place, similar_places
from editor.review.speakers import (
    Named,
    Voices,
    is_made_up,
    names_of_voices,
    speaker_doubts,
)
from editor.review.spellings import SpellingGroup, other_spellings, spelling_groups
from editor.review.voices import (
    main_voices,
    speakers_by_segment,
    speakers_of_words,
    voice_ms,
)
from editor.review.word_scores import Sounding, Told, WordScores

__all__ = [
    "MOST_TERMS",
    "VOICE_KINDS",
    "Correction",
    "DismissedByText",
    "DismissedDoubt",
    "Doubt",
    "DoubtKind",
    "Evidence",
    "Filler",
    "Findings",
    "Named",
    "Patience",
    "Place",
    "Replacement",
    "ReviewContext",
    "Sounding",
    "Spanning",
    "SpellingGroup",
    "Spellings",
    "Told",
    "Voices",
    "WordScores",
    "corrected",
    "dismissed_by_text",
    "doubts_of",
    "find_fillers",
    "hotwords_of",
    "is_dismissed",
    "is_made_up",
    "learned_terms",
    "main_voices",
    "merged_terms",
    "names_of_voices",
    "other_spellings",
    "places_found",
    "replacements",
    "segment_doubts",
    "similar_places",
    "spanning",
    "speaker_doubts",
    "speakers_by_segment",
    "speakers_of_words",
    "spelling_groups",
    "terms_of",
    "voice_ms",
]
