"""From a recording and its text to the doubts about it, without a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editor.document import Segment, spoken_flags, spoken_words
from editor.hearing import Progress, as_if_heard, likelihoods
from editor.pipeline import Checked
from editor.review import Doubt, Evidence, doubts_of


@dataclass(frozen=True)
class Report:
    """Doubts, the worst first, and how many words they are about.

    The doubts count words from 0 through the whole text split at white space, without sounds and
    marks of speakers.
    """

    doubts: list[Doubt]
    word_count: int


def report_of(
    checked: Checked, *, least_score: float, progress: Progress, with_style: bool = False
) -> Report:
    """Listen to a text that was timed, and tell what is doubtful in it; see `doubts_of`."""
    segments = checked.aligned.transcript.segments
    evidence = evidence_of(checked, progress)
    numbers = list(word_numbers(segments))
    doubts = doubts_of(evidence, least_score=least_score, with_style=with_style)
    return Report([_numbered(doubt, numbers) for doubt in doubts], numbers[-1])


def evidence_of(checked: Checked, progress: Progress) -> Evidence:
    """All that is known about a text: what was heard, and how likely its words are there."""
    segments = checked.aligned.transcript.segments
    words, spoken = spoken_words(segments)
    said = [word for word, is_spoken in zip(words, spoken, strict=True) if is_spoken]
    written_logs, heard_logs = likelihoods(
        checked.prepared,
        checked.recogniser,
        [list(map(as_if_heard, said)), checked.heard],
        language=checked.language,
        progress=progress,
    )
    told = iter(written_logs)
    logs = [next(told) if is_spoken else None for is_spoken in spoken]
    return Evidence(words, spoken, checked.heard, logs, heard_logs, language=checked.language)


def word_numbers(segments: Sequence[Segment]) -> Iterator[int]:
    """The number of each word as people count them, and at last how many there are.

    Words that stand together without white space have one number; a sound has that of what follows.
    """
    number = 0
    for segment in segments:
        at = 0
        for word, is_spoken in zip(
            segment.words, spoken_flags(segment.text, kind=segment.kind), strict=True
        ):
            start = segment.text.index(word.text, at)
            is_counted = segment.kind == "speech" and (is_spoken or not _has_letters(word.text))
            number -= int(0 < start == at and is_counted)
            at = start + len(word.text)
            yield number
            number += int(is_counted)
    yield number


def _numbered(doubt: Doubt, numbers: Sequence[int]) -> Doubt:
    first = numbers[doubt.first_word]
    is_missing = doubt.last_word < doubt.first_word
    return replace(
        doubt, first_word=first, last_word=first - 1 if is_missing else numbers[doubt.last_word]
    )


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)
