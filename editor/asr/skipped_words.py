"""Words of the text that recognition missed, aligned where they may be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from editor import media
from editor.align import Link, link_spoken, split_as_written
from editor.asr.chunk import MARGIN_MS, Chunk, Written, in_time_order, merged, with_replaced
from editor.asr.forced import AlignedWord
from editor.asr.from_forced import numbered, recognised_from_aligned
from editor.asr.prepare import Prepared
from editor.asr.recogniser import Recogniser
from editor.asr.rescue.missed_words import (
    ChunkBounds,
    MissedWords,
    is_likelier,
    is_said,
    may_be_said,
    missed_words_of,
)
from editor.asr.rescue.trusted_windows import EDGE_MS
from editor.asr.rescue.unreliable import MIN_UNRELIABLE_WORDS, unreliable_spans
from editor.asr.trusted_text import trusted_between
from editor.document import MIN_WORD_MS, RecognisedWord

_BEYOND_MS = EDGE_MS + 500
#: The text says so many words for each that was recognised in a chunk, and so many more, at most.
_MOST_WRITTEN, _MORE_WRITTEN = 1.2, 10


def with_missed_words(
    chunk: Chunk,
    before: Sequence[RecognisedWord],
    written: Written,
    prepared: Prepared,
    recogniser: Recogniser,
    checkpoint: Callable[[], None],
) -> tuple[Chunk, list[str]]:
    """Add to a chunk those words of the text that it lacks and that are said in it.

    With it comes what the text says there, from the first word that was recognised to the last.
    `before` are the words of the chunks before it. `checkpoint` is called often; what it raises
    ends all.
    """
    aligned = _Text(before, written, prepared, recogniser)
    linked = aligned.linked(chunk)
    followed = aligned.with_unreliable_aligned(chunk, *linked, checkpoint)
    # Linking a long text takes a while.
    again = linked if followed is chunk else aligned.linked(followed)
    return aligned.with_missed_recognised(followed, *again), aligned.said_in(followed, *again)


@dataclass(frozen=True)
class _Text:
    """What the text says, and what was recognised of it before a chunk."""

    before: Sequence[RecognisedWord]
    written: Written
    prepared: Prepared
    recogniser: Recogniser

    def linked(self, chunk: Chunk) -> tuple[list[RecognisedWord], list[Link]]:
        """What was recognised up to the end of a chunk, and which written words it says."""
        recognised = split_as_written([*self.before, *chunk.words])
        return recognised, link_spoken(*self.written, recognised)

    def said_in(
        self, chunk: Chunk, recognised: Sequence[RecognisedWord], links: Sequence[Link]
    ) -> list[str]:
        """What the text says between the first and the last word of it recognised in a chunk."""
        own = [link for link in links if recognised[link.recognised_first].chunk == chunk.number]
        texts, spoken = self.written
        span = range(own[0].written_first, own[-1].written_end) if own else range(0)
        # Of equal passages, the last words may be linked with a later one.
        most = round(_MOST_WRITTEN * len(chunk.words)) + _MORE_WRITTEN
        return [texts[i] for i in span if spoken[i]][:most]

    def with_unreliable_aligned(
        self,
        chunk: Chunk,
        recognised: Sequence[RecognisedWord],
        links: Sequence[Link],
        checkpoint: Callable[[], None],
    ) -> Chunk:
        """Align the text where recognition lost it for long."""
        texts, spoken = self.written
        for unreliable in unreliable_spans(texts, links, recognised, self._bounds(chunk)):
            span = range(unreliable.written_first, unreliable.written_end)
            # Words at the very end are not believed; those of a chunk are not at the end of all.
            beyond_ms = min(unreliable.end_ms + _BEYOND_MS, self.prepared.duration_ms)
            aligned = trusted_between(
                unreliable.start_ms,
                beyond_ms if unreliable.end_ms == chunk.end_ms else unreliable.end_ms,
                [texts[i] for i in span if spoken[i]],
                prepared=self.prepared,
                recogniser=self.recogniser,
                language=chunk.language,
                checkpoint=checkpoint,
            )
            found = [
                word
                for word in aligned
                if word.start_ms < unreliable.end_ms and not chunk.is_voiceless_at(word.start_ms)
            ]
            if len(found) < MIN_UNRELIABLE_WORDS:
                continue
            taken = with_replaced(chunk.words, (found[0].start_ms, found[-1].end_ms), found)
            chunk = replace(chunk, words=numbered(taken, chunk.number))
        return chunk

    def with_missed_recognised(
        self, chunk: Chunk, recognised: Sequence[RecognisedWord], links: Sequence[Link]
    ) -> Chunk:
        """Align a few words between such as were recognised."""
        texts, spoken = self.written
        junk: set[int] = set()
        more: list[RecognisedWord] = []
        for missed in missed_words_of(texts, spoken, links, recognised, self._bounds(chunk)):
            found = self._recognised_in(missed, chunk)
            more += found
            junk |= missed.junk if found else set()
        kept = [word for word in chunk.words if word.id not in junk]
        return replace(chunk, words=numbered(in_time_order([*kept, *more]), chunk.number))

    def _bounds(self, chunk: Chunk) -> ChunkBounds:
        is_end = chunk.number == len(self.prepared.chunks) - 1
        silences = merged([*self.prepared.silences, *chunk.voiceless])
        return ChunkBounds(chunk.start_ms, chunk.end_ms, chunk.number == 0, is_end, silences)

    def _recognised_in(self, missed: MissedWords, chunk: Chunk) -> list[RecognisedWord]:
        """Missed words as they are said, none if they are not said there."""
        start_ms = max(chunk.start_ms, missed.start_ms - MARGIN_MS)
        end_ms = min(chunk.end_ms, missed.end_ms + MARGIN_MS)
        samples = media.read_samples(self.prepared.pcm_path, start_ms, end_ms)
        before, after = ([word.text for word in side] for side in (missed.before, missed.after))
        words = self.written[0][missed.written_first : missed.written_end]
        neighbours = [*missed.before[-1:], *missed.after[:1]]
        other_language = (
            neighbours[0].language if len({word.language for word in neighbours}) == 1 else ""
        )
        force_align = self.recogniser.forced_aligner(
            samples, language=other_language or chunk.language
        )

        def align_only(words: Sequence[str]) -> list[AlignedWord]:
            return force_align([*before, *words, *after])[len(before) : len(before) + len(words)]

        found = align_only(words)
        logs = [word.log_probability for word in found]
        if not found:
            return []
        if not is_said(words, logs):
            others = align_only(words[::-1]) if may_be_said(logs) else []
            if not others or not is_likelier(logs, [word.log_probability for word in others]):
                return []
        first_ms = missed.before[-1].start_ms + 1 if missed.before else start_ms
        last_ms = missed.after[0].start_ms - 1 if missed.after else end_ms
        recognised = recognised_from_aligned(words, found, from_ms=start_ms, chunk=chunk.number)
        return [
            replace(_between(word, first_ms, last_ms), language=other_language)
            for word in recognised
            if not chunk.is_voiceless_at(word.start_ms)
        ]


def _between(word: RecognisedWord, first_ms: int, last_ms: int) -> RecognisedWord:
    """A word that begins neither before nor after these."""
    start_ms = min(max(first_ms, word.start_ms), last_ms)
    return replace(word, start_ms=start_ms, end_ms=max(start_ms + MIN_WORD_MS, word.end_ms))
