"""Confidence in words: how likely they are where they should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from editor import media
from editor.asr.forced import MAX_ALIGNED_MS
from editor.asr.forced.windows import windows_of
from editor.asr.prepare import Prepared, Progress
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord, Word

#: A word, the wording it belongs to, and its index there.
_Marked = tuple[RecognisedWord, int, int]


def as_recognised(word: Word) -> RecognisedWord:
    """A written word to be aligned where it stands."""
    return RecognisedWord(0, word.text, word.start_ms, word.end_ms, 0.0)


def _spoken(words: Sequence[RecognisedWord], language: str) -> str:
    """The language in which most of the words were recognised; `language` is the recording's."""
    said = Counter(word.language or language for word in words if word.probability)
    return said.most_common(1)[0][0] if said else language


def score_words(
    prepared: Prepared,
    recogniser: Recogniser,
    wordings: Sequence[Sequence[RecognisedWord]],
    *,
    in_doubt: Sequence[Collection[int]] | None = None,
    language: str,
    progress: Progress,
) -> list[list[float | None]]:
    """Align words where they should be: the log of the probability of each, None if unknown.

    `wordings` of the same sound are each sorted by time, written words as if they had been
    recognised. Costs one encoder pass for every window of about 20 s; with `in_doubt`, indices of
    words in each wording, only for windows that have some of these.
    """
    logs: list[list[float | None]] = [[None] * len(words) for words in wordings]
    marked: list[_Marked] = sorted(
        ((word, side, n) for side, words in enumerate(wordings) for n, word in enumerate(words)),
        key=lambda one: (one[0].start_ms, one[1:]),
    )
    for window in windows_of(
        [word for word, _, _ in marked],
        start_ms=0,
        end_ms=prepared.duration_ms,
        silences=prepared.silences,
    ):
        progress.checkpoint()
        progress.report(window.start_ms / max(1, prepared.duration_ms), "listen")
        inside = marked[window.first : window.end]
        if in_doubt and not any(n in in_doubt[side] for _, side, n in inside):
            continue
        end_ms = min(window.end_ms, window.start_ms + MAX_ALIGNED_MS)
        samples = media.read_samples(prepared.pcm_path, window.start_ms, end_ms)
        force_align = recogniser.forced_aligner(
            samples, language=_spoken([w for w, _, _ in inside], language)
        )
        for side, sided in enumerate(logs):
            asked = [(word.text, n) for word, at, n in inside if at == side]
            for (_, n), aligned in zip(
                asked, force_align([text for text, _ in asked]), strict=False
            ):
                sided[n] = aligned.log_probability
    return logs
