"""What a file is, told by its first bytes: a recording, a text, a packed project, or none of them.

So it is known before all of it is sent. Its name does not matter, but for a project's.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

from editor import media
from editor.errors import UnreadableMedia
from editor.formats import is_text

Kind = Literal["recording", "text", "project"]

#: So many bytes tell.
HEAD_BYTES = 64 * 1024
PROJECT_SUFFIX = ".transcript"
#: The first name in a packed project, where a zip file has it.
_PROJECT = (30, b"rows.json")
#: How recordings begin: where, and with what. Others are tried by the decoder.
_RECORDINGS = (
    *((0, b"\xff" + second) for second in (b"\xfb", b"\xfa", b"\xf3", b"\xf2", b"\xe3", b"\xe2")),
    *((0, b"\xff" + second) for second in (b"\xfd", b"\xfc", b"\xf1", b"\xf9", b"\xf0", b"\xf8")),
    *((4, atom) for atom in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")),
    *((0, b"ID3"), (0, b"RIFF"), (0, b"RF64"), (0, b"riff"), (0, b"fLaC"), (0, b"OggS")),
    *((0, b"FORM"), (0, b"caff"), (0, b".snd"), (0, b"#!AMR"), (0, b"FLV\x01"), (0, b"wvpk")),
    *((0, b"TTA1"), (0, b"MAC "), (0, b".RMF"), (0, b"DSD "), (0, b"Creative Voice File")),
    *((0, b"\x1aE\xdf\xa3"), (0, b"0&\xb2u"), (0, b"\0\0\x01\xba"), (0, b"\x06\x0e+4")),
)
_PICTURES = (
    *((0, b"\x89PNG"), (0, b"\xff\xd8\xff"), (0, b"GIF8"), (8, b"WEBP")),
    *((8, b"heic"), (8, b"heix"), (8, b"mif1"), (8, b"avif")),
)


def kind_of(head: bytes, name: str) -> Kind:
    """Tell what a file is by its first `HEAD_BYTES`, or all of it where it is smaller.

    Raises:
        UnreadableMedia, UnreadableTranscript: it is nothing that can be used; says what to do.
    """
    if not head:
        raise UnreadableMedia(name, "it is empty (0 bytes).", "Copy it again from the original.")
    if name.lower().endswith(PROJECT_SUFFIX) or _begins(head, (_PROJECT,)):
        return "project"
    if _begins(head, _PICTURES):
        raise UnreadableMedia(name, "it is a picture.", "Choose a recording or a text.")
    # Behind zeros anything may stand.
    if _begins(head, _RECORDINGS) or _is_transport_stream(head) or not head.strip(b"\0"):
        return "recording"
    if is_text(head, name):
        return "text"
    if not _opens(head):
        raise UnreadableMedia(
            name,
            "it is neither a recording nor a readable text.",
            "Play it in another program; if it plays there, save it as MP3, M4A or WAV.",
        )
    return "recording"


def _begins(head: bytes, table: tuple[tuple[int, bytes], ...]) -> bool:
    return any(head.startswith(begin, at) for at, begin in table)


def _is_transport_stream(head: bytes) -> bool:
    """Each of its packets begins alike; the first that names an audio track may come later."""
    return any(head[at::size][:3] == b"GGG" for at, size in ((0, 188), (4, 192)))


def _opens(head: bytes) -> bool:
    """Whether the decoder knows a recording by its beginning."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "head"
        path.write_bytes(head)
        try:
            media.probe(path)
        except UnreadableMedia:
            return False
    return True
