"""How much of the text was recognised, and what was recognised but is not in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from editor.align.drift import Drift
from editor.align.match import Link
from editor.align.remarks import Remark, remarks_of
from editor.document import RecognisedWord, Word, join_lines, runs_where

#: What is stored, sent and exported keeps the names of version 1 of its form, as do the kinds.
_JSON_NAMES = {
    "written_recognised": "written_heard",
    "recognised_words": "heard_words",
    "recognised_written": "heard_written",
    "unmatched_spans": "passages",
}
#: Spans of fewer words than this are doubts to look at, none to report.
_MIN_SPAN_WORDS = 5


@dataclass(frozen=True, slots=True)
class UnmatchedSpan:
    """A span of words that only one side has: text not recognised, or speech not written.

    `first_word` counts written words from 0: where the span begins, or would have to be
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
    """Counts of spoken written words and of recognised words, and spans that only one side has.

    `remarks` say in sentences what a person should know; `drift` is that of imported times.
    """

    written_words: int
    written_recognised: int
    recognised_words: int
    recognised_written: int
    unwritten_ms: int
    unmatched_spans: tuple[UnmatchedSpan, ...]
    remarks: tuple[Remark, ...] = ()
    drift: Drift | None = None

    @property
    def written_share(self) -> float:
        """Share of the text that was recognised, in [0, 1]; 1 for an empty text."""
        return self.written_recognised / self.written_words if self.written_words else 1.0

    def as_json(self) -> dict[str, object]:
        """The report as it is stored, sent and exported."""
        fields = {_JSON_NAMES.get(name, name): value for name, value in asdict(self).items()}
        return {**fields, "written_share": round(self.written_share, 4)}


def coverage_of(
    words: Sequence[Word],
    spoken: Sequence[bool],
    links: Sequence[Link],
    recognised: Sequence[RecognisedWord],
    *,
    drift: Drift | None = None,
    lines: Sequence[range] = (),
) -> Coverage:
    """Report on placed words and their links; indices count as in `place_words`.

    `lines` are the written words of each line, if they are known.
    """
    linked_words = {i for link in links for i in range(link.written_first, link.written_end)}
    linked_recognised = {
        j for link in links for j in range(link.recognised_first, link.recognised_end)
    }
    unmatched = [i for i, said in enumerate(spoken) if said and i not in linked_words]
    unwritten = [j for j in range(len(recognised)) if j not in linked_recognised]
    unmatched_spans = [
        *_unmatched_written(words, spoken, unmatched),
        *_unmatched_recognised(links, recognised, unwritten),
    ]
    return Coverage(
        written_words=sum(spoken),
        written_recognised=sum(spoken) - len(unmatched),
        recognised_words=len(recognised),
        recognised_written=len(linked_recognised),
        unwritten_ms=sum(recognised[j].end_ms - recognised[j].start_ms for j in unwritten),
        unmatched_spans=tuple(sorted(unmatched_spans, key=lambda span: (span.start_ms, span.kind))),
        remarks=(
            *remarks_of(words, spoken, links, recognised, lines),
            *_drift_remarks(words, drift),
        ),
        drift=drift,
    )


def _drift_remarks(words: Sequence[Word], drift: Drift | None) -> Iterable[Remark]:
    if drift is not None and drift.is_noticed:
        span = (words[0].start_ms, words[-1].end_ms)
        yield Remark("drift", 0, len(words), *span, drift.sentence())


def _unmatched_written(
    words: Sequence[Word], spoken: Sequence[bool], unmatched: Sequence[int]
) -> Iterable[UnmatchedSpan]:
    missing = set(unmatched)
    for first, end in runs_where(not said or i in missing for i, said in enumerate(spoken)):
        said = [i for i in range(first, end) if spoken[i]]
        if len(said) >= _MIN_SPAN_WORDS:
            part = words[said[0] : said[-1] + 1]
            yield UnmatchedSpan(
                "not_heard",
                said[0],
                len(said),
                part[0].start_ms,
                part[-1].end_ms,
                join_lines(word.text for word in part),
            )


def _unmatched_recognised(
    links: Sequence[Link], recognised: Sequence[RecognisedWord], unwritten: Sequence[int]
) -> Iterable[UnmatchedSpan]:
    written_end = {link.recognised_end: link.written_end for link in links}
    missing = set(unwritten)
    for first, end in runs_where(j in missing for j in range(len(recognised))):
        if end - first >= _MIN_SPAN_WORDS:
            part = recognised[first:end]
            yield UnmatchedSpan(
                "not_written",
                written_end.get(first, 0),
                end - first,
                part[0].start_ms,
                part[-1].end_ms,
                join_lines(word.text for word in part),
            )
