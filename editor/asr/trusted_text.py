"""A text that is trusted: no recognition, its words are aligned from first to last."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.align import link_spoken, split_as_written, weight
from editor.align.place import in_order
from editor.asr.chunk import Chunk, Written, with_refined_times
from editor.asr.forced import AlignedWord, ForcedAligner
from editor.asr.from_forced import numbered, recognised_from_aligned
from editor.asr.language import language_from
from editor.asr.prefetch import prefetched
from editor.asr.prepare import DECODE_SHARE, RECOGNISE_SHARE, Prepared, Progress, silences_in
from editor.asr.recogniser import Recogniser
from editor.asr.rescue.stranded_words import with_stranded_moved
from editor.asr.rescue.trusted_windows import (
    LETTER_MS,
    SEAM_MS,
    STEP_MS,
    STRIDE_MS,
    WINDOW_MS,
    asked_for,
    believed,
    is_heard,
    next_window,
)
from editor.asr.text_language import main_language_of
from editor.asr.trusted_phones import chunks_by_phones
from editor.document import RecognisedWord

#: How much each window counts in the pace of the speaker.
_NEWEST = 0.3
_SHORTEST_MS = 300
#: A word that begins so soon in a window may be cut.
_CLEAR_MS = 250


def align_trusted_text(
    prepared: Prepared,
    load: Callable[[], Recogniser],
    *,
    language: str | None,
    done: Sequence[RecognisedWord],
    written: Written,
    progress: Progress,
) -> Generator[Chunk]:
    """Give each chunk of the recording the words of the text that are said in it.

    Less work than recognition, and possible in noise that recognition does not understand; but
    words are found in the order of the text or not at all. It goes on after what is `done`, which
    is in order. `language` None is found out from the text or the sound. The words are found by
    their phones; where too little is found so, or nobody can say them, by the model that `load`
    gives.
    """
    texts = [text for text, is_spoken in zip(*written, strict=True) if is_spoken]
    place = _reached(texts, done)
    if place.first == len(texts):
        return
    written_in = language or main_language_of(texts)
    by_phones = written_in and chunks_by_phones(
        prepared,
        texts,
        language=written_in,
        done=done,
        progress=progress,
    )
    if by_phones:
        yield from by_phones
        return
    recogniser = load()
    language = language or language_from(
        place.at_ms, prepared=prepared, recogniser=recogniser, progress=progress
    )

    def sharper(chunk: Chunk, wanted: Callable[[], None]) -> Chunk:
        return replace(chunk, words=with_refined_times(chunk, prepared, recogniser))

    def moved(at_ms: int) -> None:
        progress.checkpoint()
        share = at_ms / max(1, prepared.duration_ms)
        progress.report(DECODE_SHARE + RECOGNISE_SHARE * share, "hear")

    with closing(_Windows(prepared, recogniser, language, moved)) as windows:
        found = _trusted_chunks(place, texts, windows)
        yield from prefetched(sharper, found, workers=1, checkpoint=progress.checkpoint)


def trusted_between(
    start_ms: int,
    end_ms: int,
    texts: Sequence[str],
    *,
    prepared: Prepared,
    recogniser: Recogniser,
    language: str,
    checkpoint: Callable[[], None],
) -> list[RecognisedWord]:
    """The words of `texts`, from the first on, that are said in [start_ms, end_ms) in this order.

    Where none are to be believed there are none, and the last ones may be missing.
    """
    part = replace(prepared, duration_ms=end_ms)
    place = _Position(start_ms, start_ms, 0, 0)
    with closing(_Windows(part, recogniser, language, lambda _: checkpoint())) as windows:
        return [word for chunk in _trusted_chunks(place, texts, windows) for word in chunk.words]


@dataclass
class _Position:
    """How far a text is aligned: the words before `first` are settled, up to `settled_ms`.

    `aligned` is what the window before gave and is believed. Of it the last `open` words are not
    settled: the window that begins at `at_ms` has them further inside.
    """

    at_ms: int
    settled_ms: int
    first: int
    number: int
    aligned: list[RecognisedWord] = field(default_factory=list)
    open: int = 0
    letter_ms: float = LETTER_MS

    @property
    def unsettled(self) -> list[RecognisedWord]:
        """The last `open` words of `aligned`."""
        return self.aligned[len(self.aligned) - self.open :]

    def settle(self, words: Sequence[RecognisedWord], language: str) -> Iterator[Chunk]:
        """The chunk that words make which are settled now."""
        if not words:
            return
        recognised = in_order(numbered(words, self.number))
        last_ms = max(recognised[-1].end_ms, self.settled_ms + _SHORTEST_MS)
        yield Chunk(self.number, self.settled_ms, last_ms, language, recognised)
        self.settled_ms, self.number = last_ms, self.number + 1
        self.first += len(words)


class _Windows:
    """Aligners of windows; each is encoded ahead if it begins where it was expected.

    `moved` is called often with how far they are, in ms; what it raises ends all.
    """

    def __init__(
        self,
        prepared: Prepared,
        recogniser: Recogniser,
        language: str,
        moved: Callable[[int], None],
    ) -> None:
        self.prepared, self.language = prepared, language
        self._recogniser, self._moved = recogniser, moved
        self._at_ms = 0
        self._aligners: Generator[ForcedAligner] | None = None
        self._silence: ForcedAligner | None = None

    def force_align(self, start_ms: int) -> ForcedAligner:
        """The aligner of the window that begins there."""
        is_expected = start_ms == self._at_ms + STRIDE_MS
        self._at_ms = start_ms
        self._moved(start_ms)
        if self._aligners is None or not is_expected:
            self.close()
            planned = range(start_ms, self.prepared.duration_ms, STRIDE_MS)
            self._aligners = prefetched(
                self._window_aligner,
                planned,
                workers=1,
                checkpoint=lambda: self._moved(self._at_ms),
            )
        return next(self._aligners)

    def align_in(self, start_ms: int, end_ms: int, texts: Sequence[str]) -> list[AlignedWord]:
        """Align words in a window beside these."""
        return self._aligner_of(start_ms, end_ms)(texts)

    def without_sound(self, texts: Sequence[str]) -> list[float]:
        """The log probabilities of words where nothing is heard."""
        if self._silence is None:
            self._silence = self._recogniser.forced_aligner(
                np.zeros(WINDOW_MS * 16, np.float32), language=self.language
            )
        return [word.log_probability for word in self._silence(texts)] if texts else []

    def close(self) -> None:
        """Encode no more."""
        if self._aligners is not None:
            self._aligners.close()

    def _window_aligner(self, start_ms: int, wanted: Callable[[], None]) -> ForcedAligner:
        wanted()
        return self._aligner_of(start_ms, start_ms + WINDOW_MS)

    def _aligner_of(self, start_ms: int, end_ms: int) -> ForcedAligner:
        sound = _sound(self.prepared, start_ms, min(end_ms, start_ms + WINDOW_MS))
        return self._recogniser.forced_aligner(sound, language=self.language)


def _sound(prepared: Prepared, start_ms: int, end_ms: int) -> NDArray[np.float32]:
    return media.read_samples(prepared.pcm_path, start_ms, min(end_ms, prepared.duration_ms))


def _trusted_chunks(place: _Position, texts: Sequence[str], windows: _Windows) -> Iterator[Chunk]:
    """Window by window the words that are believed and settled."""
    duration_ms = windows.prepared.duration_ms
    while place.first < len(texts) and duration_ms - place.at_ms >= _SHORTEST_MS:
        known = sum(word.start_ms >= place.at_ms + _CLEAR_MS for word in place.aligned)
        asked = place.first + place.open - known
        recognised = _aligned(place, texts, asked, windows)
        new = recognised[place.first - asked :]
        if not new:
            yield from place.settle(place.unsettled, windows.language)
            place.aligned, place.open, place.at_ms = [], 0, place.at_ms + STEP_MS
            continue
        place.at_ms = next_window(place.at_ms, new[-1].end_ms)
        is_all = asked + len(recognised) == len(texts)
        settled = [w for w in new if is_all or w.start_ms < place.at_ms + SEAM_MS]
        place.aligned, place.open = recognised, len(new) - len(settled)
        yield from place.settle(settled, windows.language)
    yield from place.settle(place.unsettled, windows.language)


def _aligned(
    place: _Position, texts: Sequence[str], first: int, windows: _Windows
) -> list[RecognisedWord]:
    """Of the text from `first` on, what is believed to be said in the window of a place."""
    end = asked_for(texts, first, place.letter_ms)
    end_ms = min(place.at_ms + WINDOW_MS, windows.prepared.duration_ms)
    aligned = windows.force_align(place.at_ms)(texts[first:end])
    count = believed(
        [(word.start_ms, word.end_ms) for word in aligned],
        [word.log_probability for word in aligned],
        window_ms=end_ms - place.at_ms,
        is_end=end == len(texts) and end_ms == windows.prepared.duration_ms,
    )
    logs = [word.log_probability for word in aligned[:count]]
    if not is_heard(logs, windows.without_sound(texts[first : first + count])):
        count = 0
    said = texts[first : first + count]
    recognised = with_stranded_moved(
        in_order(recognised_from_aligned(said, aligned, from_ms=place.at_ms)),
        windows.align_in,
        silences=silences_in(windows.prepared, place.at_ms, end_ms),
        letter_ms=place.letter_ms,
    )
    if recognised:
        pace = (recognised[-1].end_ms - recognised[0].start_ms) / sum(map(weight, said))
        place.letter_ms += _NEWEST * (min(max(pace, 40.0), 140.0) - place.letter_ms)
    return recognised


def _reached(texts: Sequence[str], done: Sequence[RecognisedWord]) -> _Position:
    """Where to go on."""
    if not done:
        return _Position(0, 0, 0, 0)
    links = link_spoken(texts, [True] * len(texts), split_as_written(done))
    first = links[-1].written_end if links else 0
    at_ms = max(word.end_ms for word in done)
    return _Position(at_ms, at_ms, first, max(word.chunk for word in done) + 1)
