"""How much of the text was heard, and what was heard but is not in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from editor.align.drift import Drift
from editor.align.match import Link
from editor.align.remarks import Remark, remarks_of
from editor.document import HeardWord, Word, join_lines

#: Runs of fewer words than this are doubts to look at, not passages to report.
_PASSAGE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that only one side has: text that was not heard, or speech that is not written.

    `first_word` counts written words from 0: where the passage begins, or would have to be
    inserted. Times are where it was said, or where it would have been.
    """

    kind: Literal["not_heard", "not_written"]
    first_word: int
    word_count: int
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of spoken written words and of heard words, and passages that only one side has.

    `remarks` say in sentences what a person should know; `drift` is that of imported times.
    """

    written_words: int
    written_heard: int
    heard_words: int
    heard_written: int
    unwritten_ms: int
    passages: tuple[Passage, ...]
    remarks: tuple[Remark, ...] = ()
    drift: Drift | None = None

    @property
    def written_share(self) -> float:
        """Share of the text that was heard, in [0, 1]; 1 for an empty text."""
        return self.written_heard / self.written_words if self.written_words else 1.0

    def as_json(self) -> dict[str, object]:
        """The report as it is stored, sent and exported."""
        return {**asdict(self), "written_share": round(self.written_share, 4)}


def coverage_of(
    words: Sequence[Word],
    spoken: Sequence[bool],
    links: Sequence[Link],
    heard: Sequence[HeardWord],
    *,
    drift: Drift | None = None,
    lines: Sequence[range] = (),
) -> Coverage:
    """Report on placed words and their links; indices count as in `place_words`.

    `lines` are the written words of each line, if they are known.
    """
    linked_words = {i for link in links for i in range(link.written_first, link.written_end)}
    linked_heard = {j for link in links for j in range(link.heard_first, link.heard_end)}
    unheard = [i for i, said in enumerate(spoken) if said and i not in linked_words]
    unwritten = [j for j in range(len(heard)) if j not in linked_heard]
    passages = [
        *_unheard_passages(words, spoken, unheard),
        *_unwritten_passages(links, heard, unwritten),
    ]
    return Coverage(
        written_words=sum(spoken),
        written_heard=sum(spoken) - len(unheard),
        heard_words=len(heard),
        heard_written=len(linked_heard),
        unwritten_ms=sum(heard[j].end_ms - heard[j].start_ms for j in unwritten),
        passages=tuple(sorted(passages, key=lambda passage: (passage.start_ms, passage.kind))),
        remarks=(*remarks_of(words, spoken, links, heard, lines), *_drift_remarks(words, drift)),
        drift=drift,
    )


def _drift_remarks(words: Sequence[Word], drift: Drift | None) -> Iterable[Remark]:
    if drift is not None and drift.is_noticed:
        span = (words[0].start_ms, words[-1].end_ms)
        yield Remark("drift", 0, len(words), *span, drift.sentence())


def _unheard_passages(
    words: Sequence[Word], spoken: Sequence[bool], unheard: Sequence[int]
) -> Iterable[Passage]:
    unsaid = {i for i, said in enumerate(spoken) if not said}
    for run in _runs(sorted({*unheard, *unsaid})):
        said = [i for i in run if i not in unsaid]
        if len(said) >= _PASSAGE_WORDS:
            part = words[said[0] : said[-1] + 1]
            yield Passage(
                "not_heard",
                said[0],
                len(said),
                part[0].start_ms,
                part[-1].end_ms,
                join_lines(word.text for word in part),
            )


def _unwritten_passages(
    links: Sequence[Link], heard: Sequence[HeardWord], unwritten: Sequence[int]
) -> Iterable[Passage]:
    written_end = {link.heard_end: link.written_end for link in links}
    for run in _runs(unwritten):
        if len(run) >= _PASSAGE_WORDS:
            part = heard[run[0] : run[-1] + 1]
            yield Passage(
                "not_written",
                written_end.get(run[0], 0),
                len(run),
                part[0].start_ms,
                part[-1].end_ms,
                join_lines(word.text for word in part),
            )


def _runs(indices: Sequence[int]) -> Iterable[list[int]]:
    """Group rising indices into runs without a hole."""
    run: list[int] = []
    for index in indices:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run
