"""A person's own file with their corrections in it, and every other byte as it was.

Captions are changed in place: markup, settings, names, notes, line ends and encoding stay.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from operator import add

from editor.document import DraftSegment, Segment, Transcript, Word, join_lines, split_words
from editor.errors import ExportRefused
from editor.formats.blocks import caption_numbers
from editor.formats.markup import defused, visible_text, without_codes
from editor.formats.patch.line_breaks import (
    Ends,
    longest_line,
    wanted_ends,
    with_line_ends,
)
from editor.formats.patch.retimed import retimed, timings_in
from editor.formats.patch.said_times import said_spans
from editor.formats.patch.speakers import has_voice, label_renamer, renames_of, voice_renamer
from editor.formats.patch.times import (
    line_end,
    numbers_at,
    raw_lines,
    renumber,
    with_inline_times,
    with_times,
)
from editor.formats.patch.word_diff import Changes, word_changes
from editor.formats.patch.word_edits import Pairs, with_words
from editor.formats.result import Place
from editor.formats.timing_line import Timing, timing_of
from editor.timecode import timestamp_from_ms

_REFUSED = "original"
#: In how many captions below its own a line of rolling captions stands again.
_MOST_REPEATS = 3


def into_original(
    text: str,
    encoding: str,
    format_name: str,
    drafts: Sequence[DraftSegment],
    places: Sequence[Place],
    transcript: Transcript,
    *,
    is_retimed: bool = False,
    offset_ms: int = 0,
) -> bytes:
    """Write the words of a transcript, and with `is_retimed` its times, into its own file.

    `text` is the file's exact one, `drafts` and `places` are what reading it gave. A speaker whom
    all captions call otherwise now is called so in the file. A caption without words left goes, a
    segment without a caption gets one; then numbers that ran on are made to run on again.
    `offset_ms` moves all times of the file.

    Raises:
        ExportRefused: a word cannot be written in the file's encoding.
    """
    changes = word_changes(drafts, transcript.segments)
    mark = text[: text.startswith("\ufeff")]
    editing = _Editing(raw_lines(text[len(mark) :]), format_name, drafts, changes)
    by_line = {place.line: place for place in places}
    numbers = sorted(range(len(drafts)), key=lambda n: drafts[n].line)
    for line, group in groupby(numbers, key=lambda n: drafts[n].line):
        editing.edit(by_line[line], list(group))
    if renames := renames_of(drafts, transcript.segments):
        editing.rename(by_line, renames)
    editing.edit_repeats(sorted(places, key=lambda place: place.line))
    if format_name != "txt" and any(word.ends_line for word in transcript.words()):
        editing.break_lines(by_line, transcript.segments)
    if is_retimed and format_name != "txt":
        editing.retime(by_line, transcript.segments)
    editing.add(by_line)
    if offset_ms and format_name != "txt":
        editing.shift(by_line, offset_ms)
    try:
        return (mark + "".join(editing.result())).encode(encoding, "surrogateescape")
    except UnicodeEncodeError as error:
        lost = error.object[error.start : error.end]
        reason = f"the file is in {encoding}, which has no {lost!r}; export another format"
        raise ExportRefused(_REFUSED, reason) from error


def only_retimed(
    text: str,
    name: str,
    format_name: str,
    drafts: Sequence[DraftSegment],
    transcript: Transcript,
    *,
    is_retimed: bool,
    offset_ms: int,
) -> str:
    """A file whose words cannot be changed in place, with the times of a transcript's words.

    Raises:
        ExportRefused: words or names are others than in the file.
        UnreadableTranscript: it holds no captions.
    """
    changes = word_changes(drafts, transcript.segments)
    is_same = not any(map(changes.is_changed, range(len(drafts)))) and not changes.added
    if not is_same or renames_of(drafts, transcript.segments):
        reason = f"other words and names cannot be put into a file in {format_name}"
        raise ExportRefused(_REFUSED, f"{reason}; export it in another format, or in {format_name}")
    timings = timings_in(text, name, format_name)
    spans = [(one.start_ms, one.end_ms) for one in timings]
    if is_retimed:
        said: dict[int, list[Word]] = {}
        words = iter([word for segment in transcript.segments for word in segment.words])
        for number, was in zip(caption_numbers(timings, drafts), changes.was, strict=True):
            said.setdefault(number, []).extend(islice(words, len(was)))
        for number, span in said_spans(dict(enumerate(timings)), said).items():
            spans[number] = span
    moved = [(max(0, start + offset_ms), max(0, end + offset_ms)) for start, end in spans]
    return retimed(text, name, format_name, moved)


class _Editing:
    """The lines of a file while its captions are changed; they keep their places till the end."""

    def __init__(
        self, lines: list[str], format_name: str, drafts: Sequence[DraftSegment], changes: Changes
    ) -> None:
        self._lines, self._format, self._drafts = lines, format_name, drafts
        self._changes = changes
        self._is_vtt, self._is_txt = format_name == "vtt", format_name == "txt"
        self._newline = next((end for line in lines if (end := line_end(line))), "\n")
        self._is_restructured = False
        self._first_number = next((int(lines[at]) for at in numbers_at(lines)), 0)
        self._added: dict[int, list[str]] = {}

    def edit(self, place: Place, numbers: Sequence[int]) -> None:
        """Change the text of one caption, from which some drafts were read."""
        changed = [n for n in numbers if self._changes.is_changed(n)]
        if not changed:
            return
        if all(self._changes.is_gone(n) for n in numbers):
            self._remove(place)
            return
        parts = [self._words(n) for n in numbers]
        # Where the text stands in the line of times, it is found from there on.
        for first in (place.text_first, place.line - 1):
            edited = with_words(self._body(first, place), parts, self._format)
            if edited is not None:
                self._replace(first, place, edited)
                return
        now = join_lines(word for pairs in parts for _, words in pairs for word in words)
        self._replace(min(place.text_first, place.end - 1), place, now)

    def rename(self, by_line: dict[int, Place], renames: dict[str, str]) -> None:
        """Give speakers their new names in all captions."""
        is_voiced = self._is_vtt and any(map(has_voice, self._lines))
        renamed = voice_renamer(renames) if is_voiced else label_renamer(renames, self._escaped)
        for place in by_line.values():
            # A name may stand alone above the text.
            for at in range(place.first, place.end):
                self._lines[at] = renamed(self._lines[at])

    def edit_repeats(self, places: Sequence[Place]) -> None:
        """Change lines that rolled up into captions below, where reading passed them over."""
        at = {place.line: number for number, place in enumerate(places)}
        counts = Counter[int]()
        for was, draft in zip(self._changes.was, self._drafts, strict=True):
            counts[draft.line] += len(was)
        for number, draft in enumerate(self._drafts):
            if not self._changes.is_changed(number):
                continue
            words = self._words(number)
            for place in places[at[draft.line] + 1 : at[draft.line] + 1 + _MOST_REPEATS]:
                body = self._body(place.text_first, place)
                text, _ = visible_text(body, is_vtt=self._is_vtt)
                is_there = [was for was, _ in words] in map(split_words, text.split("\n"))
                if not is_there or len(split_words(text)) == counts[place.line]:
                    break
                edited = with_words(body, [words], self._format)
                if edited is not None and edited.strip():
                    self._replace(place.text_first, place, edited)
                elif edited is not None:
                    self._remove(place)

    def _body(self, first: int, place: Place) -> str:
        return "".join(self._lines[first : place.end]).rstrip("\r\n")

    def _replace(self, first: int, place: Place, edited: str) -> None:
        """Put a text in place of some lines, all in the first entry, so that none moves."""
        text = "".join(self._lines[first : place.end])
        body = text.rstrip("\r\n")
        fresh = edited + text[len(body) :]
        self._lines[first : place.end] = [fresh, *[""] * (place.end - first - 1)]

    def _words(self, number: int) -> Pairs:
        pairs = zip(self._changes.was[number], self._changes.now[number], strict=True)
        return [(was, [self._escaped(word) for word in now]) for was, now in pairs]

    def _escaped(self, word: str) -> str:
        if self._is_vtt:
            return html.escape(without_codes(word), quote=False)
        return word if self._is_txt else defused(word.replace("-->", "→"))

    def _remove(self, place: Place) -> None:
        end = place.end
        while not self._is_txt and end < len(self._lines) and not self._lines[end].strip("\r\n"):
            end += 1
        self._lines[place.first : end] = [""] * (end - place.first)
        self._is_restructured = True

    def retime(self, by_line: dict[int, Place], segments: Sequence[Segment]) -> None:
        """Give each caption the times of its words now; see `said_spans`."""
        said: dict[int, list[Word]] = {}
        for draft, own in zip(self._drafts, self._own_words(segments), strict=True):
            said.setdefault(draft.line, []).extend(word for word, _ in own)
        found = ((line, self._timing(line - 1)) for line in said)
        timings = {line: timing for line, timing in found if timing is not None}
        for line, span in said_spans(timings, said).items():
            self._set_times(by_line[line], timings[line], *span)

    def _own_words(self, segments: Sequence[Segment]) -> Iterator[list[tuple[Word, bool]]]:
        """The words of each draft now, and whether each is the last of its segment."""
        words = iter(
            [(word, word is one.words[-1]) for one in segments for word in one.words],
        )
        for number in range(len(self._drafts)):
            for added in self._changes.added.get(number, []):
                for _ in added.words:
                    next(words)
            yield list(islice(words, sum(map(len, self._changes.now[number]))))

    def break_lines(self, by_line: dict[int, Place], segments: Sequence[Segment]) -> None:
        """Break the lines of captions where a person broke them; see `wanted_ends`."""
        longest = longest_line(self._drafts)
        parts: dict[int, list[tuple[list[str], Ends | None]]] = {}
        is_changed = set[int]()
        for number, own in enumerate(self._own_words(segments)):
            draft, words = self._drafts[number], [word for word, _ in own]
            last = frozenset(n for n, (_, is_last) in enumerate(own) if is_last)
            ends = wanted_ends(draft, words, last, longest)
            parts.setdefault(draft.line, []).append(([word.text for word in words], ends))
            now = tuple(n for n, is_end in enumerate(ends or []) if is_end)
            if ends and (now != draft.line_ends or self._changes.is_changed(number)):
                is_changed.add(draft.line)
        for line in sorted(is_changed):
            place = by_line[line]
            body = self._body(place.text_first, place)
            broken = with_line_ends(body, parts[line], self._format, self._newline)
            if broken != body:
                self._replace(place.text_first, place, broken)

    def shift(self, by_line: dict[int, Place], offset_ms: int) -> None:
        """Move the times of all captions and those inside them; none before 0."""

        for place in by_line.values():
            timing = self._timing(place.line - 1)
            if timing is not None:
                moved = [max(0, ms + offset_ms) for ms in (timing.start_ms, timing.end_ms)]
                self._set_times(place, timing, *moved)

    def _timing(self, at: int) -> Timing | None:
        return timing_of(self._lines[at].rstrip("\r\n"), at + 1)

    def _set_times(self, place: Place, timing: Timing, start_ms: int, end_ms: int) -> None:
        """Give a caption other times; those inside it move with its start."""
        at, decimal = place.line - 1, "." if self._is_vtt else ","
        self._lines[at] = with_times(self._lines[at], timing, start_ms, end_ms, decimal=decimal)
        shifted = partial(add, start_ms - timing.start_ms)
        for below in range(place.text_first, place.end):
            self._lines[below] = with_inline_times(self._lines[below], shifted)

    def add(self, by_line: dict[int, Place]) -> None:
        """Write captions for segments that have none, below the caption above them."""
        for number, segments in self._changes.added.items():
            below = self._drafts[number - 1].line if number else self._drafts[0].line
            place = by_line[below]
            at = place.end if number else place.first
            self._added.setdefault(at, []).extend(
                self._block(segment, is_first=not number) for segment in segments if segment.words
            )
            self._is_restructured = True

    def _block(self, segment: Segment, *, is_first: bool) -> str:
        text = self._escaped(join_lines(segment.text.splitlines()))
        newline = self._newline
        if self._is_txt:
            return text + newline
        decimal = "." if self._is_vtt else ","
        start, end = (
            timestamp_from_ms(ms, decimal=decimal)
            for ms in (segment.start_ms or 0, segment.end_ms or 0)
        )
        number = "" if self._is_vtt else f"0{newline}"
        block = f"{number}{start} --> {end}{newline}{text}{newline}"
        return block + newline if is_first else newline + block

    def result(self) -> Iterator[str]:
        """The file's lines, those without an end given one where something follows."""
        lines: list[str] = []
        for at in range(len(self._lines) + 1):
            for block in self._added.get(at, []):
                if lines and not line_end(lines[-1]):
                    lines.append(self._newline)
                lines += raw_lines(block)
            if at < len(self._lines) and self._lines[at]:
                lines.append(self._lines[at])
        lines = [part for line in lines for part in raw_lines(line) if part]
        if self._is_restructured and self._format == "srt":
            renumber(lines, self._first_number or 1)
        return iter(lines)
