"""From captions to drafts: rolling repeats removed, speakers told apart, times made sane."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, zip_longest

from editor.captions import Cue
from editor.document import DraftSegment, Kind, join_lines, split_words
from editor.errors import UnreadableTranscript
from editor.formats.caption import Caption
from editor.formats.labels import known_labels
from editor.formats.names import names_at_heads
from editor.formats.result import Problem, Reading
from editor.formats.sanity import in_time_order, lasting, with_sane_ends, with_sane_starts
from editor.formats.turn_marks import (
    Turn,
    TurnReader,
    begins_turn,
    is_sound,
    take_apart,
    with_marks,
)

ROLLED = "lines that roll up from one caption to the next were read once only"
_CONTIGUOUS_MS = 100
_FLASH_MS = 10
_ROLLING_SHARE = 0.4
#: White space around lines, and lines of nothing else.
_UNTIDY = re.compile(r"\A\s+|\s+\Z|[^\S\n]+(?=\n)|(?<=\n)\s+")
#: No mark of a turn begins with a letter.
_MAY_MARK = re.compile(r"\n(?![^\W\d_])")
_GLUED_DASH = re.compile(r"^-(?=[^\W\d_]|[\"'“‘«¿¡([…])", re.MULTILINE)


def drafts_from_captions(captions: Sequence[Caption], problems: Sequence[Problem]) -> Reading:
    """Make a draft of each caption, or of each speaker's part of one."""
    captions, start_problems = with_sane_starts(captions)
    captions, order_problems = in_time_order(captions)
    rolled_out = _without_repeats(captions)
    sane, end_problems = with_sane_ends(rolled_out)
    shown = _named_above(list(map(lasting, _with_dashes_apart(sane))))
    lines = [line for caption in shown for line in caption.text.split("\n")]
    is_voiced = any(caption.voices for caption in shown)
    firsts = (caption.text.split("\n", 1)[0] for caption in shown)
    labels = frozenset() if is_voiced else known_labels(lines, firsts)
    reader, voices = TurnReader(labels), _VoiceReader()
    drafts = []
    for caption in shown:
        for part in _parts(caption, labels):
            said = caption.text[part.first : part.end]
            text = join_lines(said.split("\n")) if "\n" in said else said.strip()
            turn = voices.read(text, part.voice) if is_voiced else reader.read(text)
            if turn.text:
                drafts.append(_draft(caption, part, turn))
    mended = [*start_problems, *order_problems, *end_problems]
    found = [*problems, *mended, *_reported_repeats(captions, rolled_out)]
    ordered = sorted(found, key=lambda problem: problem.line)
    return Reading(tuple(drafts), tuple(ordered), tuple(captions), tuple(map(tidied, sane)))


def some_drafts(captions: Sequence[Caption], problems: Sequence[Problem], name: str) -> Reading:
    """The same, of a file that has to hold something.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    reading = drafts_from_captions(captions, problems)
    if not reading.drafts:
        raise UnreadableTranscript(name, "no caption in it can be read")
    return reading


def cue_of(caption: Caption) -> Cue:
    """A caption as a cue, with its own lines."""
    lines = tuple(line for line in map(str.strip, caption.text.split("\n")) if line)
    kind: Kind = "sound" if is_sound(" ".join(lines)) else "speech"
    voice = caption.voices[0][1] if caption.voices else None
    settings = caption.unknown_settings
    return Cue(caption.start_ms, caption.end_ms, lines, voice, kind=kind, unknown_settings=settings)


def tidied(caption: Caption) -> Caption:
    """A caption without the blank lines that would end it in other formats, and blanks at ends."""
    text = caption.text
    if all(line and line == line.strip() for line in text.split("\n")):
        return caption
    return caption.without([found.span() for found in _UNTIDY.finditer(text)])


def labels_of(captions: Sequence[Caption]) -> list[list[tuple[int, str]]]:
    """For each caption, what tells who speaks where no voice tag can: labels, by their offset."""
    if not any(caption.voices for caption in captions):
        return [[] for _ in captions]
    turns, places = list[Turn](), list[tuple[int, int]]()
    for number, caption in enumerate(captions):
        bounds = [0, *(at for at, _ in caption.voices if at), len(caption.text)]
        names = dict(caption.voices)
        for first, end in pairwise(sorted(set(bounds))):
            text = caption.text[first:end].strip()
            turns.append(Turn(text, names.get(first) or None, False, is_sound(text)))
            places.append((number, first))
    labels: list[list[tuple[int, str]]] = [[] for _ in captions]
    for (number, at), turn, line in zip(places, turns, with_marks(turns), strict=True):
        text = captions[number].text
        label = line.removesuffix(turn.text)
        if at and label and text[at - 1] != "\n":
            label = f"\n{label}"
        if label:
            labels[number].append((at, label))
    return labels


def _named_above(captions: list[Caption]) -> list[Caption]:
    """The captions, said by those whose names are the first lines of nearly all of them."""
    heads = [c.text.partition("\n")[0] if "\n" in c.text else "" for c in captions]
    if any(caption.voices for caption in captions):
        return captions
    return [
        replace(caption.from_offset(len(head) + 1), voices=((0, name),)) if name else caption
        for caption, head, name in zip(captions, heads, names_at_heads(heads), strict=True)
    ]


def _with_dashes_apart(captions: Sequence[Caption]) -> list[Caption]:
    """Where two dashes without a space behind them mark two speakers, all such dashes do."""
    texts = (caption.text for caption in captions if "\n-" in caption.text)
    if not any(len(_GLUED_DASH.findall(text)) > 1 for text in texts):
        return list(captions)
    return [_with_dash_apart(caption) for caption in captions]


def _with_dash_apart(caption: Caption) -> Caption:
    added = [dash.end() for dash in _GLUED_DASH.finditer(caption.text)]

    def moved(at: int) -> int:
        return at + bisect_right(added, at)

    return replace(
        caption,
        text=_GLUED_DASH.sub("- ", caption.text),
        anchors=tuple((moved(at), ms) for at, ms in caption.anchors),
        voices=tuple((moved(at - 1) + 1 if at else 0, name) for at, name in caption.voices),
    )


def _reported_repeats(before: Sequence[Caption], after: Sequence[Caption]) -> list[Problem]:
    """Inline times prove that captions roll; without them it is a guess that has to be told."""
    if before == after or any(caption.anchors for caption in before):
        return []
    first = next(
        c
        for c, kept in zip_longest(before, after)
        if kept is None or c.line != kept.line or c.text != kept.text
    )
    return [Problem(first.line, first.text, ROLLED)]


@dataclass(frozen=True, slots=True)
class _Part:
    """One speaker's span of a caption's text."""

    first: int
    end: int
    voice: str | None


class _VoiceReader:
    """Follows who speaks in a file with voice tags: a caption without one is nobody's."""

    def __init__(self) -> None:
        self._speaker: str | None = None

    def read(self, text: str, voice: str | None) -> Turn:
        marked = take_apart(text, frozenset())
        text = f"{marked.label}: {marked.text}" if marked.label else marked.text
        sound = is_sound(text)
        if sound and voice is None and not marked.is_marked:
            return Turn(text, None, False, sound)
        new_turn = marked.is_marked or voice != self._speaker
        self._speaker = voice
        return Turn(text, voice, new_turn, sound)


def _draft(caption: Caption, part: _Part, turn: Turn) -> DraftSegment:
    # Marks and names stand before the text, so the text's words are the last of the part.
    count = len(split_words(turn.text)) if caption.anchors else 0
    said = caption.text[part.first : part.end]
    is_last = part.end == len(caption.text)
    return DraftSegment(
        text=turn.text,
        speaker=turn.speaker,
        kind="sound" if turn.is_sound else "speech",
        new_turn=turn.new_turn,
        start_ms=caption.ms_at(part.first) if part.first else caption.start_ms,
        end_ms=caption.end_ms if is_last else caption.ms_at(part.end),
        word_times_ms=caption.word_times(part.first, part.end, count) if count else (),
        line=caption.line,
        line_ends=_line_ends(said, len(split_words(turn.text))) if "\n" in said else (),
    )


def _line_ends(said: str, count: int) -> tuple[int, ...]:
    """The words of a text of `count` that end a line; marks and names may stand before these."""
    lengths = [len(split_words(line)) for line in said.split("\n")]
    ends = [count - 1 - below for below in accumulate(reversed(lengths))]
    return tuple(sorted({end for end in ends if 0 <= end < count - 1}))


def _without_repeats(captions: Sequence[Caption]) -> list[Caption]:
    """Drop the lines that roll up from one caption to the next, as live captions have them."""
    if not _is_rolling(captions):
        return list(captions)
    kept, shown, shown_until_ms = [], list[str](), 0
    for caption in captions:
        lines = _lines(caption)
        plain = [line.strip() for _, line in lines]
        fresh = 0
        # A line alone is a word said again, unless it flashes up between two others.
        may_roll = len(lines) > 1 or caption.end_ms - caption.start_ms <= _FLASH_MS
        if may_roll and caption.start_ms <= shown_until_ms + _CONTIGUOUS_MS:
            first = min((at for at, _ in caption.anchors), default=len(caption.text))
            first_timed = caption.text.count("\n", 0, first) + (not caption.anchors)
            fresh = _carried(shown, plain, first_timed=first_timed)
        if any(plain[fresh:]):
            kept.append(caption.from_offset(lines[fresh][0]) if fresh else caption)
        shown, shown_until_ms = [line for line in plain if line], caption.end_ms
    return kept


def _is_rolling(captions: Sequence[Caption]) -> bool:
    """Whether captions scroll: they have inline times, or often begin with the line before."""
    if any(caption.anchors for caption in captions):
        return True
    rolling = sum(_rolls_on(before, after) for before, after in pairwise(captions))
    return len(captions) >= 4 and rolling >= _ROLLING_SHARE * len(captions)


def _rolls_on(before: Caption, after: Caption) -> bool:
    if after.start_ms > before.end_ms + _CONTIGUOUS_MS:
        return False
    if "\n" not in after.text:
        return False
    shown, lines = before.text.rsplit("\n", 1), after.text.split("\n")
    return shown[-1].strip() == lines[0].strip() != lines[-1].strip()


def _lines(caption: Caption) -> list[tuple[int, str]]:
    lines, at = [], 0
    for line in caption.text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return lines


def _carried(shown: Sequence[str], lines: Sequence[str], *, first_timed: int) -> int:
    """How many lines at the head of a caption were on the screen already."""
    for count in range(min(first_timed, len(lines)), 0, -1):
        above = [line for line in lines[:count] if line]
        if above and above == list(shown[-len(above) :]):
            return count
    return 0


def _parts(caption: Caption, labels: frozenset[str]) -> Iterator[_Part]:
    """Cut a caption where a voice tag or a marked line begins someone else's words."""
    is_one = "\n" not in caption.text or (not labels and not _MAY_MARK.search(caption.text))
    if is_one and not caption.voices:
        yield _Part(0, len(caption.text), None)
        return
    lines = _lines(caption)
    is_first_marked = take_apart(lines[0][1], labels).is_marked
    cuts = {at for at, _ in caption.voices} | {0}
    for (_, before), (at, line) in pairwise(lines):
        if line.strip() and begins_turn(line, before, labels, is_first_marked=is_first_marked):
            cuts.add(at)
    bounds = [*sorted(cuts), len(caption.text)]
    for first, end in pairwise(bounds):
        if caption.text[first:end].strip():
            spoken = bisect_right(caption.voices, first, key=lambda voice: voice[0])
            voice = caption.voices[spoken - 1][1] if spoken else None
            yield _Part(first, end, voice or None)
