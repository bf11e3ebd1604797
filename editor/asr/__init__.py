"""From a recording to the words heard in it. Knows no library and no job.

`prepare` makes a recording ready; `hear_pieces` recognises it piece by piece, told what the text
says; `follow_text` listens for a trusted text alone; `likelihoods` says how likely words are;
`Listener` listens to a few seconds again. `RecogniserKeeper` keeps the model for a while.
"""

from editor.asr.chunk import Piece, Written, written_of
from editor.asr.model_cache import RecogniserKeeper
from editor.asr.pipeline import hear_pieces
from editor.asr.prepare import (
    BEGINNING,
    DECODE_SHARE,
    WORK_FILE,
    Prepared,
    Progress,
    load_recogniser,
    prepare,
    prepare_beginning,
)
from editor.asr.realign import Listener
from editor.asr.trusted_text import follow_text
from editor.asr.word_scores import as_if_heard, likelihoods

__all__ = [
    "BEGINNING",
    "DECODE_SHARE",
    "WORK_FILE",
    "Listener",
    "Piece",
    "Prepared",
    "Progress",
    "RecogniserKeeper",
    "Written",
    "as_if_heard",
    "follow_text",
    "hear_pieces",
    "likelihoods",
    "load_recogniser",
    "prepare",
    "prepare_beginning",
    "written_of",
]
