"""What the boxes of an MP4 tell where FFmpeg cannot read it: protected, cut off, or unfinished."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from editor.errors import UnreadableMedia

#: Kinds of sound that only a player with a key reads, as a table of sound begins with them.
_PROTECTED = tuple(kind + bytes(6) + b"\0\1" for kind in (b"enca", b"drms", b"aavd"))
_MOST_INDEX_BYTES = 64 * 1024 * 1024

#: Where a box begins, its kind, and where it says that it ends.
Box = tuple[int, bytes, int]


def boxes(path: Path) -> list[Box]:
    """The outermost boxes of an MP4, as far as there are some; none of another file."""
    with path.open("rb") as file:
        if file.read(8)[4:] != b"ftyp":
            return []
        return list(_boxes(path))


def _boxes(path: Path) -> Iterator[Box]:
    size_bytes, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at + 8 <= size_bytes:
            file.seek(at)
            length, kind = struct.unpack(">I4s", file.read(8))
            if length == 1:
                length = int.from_bytes(file.read(8))
            # Without a length a box goes on to the end, or its recorder never came to that.
            end = size_bytes if length == 0 else at + length
            yield at, kind, end
            if end < at + 8:
                return
            at = end


def whole_fragments_end(path: Path) -> int | None:
    """Where the last whole fragment ends in an MP4 of fragments that was cut off, if it has one."""
    found = boxes(path)
    if not found or found[-1][2] <= path.stat().st_size:
        return None
    kinds = [kind for _, kind, _ in found[:-1]]
    return found[-1][0] if b"moov" in kinds and b"mdat" in kinds and b"moof" in kinds else None


def is_protected(path: Path) -> bool:
    """Whether the sound of an MP4 is encrypted."""
    for at, kind, end in boxes(path):
        if kind == b"moov":
            with path.open("rb") as file:
                file.seek(at)
                index = file.read(min(end - at, _MOST_INDEX_BYTES))
            return any(mark in index for mark in _PROTECTED)
    return False


def protected(name: str) -> UnreadableMedia:
    """The error for encrypted sound."""
    return UnreadableMedia(
        name,
        "it is protected: its sound is encrypted.",
        "Bring a recording without protection; the program that plays this one may save it so.",
    )


def unreadable_boxes(path: Path) -> UnreadableMedia | None:
    """The error for an MP4 that cannot be read; None for another file."""
    found, size_bytes = boxes(path), path.stat().st_size
    if not found:
        return None
    has_index = any(kind == b"moov" for _, kind, _ in found)
    *_, (_, kind, end) = found
    if end > size_bytes:
        there = f"about {size_bytes / end:.0%} of it are there, and its index is missing"
        reason = there if kind == b"mdat" else "its end is missing"
        advice = "Copy or download it again, to the end."
        return UnreadableMedia(path.name, f"it was cut off: {reason}.", advice)
    if has_index:
        return UnreadableMedia(
            path.name, "it is damaged: no sound in it can be read.", "Copy or download it again."
        )
    return UnreadableMedia(
        path.name,
        "it was never finished: its index is missing, as where a recorder lost its power.",
        "Let the device that recorded it mend it, or bring it after a program for broken MP4 has.",
    )
