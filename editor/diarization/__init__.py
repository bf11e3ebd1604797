"""Who speaks when. Knows no text, no library and no job.

`voice_spans_by_chunk` hears a recording: spans in which one voice speaks, each with the vector of
that voice. `speakers_of` tells from all of them whose they are. Where each of two people has a
channel, `compared` and `turns_of_channels` go by that.
"""

from editor.diarization.channels import TwoChannels, compared, turns_of_channels
from editor.diarization.clustering import MOST_SPEAKERS
from editor.diarization.networks import SpeakerNetworks
from editor.diarization.recording import voice_spans_by_chunk
from editor.diarization.saved import save_voice_spans, saved_voice_spans
from editor.diarization.turns import Speakers, speakers_of
from editor.diarization.voice_spans import VoiceSpan
from editor.document import Turn

__all__ = [
    "MOST_SPEAKERS",
    "SpeakerNetworks",
    "Speakers",
    "Turn",
    "TwoChannels",
    "VoiceSpan",
    "compared",
    "save_voice_spans",
    "saved_voice_spans",
    "speakers_of",
    "turns_of_channels",
    "voice_spans_by_chunk",
]
