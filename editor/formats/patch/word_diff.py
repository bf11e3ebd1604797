"""What became of the words of a file's drafts in the transcript as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from operator import eq

from editor.document import DraftSegment, Segment, split_words

_EXACT_UP_TO = 2000


@dataclass(slots=True)
class Changes:
    """For each draft and each of its words as it `was`, the words that stand in its place `now`.

    `added` are whole segments without a draft, by the number of drafts above them.
    """

    was: list[list[str]]
    now: list[list[list[str]]]
    added: dict[int, list[Segment]] = field(default_factory=dict)

    def is_changed(self, draft: int) -> bool:
        """Whether any word of a draft is another now."""
        return self.now[draft] != [[word] for word in self.was[draft]]

    def is_gone(self, draft: int) -> bool:
        """Whether none of its words is left."""
        return not any(self.now[draft])


def word_changes(drafts: Sequence[DraftSegment], segments: Sequence[Segment]) -> Changes:
    """Link the segments' words with the drafts'; where segments are cut does not matter."""
    was = [split_words(draft.text) for draft in drafts]
    changes = Changes(was, [[[word] for word in words] for words in was])
    before, after = [draft.text for draft in drafts], [segment.text for segment in segments]
    for i1, i2, j1, j2 in _changed_spans(before, after):
        if _stay_apart(before[i1:i2], after[j1:j2]):
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                _change(changes, i, i + 1, segments[j : j + 1])
        else:
            _change(changes, i1, i2, segments[j1:j2])
    return changes


def _changed_spans(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists of texts differ: (first, end) of the one, (first, end) of the other."""
    head = _common_head(before, after)
    tail = _common_head(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) == len(new) and 2 * sum(map(eq, old, new)) >= len(old):
        # Most texts are where they were; a search among many like ones would take long.
        for is_same, group in groupby(range(len(old)), key=lambda n: old[n] == new[n]):
            at = [head + n for n in group]
            if not is_same:
                yield at[0], at[-1] + 1, at[0], at[-1] + 1
        return
    is_long = max(len(old), len(new)) > _EXACT_UP_TO
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=is_long).get_opcodes():
        if tag != "equal":
            yield head + i1, head + i2, head + j1, head + j2


def _common_head(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))


def _stay_apart(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether each draft became one segment: then no word of one is sought in another."""
    if len(before) != len(after):
        return False
    apart = sum(map(_common, before, after))
    together = _common(" ".join(before), " ".join(after))
    return together - apart <= max(2, len(before))


def _common(before: str, after: str) -> int:
    """How many words two texts share in the same order."""
    matcher = SequenceMatcher(None, split_words(before), split_words(after), autojunk=True)
    return sum(match.size for match in matcher.get_matching_blocks())


def _change(changes: Changes, first: int, end: int, segments: Sequence[Segment]) -> None:
    """Fill in the changes of the drafts `first` to `end`, which became some segments."""
    slots = [(d, k) for d in range(first, end) for k in range(len(changes.now[d]))]
    old = [changes.now[d][k][0] for d, k in slots]
    for d, k in slots:
        changes.now[d][k] = []
    new = [word.text for segment in segments for word in segment.words]
    starts = [0, *accumulate(len(segment.words) for segment in segments)]
    is_long = max(len(old), len(new)) > _EXACT_UP_TO
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=is_long).get_opcodes():
        if tag == "insert":
            _insert(changes, slots, i1, first, new, (j1, j2), segments, starts)
        else:
            for at in range(i1, i2):
                width, count = i2 - i1, j2 - j1
                part = new[j1 + (at - i1) * count // width : j1 + (at - i1 + 1) * count // width]
                changes.now[slots[at][0]][slots[at][1]] += part


def _insert(
    changes: Changes,
    slots: Sequence[tuple[int, int]],
    at: int,
    first: int,
    new: Sequence[str],
    span: tuple[int, int],
    segments: Sequence[Segment],
    starts: Sequence[int],
) -> None:
    """Words before slot `at`: whole segments are added, the rest joins the draft it stands with."""
    j1, j2 = span
    for number, segment in enumerate(segments):
        begin, finish = max(starts[number], j1), min(starts[number + 1], j2)
        if begin >= finish:
            continue
        is_whole = (begin, finish) == (starts[number], starts[number + 1])
        if is_whole or not slots:
            above = slots[at - 1][0] + 1 if at else first
            changes.added.setdefault(above, []).append(segment)
        elif at and (begin > starts[number] or at == len(slots)):
            draft, word = slots[at - 1]
            changes.now[draft][word] += new[begin:finish]
        else:
            draft, word = slots[at]
            changes.now[draft][word] += new[begin:finish]
