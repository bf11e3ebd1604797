"""Words of the text that recognition passed over, listened for where they may be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log

from editor import media
from editor.align import Link, link_spoken, split_as_written
from editor.asr.chunk import MARGIN_MS, Piece, Written, in_place, in_time, joined
from editor.asr.forced import ToldWord
from editor.asr.from_forced import heard_from_told, numbered
from editor.asr.prepare import Prepared
from editor.asr.recogniser import Recogniser
from editor.asr.rescue.missed_words import Extent, Hole, holes_of, is_likelier, is_said, may_be_said
from editor.asr.rescue.trusted_windows import EDGE_MS
from editor.asr.rescue.unreliable import FEWEST_WORDS, stretches_astray
from editor.asr.trusted_text import followed_between
from editor.document import MIN_WORD_MS, HeardWord

_BEYOND_MS = EDGE_MS + 500
#: No word is less probable.
_LEAST_PROBABILITY = 0.0005


def with_passed_over(
    piece: Piece,
    before: Sequence[HeardWord],
    written: Written,
    prepared: Prepared,
    recogniser: Recogniser,
    checkpoint: Callable[[], None],
) -> Piece:
    """Add to a piece what is heard when listening for the words of the text that it lacks.

    `before` are the words of the pieces before it. `checkpoint` is called often; what it raises
    ends all.
    """
    told = _Told(before, written, prepared, recogniser)
    linked = told.linked(piece)
    followed = told.with_text_followed(piece, *linked, checkpoint)
    # Linking a long text takes a while.
    again = linked if followed is piece else told.linked(followed)
    return told.with_holes_filled(followed, *again)


@dataclass(frozen=True)
class _Told:
    """What the text says, and what was heard of it before a piece."""

    before: Sequence[HeardWord]
    written: Written
    prepared: Prepared
    recogniser: Recogniser

    def linked(self, piece: Piece) -> tuple[list[HeardWord], list[Link]]:
        """What was heard up to the end of a piece, and which written words it says."""
        heard = split_as_written([*self.before, *piece.heard])
        return heard, link_spoken(*self.written, heard)

    def with_text_followed(
        self,
        piece: Piece,
        heard: Sequence[HeardWord],
        links: Sequence[Link],
        checkpoint: Callable[[], None],
    ) -> Piece:
        """Follow the text where recognition lost it for long."""
        texts, spoken = self.written
        for stretch in stretches_astray(texts, links, heard, self._extent(piece)):
            span = range(stretch.written_first, stretch.written_end)
            # Words at the very end are not believed; those of a piece are not at the end of all.
            beyond_ms = min(stretch.end_ms + _BEYOND_MS, self.prepared.duration_ms)
            told = followed_between(
                stretch.start_ms,
                beyond_ms if stretch.end_ms == piece.end_ms else stretch.end_ms,
                [texts[i] for i in span if spoken[i]],
                prepared=self.prepared,
                recogniser=self.recogniser,
                language=piece.language,
                checkpoint=checkpoint,
            )
            found = [
                word
                for word in told
                if word.start_ms < stretch.end_ms and not piece.is_voiceless_at(word.start_ms)
            ]
            logs = [log(max(word.probability, _LEAST_PROBABILITY)) for word in found]
            if len(found) < FEWEST_WORDS or not is_said([word.text for word in found], logs):
                continue
            taken = in_place(piece.heard, (found[0].start_ms, found[-1].end_ms), found)
            piece = replace(piece, heard=numbered(taken, piece.number))
        return piece

    def with_holes_filled(
        self, piece: Piece, heard: Sequence[HeardWord], links: Sequence[Link]
    ) -> Piece:
        """Listen for a few words between such as were heard."""
        texts, spoken = self.written
        junk: set[int] = set()
        more: list[HeardWord] = []
        for hole in holes_of(texts, spoken, links, heard, self._extent(piece)):
            found = self._heard_in(hole, piece)
            more += found
            junk |= hole.junk if found else set()
        kept = [word for word in piece.heard if word.id not in junk]
        return replace(piece, heard=numbered(in_time([*kept, *more]), piece.number))

    def _extent(self, piece: Piece) -> Extent:
        is_end = piece.number == len(self.prepared.pieces) - 1
        silences = joined([*self.prepared.silences, *piece.voiceless])
        return Extent(piece.start_ms, piece.end_ms, piece.number == 0, is_end, silences)

    def _heard_in(self, hole: Hole, piece: Piece) -> list[HeardWord]:
        """The words of a hole as heard, none if they are not said there."""
        start_ms = max(piece.start_ms, hole.start_ms - MARGIN_MS)
        end_ms = min(piece.end_ms, hole.end_ms + MARGIN_MS)
        samples = media.read_samples(self.prepared.work_path, start_ms, end_ms)
        before, after = ([word.text for word in side] for side in (hole.before, hole.after))
        words = self.written[0][hole.written_first : hole.written_end]
        beside = [*hole.before[-1:], *hole.after[:1]]
        foreign = beside[0].language if len({word.language for word in beside}) == 1 else ""
        tell = self.recogniser.listen(samples, language=foreign or piece.language)

        def listen_for(words: Sequence[str]) -> list[ToldWord]:
            return tell([*before, *words, *after])[len(before) : len(before) + len(words)]

        found = listen_for(words)
        logs = [word.log_probability for word in found]
        if not found:
            return []
        if not is_said(words, logs):
            others = listen_for(words[::-1]) if may_be_said(logs) else []
            if not others or not is_likelier(logs, [word.log_probability for word in others]):
                return []
        first_ms = hole.before[-1].start_ms + 1 if hole.before else start_ms
        last_ms = hole.after[0].start_ms - 1 if hole.after else end_ms
        heard = heard_from_told(words, found, from_ms=start_ms, piece=piece.number)
        return [
            replace(_between(word, first_ms, last_ms), language=foreign)
            for word in heard
            if not piece.is_voiceless_at(word.start_ms)
        ]


def _between(word: HeardWord, first_ms: int, last_ms: int) -> HeardWord:
    """A word that begins neither before nor after these."""
    start_ms = min(max(first_ms, word.start_ms), last_ms)
    return replace(word, start_ms=start_ms, end_ms=max(start_ms + MIN_WORD_MS, word.end_ms))
