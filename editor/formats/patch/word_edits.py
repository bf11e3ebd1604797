"""Changes words inside a caption's markup, and nothing beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.document import join_lines, split_words, word_offsets
from editor.formats.asides import seen_at
from editor.formats.markup import Span, tag_spans, visible_text
from editor.formats.patch.deletions import cuts

_MARK = re.compile(r"[-–—]|>>+|[^\s:：]+：")
#: The words of a draft, each with those that stand in its place now.
Pairs = list[tuple[str, list[str]]]


def with_words(body: str, parts: Sequence[Pairs], format_name: str) -> str | None:
    """Change words of a caption's markup; `parts` are its drafts' words, each with the new ones.

    Where none of a draft's words is left, its mark or name goes as well. None where the words are
    not there as they were read.
    """
    is_vtt = format_name == "vtt"
    text, spans = shown_text(body, format_name)
    shown = list(word_offsets(text, split_words(text)))
    was_parts = [[word for word, _ in words] for words in parts]
    firsts = firsts_of(was_parts, [word for word, _ in shown])
    if firsts is None:
        return None
    edits: list[tuple[int, int, str]] = []
    gone, marks, cursor = set[int](), set[int](), 0
    for words, was, first in zip(parts, was_parts, firsts, strict=True):
        if was:
            lead = _lead(text, shown, cursor, first, len(was[0]))
            (gone if not any(now for _, now in words) else marks).update(lead)
        cursor = first + len(was)
        for (word, now), (there, at) in zip(words, shown[first:cursor], strict=True):
            begin, end = at + len(there) - len(word), at + len(there)
            if not now:
                gone.update(range(begin, end))
            elif now != [word]:
                edits += _word_edit(body, spans[begin:end], word, now, "&<>" if is_vtt else "")
    if gone:
        tags = [] if format_name == "txt" else tag_spans(body, is_vtt=is_vtt)
        edits += [(*span, "") for span in cuts(body, (text, spans), tags, gone, marks)]
    for begin, end, fresh in sorted(edits, reverse=True):
        body = body[:begin] + fresh + body[end:]
    return body


def shown_text(body: str, format_name: str) -> tuple[str, list[Span]]:
    """The text as it is shown, and where each of its signs stands; plain text has no markup."""
    if format_name == "txt":
        seen = seen_at(body)
        return "".join(body[at] for at in seen), [(at, at + 1) for at in seen]
    return visible_text(body, is_vtt=format_name == "vtt")


def firsts_of(parts: Sequence[Sequence[str]], shown: Sequence[str]) -> list[int] | None:
    """At which of the words that are shown each part begins, one behind the other.

    None where a part does not stand there.
    """
    firsts, cursor = list[int](), 0
    for part in parts:
        starts = range(cursor, len(shown) - len(part) + 1)
        first = next((at for at in starts if _stand_there(shown[at : at + len(part)], part)), None)
        if first is None:
            return None
        firsts.append(first)
        cursor = first + len(part)
    return firsts


def _lead(
    text: str, shown: Sequence[tuple[str, int]], cursor: int, first: int, length: int
) -> range:
    """Where the marks of a draft stand, of which word `first` is the first, of some length.

    They stand in its line; what else is above was not read.
    """
    word, at = shown[first]
    begin = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    if cursor:
        begin = max(begin, shown[cursor - 1][1] + len(shown[cursor - 1][0]))
    return range(begin, at + len(word) - length)


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
