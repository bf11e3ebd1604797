"""What the doubts of some segments are judged by, as one state of the transcript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from editor.document import RecognisedWord, Segment
from editor.review.doubts import DismissedDoubt, Doubt
from editor.review.segments import Spellings, segment_doubts
from editor.review.speakers import Voices, speaker_doubts
from editor.review.word_scores import WordScores

#: Doubts that people kept, by what is written there.
DismissedByText = Mapping[str, Sequence[DismissedDoubt]]


@dataclass(frozen=True)
class Findings:
    """What is known of a transcript beside its segments and the words recognised.

    `dismissed` are all doubts that people dismissed; what begins before `recognised_until_ms` is
    recognised; `language` is ISO 639-1, None while it is not known; of `voices` there are none
    where nobody had speakers found.
    """

    word_scores: WordScores = field(default_factory=WordScores)
    dismissed: Sequence[DismissedDoubt] = ()
    recognised_until_ms: float = inf
    language: str | None = None
    voices: Voices = field(default_factory=Voices)


@dataclass(frozen=True)
class ReviewContext:
    """Segments with those beside them, in order, and what was recognised and told around these.

    `wanted` are the ids of those to be judged.
    """

    segments: Sequence[Segment]
    wanted: frozenset[str]
    recognised: Sequence[RecognisedWord]
    findings: Findings

    @classmethod
    def of(
        cls,
        segments: Sequence[Segment],
        wanted: Iterable[str],
        recognised: Sequence[RecognisedWord],
        findings: Findings,
    ) -> ReviewContext:
        """The context of those `wanted` that are recognised."""
        asked = set(wanted)
        judged = frozenset(
            one.id
            for one in segments
            if one.id in asked
            and one.words
            and one.words[-1].start_ms < findings.recognised_until_ms
        )
        return cls(segments, judged, recognised, findings)

    @cached_property
    def doubts(self) -> dict[str, list[Doubt]]:
        """The doubts of the segments wanted, by their ids, judged once; see `segment_doubts`."""
        return self.doubts_with()

    def doubts_with(
        self, spellings: Spellings | None = None, *, with_style: bool = False
    ) -> dict[str, list[Doubt]]:
        """The doubts of the segments wanted and more, as asked; see `segment_doubts`."""
        if not self.recognised:
            return {}
        found = segment_doubts(
            self.segments,
            self.recognised,
            self.findings.word_scores,
            wanted=self.wanted,
            spellings=spellings,
            language=self.findings.language,
            with_style=with_style,
        )
        of_voices = speaker_doubts(self.segments, self.findings.voices, wanted=self.wanted)
        return {
            segment.id: [*found.get(segment.id, ()), *of_voices.get(segment.id, ())]
            for segment in self.segments
            if segment.id in found or segment.id in of_voices
        }

    def dismissed_by_text(self) -> DismissedByText:
        """What people decided about doubts, by what is written there."""
        return dismissed_by_text(self.findings.dismissed)


def dismissed_by_text(every: Iterable[DismissedDoubt]) -> DismissedByText:
    """What people decided about doubts, by what is written there."""
    kept: dict[str, list[DismissedDoubt]] = {}
    for one in every:
        kept.setdefault(one.written, []).append(one)
    return kept
