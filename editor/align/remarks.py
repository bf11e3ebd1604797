"""What a person should know of a whole text: spans in another place, written twice, not said.

Links rise on both sides, so they cannot follow a text in another order; here the spans that
were not recognised are sought among all recognised words, by n-grams that stand there once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from editor.align.blocks import Link
from editor.align.normalise import comparable
from editor.document import RecognisedWord, Word, join_lines
from editor.languages import LANGUAGE_NAMES
from editor.timecode import clock_from_ms

RemarkKind = Literal[
    "other_recording",
    "moved",
    "repeated",
    "other_words",
    "other_language",
    "not_said",
    "drift",
    "unknown_sounds",
    "cut_off",
]

_GRAM_WORDS = 4
#: Matches this close on both sides belong to one span ...
_NEAR_WORDS = 48
#: ... and so many of them make one.
_PASSAGE_GRAMS = 8
#: Of this many recognised words, a text of the same recording has more ...
_FIRST_WORDS = 80
#: ... than this share.
_OTHER_SHARE = 0.2
#: Shorter spans of other words are doubts to look at one by one.
_OTHER_WORDS = 20
_QUOTED_WORDS = 6
#: Fewer words are a quotation.
_FOREIGN_WORDS = 8
#: Longer lines are no headings.
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a span of the text, for a person.

    `first_word` counts all written words from 0. Times are where the sound has to do with it.
    """

    kind: RemarkKind
    first_word: int
    word_count: int
    start_ms: int
    end_ms: int
    text: str


class _Place(NamedTuple):
    """Missing words [first, end) that are recognised words [recognised_first, recognised_end)."""

    first: int
    end: int
    recognised_first: int
    recognised_end: int


def remarks_of(
    words: Sequence[Word],
    spoken: Sequence[bool],
    links: Sequence[Link],
    recognised: Sequence[RecognisedWord],
    lines: Sequence[range] = (),
) -> tuple[Remark, ...]:
    """Remarks on placed words and their links, in the order of the text.

    `lines` are the written words of each line, if they are known.
    """
    alike = [link for link in links if link.kind != "different"]
    linked = {i for link in links for i in range(link.written_first, link.written_end)}
    linked_recognised = {
        j for link in alike for j in range(link.recognised_first, link.recognised_end)
    }
    if other := _other_recording(words, spoken, recognised, linked_recognised):
        return (other,)
    missing = [i for i, said in enumerate(spoken) if said and i not in linked]
    found = list(_found_elsewhere(words, missing, recognised, linked_recognised))
    explained = {i for r in found for i in range(r.first_word, r.first_word + r.word_count)}
    found += [r for r in _other_words(words, links, recognised) if r.first_word not in explained]
    found += _other_languages(words, recognised)
    found += _unsaid_lines(words, spoken, linked, lines)
    return tuple(sorted(found, key=lambda remark: (remark.first_word, remark.start_ms)))


def _other_recording(
    words: Sequence[Word],
    spoken: Sequence[bool],
    recognised: Sequence[RecognisedWord],
    linked: set[int],
) -> Remark | None:
    share = len(linked) / max(1, len(recognised))
    if min(len(recognised), sum(spoken)) < _FIRST_WORDS or share >= _OTHER_SHARE:
        return None
    text = (
        f"Only {share:.0%} of what is said is in this text: "
        "it may belong to another recording, or be in another language."
    )
    return Remark(
        "other_recording", 0, len(words), recognised[0].start_ms, recognised[-1].end_ms, text
    )


def _found_elsewhere(
    words: Sequence[Word],
    missing: Sequence[int],
    recognised: Sequence[RecognisedWord],
    linked: set[int],
) -> Iterator[Remark]:
    """Spans that were not recognised where they stand, but elsewhere."""
    if len(missing) < _PASSAGE_GRAMS + _GRAM_WORDS:
        return
    said = _once([comparable(word.text) for word in recognised])
    grams = _grams([comparable(words[i].text) for i in missing])
    pairs = [(k, said[gram]) for k, gram in enumerate(grams) if said.get(gram, -1) >= 0]
    copies: list[_Place] = []
    for group in _near(pairs):
        (first, low), (last, high) = group[0], group[-1]
        place = _Place(first, last + _GRAM_WORDS, low, high + _GRAM_WORDS)
        if len(group) < _PASSAGE_GRAMS:
            continue
        if 2 * len(linked.intersection(range(place.recognised_first, place.recognised_end))) > len(
            group
        ):
            copies.append(place)
        else:
            yield _remark("moved", words, missing, recognised, place)
    for place in _in_one(copies):
        yield _remark("repeated", words, missing, recognised, place)


def _in_one(copies: Sequence[_Place]) -> list[_Place]:
    """Put together copies that follow each other: the gap may lie in the middle of one."""
    joined: list[_Place] = []
    for place in copies:
        if joined and place.first - joined[-1].end <= _NEAR_WORDS:
            before = joined.pop()
            low = min(before.recognised_first, place.recognised_first)
            high = max(before.recognised_end, place.recognised_end)
            place = _Place(before.first, place.end, low, high)
        joined.append(place)
    return joined


def _remark(
    kind: RemarkKind,
    words: Sequence[Word],
    missing: Sequence[int],
    recognised: Sequence[RecognisedWord],
    place: _Place,
) -> Remark:
    part = missing[place.first : place.end]
    start_ms, end_ms = (
        recognised[place.recognised_first].start_ms,
        recognised[place.recognised_end - 1].end_ms,
    )
    quoted, at = _quoted(words, part), clock_from_ms(start_ms)
    text = f"{quoted} are spoken at {at}, not where they are in the text."
    if kind == "repeated":
        text = f"{quoted} are in the text more than once, but are spoken once, at {at}."
    return Remark(kind, part[0], len(part), start_ms, end_ms, text)


def _other_words(
    words: Sequence[Word], links: Sequence[Link], recognised: Sequence[RecognisedWord]
) -> Iterator[Remark]:
    """Long gaps between links that hold words on both sides."""
    for left, right in pairwise(links):
        rows = range(left.written_end, right.written_first)
        columns = range(left.recognised_end, right.recognised_first)
        if min(len(rows), len(columns)) < _OTHER_WORDS:
            continue
        start_ms, end_ms = recognised[columns[0]].start_ms, recognised[columns[-1]].end_ms
        span = f"From {clock_from_ms(start_ms)} to {clock_from_ms(end_ms)}"
        lower = _quoted(words, rows).replace("The", "the", 1)
        text = f"{span}, the recording does not match {lower}."
        yield Remark("other_words", rows[0], len(rows), start_ms, end_ms, text)


def _other_languages(
    words: Sequence[Word], recognised: Sequence[RecognisedWord]
) -> Iterator[Remark]:
    """Where other languages are spoken: one remark for each."""
    places: dict[str, list[tuple[int, int]]] = {}
    for language, run in groupby(recognised, lambda word: word.language):
        said = list(run)
        if language and len(said) >= _FOREIGN_WORDS:
            places.setdefault(language, []).append((said[0].start_ms, said[-1].end_ms))
    for language, spans in places.items():
        (start_ms, end_ms), *others = spans
        inside = [i for i, word in enumerate(words) if start_ms <= word.start_ms < end_ms]
        text = (
            f"{LANGUAGE_NAMES.get(language, f'Another language ({language})')} is spoken from "
            f"{clock_from_ms(start_ms)} to {clock_from_ms(end_ms)}"
            + (f", and at {len(others)} more places" if len(others) > 1 else "")
            + (f", and from {clock_from_ms(others[0][0])}" if len(others) == 1 else "")
            + "."
        )
        first = inside[0] if inside else 0
        yield Remark("other_language", first, len(inside), start_ms, end_ms, text)


def _unsaid_lines(
    words: Sequence[Word], spoken: Sequence[bool], linked: set[int], lines: Sequence[range]
) -> Iterator[Remark]:
    """One remark on all short lines that look like headings and were not heard among others."""
    unsaid = []
    for line in lines[: _last_recognised(lines, linked) + 1]:
        said = [i for i in line if spoken[i]]
        is_short = 2 <= len(said) <= _HEADING_WORDS
        if is_short and linked.isdisjoint(line) and _is_like_a_heading(words[i].text for i in line):
            unsaid.append(line)
    if not unsaid:
        return
    quoted = [f"“{join_lines(words[i].text for i in line)}”" for line in unsaid]
    more = f" and {len(quoted) - 3} more" if len(quoted) > 3 else ""
    text = f"Not spoken, perhaps headings: {', '.join(quoted[:3])}{more}."
    first, last = unsaid[0][0], unsaid[-1][-1]
    span = words[first].start_ms, words[last].end_ms
    yield Remark("not_said", first, sum(map(len, unsaid)), *span, text)


def _last_recognised(lines: Sequence[range], linked: set[int]) -> int:
    """The last line of which anything was recognised, or the one after it where the text ends."""
    last = max((k for k, line in enumerate(lines) if not linked.isdisjoint(line)), default=-1)
    return len(lines) - 1 if last >= len(lines) - 2 else last


def _is_like_a_heading(texts: Iterable[str]) -> bool:
    """Whether a line begins with a capital or a digit and does not end like a sentence."""
    line = join_lines(texts)
    return line[-1] not in ".,;?!…:。？！、" and (line[0].isupper() or line[0].isdigit())


def _quoted(words: Sequence[Word], indices: Sequence[int]) -> str:
    beginning = join_lines(words[i].text for i in indices[:_QUOTED_WORDS])
    return f"The {len(indices)} words starting with “{beginning}”"


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(_GRAM_WORDS)), strict=False)


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each n-gram stands; -1 for those that stand in several places."""
    places: dict[tuple[str, ...], int] = {}
    for at, gram in enumerate(_grams(words)):
        places[gram] = -1 if gram in places else at
    return places


def _near(pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group pairs that follow each other closely on both sides."""
    group: list[tuple[int, int]] = []
    for pair in pairs:
        if group and not (
            pair[0] - group[-1][0] <= _NEAR_WORDS and 0 < pair[1] - group[-1][1] <= _NEAR_WORDS
        ):
            yield group
            group = []
        group.append(pair)
    if group:
        yield group
