"""Captions for television as bytes of line 21 (SCC, CEA-608), written as pop-on captions.

What is shown is sent before, two bytes a frame; so a caption may come late behind a long one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from editor.formats.frame_rate import RATES
from editor.formats.publication import Publication, Published
from editor.formats.teletext import missing_sentence, without_accents
from editor.formats.turn_marks import marked_cues

MOST_COLUMNS = 32
_MOST_LINES = 4
_ERASE_MEMORY, _LOAD, _SHOW, _ERASE_SCREEN = 0x142E, 0x1420, 0x142F, 0x142C
_TAB = 0x1720
#: The code of each row from 1 to 15; indents add to it.
_ROWS = (
    *(0x1150, 0x1170, 0x1250, 0x1270, 0x1550, 0x1570, 0x1650, 0x1670),
    *(0x1750, 0x1770, 0x1050, 0x1350, 0x1370, 0x1450, 0x1470),
)
#: What has no code, and reads the same in another sign.
_ALIKE = str.maketrans(
    {"–": "-", "—": "-", "…": "...", "„": '"', "‚": ",", "♫": "♪", "\u00a0": " "}
)
_LATE_MS = 100


def write(publication: Publication) -> Published:
    """Write a line for each caption, and one that takes it away where a pause follows."""
    rate = RATES["29.97" if publication.choices.frame_rate == "29.97" else "29.97df"]
    cues = publication.cues_in_turn
    lines, missing, late_ms, tall = list[tuple[int, list[int]]](), 0, 0, 0
    free, erase = 0, None
    for cue, text in zip(cues, marked_cues(cues), strict=True):
        rows = text.split("\n")
        tall += len(rows) > _MOST_LINES
        words, lacking = _words(rows[-15:])
        missing += lacking
        shown = rate.frame(cue.start_ms)
        begins = max(free, shown - len(words) + 2)
        if erase is not None and erase + 2 <= begins:
            lines.append((erase, [_ERASE_SCREEN] * 2))
        elif erase is not None and erase < begins + len(words) - 2:
            # The one before goes while this one is sent.
            at = _between(words, max(0, erase - begins))
            words[at:at] = [_ERASE_SCREEN] * 2
            begins = max(free, begins - 2)
        lines.append((begins, words))
        free = begins + len(words)
        late_ms = max(late_ms, round((free - 2 - shown) * 1001 / 30))
        erase = max(free, rate.frame(cue.end_ms))
    if erase is not None:
        lines.append((erase, [_ERASE_SCREEN] * 2))
    body = "".join(f"{rate.timecode(at)}\t{_hex(words)}\n\n" for at, words in lines)
    told = _told(missing, late_ms, tall)
    return Published(f"Scenarist_SCC V1.0\n\n{body}", tuple(told))


def _told(missing: int, late_ms: int, tall: int) -> Iterator[str]:
    if missing:
        yield missing_sentence(missing, "SCC")
    if late_ms >= _LATE_MS:
        yield (
            f"captions come up to {late_ms / 1000:.1f} s late, as SCC sends two characters a frame;"
            " a preset with longer captions helps"
        )
    if tall:
        yield f"{tall} captions have more than {_MOST_LINES} lines, which SCC players may not show"


def _words(rows: Sequence[str]) -> tuple[list[int], int]:
    """What is sent for a caption, as numbers of two bytes; and how many characters have none."""
    words, missing = [_ERASE_MEMORY, _ERASE_MEMORY, _LOAD, _LOAD], 0
    for number, row in enumerate(rows, 15 - len(rows)):
        chars = row.translate(_ALIKE)
        missing += sum(char not in _codes() for char in chars)
        codes = [_codes().get(char) or _codes().get(without_accents(char), ()) for char in chars]
        indent = max(0, (MOST_COLUMNS - len(codes)) // 2)
        words += [_ROWS[number] + 2 * (indent // 4)] * 2
        words += [_TAB + indent % 4] * 2 if indent % 4 else []
        words += _paired([each or (ord("?"),) for each in codes])
    return [*words, _SHOW, _SHOW], missing


def _paired(codes: Sequence[tuple[int, ...]]) -> Iterator[int]:
    """Two characters at a time; what is a code of its own comes twice, as all such do."""
    waiting: int | None = None
    for code in codes:
        for each in code:
            if each > 0xFF:
                if waiting is not None:
                    yield waiting << 8
                    waiting = None
                yield from (each, each)
            elif waiting is None:
                waiting = each
            else:
                yield waiting << 8 | each
                waiting = None
    if waiting is not None:
        yield waiting << 8


@cache
def _codes() -> dict[str, tuple[int, ...]]:
    """The code of each character; an extended one takes the place of the letter before it."""
    # Takes a third of a second to import, and few files need it.
    from ttconv.scc.codes.characters import TO_SCC_BYTES
    from ttconv.scc.codes.extended_characters import SccExtendedCharacter
    from ttconv.scc.codes.special_characters import SccSpecialCharacter

    codes = dict[str, tuple[int, ...]]()
    for one in SccExtendedCharacter:
        codes[one.get_unicode_value()] = (ord(" "), one.get_ch1_value())
    for one in SccSpecialCharacter:
        codes[one.get_unicode_value()] = (one.get_ch1_value(),)
    return codes | {char: (byte,) for char, byte in TO_SCC_BYTES.items()}


def _between(words: Sequence[int], at: int) -> int:
    """The first place from `at` on that does not part a code from its second copy."""
    while 0 < at < len(words) and words[at] == words[at - 1] and words[at] < 0x2000:
        at += 1
    return at


def _hex(words: Sequence[int]) -> str:
    return " ".join(f"{_odd(word >> 8):02x}{_odd(word & 0xFF):02x}" for word in words)


def _odd(byte: int) -> int:
    """A byte of seven bits with the bit that makes its ones odd in number."""
    return byte | 0x80 if byte.bit_count() % 2 == 0 else byte
