"""Recordings: what they are, their sound as a work file, its silences and peaks, copies to play.

Owns PyAV and pydub. Knows nothing of text and recognition. Recordings are opened and decoded in a
process of their own.
"""

from editor.media.chunks import pieces, silences
from editor.media.clip import clip
from editor.media.decode import Decoded
from editor.media.pcm import SAMPLE_RATE_HZ, read_samples, work_duration_ms
from editor.media.peaks import LEVELS, read_peaks, write_peaks
from editor.media.remarks import decoded_told, tracks_as_heard, tracks_told
from editor.media.sandbox import decode_to_work_file, make_playable_copy, probe
from editor.media.source import SOUND_SUFFIX, MediaInfo

__all__ = [
    "LEVELS",
    "SAMPLE_RATE_HZ",
    "SOUND_SUFFIX",
    "Decoded",
    "MediaInfo",
    "clip",
    "decode_to_work_file",
    "decoded_told",
    "make_playable_copy",
    "pieces",
    "probe",
    "read_peaks",
    "read_samples",
    "silences",
    "tracks_as_heard",
    "tracks_told",
    "work_duration_ms",
    "write_peaks",
]
