"""Changes words inside a caption's markup, and nothing beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.document import join_lines, split_words, word_offsets
from editor.formats.markup import visible_text
from editor.formats.written_times import raw_lines

_MARK = re.compile(r"[-–—]|>>+|[^\s:：]+：")
#: The words of a draft, each with those that stand in its place now.
Pairs = list[tuple[str, list[str]]]


def with_words(body: str, parts: Sequence[Pairs], is_vtt: bool) -> str | None:
    """Change words of a caption's markup; `parts` are its drafts' words, each with the new ones.

    None where the words are not there as they were read.
    """
    text, spans = visible_text(body, is_vtt=is_vtt)
    shown = list(word_offsets(text, split_words(text)))
    texts = [word for word, _ in shown]
    edits: list[tuple[int, int, str]] = []
    cursor = 0
    for words in parts:
        was = [word for word, _ in words]
        starts = range(cursor, len(texts) - len(was) + 1)
        first = next((at for at in starts if _stand_there(texts[at : at + len(was)], was)), None)
        if first is None:
            return None
        cursor = first + len(was)
        for (word, now), (there, at) in zip(words, shown[first:cursor], strict=True):
            if now != [word]:
                begin, end = at + len(there) - len(word), at + len(there)
                escaped = "&<>" if is_vtt else ""
                edits += _word_edit(body, spans[begin:end], word, now, escaped)
    for begin, end, fresh in reversed(edits):
        body = body[:begin] + fresh + body[end:]
    return body


def _stand_there(there: Sequence[str], was: Sequence[str]) -> bool:
    """Whether words are those of a draft, the first perhaps with a mark glued before it."""
    if there == was or not was:
        return there == was
    head, *rest = there
    return (
        head.endswith(was[0])
        and rest == was[1:]
        and bool(_MARK.fullmatch(head, 0, len(head) - len(was[0])))
    )


def without_new_blanks(before: str, after: str) -> str:
    """A removed word leaves no empty line, which would end a caption."""
    if any(not line.strip() for line in raw_lines(before)[:-1]):
        return after
    kept = [line for line in raw_lines(after) if line.strip()]
    return "".join(kept).rstrip("\r\n")


def _word_edit(
    body: str, spans: Sequence[tuple[int, int]], was: str, now: Sequence[str], escaped: str
) -> list[tuple[int, int, str]]:
    """The smallest edit that makes one word others: (begin, end, new) in the markup.

    Signs that are `escaped` in the new words are not compared with references to them.
    """
    fresh = join_lines(now)
    begin, end = spans[0][0], spans[-1][1]
    if fresh == body[begin:end] or list(now) == [was]:
        return []
    if not fresh:
        return [_with_space(body, begin, end)]
    kept = [_is_plain(span) or sign not in escaped for span, sign in zip(spans, was, strict=True)]
    head = 0
    while head < min(len(was), len(fresh)) and kept[head] and was[head] == fresh[head]:
        head += 1
    tail = 0
    while (
        tail < min(len(was), len(fresh)) - head
        and kept[-1 - tail]
        and was[-1 - tail] == fresh[-1 - tail]
    ):
        tail += 1
    begin = spans[head][0] if head < len(spans) else end
    end = spans[-1 - tail][1] if head + tail < len(spans) else begin
    inner = re.findall(r"<[^<>]*>", body[begin:end])
    return [(begin, end, fresh[head : len(fresh) - tail] + "".join(inner))]


def _is_plain(span: tuple[int, int]) -> bool:
    return span[1] - span[0] == 1


def _with_space(body: str, begin: int, end: int) -> tuple[int, int, str]:
    """Remove a word with the space behind it, or before it at the end of a line."""
    if body[end : end + 1] == " ":
        return begin, end + 1, ""
    return begin - (body[begin - 1 : begin] == " "), end, ""
