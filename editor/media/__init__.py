"""Recordings: what they are, their sound as a PCM file, its silences and peaks, copies to play.

Owns PyAV, pydub and resvg. Knows nothing of text and recognition. Recordings are opened and decoded
in a process of their own.
"""

from editor.media.burn import WITH_PICTURE, Shown
from editor.media.chunks import cut_chunks, silences
from editor.media.clip import CLIP_TYPES, MOST_CLIP_MS
from editor.media.content_types import content_type_of
from editor.media.decode import Decoded
from editor.media.limits import MOST_MS
from editor.media.parts import (
    FLOOR_DB,
    LEVEL_FRAME_MS,
    Part,
    part_levels,
    part_path,
    parts_of,
    write_sum,
    write_within,
)
from editor.media.pcm import SAMPLE_RATE_HZ, pcm_duration_ms, read_samples
from editor.media.peaks import LEVELS, read_peaks, write_peaks
from editor.media.promise import cut_off_sentence
from editor.media.remarks import decoded_remarks, described_tracks, track_remarks
from editor.media.remux import WITH_CAPTIONS, WITH_CHAPTERS, Additions, at_once
from editor.media.sandbox import (
    burn,
    decode_to_pcm,
    film_length_ms,
    make_browser_copy,
    probe,
    remux,
    shot_changes,
    write_clip,
    write_cut,
    write_parts,
)
from editor.media.source import SOUND_SUFFIX, MediaInfo

__all__ = [
    "CLIP_TYPES",
    "FLOOR_DB",
    "LEVELS",
    "LEVEL_FRAME_MS",
    "MOST_CLIP_MS",
    "MOST_MS",
    "SAMPLE_RATE_HZ",
    "SOUND_SUFFIX",
    "WITH_CAPTIONS",
    "WITH_CHAPTERS",
    "WITH_PICTURE",
    "Additions",
    "Decoded",
    "MediaInfo",
    "Part",
    "Shown",
    "at_once",
    "burn",
    "content_type_of",
    "cut_chunks",
    "cut_off_sentence",
    "decode_to_pcm",
    "decoded_remarks",
    "described_tracks",
    "film_length_ms",
    "make_browser_copy",
    "part_levels",
    "part_path",
    "parts_of",
    "pcm_duration_ms",
    "probe",
    "read_peaks",
    "read_samples",
    "remux",
    "shot_changes",
    "silences",
    "track_remarks",
    "write_clip",
    "write_cut",
    "write_parts",
    "write_peaks",
    "write_sum",
    "write_within",
]
