"""From a recording to the words recognised in it. Knows no library and no job.

`prepare` makes a recording ready; `recognise_chunks` recognises it chunk by chunk, with what the
text says; `align_trusted_text` only finds when a trusted text is said; `score_words` says how
likely words are; `Realigner` aligns a few seconds again. `ModelCache` keeps the model for a while.
"""

from editor.asr.chunk import Chunk, Written, written_of
from editor.asr.confidence import as_recognised, score_words
from editor.asr.model_cache import ModelCache
from editor.asr.pipeline import recognise_chunks
from editor.asr.prepare import (
    BEGINNING_FILE,
    DECODE_SHARE,
    PCM_FILE,
    WORK_FILES,
    OwnSound,
    Prepared,
    Progress,
    load_recogniser,
    prepare,
    prepare_beginning,
)
from editor.asr.realign import Realigner
from editor.asr.trusted_text import align_trusted_text

__all__ = [
    "BEGINNING_FILE",
    "DECODE_SHARE",
    "PCM_FILE",
    "WORK_FILES",
    "Chunk",
    "ModelCache",
    "OwnSound",
    "Prepared",
    "Progress",
    "Realigner",
    "Written",
    "align_trusted_text",
    "as_recognised",
    "load_recogniser",
    "prepare",
    "prepare_beginning",
    "recognise_chunks",
    "score_words",
    "written_of",
]
