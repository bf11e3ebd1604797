"""Breaks the lines of a caption where a person broke them, inside its markup."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from editor.document import DraftSegment, Word, join_lines, split_words, word_offsets
from editor.formats.patch.word_edits import firsts_of, shown_text

#: Whether a line ends behind each word of a draft; None leaves it as it is.
Ends = list[bool | None]


def longest_line(drafts: Sequence[DraftSegment]) -> int:
    """The characters of the longest line of captions, marks and names aside."""
    longest = 0
    for draft in drafts:
        words = split_words(draft.text) if draft.line_ends else [draft.text]
        bounds = [0, *(end + 1 for end in draft.line_ends), len(words)]
        lines = (words[first:end] for first, end in pairwise(bounds))
        longest = max([longest, *(len(join_lines(line)) for line in lines)])
    return longest


def wanted_ends(
    draft: DraftSegment, words: Sequence[Word], last: frozenset[int], longest: int
) -> Ends | None:
    """Where a person ends the lines of a draft whose `words` these are now; None: as in the file.

    Behind words that are the `last` of a segment the file is left alone. Where no line ends any
    more, lines are joined if the words are the same ones, which took no break along, and the whole
    is not longer than the `longest` line of the file.
    """
    ends: Ends = [None if n in last else word.ends_line for n, word in enumerate(words)]
    if any(ends):
        return ends
    said = join_lines(word.text for word in words)
    is_meant = split_words(said) == split_words(draft.text) and len(said) <= longest
    return ends if draft.line_ends and is_meant else None


def with_line_ends(
    body: str, parts: Sequence[tuple[Sequence[str], Ends | None]], format_name: str, newline: str
) -> str:
    """A caption's markup with its lines broken so; `parts` are its drafts' words as they stand.

    What is not there as it should be is left as it is.
    """
    text, spans = shown_text(body, format_name)
    shown = list(word_offsets(text, split_words(text)))
    firsts = firsts_of([words for words, _ in parts], [word for word, _ in shown])
    edits: list[tuple[int, int, str]] = []
    for (words, ends), first in zip(parts, firsts or [], strict=False):
        for number, is_end in enumerate((ends or [])[:-1]):
            here, there = shown[first + number], shown[first + number + 1]
            begin, end = here[1] + len(here[0]), there[1]
            if is_end is None or is_end == ("\n" in text[begin:end]):
                continue
            between = (
                newline
                if is_end
                else join_lines(words[number : number + 2])[
                    len(words[number]) : -len(words[number + 1])
                ]
            )
            at = next((n for n in range(begin, end) if text[n].isspace()), None)
            if at is None:
                edits.append((spans[end][0], spans[end][0], between))
                continue
            edits.append((*spans[at], between))
            edits += [(*spans[n], "") for n in range(at + 1, end) if text[n].isspace()]
    for begin, end, fresh in sorted(edits, reverse=True):
        body = body[:begin] + fresh + body[end:]
    return body
