"""A few seconds around an edit are aligned again, for the words whose time is but a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from math import inf
from pathlib import Path

from editor import media
from editor.align import Interval
from editor.asr.forced import MAX_ALIGNED_MS
from editor.asr.forced.windows import Window, windows_of
from editor.asr.from_forced import recognised_from_aligned
from editor.asr.realign_rules import with_realigned
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord, Segment, Word, has_guesses, is_guessed, spoken_flags

#: Words of the neighbours this near a segment are aligned along with its own, to hold them.
_NEAR_MS = 3_000
_NEAR_WORDS = 6
#: Windows are short: what is known around a guess bounds it better than more sound would.
_WINDOW_MS = 12_000
#: So much sound around a segment shows what is loud in this recording and what is silent.
_AROUND_MS = 20_000

#: A word, and whether a voice says it.
_Flagged = tuple[Word, bool]


@dataclass(frozen=True)
class Realigner:
    """Aligns words of a recording again, by its PCM file and a model.

    `language` is the one that is spoken (ISO 639-1); None is found out from the sound.
    """

    pcm_path: Path
    recogniser: Recogniser
    language: str | None

    def realigned_words(
        self, segment: Segment, *, above: Segment | None, below: Segment | None
    ) -> tuple[Word, ...]:
        """The words of a segment; those with guessed times have the times at which they are said.

        Words that are not said where they should be stay as they are, and so does all that is
        locked or known.
        """
        if not has_guesses(segment):
            return segment.words
        before, own, after = _context(segment, above, below)
        words = [word for word, _ in (*before, *own, *after)]
        asked = [i for i, (_, is_said) in enumerate((*before, *own, *after)) if is_said]
        bounds = (
            above.words[-1].start_ms if above and above.words else 0,
            below.words[0].start_ms if below and below.words else None,
        )
        for window, silences in self._windows([(i, words[i]) for i in asked]):
            inside = asked[window.first : window.end]
            if any(is_guessed(words[i]) for i in inside):
                words = self._realigned(words, inside, window, silences, bounds)
        return tuple(words[len(before) : len(before) + len(own)])

    def _windows(self, asked: Sequence[tuple[int, Word]]) -> list[tuple[Window, list[Interval]]]:
        start_ms = max(0, asked[0][1].start_ms - _AROUND_MS)
        duration_ms = media.pcm_duration_ms(self.pcm_path)
        end_ms = min(duration_ms, asked[-1][1].end_ms + _AROUND_MS)
        silences = media.silences(self.pcm_path, start_ms=start_ms, end_ms=end_ms)
        recognised = [
            RecognisedWord(i, word.text, word.start_ms, word.end_ms, 1.0) for i, word in asked
        ]
        windows = windows_of(
            recognised, start_ms=start_ms, end_ms=end_ms, silences=silences, max_ms=_WINDOW_MS
        )
        return [(window, silences) for window in windows]

    def _realigned(
        self,
        words: Sequence[Word],
        asked: Sequence[int],
        window: Window,
        silences: Sequence[Interval],
        bounds: tuple[int, int | None],
    ) -> list[Word]:
        start_ms, end_ms = window.start_ms, min(window.end_ms, window.start_ms + MAX_ALIGNED_MS)
        samples = media.read_samples(self.pcm_path, start_ms, end_ms)
        language = self.language or self.recogniser.language_of(samples)
        texts = [words[i].text for i in asked]
        aligned = self.recogniser.forced_aligner(samples, language=language)(texts)
        if len(aligned) != len(asked):
            return list(words)
        recognised = recognised_from_aligned(texts, aligned, from_ms=start_ms)
        again = self.recogniser.refine_times(
            samples, recognised, language=language, start_ms=start_ms, silences=silences
        )
        found = [(one.start_ms, one.end_ms) for one in again]
        logs = [
            -inf if one.is_guessed else word.log_probability
            for one, word in zip(again, aligned, strict=True)
        ]
        new = with_realigned(
            words, asked, found, logs, not_before_ms=bounds[0], not_after_ms=bounds[1]
        )
        by = {i: one.aligner for i, one in zip(asked, again, strict=True)}
        return [
            replace(word, aligner=by[i]) if i in by and word.origin == "listened" else word
            for i, word in enumerate(new)
        ]


def _context(
    segment: Segment, above: Segment | None, below: Segment | None
) -> tuple[list[_Flagged], list[_Flagged], list[_Flagged]]:
    """The words of a segment, and those of its neighbours that hold them in place."""
    first_ms = segment.words[0].start_ms - _NEAR_MS
    last_ms = segment.words[-1].end_ms + _NEAR_MS
    before = _near(reversed(_flagged(above)), lambda word: word.start_ms >= first_ms)
    after = _near(_flagged(below), lambda word: word.start_ms <= last_ms)
    return before[::-1], _flagged(segment), after


def _flagged(segment: Segment | None) -> list[_Flagged]:
    if segment is None:
        return []
    texts = [word.text for word in segment.words]
    flags = spoken_flags(segment.text, kind=segment.kind, words=texts)
    return list(zip(segment.words, flags, strict=True))


def _near(words: Iterable[_Flagged], is_near: Callable[[Word], bool]) -> list[_Flagged]:
    """A neighbour's words up to the first one that is far off or but guessed itself."""
    near = takewhile(lambda one: is_near(one[0]) and not is_guessed(one[0]), words)
    return list(islice(near, _NEAR_WORDS))
