"""How large a text may be. Beyond it no page could show it, and reading would hold the server up.

Ten hours of speech are some 20,000 captions.
"""

from __future__ import annotations

from collections.abc import Sequence

from editor.document import DraftSegment
from editor.errors import UnreadableTranscript
from editor.sandbox import Limits

MOST_LINES = 600_000
MOST_SEGMENTS = 100_000
#: What the page can change, too.
MOST_CHARACTERS = 100_000
#: What reading a text may take: the largest that can be brought takes a third of it.
MOST_CPU_S = 60
LIMITS = Limits(memory_bytes=1536 * 1024**2, cpu_s=MOST_CPU_S, file_bytes=0)
#: So long nothing may come of it, on a busy computer too.
SILENT_S = 120.0


def check_lines(text: str, name: str) -> None:
    """Refuse a text of too many lines before it is read.

    Raises:
        UnreadableTranscript: it is.
    """
    count = text.count("\n") + 1
    if count > MOST_LINES:
        raise UnreadableTranscript(
            name, f"it has {count} lines, and {MOST_LINES} are the most: cut it into parts"
        )


def check_drafts(drafts: Sequence[DraftSegment], name: str) -> None:
    """Refuse too many segments, and one that is too long.

    Raises:
        UnreadableTranscript: names the line.
    """
    if len(drafts) > MOST_SEGMENTS:
        reason = f"it has {len(drafts)} segments, and {MOST_SEGMENTS} are the most"
        raise UnreadableTranscript(name, f"{reason}: cut it into parts")
    for draft in drafts:
        if len(draft.text) > MOST_CHARACTERS:
            reason = f"it is longer than {MOST_CHARACTERS} characters: put line ends into it"
            raise UnreadableTranscript(name, reason, line=draft.line)
