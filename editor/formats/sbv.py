"""SubViewer as YouTube has it: two times on a line with a comma between, the text below."""

from __future__ import annotations

import re

from editor.formats import srt
from editor.formats.result import Reading

_TIME = r"\d+:\d{1,2}:\d{1,2}\.\d{1,3}"
_TIMES = re.compile(rf"(?<!\d)({_TIME}),({_TIME})")


def is_sbv(text: str) -> bool:
    """Whether a text begins as such a file does."""
    return _TIMES.match(text.lstrip()) is not None


def read(text: str, name: str) -> Reading:
    """Read the captions; `[br]` is a line end.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    lines = [_TIMES.sub(r"\1 --> \2", line) for line in text.split("\n")]
    return srt.read("\n".join(lines).replace("[br]", " "), name)
