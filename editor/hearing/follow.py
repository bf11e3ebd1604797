"""Hearing a text that is trusted: no recognition, its words are listened for from first to last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import exp

from editor import media
from editor.align import in_pieces, link_spoken, weight
from editor.align.follow import LETTER_MS, WINDOW_MS, asked_for, believed
from editor.align.place import in_order
from editor.document import HeardWord
from editor.hearing.ahead import ahead
from editor.hearing.pieces import Piece, Written, heard_again
from editor.hearing.prepare import DECODE_SHARE, HEAR_SHARE, Prepared, Progress
from editor.recognise import MAX_PIECE_WORDS, Recogniser, ToldWord

#: Where nothing of the text is heard, so much of the recording is passed over.
_STEP_MS = 10_000
#: How much each window counts in the pace of the speaker.
_NEWEST = 0.3
_SHORTEST_MS = 300


def follow_text(
    prepared: Prepared,
    recogniser: Recogniser,
    *,
    language: str | None,
    done: Sequence[HeardWord],
    written: Written,
    progress: Progress,
) -> Iterator[Piece]:
    """Give each stretch of the recording the words of the text that are said in it.

    Half the work of recognition, and heard through noise that recognition does not understand; but
    words are found in the order of the text or not at all. It goes on after what is `done`, which
    is in order. `language` None is found out from the sound.
    """
    texts = [text for text, is_spoken in zip(*written, strict=True) if is_spoken]
    found = _found(prepared, recogniser, language, texts, done, progress)

    def sharper(piece: Piece, wanted: Callable[[], None]) -> Piece:
        return replace(piece, heard=heard_again(piece, prepared, recogniser))

    # Where a window ends is known once it is heard: only its sharpening can wait for the next.
    yield from ahead(sharper, found, workers=1, checkpoint=progress.checkpoint)


def _found(
    prepared: Prepared,
    recogniser: Recogniser,
    language: str | None,
    texts: Sequence[str],
    done: Sequence[HeardWord],
    progress: Progress,
) -> Iterator[Piece]:
    """Window by window the words that are believed; the next begins where the last of them ends."""
    at_ms, first, number = _reached(texts, done)
    letter_ms = LETTER_MS
    while first < len(texts) and prepared.duration_ms - at_ms >= _SHORTEST_MS:
        progress.checkpoint()
        share = at_ms / prepared.duration_ms
        progress.report(DECODE_SHARE + HEAR_SHARE * share, "hear")
        end_ms = min(at_ms + WINDOW_MS, prepared.duration_ms)
        samples = media.read_samples(prepared.work_path, at_ms, end_ms)
        language = language or recogniser.language_of(samples)
        end = asked_for(texts, first, letter_ms)
        told = recogniser.listen(samples, language=language)(texts[first:end])
        count = believed(
            [(word.start_ms, word.end_ms) for word in told],
            [word.log_probability for word in told],
            window_ms=end_ms - at_ms,
            is_end=end == len(texts) and end_ms == prepared.duration_ms,
        )
        if not count:
            at_ms += _STEP_MS
            continue
        texts_said = texts[first : first + count]
        heard = in_order(_as_heard(texts_said, told, at_ms, number))
        last_ms = max(heard[-1].end_ms, at_ms + _SHORTEST_MS)
        yield Piece(number, at_ms, last_ms, language, heard)
        pace = (heard[-1].end_ms - heard[0].start_ms) / sum(map(weight, texts_said))
        letter_ms += _NEWEST * (min(max(pace, 40.0), 140.0) - letter_ms)
        at_ms, first, number = last_ms, first + count, number + 1


def _reached(texts: Sequence[str], done: Sequence[HeardWord]) -> tuple[int, int, int]:
    """Where to go on: the time, the first word of the text, the number of the next piece."""
    if not done:
        return 0, 0, 0
    links = link_spoken(texts, [True] * len(texts), in_pieces(done))
    first = links[-1].written_end if links else 0
    return max(word.end_ms for word in done), first, max(word.piece for word in done) + 1


def _as_heard(
    texts: Sequence[str], told: Sequence[ToldWord], at_ms: int, piece: int
) -> Iterator[HeardWord]:
    for n, (text, word) in enumerate(zip(texts, told, strict=False)):
        start_ms, end_ms = at_ms + word.start_ms, at_ms + word.end_ms
        probability = round(exp(word.log_probability), 3)
        yield HeardWord(piece * MAX_PIECE_WORDS + n, text, start_ms, end_ms, probability, piece)
