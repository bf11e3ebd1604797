"""A file of captions by rules: spans of it mended, each only where that breaks fewer rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import TypedDict

from editor import captions, formats
from editor.captions import Violation
from editor.formats.exports import Converted, Options, convert, transcript_of
from editor.formats.patch.recut import BREAKS, Recut
from editor.formats.sandbox import captions_apart, read_apart, recut_apart
from editor.library.autofix.spans import Span, faults_of, shown_captions

STAYS = (
    "captions that overlap, hold several speakers or have styles keep their words and lines where "
    "these would get lost"
)
#: How many spans are looked at at once: their words are held in tables.
_AT_ONCE = 500


def fixed(
    data: bytes,
    name: str,
    *,
    format_name: str,
    options: Options,
    encoding: str | None = None,
    kind: str | None = None,
) -> Converted:
    """Write a file of captions so that it breaks fewer rules; of none does it break more.

    Each span of captions is mended by itself, and where that is of no use it stays byte for
    byte. What is given back stays the same when it is fixed again.

    Raises:
        UnreadableTranscript: the file cannot be read.
        ExportRefused: it has no times and the other format needs them.
    """
    read = read_apart(data, name, encoding=encoding, kind=kind)
    texts = (draft.text for draft in read.drafts)
    rules, language = captions.in_language(options.rules, options.language, texts)
    options = replace(options, rules=rules, language=language)
    as_it_is = replace(options, keeps_captions=True)
    best = convert(
        data, name, format_name=format_name, options=as_it_is, encoding=encoding, kind=kind
    )
    if format_name == read.format and len(read.shown) == len(read.captions):
        best = Converted(data, read.problems, recognised=read.recognised)
    else:
        name, encoding = f"a{formats.FORMATS[format_name].suffixes[0]}", None
    if not read.shown or format_name not in BREAKS:
        return best
    fixing = _Fixing(name, encoding, format_name, options)
    while (better := fixing.better(best.data)) is not None:
        best = replace(best, data=better)
    return replace(best, lost=best.lost or (STAYS if fixing.has_fixed_words else ""))


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was found to make a file better, the file with it, and what rules that breaks."""

    edits: tuple[Recut, ...]
    data: bytes
    faults: Counter[str]


class _ReadAs(TypedDict):
    encoding: str | None
    kind: str | None


class _Fixing:
    """The search for what is better in a file; `has_fixed_words` where captions had to stay."""

    def __init__(self, name: str, encoding: str | None, kind: str, options: Options) -> None:
        self._name, self._options = name, options
        self._read_as: _ReadAs = {"encoding": encoding, "kind": kind}
        # What was tried last is what the next round begins with.
        self._read = lru_cache(2)(partial(read_apart, name=name, **self._read_as))
        self.has_fixed_words = False
        # What was of no use in one round is of none in the next.
        self._useless = set[object]()

    def better(self, data: bytes) -> bytes | None:
        """The file with all spans mended that can be; None where none can."""
        self.has_fixed_words = False
        edits = self._edits(data)
        taken = _Taken((), data, self._faults(data))
        taken = self._taken(data, taken, sorted(edits, key=lambda edit: edit.first))
        return taken.data if taken.edits else None

    def _taken(self, data: bytes, taken: _Taken, edits: Sequence[Recut]) -> _Taken:
        """The file with those of the edits, too, that make it better when it is read again."""
        if not edits:
            return taken
        tried = (*taken.edits, *edits)
        written = recut_apart(data, self._name, tried, **self._read_as)
        faults = self._faults(written)
        if faults < taken.faults and self._says_the_same(data, written):
            return _Taken(tried, written, faults)
        if len(edits) == 1:
            return taken
        middle = len(edits) // 2
        taken = self._taken(data, taken, edits[:middle])
        return self._taken(data, taken, edits[middle:])

    def _broken(self, data: bytes) -> list[Violation]:
        rules, language = self._options.rules, self._options.language
        shots_ms = self._options.shots_ms
        cues = self._read(data).cues()
        return captions.lint(cues, rules, language=language, shots_ms=shots_ms)

    def _faults(self, data: bytes) -> Counter[str]:
        return faults_of(self._broken(data)) + Counter(unread=len(self._read(data).problems))

    def _says_the_same(self, one: bytes, other: bytes) -> bool:
        before, after = (
            [(draft.speaker, word) for draft in read.drafts for word in draft.text.split()]
            for read in map(self._read, (one, other))
        )
        return before == after

    def _edits(self, data: bytes) -> list[Recut]:
        read = self._read(data)
        written = captions_apart(data, self._name, **self._read_as)
        segments = transcript_of(read, self._name)[0].segments
        shown = shown_captions(read, written, segments)
        wrong = {each.cue for each in self._broken(data)}
        edits, changed = list[Recut](), set[int]()
        for candidates in _candidates(sorted(wrong), len(shown)):
            spans = [
                Span(shown, first, end, BREAKS[read.format], self._options)
                for first, end in candidates
                # What is judged by one edit is not changed by another one.
                if changed.isdisjoint(range(first - 1, end + 1))
            ]
            self.has_fixed_words |= any(one.is_alone and not one.may_be_cut for one in spans)
            spans = [one for one in spans if one.key not in self._useless]
            for span, edit in zip(spans, self._better(spans), strict=True):
                if edit is None:
                    self._useless.add(span.key)
                elif changed.isdisjoint(span.judged):
                    edits.append(edit)
                    changed.update(span.numbers)
        return edits

    def _better(self, spans: Sequence[Span]) -> Iterator[Recut | None]:
        """What is better for each of the spans."""
        rules, language = self._options.rules, self._options.language
        for at in range(0, len(spans), _AT_ONCE):
            some = spans[at : at + _AT_ONCE]
            cut = captions.cues_of_each([one.to_cut for one in some], rules, language=language)
            yield from map(Span.better, some, cut)


def _candidates(wrong: Sequence[int], count: int) -> Iterator[list[tuple[int, int]]]:
    """What to try: each caption that breaks a rule, runs of these, and runs with neighbours."""
    yield [(at, at + 1) for at in wrong]
    for above, below in ((0, 0), (0, 1), (1, 0), (1, 1)):
        wider = ((first - above, end + below) for first, end in _runs(wrong))
        yield [(first, end) for first, end in wider if first >= 0 and end <= count]


def _runs(wrong: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in a row, as (first, end)."""
    first = 0
    for at, (number, following) in enumerate(pairwise([*wrong, -1])):
        if following != number + 1:
            yield wrong[first], number + 1
            first = at + 1
