"""SAMI, captions in a web page's tags: each stands until the next of its language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.formats.caption import MS_A_CHARACTER, Caption
from editor.formats.drafts import some_drafts
from editor.formats.markup import parse_markup
from editor.formats.result import Problem, Reading

_SYNC = re.compile(r"<sync\b[^<>]*?\bstart\s*=\s*[\"']?\s*(-?\d{1,12})[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b([^<>]*)>", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
#: Other tags of web pages, and comments.
_REST = re.compile(
    r"</?(?:p|body|sami|sync|div|table|tr|td|a|tt|ul|li)\b[^<>]*>|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def is_sami(sample: str) -> bool:
    """Whether a text begins as such a file does."""
    return re.match(r"(?:<!--[^<>]*-->\s*)*<sami\b", sample, re.IGNORECASE) is not None


def read(text: str, name: str) -> Reading:
    """Read the captions of the language that has most; of others it is told.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    shown: dict[str, list[tuple[int, int, str]]] = {}
    line, at = 1, 0
    syncs = list(_SYNC.finditer(text))
    ends = [*(sync.start() for sync in syncs), len(text)][1:]
    for sync, end in zip(syncs, ends, strict=True):
        line, at = line + text.count("\n", at, sync.start()), sync.start()
        for language, said in _paragraphs(text[sync.end() : end]):
            shown.setdefault(language, []).append((line, max(0, int(sync[1])), said))
    captions = {language: _captions(found) for language, found in shown.items()}
    best = max(captions, key=lambda one: len(captions[one]), default="")
    others = [(other, found[0]) for other, found in captions.items() if other != best and found]
    problems = [
        Problem(first.line, other, f"captions of another language were left out; {best} is read")
        for other, first in others
    ]
    return some_drafts(captions.get(best, []), problems, name)


def _paragraphs(within: str) -> list[tuple[str, str]]:
    """(language, marked-up text) of what one sync shows."""
    parts = list(_PARAGRAPH.finditer(within))
    if not parts:
        return [("", within)]
    ends = [*(part.start() for part in parts[1:]), len(within)]
    found = []
    for part, end in zip(parts, ends, strict=True):
        named = _CLASS.search(part[1])
        found.append((named[1].lower() if named else "", within[part.end() : end]))
    return found


def _captions(shown: Sequence[tuple[int, int, str]]) -> list[Caption]:
    captions = []
    for (line, start_ms, marked_up), following in zip(shown, [*shown[1:], None], strict=True):
        bare = " ".join(_REST.sub("", marked_up).split())
        end_ms = following[1] if following else start_ms + MS_A_CHARACTER * len(bare)
        caption = parse_markup(line, start_ms, max(end_ms, start_ms), bare)
        captions += [] if caption.is_bare else [caption]
    return captions
