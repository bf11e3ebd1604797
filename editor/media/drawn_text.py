"""Captions as pictures, drawn in the fonts of this computer; owns resvg, which shapes each script.

resvg joins Arabic letters, sets Hebrew from right to left and takes another font for what one
lacks. PyAV's FFmpeg has no libass, and Pillow joins Arabic only with libraries of the system.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

import av
import numpy as np
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from editor.errors import InvalidValue

#: A line of a caption and its colour, as `#rrggbb`.
Line = tuple[str, str]
#: The common fonts of Windows, macOS and Linux, of about the same width.
_FONTS = "Arial, Helvetica, Liberation Sans, Noto Sans, DejaVu Sans, sans-serif"
#: Of the shorter side of the picture; of the width is used at most; of the size for each line.
_SIZE, _MOST_WIDTH, _LEADING = 0.055, 0.9, 1.25
#: So many sizes are letters wide at most on average, beside those that are full width.
_WIDE = 0.62
#: Nobody's text, so no font has it: what is drawn as this is no letter.
_NO_LETTER = "\U0010fffe"
_CELL, _MOST_LETTERS = 24, 2_000


def drawn(
    lines: Sequence[Line], width: int, height: int, *, pixel_aspect: float = 1.0
) -> VideoFrame:
    """A picture, clear but for the lines, in the middle at its foot: yuva420p (width, height).

    `pixel_aspect` is how much wider than high a pixel is shown. Lines too wide for the picture, or
    too many, are drawn smaller.
    """
    size = _SIZE * min(2 * height, width * pixel_aspect)
    size = min(size, 0.9 * height / (_LEADING * max(1, len(lines))))
    shown_width = width * pixel_aspect
    if max((len(text) for text, _ in lines), default=0) * size * _WIDE > _MOST_WIDTH * shown_width:
        widest = _width_of(lines) * size
        size *= min(1.0, _MOST_WIDTH * shown_width / max(1.0, widest))
    foot = height - 0.7 * size
    places = [foot - _LEADING * size * (len(lines) - 1 - number) for number in range(len(lines))]
    inner = "".join(
        f'<text x="{shown_width / 2:.1f}" y="{y:.1f}" fill="{colour}">{_escaped(text)}</text>'
        for (text, colour), y in zip(lines, places, strict=True)
    )
    # Stretched against how it is shown, so that letters keep their shape.
    inner = f'<g transform="scale({1 / pixel_aspect:.6f} 1)" text-anchor="middle">{inner}</g>'
    frame = _rendered(_svg(inner, width, height, size))
    return frame.reformat(format="yuva420p", dst_colorspace="itu709" if height >= 360 else "itu601")


def check_letters(texts: Iterable[str]) -> None:
    """See that the fonts of this computer have all letters of some texts.

    Raises:
        InvalidValue: they lack some, which would be drawn as boxes.
    """
    letters = sorted({sign for text in texts for sign in text if _is_letter(sign)})[:_MOST_LETTERS]
    cells = [_NO_LETTER, *letters]
    inner = "".join(
        f'<text x="{_CELL * (at % 64) + 2}" y="{_CELL * (at // 64 + 1) - 6}" fill="#ffffff">'
        f"{escape(sign)}</text>"
        for at, sign in enumerate(cells)
    )
    rows = -(-len(cells) // 64)
    picture = _alpha(_rendered(_svg(inner, 64 * _CELL, rows * _CELL, 16)))
    parts = picture.reshape(rows, _CELL, 64, _CELL).swapaxes(1, 2).reshape(-1, _CELL, _CELL)
    missing = [
        sign
        for sign, part in zip(letters, parts[1:], strict=False)
        if not part.any() or np.array_equal(part, parts[0])
    ]
    if missing:
        reason = (
            f"no font of this computer has {' '.join(missing[:20])}: install one for that script,"
            " such as Noto Sans, and try again"
        )
        raise InvalidValue("captions", reason)


def _is_letter(sign: str) -> bool:
    # Marks alone are drawn on a circle, or not at all.
    return unicodedata.category(sign)[0] in "LN"


def _width_of(lines: Sequence[Line]) -> float:
    """How wide the widest of some lines is, in sizes of its letters; measured small."""
    small, room = 10, 12 * max(len(text) for text, _ in lines) + 20
    inner = "".join(
        f'<text x="{room / 2}" y="{15 * (at + 1)}" text-anchor="middle" fill="#fff">'
        f"{_escaped(text)}</text>"
        for at, (text, _) in enumerate(lines)
    )
    columns = np.flatnonzero(
        _alpha(_rendered(_svg(inner, room, 15 * (len(lines) + 1), small))).any(axis=0)
    )
    return float(columns[-1] - columns[0]) / small if len(columns) else 0.0


def _escaped(text: str) -> str:
    """A line as XML has it, in the order in which its first letter is read."""
    plain = "".join(sign if sign.isprintable() or _is_format(sign) else " " for sign in text)
    first = next((unicodedata.bidirectional(s) for s in plain if s.isalpha()), "L")
    # resvg begins each line from the left: an isolate from the right keeps its full stop there.
    return escape(f"\u2067{plain}\u2069" if first in ("R", "AL") else plain)


def _is_format(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf"


def _svg(inner: str, width: int, height: int, size: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' font-family="{_FONTS}" font-size="{size:.1f}" font-weight="bold" stroke="#000000"'
        f' stroke-width="{size / 8:.2f}" stroke-linejoin="round" paint-order="stroke">{inner}</svg>'
    )


def _rendered(svg: str) -> VideoFrame:
    # Only films need it, and it takes its time.
    import resvg_py

    decoder = av.CodecContext.create("png", "r")
    assert isinstance(decoder, VideoCodecContext)
    packet = Packet(resvg_py.svg_to_bytes(svg_string=svg))
    (frame,) = [*decoder.decode(packet), *decoder.decode(None)]
    return frame


def _alpha(frame: VideoFrame) -> NDArray[np.uint8]:
    return frame.to_ndarray(format="rgba")[..., 3].astype(np.uint8)
