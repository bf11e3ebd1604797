"""EBU STL, the subtitles of European broadcasters: EBU Tech 3264, level-1 teletext."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from editor.captions import Cue
from editor.formats.frame_rate import RATES, Rate
from editor.formats.publication import Publication, Published
from editor.formats.teletext import encoded, missing_sentence, table_for
from editor.formats.turn_marks import marked_cues

MOST_COLUMNS = 37
_BLOCK = 112
_LAST_ROW = 22
#: Double height, and boxed: teletext shows what stands between two starts and two ends.
_BEGIN, _END, _NEW_LINE, _FILL = b"\x0d\x0b\x0b", b"\x0a\x0a", b"\x8a\x8a", b"\x8f"
_MOST_CUES = 65_535
_DAY_MS = 86_400_000
#: The standard knows 25 and 30 frames a second; others are in use.
_DISKS = {
    "23.976": (b"STL23.01", RATES["23.976"]),
    "24": (b"STL24.01", RATES["24"]),
    "50": (b"STL50.01", RATES["50"]),
    "29.97": (b"STL30.01", RATES["29.97"]),
    "29.97df": (b"STL30.01", RATES["29.97df"]),
    "30": (b"STL30.01", RATES["30"]),
}
_DISK_25 = (b"STL25.01", RATES["25"])
_IN_PAIRS = """
sq 01 br 02 ca 03 hr 04 cy 05 cs 06 da 07 de 08 en 09 es 0A et 0C eu 0D fo 0E fr 0F gl 13 is 14
it 15 la 17 lv 18 lb 19 lt 1A hu 1B mt 1C nl 1D no 1E oc 1F pl 20 pt 21 ro 22 sr 24 sk 25 sl 26
fi 27 sv 28 tr 29 am 7F ar 7E hy 7D as 7C az 7B be 79 bn 78 bg 77 my 76 zh 75 ka 71 el 70 gu 6F
ha 6D he 6C hi 6B id 6A ja 69 kn 68 kk 67 km 66 ko 65 lo 64 mk 63 mg 62 ms 61 mr 5F ne 5D fa 5A
pa 59 ps 58 ru 56 sn 53 si 52 so 51 sw 4F tg 4E ta 4D tt 4C te 4B th 4A uk 49 ur 48 uz 47 vi 46
"""
_NUMBERS = _IN_PAIRS.split()
#: The standard's number of each language, in its appendix 3.
_LANGUAGES = dict(zip(_NUMBERS[::2], _NUMBERS[1::2], strict=True))


def write(publication: Publication) -> Published:
    """Write a subtitle for each caption, boxed and in double height at the foot of the picture."""
    disk, rate = _DISKS.get(publication.choices.frame_rate, _DISK_25)
    cues = publication.cues_in_turn[:_MOST_CUES]
    texts = marked_cues(cues)
    table = table_for(texts)
    blocks, missing = list[bytes](), 0
    for number, (cue, text) in enumerate(zip(cues, texts, strict=True)):
        field, lacking = encoded(text, table)
        missing += lacking
        blocks += _blocks(number, cue, field.split(b"\n"), rate)
    head = _head(publication, disk, table, len(blocks), len(cues), rate.timecode(0))
    return Published(b"".join([head, *blocks]), tuple(_told(publication, missing)))


def _told(publication: Publication, missing: int) -> Iterator[str]:
    if missing:
        yield missing_sentence(missing, "STL")
    if len(publication.cues) > _MOST_CUES:
        yield f"STL holds {_MOST_CUES} captions; {len(publication.cues) - _MOST_CUES} are left out"
    if publication.choices.frame_rate in ("59.94", "60"):
        yield "STL has no such frame rate; its times count 25 frames a second"


def _blocks(number: int, cue: Cue, lines: Sequence[bytes], rate: Rate) -> Iterator[bytes]:
    """The blocks of 128 bytes of one subtitle; further ones go on with its text."""
    text = _NEW_LINE.join(_BEGIN + line + _END for line in lines)
    first = rate.frame(cue.start_ms)
    times = _time(first, rate) + _time(max(first + 1, rate.frame(cue.end_ms)), rate)
    row = max(1, _LAST_ROW - 2 * (len(lines) - 1))
    parts = [text[at : at + _BLOCK] for at in range(0, len(text), _BLOCK)]
    for count, part in enumerate(parts):
        extension = 0xFF if count == len(parts) - 1 else count
        head = struct.pack("<BHBB", 0, number, extension, 0) + times + bytes((row, 2, 0))
        yield head + part.ljust(_BLOCK, _FILL)


def _time(frame: int, rate: Rate) -> bytes:
    # A day has no more frames.
    last = rate.frame(_DAY_MS) - 1
    return bytes(map(int, rate.timecode(min(frame, last)).replace(";", ":").split(":")))


def _head(
    publication: Publication, disk: bytes, table: str, blocks: int, count: int, first: str
) -> bytes:
    """The block of 1024 bytes that says what the file is. No date: the same text, the same file."""
    title = _field(publication.title, 32)
    digits = first.replace(":", "").encode()
    parts = [
        *(b"850", disk, b"1", table.encode()),
        *(_LANGUAGES.get(publication.language or "", "00").encode(), title, b" " * 32, title),
        *(b" " * 96, b" " * 16, b"000101", b"000101", b"01"),
        *(b"%05d" % min(blocks, 99_999), b"%05d" % min(count, 99_999), b"001"),
        *(b"%02d" % MOST_COLUMNS, b"11", b"1", digits, digits, b"1", b"1", b"   ", b" " * 96),
    ]
    return b"".join(parts).ljust(1024)


def _field(text: str, length: int) -> bytes:
    return text.encode("cp850", "replace").replace(b"\n", b" ")[:length].ljust(length)
