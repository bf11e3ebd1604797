"""Who speaks when. Knows no text, no library and no job.

`pieces_by_chunk` hears a recording: pieces in which one voice speaks, each with the vector of that
voice. `speakers_of` tells from all of them whose they are. Where each of two people has a channel,
`compared` and `turns_of_channels` go by that.
"""

from editor.diarization.channels import TwoChannels, compared, turns_of_channels
from editor.diarization.clustering import MOST_SPEAKERS
from editor.diarization.networks import SpeakerNetworks
from editor.diarization.pieces import Piece
from editor.diarization.recording import CHUNK_MS, chunks_of, pieces_by_chunk
from editor.diarization.saved import save_pieces, saved_pieces
from editor.diarization.turns import Speakers, speakers_of
from editor.document import Turn

__all__ = [
    "CHUNK_MS",
    "MOST_SPEAKERS",
    "Piece",
    "SpeakerNetworks",
    "Speakers",
    "Turn",
    "TwoChannels",
    "chunks_of",
    "compared",
    "pieces_by_chunk",
    "save_pieces",
    "saved_pieces",
    "speakers_of",
    "turns_of_channels",
]
