"""A file of captions by rules: stretches of it mended, each only where that breaks fewer rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from editor import captions, formats
from editor.formats.exports import Converted, Options, convert, lint_file, transcript_of
from editor.formats.patch.recut import BREAKS, Recut
from editor.formats.sandbox import captions_apart, read_apart, recut_apart
from editor.library.autofix.spans import Stretch, faults_of, shown_captions

STAYS = (
    "captions that overlap, hold several speakers or have styles keep their words and lines where "
    "these would get lost"
)


def fixed(
    data: bytes, name: str, *, format_name: str, options: Options, encoding: str | None = None
) -> Converted:
    """Write a file of captions so that it breaks fewer rules; of none does it break more.

    Each stretch of captions is mended by itself, and where that is of no use it stays byte for
    byte. What is given back stays the same when it is fixed again.

    Raises:
        UnreadableTranscript: the file cannot be read.
        ExportRefused: it has no times and the other format needs them.
    """
    as_it_is = replace(options, keeps_captions=True)
    read = read_apart(data, name, encoding=encoding)
    best = convert(data, name, format_name=format_name, options=as_it_is, encoding=encoding)
    if format_name == read.format and len(read.shown) == len(read.captions):
        best = Converted(data, read.problems)
    else:
        name, encoding = f"a{formats.FORMATS[format_name].suffixes[0]}", None
    if not read.shown or format_name not in BREAKS:
        return best
    fixing = _Fixing(name, encoding, options)
    while (better := fixing.better(best.data)) is not None:
        best = replace(best, data=better)
    return replace(best, lost=best.lost or (STAYS if fixing.has_fixed_words else ""))


class _Fixing:
    """The search for what is better in a file; `has_fixed_words` where captions had to stay."""

    def __init__(self, name: str, encoding: str | None, options: Options) -> None:
        self._name, self._encoding, self._options = name, encoding, options
        self.has_fixed_words = False
        # What was of no use in one round is of none in the next.
        self._useless = set[object]()

    def better(self, data: bytes) -> bytes | None:
        """The file with all stretches mended that can be; None where none can."""
        self.has_fixed_words = False
        edits = self._edits(data)
        return self._taken(data, edits, self._faults(data)) if edits else None

    def _taken(self, data: bytes, edits: Sequence[Recut], faults: Counter[str]) -> bytes | None:
        """The file with as many of the edits as make it better when it is read again."""
        tried = recut_apart(data, self._name, edits, encoding=self._encoding)
        if self._faults(tried) < faults and self._says_the_same(data, tried):
            return tried
        if len(edits) == 1:
            return None
        middle = len(edits) // 2
        first = self._taken(data, edits[:middle], faults)
        return first if first is not None else self._taken(data, edits[middle:], faults)

    def _faults(self, data: bytes) -> Counter[str]:
        rules, language = self._options.rules, self._options.language
        found, problems = lint_file(
            data, self._name, rules, encoding=self._encoding, language=language
        )
        return faults_of(found) + Counter(unread=len(problems))

    def _says_the_same(self, one: bytes, other: bytes) -> bool:
        said = []
        for data in (one, other):
            read = read_apart(data, self._name, encoding=self._encoding)
            said.append(
                [(draft.speaker, word) for draft in read.drafts for word in draft.text.split()]
            )
        return said[0] == said[1]

    def _edits(self, data: bytes) -> list[Recut]:
        read = read_apart(data, self._name, encoding=self._encoding)
        written = captions_apart(data, self._name, encoding=self._encoding)
        segments = transcript_of(read, self._name)[0].segments
        shown = shown_captions(read, written, segments)
        rules, language = self._options.rules, self._options.language
        wrong = {each.cue for each in captions.lint(read.cues(), rules, language=language)}
        edits, free_from = list[Recut](), 0
        for first, end in _stretches(sorted(wrong)):
            for low, high in _candidates(first, end, len(shown)):
                if low < free_from:
                    continue
                stretch = Stretch(shown, low, high, BREAKS[read.format], self._options)
                self.has_fixed_words |= high == low + 1 and not stretch.may_be_cut
                if stretch.key in self._useless:
                    continue
                if edit := stretch.better():
                    edits.append(edit)
                    # What is judged by one edit is not changed by the next one.
                    free_from = high + 1
                else:
                    self._useless.add(stretch.key)
        return edits


def _stretches(wrong: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of captions that break a rule, as (first, end)."""
    first = 0
    for at, (number, following) in enumerate(pairwise([*wrong, -1])):
        if following != number + 1:
            yield wrong[first], number + 1
            first = at + 1


def _candidates(first: int, end: int, count: int) -> Iterator[tuple[int, int]]:
    """What to try for a stretch: each caption alone, the stretch, and it with its neighbours."""
    yield from ((at, at + 1) for at in range(first, end))
    wider = [(first, end), (first, end + 1), (first - 1, end), (first - 1, end + 1)]
    yield from ((low, high) for low, high in wider if low >= 0 and high <= count)
