"""Captions side by side in a file: what could stand in their place, and which rules it breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from editor import captions, formats
from editor.captions import Cue, Violation
from editor.document import MIN_WORD_MS, Segment, Transcript, join_lines, split_words, word_offsets
from editor.formats.blocks import caption_numbers
from editor.formats.drafts import cue_of
from editor.formats.exports import Options
from editor.formats.patch.recut import Recut, Written
from editor.formats.timing_line import Timing

_VOICE = re.compile(r"(\s*+<v[.\s][^<>]*>)(.*?)(</v>)?", re.DOTALL)
#: What parts words in bodies of each format.
_PARTED = {"ass": re.compile(r"(?:\\[Nn]|\s)+"), "ttml": re.compile(r"(?:<br\s*/?>|\s)+")}
_SPACE = re.compile(r"\s+")
#: A word as it is written and as it is shown, and what parts it from the one before.
_Word = tuple[str, str, str]
#: Times in some formats are hundredths of seconds.
_STEP_MS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A caption of a file.

    `number` counts in the order of the file, None where it cannot be changed there. `words` are
    its words as written and as shown, names and marks glued to the first, with what parts each
    from the one before; none where they cannot be told. `is_plain` where they may be put into
    another caption of the same `look`.
    """

    cue: Cue
    number: int | None
    segments: tuple[Segment, ...]
    words: tuple[_Word, ...]
    opening: str
    closing: str
    look: str
    is_plain: bool
    is_overlapping: bool


def shown_captions(
    read: formats.ReadResult, written: Sequence[Written], segments: Sequence[Segment]
) -> list[Shown]:
    """The captions of a file in the order of time; `segments` are those of its drafts."""
    timings = [Timing(one.line, one.start_ms, one.end_ms, "") for one in read.captions]
    of_caption: list[list[Segment]] = [[] for _ in timings]
    for at, segment in zip(caption_numbers(timings, read.drafts), segments, strict=True):
        of_caption[at].append(segment)
    numbers = {_place(one.timing): n for n, one in enumerate(written) if one.body is not None}
    overlapping = _overlapping(timings)
    found = []
    for at, (timing, caption) in enumerate(zip(timings, read.captions, strict=True)):
        number = numbers.get(_place(timing))
        body = "" if number is None else written[number].body or ""
        opening, inner, closing = _apart(body, is_vtt=read.format == "vtt")
        words = _words(caption.text, inner, of_caption[at], read.format)
        is_bare = not (caption.styles or caption.place or caption.unheld or caption.anchors)
        shown = Shown(
            cue_of(caption),
            number,
            tuple(of_caption[at]),
            words,
            opening,
            closing,
            "" if number is None else written[number].look,
            is_bare and bool(words),
            at in overlapping,
        )
        found.append(shown)
    return found


def _place(timing: Timing) -> tuple[int, int, int]:
    return timing.line, timing.start_ms, timing.end_ms


def _overlapping(timings: Sequence[Timing]) -> set[int]:
    """The numbers of captions that are shown beside another one."""
    found, until_ms, longest = set[int](), -1, 0
    for at, timing in enumerate(timings):
        if timing.start_ms < until_ms:
            found |= {at, longest}
        if timing.end_ms > until_ms:
            until_ms, longest = timing.end_ms, at
        if timing.end_ms <= timing.start_ms:
            found.add(at)
    return found


def _apart(body: str, *, is_vtt: bool) -> tuple[str, str, str]:
    """The tag of a voice that holds all of a body, what is in it, and what ends it."""
    bare = body.rstrip()
    voiced = _VOICE.fullmatch(bare) if is_vtt and body.count("<v") == 1 else None
    if voiced is None:
        return "", body, ""
    tag, inner, closing = voiced.groups(default="")
    return tag, inner, closing + body[len(bare) :]


def _words(
    text: str, inner: str, segments: Sequence[Segment], format_name: str
) -> tuple[_Word, ...]:
    """See `Shown.words`; one for each word of the only segment."""
    seen = split_words(text)
    if len(segments) != 1 or not segments[0].words:
        return ()
    count = len(segments[0].words)
    if seen[-count:] != [word.text for word in segments[0].words]:
        return ()
    parted = _PARTED.get(format_name, _SPACE)
    if parted.sub(" ", inner).split() == text.split():
        raw, glue = seen, list(_glue(text, seen))
    else:
        raw = [part for part in parted.split(inner) if part]
        glue = ["", *[" "] * (len(seen) - 1)]
    if len(raw) != len(seen):
        return ()
    lead = len(seen) - count
    first = tuple(_joined(zip(glue[: lead + 1], one, strict=False)) for one in (raw, seen))
    return (
        (first[0], first[1], ""),
        *zip(raw[lead + 1 :], seen[lead + 1 :], glue[lead + 1 :], strict=True),
    )


def _glue(text: str, words: Sequence[str]) -> Iterator[str]:
    """What parts each word from the one before where both stand on one line."""
    yield ""
    for (one, at), (other, following) in pairwise(word_offsets(text, words)):
        between = text[at + len(one) : following]
        if "\n" in between:
            yield _between(one, other)
        else:
            yield between


def _between(word: str, following: str) -> str:
    """What parts two words that stood on different lines."""
    return "" if join_lines((word, following)) == word + following else " "


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    return "".join(glue + word for glue, word in parts).strip()


@dataclass(frozen=True, slots=True)
class New:
    """A caption that could stand in a file."""

    cue: Cue
    body: str


class Span:
    """Captions `first` to `end` of those shown, judged with one more on either side."""

    def __init__(
        self, shown: Sequence[Shown], first: int, end: int, line_break: str, options: Options
    ) -> None:
        self._those = shown[first:end]
        self.numbers, self.judged = range(first, end), range(first - 1, end + 1)
        self.is_alone = end == first + 1
        self._above = [one.cue for one in shown[max(0, first - 1) : first]]
        self._below = [one.cue for one in shown[end : end + 1]]
        self._break, self._options = line_break, options
        numbers = [one.number for one in self._those]
        in_a_row = [number for number in numbers if number is not None]
        self._is_fixed = (
            len(in_a_row) < len(numbers)
            or any(after != before + 1 for before, after in pairwise(in_a_row))
            or any(one.is_overlapping for one in self._those)
        )
        cues = (one.cue for one in self._those)
        #: What it comes to depends on this alone.
        self.key = (tuple(self._above), tuple(cues), tuple(self._below))
        #: Whether all words could be broken anew.
        self.may_be_cut = not self._is_fixed and all(one.is_plain for one in self._those)
        self.may_be_cut &= len({one.look for one in self._those}) == 1

    def faults(self, cues: Sequence[Cue] | None = None) -> Counter[str]:
        """How often each rule is broken here, with some cues in place of what stands there."""
        those = [one.cue for one in self._those] if cues is None else cues
        return faults_of(self._broken(those))

    def _broken(self, those: Sequence[Cue]) -> list[Violation]:
        rules, language = self._options.rules, self._options.language
        shots_ms = self._options.shots_ms
        judged = [*self._above, *those, *self._below]
        return captions.lint(judged, rules, language=language, shots_ms=shots_ms)

    @property
    def to_cut(self) -> Transcript:
        """The words that could be broken anew; it is empty where none can."""
        is_any = not self._is_fixed and (self.may_be_cut or self._is_one_of_many)
        those = self._those if is_any else ()
        return Transcript(tuple(segment for one in those for segment in one.segments))

    def better(self, cut: Sequence[Cue]) -> Recut | None:
        """What breaks fewer rules, and none more often; None where nothing is found.

        `cut` are the captions that the rules make of the words `to_cut`.
        """
        if self._is_fixed:
            return None
        before = self.faults()
        for tried in self._tries(cut):
            if tried and self.faults([one.cue for one in tried]) < before:
                parts = (((one.cue.start_ms, one.cue.end_ms), one.body) for one in tried)
                first = self._those[0].number or 0
                return Recut(first, first + len(self._those), tuple(parts))
        return None

    def _tries(self, cut: Sequence[Cue]) -> Iterator[list[New]]:
        if self.is_alone:
            cue = self._those[0].cue
            yield [New(self._with_end(cue), "")]
            for found in self._broken([cue]):
                if found.cue == len(self._above) and found.end_ms is not None:
                    end_ms = found.end_ms // _STEP_MS * _STEP_MS
                    yield [New(replace(cue, end_ms=end_ms), "")]
        if cut:
            yield self._cut(cut)

    @property
    def _is_one_of_many(self) -> bool:
        """Whether it is one caption whose words have to stay together, in other lines."""
        one = self._those[0]
        return self.is_alone and bool(one.words) and not one.is_plain

    def _with_end(self, cue: Cue) -> Cue:
        """The cue with another end, as far as the rules ask for it and leave the time."""
        rules, start_ms = self._options.rules, cue.start_ms
        needed_ms = captions.reading_ms(cue, rules, self._options.language)
        end_ms = max(cue.end_ms, start_ms + needed_ms)
        if rules.max_ms and len(split_words(" ".join(cue.lines))) == 1:
            end_ms = min(end_ms, start_ms + rules.max_ms)
        return self._within(replace(cue, end_ms=end_ms))

    def _within(self, cue: Cue) -> Cue:
        """The cue with its end as far from the next caption as the rules part them."""
        if not self._below:
            return cue
        closed_ms = self._options.rules.closed_ms(cue.start_ms, cue.end_ms, self._below[0].start_ms)
        if closed_ms is None:
            return cue
        end_ms = max(closed_ms // _STEP_MS * _STEP_MS, cue.start_ms + MIN_WORD_MS)
        return replace(cue, end_ms=end_ms if closed_ms > cue.end_ms else min(cue.end_ms, end_ms))

    def _cut(self, cues: Sequence[Cue]) -> list[New]:
        """The words broken anew by the rules."""
        words = list[tuple[Shown, _Word]]()
        for one in self._those:
            for raw, seen, glue in one.words:
                # Between captions stands what would between lines.
                is_first = bool(words) and words[-1][0] is not one
                between = _between(words[-1][1][1], seen) if is_first else glue
                words.append((one, (raw, seen, between)))
        counts = [len(split_words(line)) for cue in cues for line in cue.lines]
        is_one = self._is_one_of_many
        if sum(counts) != len(words) or (is_one and len(cues) != 1):
            return []
        new, at = list[New](), 0
        for cue, following in zip_longest(cues, cues[1:]):
            lines = list[list[tuple[Shown, _Word]]]()
            for line in cue.lines:
                lines.append(words[at : at + len(split_words(line))])
                at += len(lines[-1])
            own = self._those[0].cue if is_one else cue
            new.append(self._new(own, lines, is_last=following is None))
        return new

    def _new(
        self,
        cue: Cue,
        lines: Sequence[Sequence[tuple[Shown, tuple[str, str, str]]]],
        *,
        is_last: bool,
    ) -> New:
        source = lines[0][0][0]
        written = [_joined((glue, raw) for _, (raw, _, glue) in line) for line in lines]
        seen = tuple(_joined((glue, word) for _, (_, word, glue) in line) for line in lines)
        fresh = replace(source.cue, start_ms=cue.start_ms, end_ms=cue.end_ms, lines=seen)
        body = source.opening + self._break.join(written) + source.closing
        return New(self._with_end(fresh) if is_last else fresh, body)


def faults_of(found: Sequence[Violation]) -> Counter[str]:
    """How often each rule is broken."""
    return Counter(each.rule for each in found)
