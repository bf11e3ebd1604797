"""Captions for television as bytes of line 21 (SCC), decoded by ttconv."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from editor.errors import UnreadableTranscript
from editor.formats.caption import MS_A_CHARACTER, Caption
from editor.formats.drafts import some_drafts
from editor.formats.result import Reading
from editor.formats.styling import Style

_BEGINS = "Scenarist_SCC"
#: What ttconv raises where bytes and times are not what it expects of them.
_NOT_READ = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError)


def is_scc(sample: str) -> bool:
    """Whether a text begins as such a file does."""
    return sample.startswith(_BEGINS)


def read(text: str, name: str) -> Reading:
    """Read the captions of the first channel; a line that rolls up is read once.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    # Takes a third of a second to import, and few files need it.
    from ttconv.scc import reader

    logging.getLogger("ttconv").addHandler(logging.NullHandler())
    try:
        body = reader.to_model(text).get_body()
        captions = list(_captions(body)) if body is not None else []
    except _NOT_READ as error:
        raise UnreadableTranscript(name, "these SCC captions (line 21) are damaged") from error
    return some_drafts(captions, [], name)


def _captions(body: Any) -> Iterator[Caption]:
    from ttconv.model import P

    above = list[str]()
    for number, each in enumerate((e for e in body.dfs_iterator() if isinstance(e, P)), start=1):
        text, styles = _text_of(each)
        start, end = each.get_begin() or Fraction(0), each.get_end()
        start_ms = round(start * 1000)
        end_ms = start_ms + MS_A_CHARACTER * len(text) if end is None else round(end * 1000)
        whole = Caption(number, start_ms, end_ms, text.rstrip(), styles=tuple(styles))
        lines = whole.text.split("\n")
        rolled = _rolled_up(above, lines) if _rolls(each) else 0
        above = lines if _rolls(each) else []
        fresh = whole.from_offset(sum(len(line) + 1 for line in lines[:rolled]))
        if not fresh.is_bare:
            yield fresh


def _rolls(paragraph: Any) -> bool:
    region = paragraph.get_region()
    return region is not None and region.get_id().startswith("rollup")


def _rolled_up(above: Sequence[str], lines: Sequence[str]) -> int:
    """How many lines at the head were on the screen already, below others."""
    counts = range(min(len(above), len(lines) - 1), 0, -1)
    return next((count for count in counts if above[-count:] == lines[:count]), 0)


def _text_of(paragraph: Any) -> tuple[str, list[Style]]:
    from ttconv.model import Br, Text
    from ttconv.style_properties import FontStyleType, StyleProperties

    text, styles = "", list[Style]()
    for each in paragraph.dfs_iterator():
        if isinstance(each, Br):
            text = text.rstrip() + "\n"
        elif isinstance(each, Text):
            said = each.get_text() or ""
            said = said.lstrip() if not text or text[-1] == "\n" else said
            style = each.parent().get_style(StyleProperties.FontStyle)
            if style == FontStyleType.italic and said.strip():
                styles.append(Style(len(text), len(text) + len(said.rstrip()), "i"))
            text += said
    return text, styles
