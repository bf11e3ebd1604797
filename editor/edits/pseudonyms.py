"""Names of a list replaced by pseudonyms: in a text, with its words and times, and beside it. Pure.

Names are found as whole words, also with an ending such as 's, never as parts of other words; what
is like a name and stays is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

import regex
from rapidfuzz.distance import Levenshtein

from editor.align import comparable, spread, weight
from editor.document import (
    MIN_WORD_MS,
    Segment,
    Transcript,
    Word,
    split_words,
    word_offsets,
)
from editor.edits.joined_names import with_joined_names
from editor.edits.kept import Span
from editor.edits.marks import common_codes
from editor.edits.without_struck import without_struck
from editor.errors import InvalidValue

_EDGES = regex.compile(r"^[^\p{L}\p{N}]*|[^\p{L}\p{N}]*$")
_NAME_PARTS = regex.compile(r"([_.\-+()]+)")
_ENDINGS = ("'s", "s", "'")
#: Names that differ from a listed one by an ending of so many letters are like it.
_LIKE_LETTERS, _LONG_ENDING = 3, 4
#: What is said meanwhile is no part of a name.
_LONG_PAUSE_MS = 1000


_Name = tuple[tuple[str, ...], str, bool]


@dataclass(frozen=True)
class Pseudonyms:
    """Names as `comparable` words, each with its pseudonym, and whether it has a capital letter."""

    names: tuple[_Name, ...]

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Pseudonyms:
        """A list of names: `Anna Berg = Person A`, or names alone, which become `Person 1`, 2 ...

        Several names of one person stand with commas between: `Anna Berg, Anna, Dr. Berg`. Empty
        lines and those that begin with # are passed over.

        Raises:
            InvalidValue: a line has no name, a name is there twice, or there are none at all.
        """
        found, count = dict[tuple[str, ...], tuple[str, bool]](), 0
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            listed, equals, pseudonym = line.partition("=")
            names = dict[tuple[str, ...], bool]()
            for one in listed.split(","):
                words = tuple(filter(None, map(comparable, split_words(one))))
                names |= {words: _has_capital(one)} if words else {}
            if not names or (equals and not pseudonym.strip()):
                raise InvalidValue("pseudonyms", f"line {number}: write Name = Pseudonym")
            if not equals:
                count += 1
                pseudonym = f"Person {count}"
            for name, is_capital in names.items():
                if name in found:
                    raise InvalidValue("pseudonyms", f"line {number}: a name is there twice")
                found[name] = (" ".join(pseudonym.split()), is_capital)
        if not found:
            raise InvalidValue("pseudonyms", "the list has no names")
        # Of names that begin alike, the longest is meant.
        longest_first = sorted(found, key=lambda name: -len(name))
        return cls(tuple((name, *found[name]) for name in longest_first))

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
        """Where names stand among words: first, end, the pseudonym, and the ending of the name.

        A name with a capital is none in small letters, as "Will" and "will", unless all are small.
        """
        plain, at = [comparable(word) for word in words], 0
        capital = [_has_capital(word) for word in words]
        while at < len(plain):
            for name, pseudonym, is_capital in self._beginning_with(plain[at]):
                end = at + len(name)
                if end > len(plain) or tuple(plain[at : end - 1]) != name[:-1]:
                    continue
                ending = plain[end - 1].removeprefix(name[-1])
                is_found = plain[end - 1].startswith(name[-1]) and ending in ("", *_ENDINGS)
                if is_found and (not is_capital or any(capital[at:end]) or not any(capital)):
                    yield at, end, pseudonym, ending
                    at = end - 1
                    break
            at += 1

    @cached_property
    def _by_first(self) -> dict[str, list[_Name]]:
        """The names by their first word, the longest first: lists may be long, and so may texts."""
        found = dict[str, list[_Name]]()
        for one in self.names:
            found.setdefault(one[0][0], []).append(one)
        return found

    def _beginning_with(self, word: str) -> Iterator[_Name]:
        """The names that may stand where a word is their first, or all of them with an ending."""
        yield from self._by_first.get(word, ())
        for ending in _ENDINGS:
            if word.endswith(ending):
                of_stem = self._by_first.get(word.removesuffix(ending), ())
                yield from (one for one in of_stem if len(one[0]) == 1)

    def in_text(self, text: str) -> str:
        """A text beside the transcript, such as a title, a note or the name of a speaker."""
        words = split_words(text)
        offsets = [at for _, at in word_offsets(text, words)]
        parts, done = list[str](), 0
        for first, end, pseudonym, ending in self.places(words):
            lead, trail = _edges(words[first])[0], _edges(words[end - 1])[1]
            parts += [text[done : offsets[first]], lead, pseudonym, ending, trail]
            done = offsets[end - 1] + len(words[end - 1])
        return "".join([*parts, text[done:]])

    def in_file_name(self, name: str) -> str:
        """A file's name, in which words are parted by other signs, too."""
        return "".join(map(self.in_text, _NAME_PARTS.split(name)))

    def in_segment(self, segment: Segment) -> Segment:
        """A segment with its words, their codes, speaker and note; a pseudonym has the time of its
        name."""
        texts = [word.text for word in segment.words]
        words, done = list[Word](), 0
        for first, end, pseudonym, ending in self.places(texts):
            words += segment.words[done:first]
            lead, trail = _edges(texts[first])[0], _edges(texts[end - 1])[1]
            words += _put_for(
                segment.words[first:end], split_words(lead + pseudonym + ending + trail)
            )
            done = end
        words += segment.words[done:]
        named = {code: self.in_text(code) for code in _codes_in(segment)}
        words = [
            replace(word, codes=tuple(sorted({named[code] for code in word.codes})))
            if word.codes
            else word
            for word in words
        ]
        return replace(
            segment,
            text=self.in_text(segment.text),
            words=tuple(words),
            speaker=None if segment.speaker is None else self.in_text(segment.speaker),
            note="\n".join(map(self.in_text, segment.note.split("\n"))),
            released=(),
        )

    @cached_property
    def are_none_of_names(self) -> bool:
        """Whether no pseudonym holds a name of the list: a text may be gone through twice then."""
        return all(self.in_text(pseudonym) == pseudonym for _, pseudonym, _ in self.names)

    def in_transcript(self, transcript: Transcript) -> Transcript:
        """All of a transcript."""
        return Transcript(tuple(map(self.in_segment, self._joined(transcript).segments)))

    def spans(self, transcript: Transcript) -> list[Span]:
        """When names are said, in order, also those that words struck out part."""
        found = list[Span]()
        both = (self._joined(transcript), self._joined(without_struck(transcript)))
        for segment in (one for joined in both for one in joined.segments):
            for first, end, *_ in self.places([word.text for word in segment.words]):
                found += _said_in(segment.words[first:end])
        return sorted(set(found))

    def _joined(self, transcript: Transcript) -> Transcript:
        """The transcript with names whole that go over the end of a segment."""

        def places(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
            yield from ((first, end) for first, end, *_ in self.places(texts))

        return with_joined_names(transcript, places, max(len(name) for name, *_ in self.names))

    def report(self, transcript: Transcript) -> list[str]:
        """In sentences, how often each pseudonym was put, and what is like a name and stays."""
        put, like = Counter[str](), Counter[str]()
        parts = {word for name, *_ in self.names for word in name if len(word) >= _LIKE_LETTERS}
        is_like = cache(partial(_is_like, parts=parts))
        for segment in self._joined(transcript).segments:
            beside = [segment.speaker or "", *segment.note.split("\n"), *_codes_in(segment)]
            for words in ([word.text for word in segment.words], *map(split_words, beside)):
                taken = set[int]()
                for first, end, pseudonym, _ in self.places(words):
                    put[pseudonym] += 1
                    taken.update(range(first, end))
                like.update(
                    word.strip()
                    for number, word in enumerate(words)
                    if number not in taken and is_like(word)
                )
        sentences = [f"{name}: {count} ×" for name, count in sorted(put.items())]
        if like:
            listed = ", ".join(f"{word} ({count})" for word, count in like.most_common(20))
            sentences.append(f"Left, but like a name of the list: {listed}")
        return sentences or ["No name of the list was found"]


def _has_capital(text: str) -> bool:
    """Whether a word of a text begins with a capital letter."""
    return any(
        _edges(word)[0] != word and word[len(_edges(word)[0])].isupper() for word in text.split()
    )


def _said_in(words: Sequence[Word]) -> list[Span]:
    """When words are said, without long pauses between them."""
    spans = list[Span]()
    for word in words:
        if spans and word.start_ms - spans[-1][1] <= _LONG_PAUSE_MS:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.end_ms))
        else:
            spans.append((word.start_ms, word.end_ms))
    return spans


def _codes_in(segment: Segment) -> set[str]:
    return {code for word in segment.words for code in word.codes}


def _is_like(word: str, parts: set[str]) -> bool:
    """Whether a word is a part of a name, or begins with one, or may be one misspelled."""
    plain = comparable(word)
    stems = (plain[:length] for length in range(max(0, len(plain) - _LONG_ENDING), len(plain) + 1))
    if not parts.isdisjoint(plain.split("-")) or any(stem in parts for stem in stems):
        return True
    return _has_capital(word) and any(
        len(part) > _LIKE_LETTERS and _is_slip(plain, part) for part in parts
    )


def _is_slip(word: str, part: str) -> bool:
    """Whether one letter is another, too many or missing."""
    return Levenshtein.distance(word, part, score_cutoff=1) == 1


def _put_for(said: Sequence[Word], texts: Sequence[str]) -> list[Word]:
    """Words in the time of others."""
    start_ms, end_ms = said[0].start_ms, max(word.end_ms for word in said)
    times = spread([weight(text) for text in texts], [(start_ms, max(end_ms, start_ms + 1))])
    is_struck, codes = all(word.struck for word in said), common_codes(said)
    words = [
        Word(text, a, max(b, a + MIN_WORD_MS), said[0].origin, struck=is_struck, codes=codes)
        for text, (a, b) in zip(texts, times, strict=True)
    ]
    return [*words[:-1], replace(words[-1], ends_line=said[-1].ends_line)]


def _edges(word: str) -> tuple[str, str]:
    """The punctuation before and behind the letters of a word."""
    stripped = _EDGES.sub("", word)
    lead, _, trail = word.partition(stripped) if stripped else (word, "", "")
    return lead, trail
