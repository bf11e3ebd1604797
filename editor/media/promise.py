"""How long a recording says that it is, where that can be relied upon: what was cut off says more
than is there.

Only containers that state the length of the sound itself count. Where FFmpeg guesses it by the size
of the file (MP3 without a count of frames, AAC, MPEG-TS) or by its end (Ogg, WAV, AVI), it follows
what is left, and nothing is promised.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from editor.media.boxes import boxes
from editor.timecode import clock_from_ms

#: Padding of codecs and rounded headers make less of a difference, in ms and as a share.
_LEAST_MS, _LEAST_SHARE = 2_000, 0.002
#: Recorders that cannot know the length yet write about the most that a field of 32 bits holds.
_PLACEHOLDER_BYTES = 0x7F000000
#: Where an MP3 counts its frames: in the first frame, behind tags.
_COUNTS = (b"Xing", b"Info", b"VBRI")
_FIRST_FRAME_BYTES = 256
_COUNTED = ("aiff", "wv")
#: FLAC's frames are shorter with usual settings; few places in one look like a beginning.
_LAST_FRAME_BYTES, _MOST_SYNCS = 64 * 1024, 12


def _crc_table() -> Iterator[int]:
    for byte in range(256):
        crc = byte << 8
        for _ in range(8):
            crc = crc << 1 ^ (0x8005 if crc & 0x8000 else 0)
        yield crc & 0xFFFF


_CRC_16 = tuple(_crc_table())


def promised_ms(container: InputContainer, path: Path) -> int:
    """How long the shortest audio track says that it is; 0 where that cannot be relied upon."""
    lengths = [_promised_ms(container, sound, path) for sound in container.streams.audio]
    return min(lengths, default=0)


def cut_off_sentence(promised_ms: int, duration_ms: int) -> str | None:
    """What is told of a recording that ends before it should; None of a whole one."""
    missing_ms = promised_ms - duration_ms
    if missing_ms < max(_LEAST_MS, _LEAST_SHARE * promised_ms):
        return None
    there, all_of_it = clock_from_ms(duration_ms), clock_from_ms(promised_ms)
    return f"The recording ends after {there} of {all_of_it}: the file was cut off or is damaged."


def _promised_ms(container: InputContainer, sound: AudioStream, path: Path) -> int:
    name = container.format.name
    own_ms = 0
    if sound.duration is not None and sound.time_base is not None:
        own_ms = round(1000 * sound.duration * sound.time_base)
    if name == "mp3":
        return own_ms if _lacks_counted_bytes(path) else 0
    if name == "flac":
        return own_ms if _ends_within_a_frame(path) else 0
    if name in _COUNTED:
        return 0 if _is_placeholder(sound, own_ms) else own_ms
    if "mp4" in name.split(","):
        return own_ms if _is_short_of_bytes(path) else 0
    if name == "matroska,webm":
        told_ms = _matroska_ms(sound.metadata.get("DURATION", ""))
        whole_ms = round(1000 * (container.duration or 0) / av.time_base)
        return min(told_ms or (whole_ms if len(container.streams) == 1 else 0), whole_ms)
    return 0


def _lacks_counted_bytes(path: Path) -> bool:
    """Whether an MP3 counts its frames and bytes, and has fewer: one of several joined has more."""
    with path.open("rb") as file:
        start, head = 0, file.read(10)
        if head[:3] == b"ID3" and len(head) == 10:
            start = 10 + sum((byte & 0x7F) << 7 * (3 - at) for at, byte in enumerate(head[6:]))
        file.seek(start)
        first = file.read(_FIRST_FRAME_BYTES)
    size_bytes = path.stat().st_size - start
    for mark in _COUNTS:
        at = first.find(mark)
        if at < 0 or len(first) < at + 20:
            continue
        flags = int.from_bytes(first[at + 4 : at + 8])
        # Of the counts behind Xing's flags, the frames come first.
        counted = first[at + 10 : at + 14] if mark == b"VBRI" else first[at + 12 : at + 16]
        return (mark == b"VBRI" or flags & 3 == 3) and int.from_bytes(counted) > size_bytes
    return False


def _ends_within_a_frame(path: Path) -> bool:
    """Whether no frame of a FLAC ends with it: who copies a part may keep the whole's length."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, _LAST_FRAME_BYTES), 2)
        last = file.read()
    at = len(last)
    for _ in range(_MOST_SYNCS):
        at = max(last.rfind(b"\xff\xf8", 0, at), last.rfind(b"\xff\xf9", 0, at))
        if at < 0:
            return True
        if _crc_16(last[at:]) == 0:
            return False
    return True


def _crc_16(data: bytes) -> int:
    """The remainder of a FLAC frame by its polynomial: 0 of a whole one with its check sum."""
    crc = 0
    for byte in data:
        crc = (crc << 8 & 0xFFFF) ^ _CRC_16[crc >> 8 ^ byte]
    return crc


def _is_placeholder(sound: AudioStream, length_ms: int) -> bool:
    codec = sound.codec_context
    size = length_ms / 1000 * sound.rate * (codec.channels * codec.format.bytes if codec else 1)
    return size >= _PLACEHOLDER_BYTES and sound.codec_context.name.startswith("pcm")


def _is_short_of_bytes(path: Path) -> bool:
    """Whether the last box of an MP4 says that it ends behind the file."""
    found = boxes(path)
    return bool(found) and found[-1][2] > path.stat().st_size


def _matroska_ms(told: str) -> int:
    """A length as `DURATION` tells it: 00:00:20.008000000; 0 for anything else."""
    hours, _, rest = told.partition(":")
    minutes, _, seconds = rest.partition(":")
    try:
        return round(1000 * (3600 * int(hours) + 60 * int(minutes) + float(seconds)))
    except ValueError:
        return 0
