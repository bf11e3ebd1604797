"""What SRT and WebVTT share: blocks of lines under a line with two times, read leniently."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from editor.align import Interval, spread, weight
from editor.document import DraftSegment, split_words
from editor.errors import UnreadableTranscript
from editor.formats.result import Drafts, Problem
from editor.formats.speakers import caption_parts, labels_in, read_line
from editor.timecode import ms_from_timestamp

ARROW = "-->"
_TIMES = regex.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)")
_TAG = regex.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")
_STAMP = regex.compile(r"<((?:\d+:)?\d+:\d+\.\d+)>")
_VOICE = regex.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")


@dataclass(frozen=True, slots=True)
class Block:
    """A caption as it stands in the file; `line` is that of its times."""

    line: int
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def read_captions(text: str, name: str) -> Drafts:
    """Read all captions that can be read; the others are problems, by line.

    Raises:
        UnreadableTranscript: there is no readable caption at all.
    """
    problems: list[Problem] = []
    blocks = list(_blocks(text.split("\n"), problems))
    drafts = list(_drafts(blocks))
    if not drafts:
        line = problems[0].line if problems else 1
        reason = problems[0].reason if problems else "it holds no line with times such as 00:01"
        raise UnreadableTranscript(name, f"no caption can be read: {reason}", line=line)
    return drafts, problems


def _blocks(lines: Sequence[str], problems: list[Problem]) -> Iterator[Block]:
    starts = [index for index, line in enumerate(lines) if ARROW in line]
    for index, following in pairwise([*starts, len(lines)]):
        try:
            start_ms, end_ms = _times(lines[index])
        except ValueError as error:
            problems.append(Problem(index + 1, lines[index], str(error)))
            continue
        body = _body(lines[index + 1 : following], is_last=following == len(lines))
        if any(line.strip() for line in body):
            yield Block(index + 1, start_ms, max(end_ms, start_ms), tuple(body))


def _times(line: str) -> tuple[int, int]:
    match = _TIMES.match(line)
    if match is None:
        raise ValueError("the times are not of the form 00:00:01.000 --> 00:00:02.000")
    return ms_from_timestamp(match[1]), ms_from_timestamp(match[2])


def _body(lines: Sequence[str], *, is_last: bool) -> list[str]:
    """A caption's own lines: without the next one's number or name and without notes."""
    body = list(lines)
    if not is_last and body and body[-1].strip():
        stands_alone = len(body) < 2 or not body[-2].strip()
        if stands_alone or body[-1].strip().isdecimal():
            body.pop()
    for index, line in enumerate(body):
        if line.startswith("NOTE") and (index == 0 or not body[index - 1].strip()):
            body = body[:index]
            break
    return [line for line in body if line.strip()]


def _drafts(blocks: Sequence[Block]) -> Iterator[DraftSegment]:
    blocks = [replace(b, lines=_without_rolling(blocks, i)) for i, b in enumerate(blocks)]
    labels = labels_in(line for block in blocks for line in block.lines)
    speaker: str | None = None
    for block in blocks:
        voices = [_VOICE.search(line) for line in block.lines]
        named = [
            f"{v[1].strip()}: {line}" if v else line
            for v, line in zip(voices, block.lines, strict=True)
        ]
        voiced = frozenset(v[1].strip() for v in voices if v)
        parts = [plain(part) for part in caption_parts(named)]
        lines = [read_line(part, labels | voiced) for part in parts if part]
        letters = sum(len(line.text) for line in lines) or 1
        at = block.start_ms
        for line in lines:
            end = at + (block.end_ms - block.start_ms) * len(line.text) // letters
            is_turn = line.is_turn and not (voiced and line.label == speaker)
            speaker = line.label if line.is_turn else speaker
            if line.text:
                times = _inline_times(block) if len(lines) == 1 else ()
                yield DraftSegment(
                    line.text,
                    speaker=None if line.is_sound else speaker,
                    kind="sound" if line.is_sound else "speech",
                    new_turn=is_turn,
                    start_ms=at,
                    end_ms=end,
                    word_times_ms=times if len(times) == len(split_words(line.text)) else (),
                    line=block.line,
                )
            at = end


def _inline_times(block: Block) -> tuple[Interval, ...]:
    """The times that stamps inside a caption give its words; none where they do not rise."""
    parts = _STAMP.split(" ".join(block.lines))
    try:
        starts = [block.start_ms, *map(ms_from_timestamp, parts[1::2])]
    except ValueError:
        return ()
    bounds = [*starts, max(block.end_ms, starts[-1])]
    if len(starts) == 1 or bounds != sorted(bounds):
        return ()
    times: list[Interval] = []
    for chunk, span in zip(parts[0::2], pairwise(bounds), strict=True):
        weights = [weight(word) for word in split_words(plain(chunk))]
        times += spread(weights, [span]) if weights else []
    return tuple(times)


def _without_rolling(blocks: Sequence[Block], index: int) -> tuple[str, ...]:
    """YouTube's automatic captions show each line twice; the second time it is left out."""
    lines = blocks[index].lines
    if not index or not lines:
        return lines
    above = blocks[index - 1]
    touching = blocks[index].start_ms - above.end_ms <= 20
    if touching and above.lines and plain(above.lines[-1]) == plain(lines[0]):
        return lines[1:]
    return lines


def plain(text: str) -> str:
    """A caption line without tags and entities."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())
