"""What a text is, told by its content: one table, in which each reader says how sure it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from editor.formats import lrc, sbv, table, textgrid, transcript_json

_ROOT = re.compile(r"<(?:\w+:)?(tt|timedtext|transcript|ANNOTATION_DOCUMENT)[\s>]")
_OF_ROOTS = {"tt": "ttml", "ANNOTATION_DOCUMENT": "eaf"}
_HEAD = 4096

#: A format, and how sure it is of a file's beginning, from 0 to 1.
KINDS: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("vtt", lambda head: 1.0 * bool(re.match(r"WEBVTT(?:\s|\Z)", head))),
    ("ass", lambda head: 1.0 * head.startswith("[Script Info]")),
    ("json", lambda head: 0.9 * transcript_json.is_json(head)),
    ("sbv", lambda head: 0.9 * sbv.is_sbv(head)),
    ("textgrid", lambda head: 0.9 * textgrid.is_textgrid(head)),
    ("lrc", lambda head: 0.8 * lrc.is_lrc(head)),
    ("labels", lambda head: 0.8 * table.is_labels(head)),
    ("table", lambda head: 0.7 * table.is_table(head)),
)


def format_in(text: str) -> str | None:
    """The format that a text is surely in, None where its content does not tell."""
    head = text.lstrip()[:_HEAD]
    if head.startswith("<") and (root := _ROOT.search(head)):
        return _OF_ROOTS.get(root[1], "srv")
    sure, name = max((sure(head), name) for name, sure in KINDS)
    return name if sure else None
