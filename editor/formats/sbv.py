"""SubViewer, also as YouTube has it: two times on a line with a comma between, the text below."""

from __future__ import annotations

import re

from editor.formats import srt
from editor.formats.result import Reading

_TIME = r"\d+:\d{1,2}:\d{1,2}\.\d{1,3}"
_TIMES = re.compile(rf"(?<!\d)({_TIME}),({_TIME})")
_ALONE = re.compile(rf"{_TIME},{_TIME}\s*(?:\n|\Z)")
#: What stands above the captions of SubViewer 2, and styles of it between them.
_HEAD = re.compile(r"\[[A-Z][A-Z _]*\].*")


def is_sbv(text: str) -> bool:
    """Whether a text begins as such a file does."""
    head = text.lstrip()
    return head.startswith("[INFORMATION]") or _ALONE.match(head) is not None


def read(text: str, name: str) -> Reading:
    """Read the captions; `[br]` is a line end.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    lines = ["" if _HEAD.fullmatch(line.strip()) else line for line in text.split("\n")]
    lines = [_TIMES.sub(r"\1 --> \2", line) for line in lines]
    return srt.read("\n".join(lines).replace("[br]", "<br>"), name)
