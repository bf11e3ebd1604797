"""A file of captions by rules: its words broken anew only as long as that breaks fewer rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from editor import formats
from editor.export import Converted, Options, convert, lint_file
from editor.formats.apart import read_apart

STAYS = (
    "its captions overlap, hold several speakers or have styles, which words broken anew would "
    "lose: their times and lines stay as they are"
)


def fixed(
    data: bytes, name: str, *, format_name: str, options: Options, encoding: str | None = None
) -> Converted:
    """Write a file of captions so that it breaks fewer rules; never does it break more.

    What is given back stays the same when it is fixed again.

    Raises:
        UnreadableTranscript: the file cannot be read.
        ExportRefused: it has no times and the other format needs them.
    """
    as_it_is = replace(options, keeps_captions=True)
    best = convert(data, name, format_name=format_name, options=as_it_is, encoding=encoding)
    read = read_apart(data, name, encoding=encoding)
    if not read.shown or not formats.can_write(format_name):
        return best
    if _would_lose(read):
        return replace(best, lost=best.lost or STAYS)
    written_name = f"a{formats.FORMATS[format_name].suffixes[0]}"
    problems, fewest = best.problems, _faults(best.data, written_name, options)
    source, source_name, source_encoding = data, name, encoding
    while fewest:
        tried = convert(
            source,
            source_name,
            format_name=format_name,
            options=options,
            encoding=source_encoding,
        )
        again = convert(tried.data, written_name, format_name=format_name, options=as_it_is)
        found = _faults(again.data, written_name, options)
        if found >= fewest:
            break
        best, fewest = replace(again, problems=problems), found
        source, source_name, source_encoding = best.data, written_name, None
    return best


def _faults(data: bytes, name: str, options: Options) -> int:
    return len(lint_file(data, name, options.rules, language=options.language)[0])


def _would_lose(read: formats.ReadResult) -> bool:
    """Whether captions have what words in a row cannot keep: other times, speakers, looks."""
    speakers = Counter(draft.line for draft in read.drafts)
    return (
        any(one.end_ms > following.start_ms for one, following in pairwise(read.shown))
        or max(speakers.values(), default=0) > 1
        or any(each.styles or each.place or each.unheld for each in read.shown)
    )
