"""Who speaks when. Knows no text, no library and no job.

`voice_spans_by_chunk` hears a recording: spans in which one voice speaks, each with the vector of
that voice. `speakers_of` tells from all of them whose they are. Where each person has a
channel or track, `people_in` goes by that.
"""

from editor.diarization.channels import People, people_in
from editor.diarization.clustering import MOST_SPEAKERS
from editor.diarization.networks import SpeakerNetworks
from editor.diarization.recording import voice_spans_by_chunk
from editor.diarization.saved import save_voice_spans, saved_voice_spans
from editor.diarization.turns import Speakers, speakers_of
from editor.diarization.voice_spans import VoiceSpan
from editor.document import Turn

__all__ = [
    "MOST_SPEAKERS",
    "People",
    "SpeakerNetworks",
    "Speakers",
    "Turn",
    "VoiceSpan",
    "people_in",
    "save_voice_spans",
    "saved_voice_spans",
    "speakers_of",
    "voice_spans_by_chunk",
]
