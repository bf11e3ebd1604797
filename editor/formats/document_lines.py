"""Documents as lines: one a paragraph, with `BREAK` where it breaks, or a row of a table with tabs.

What they say is read as in plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from editor.formats import timestamped, txt
from editor.formats.result import Reading

#: A line end within a paragraph.
BREAK = "\u2028"


def read(text: str, name: str) -> Reading:
    """Read such lines, where they have times or tables as those; else a paragraph a draft.

    Raises:
        UnreadableTranscript: there is no text.
    """
    broken = text.replace(BREAK, "\n")
    if timestamped.is_timestamped(broken):
        return replace(timestamped.read(broken, name), recognised="")
    return txt.read(text.replace(BREAK, " ").replace("\t", " "), name)


def row(cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """A row of a table, given the lines of each of its cells; one cell alone is no table."""
    rows = list(cells)
    if len(rows) == 1:
        yield from rows[0]
        return
    yield "\t".join(" ".join(" ".join(lines).replace("\t", " ").split()) for lines in rows)
