"""Whether browsers' players show each moment of a recording where it is.

A player reads a time line of its own from a file: it goes by estimates where there is no index,
plays sound back to back over gaps, believes a header, counts from where the clock of a stream
stands. What demuxing and decoding show tells where that leads astray; then a copy is played.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from editor.media.mix import is_unnamed

_TIME_BASE = 1_000_000
#: Sound further off its timestamp than this is moved; less is rounding in the container.
TOLERANCE_S = 0.05
#: Priming of encoders is less than this; a clock that starts further off was cut from a longer one.
LATEST_START_S = 0.05
#: Headers that tell the length are off by the priming of two encoders at most.
_LENGTH_TOLERANCE_S = 0.15
_ID3_HEAD_BYTES = 10
_MATROSKA_HEAD_BYTES = 64 * 1024
_CUES = b"\x1c\x53\xbb\x6b"


@dataclass
class Seen:
    """What demuxing and decoding an audio track showed; times in s.

    `filled_s` is silence put in, `cut_s` what came twice, `jumps` how often its clock was set anew,
    `refused` counts packets that cannot be decoded, `left_out` those in the middle that an edit
    list leaves out, `heads` holds the kinds of MP3 frames, `forms` those of the decoded sound.
    `track` is its number, `went_on_in` has those of others in which the sound went on.
    """

    track: int = 1
    filled_s: float = 0.0
    cut_s: float = 0.0
    jumps: int = 0
    refused: int = 0
    left_out: int = 0
    length_s: float = 0.0
    first_byte: int | None = None
    has_begun: bool = False
    heads: set[bytes] = field(default_factory=set)
    forms: set[tuple[str, int]] = field(default_factory=set)
    went_on_in: list[int] = field(default_factory=list)

    def packet(self, packet: Packet[Stream], *, is_mp3: bool) -> None:
        """A packet was read."""
        if packet.size == 0:
            return
        if self.first_byte is None:
            self.first_byte = packet.pos
        if packet.is_discard:
            self.left_out += self.has_begun
        else:
            self.has_begun = True
        if is_mp3:
            self.heads.add(_kind_of_mp3_frame(bytes(memoryview(packet)[:4])))

    def frame(self, frame: AudioFrame) -> None:
        """A frame was decoded."""
        self.forms.add((frame.layout.name, frame.sample_rate))

    @property
    def is_sound_whole(self) -> bool:
        """Whether the packets, one after another, are the sound as it is heard here."""
        is_moved = self.filled_s or self.cut_s or self.jumps or self.left_out
        return not (is_moved or self.refused or self.went_on_in) and len(self.forms) == 1


class Picture:
    """From when to when, by the clock of the file, the picture has been shown without a break."""

    def __init__(self, longest_gap_s: float) -> None:
        self._longest_gap_s = longest_gap_s
        self._from_s = self._until_s = float("-inf")

    def shown(self, packet: Packet[Stream]) -> None:
        """A packet of the picture was read."""
        stamp = packet.dts if packet.dts is not None else packet.pts
        if stamp is None or packet.time_base is None:
            return
        at_s = float(stamp * packet.time_base)
        if abs(at_s - self._until_s) > self._longest_gap_s:
            self._from_s = at_s
        self._until_s = at_s

    def covers(self, start_s: float, end_s: float) -> bool:
        """Whether it was shown all the time between two moments, nearly."""
        return self._from_s <= start_s + self._longest_gap_s and (
            self._until_s >= end_s - self._longest_gap_s
        )


def reasons(container: InputContainer, path: Path, sound: AudioStream, seen: Seen) -> Iterator[str]:
    """Why a browser's clock cannot be trusted in a recording; nothing where it can."""
    start_s = (container.start_time or 0) / _TIME_BASE
    # What an MP3 begins with is its encoder's delay, which players take off.
    if abs(start_s) > LATEST_START_S and container.format.name != "mp3":
        yield f"its clock begins at {start_s:.1f} s"
    if seen.filled_s or seen.cut_s:
        yield f"{seen.filled_s:.1f} s are missing, {seen.cut_s:.1f} s come twice"
    if seen.jumps:
        yield "its clock jumps"
    if seen.refused:
        yield f"{seen.refused} packets cannot be decoded"
    if seen.left_out:
        yield "an edit list leaves out parts of it"
    if len(seen.forms) > 1:
        yield "its sound changes its format"
    if len(container.streams.audio) > 1:
        yield "browsers differ in which of its audio tracks they play"
    if is_unnamed(sound.codec_context.layout):
        yield "browsers do not know its channels"
    header_s = _header_length_s(container, sound)
    is_film = bool(container.streams.video)
    if seen.length_s > header_s + _LENGTH_TOLERANCE_S or (
        not is_film and seen.length_s < header_s - _LENGTH_TOLERANCE_S
    ):
        yield f"its header says {header_s:.1f} s, its sound lasts {seen.length_s:.1f} s"
    yield from _without_index(container, path, seen)


def _without_index(container: InputContainer, path: Path, seen: Seen) -> Iterator[str]:
    """Where a player goes by estimates."""
    kind = container.format.name
    with path.open("rb") as file:
        if kind == "mp3" and (len(seen.heads) > 1 or b"" in seen.heads):
            yield "its bit rate varies"
        if kind == "mp3" and not _begins_with_sound(file):
            yield "something else stands before its sound"
        if kind == "aac":
            yield "it has no times"
        file.seek(0)
        if kind == "wav" and file.read(4) != b"RIFF":
            yield "its header is not read everywhere"
        file.seek(0)
        if kind == "matroska,webm" and _CUES not in file.read(_MATROSKA_HEAD_BYTES):
            yield "it has no index"


def _header_length_s(container: InputContainer, sound: Stream) -> float:
    if sound.duration is not None and sound.time_base is not None:
        return float(sound.duration * sound.time_base)
    return (container.duration or 0) / _TIME_BASE


def _kind_of_mp3_frame(head: bytes) -> bytes:
    """What may not change from frame to frame: version, layer, bit rate and sample rate.

    Nothing for what is no frame, or one that does not tell its bit rate.
    """
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or not head[2] >> 4:
        return b""
    # The padding bit and the protection bit may change.
    return bytes([head[1] & 0xFE, head[2] & 0xFC])


def _begins_with_sound(file: BinaryIO) -> bool:
    """Whether an MP3 begins with a frame, once its tags are passed over."""
    at = 0
    while True:
        file.seek(at)
        head = file.read(_ID3_HEAD_BYTES)
        if head[:3] != b"ID3" or len(head) < _ID3_HEAD_BYTES:
            return bool(_kind_of_mp3_frame(head[:4]))
        size = 0
        for byte in head[6:]:
            size = size << 7 | byte & 0x7F
        has_foot = head[5] & 0x10
        at += _ID3_HEAD_BYTES + size + (_ID3_HEAD_BYTES if has_foot else 0)
