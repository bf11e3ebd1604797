"""Turns: who speaks from when to when, from spans with voices. Plain data; pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.diarization.clustering import (
    ALIKE,
    ALIKE_ON_TELEPHONE,
    recentred,
    speaker_vectors,
)
from editor.diarization.voice_spans import VoiceSpan
from editor.document import Turn

#: What is worth, as cosine, that a voice goes on; it fades with the pause in between.
_GOING_ON, _FADES_IN_MS = 0.15, 500.0
#: A span this long alone is known by its voice; a shorter one the less.
_KNOWN_MS = 1_000
_LONGEST_PAUSE_MS = 350
_SAME_TIME_MS = 100
#: Where one voice seems to speak alone, and yet over itself for this long and this share of the
#: time, there are two who are too much alike, or speak too little, for groups of their own. Who
#: never speaks alone is known by how both sound together, and counts for so many seconds.
_LEAST_OVER_MS, _LEAST_OVER_SHARE, _NEVER_ALONE_S = 500, 0.05, 0.1


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks when, in order of time, and the vector of each speaker's voice (192 numbers)."""

    turns: tuple[Turn, ...]
    voices: tuple[tuple[float, ...], ...]


def speakers_of(spans: Sequence[VoiceSpan], *, number: int | None = None) -> Speakers:
    """Who speaks when, by spans in order of time; the number of speakers is found, or given."""
    if not spans:
        return Speakers((), ())
    voices = np.stack([span.voice for span in spans])
    alone_s = np.array([span.alone_ms / 1000 for span in spans], np.float32)
    telephone = sum(span.alone_ms for span in spans if span.is_telephone)
    is_telephone = 2 * telephone > sum(span.alone_ms for span in spans)
    alike = ALIKE_ON_TELEPHONE if is_telephone else ALIKE
    vectors = speaker_vectors(voices, alone_s, alike=alike, number=number)
    if not len(vectors):
        return Speakers((), ())
    if number is None and len(vectors) == 1:
        vectors = _with_who_speaks_over(spans, voices, alone_s, vectors)
    vectors = recentred(vectors, voices, alone_s)
    likeness = voices @ vectors.T
    who = _going_on(spans, likeness)
    _tell_apart(spans, likeness, who)
    order = list(dict.fromkeys(who))
    turns = _turns(spans, [order.index(speaker) for speaker in who])
    return Speakers(turns, tuple(tuple(map(float, vectors[speaker])) for speaker in order))


def _with_who_speaks_over(
    spans: Sequence[VoiceSpan],
    voices: NDArray[np.float32],
    alone_s: NDArray[np.float32],
    vectors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The vector of the only speaker, and of a second one where somebody speaks over that one."""
    likeness, over, over_ms = voices @ vectors[0], set[int](), 0
    for index, later, together_ms in _at_once(spans):
        over_ms += together_ms
        over.add(index if likeness[index] < likeness[later] else later)
    spoken_ms = sum(span.end_ms - span.start_ms for span in spans) - over_ms
    if over_ms < max(_LEAST_OVER_MS, _LEAST_OVER_SHARE * spoken_ms):
        return vectors
    is_over = np.isin(np.arange(len(spans)), list(over))
    weights = np.maximum(_NEVER_ALONE_S, alone_s)[:, None]
    both = [(voices * weights)[which].sum(axis=0) for which in (~is_over, is_over)]
    return np.stack([one / max(1e-9, float(np.linalg.norm(one))) for one in both])


def _at_once(spans: Sequence[VoiceSpan]) -> Iterator[tuple[int, int, int]]:
    """Pairs of spans that are spoken at once, by number, and for how many ms."""
    for index, span in enumerate(spans):
        for later in range(index + 1, len(spans)):
            other = spans[later]
            if other.start_ms >= span.end_ms:
                break
            together_ms = min(span.end_ms, other.end_ms) - other.start_ms
            if together_ms > _SAME_TIME_MS:
                yield index, later, together_ms


def _going_on(spans: Sequence[VoiceSpan], likeness: NDArray[np.float32]) -> list[int]:
    """Who speaks in each span: the likeliest way through those of each slot (Viterbi)."""
    who = [0] * len(spans)
    for slot in {span.slot for span in spans}:
        own = [index for index, span in enumerate(spans) if span.slot == slot]
        best, came_from = np.zeros(likeness.shape[1]), list[NDArray[np.int64]]()
        end_ms = -math.inf
        for index in own:
            span = spans[index]
            stays = _GOING_ON * math.exp(-max(0, span.start_ms - end_ms) / _FADES_IN_MS)
            ways = best[:, None] + stays * np.eye(len(best))
            came_from.append(ways.argmax(axis=0))
            known = min(1.0, max(100, span.alone_ms) / _KNOWN_MS)
            best = ways.max(axis=0) + known * likeness[index]
            end_ms = span.end_ms
        speaker = int(best.argmax())
        for index, before in zip(reversed(own), reversed(came_from), strict=True):
            who[index] = speaker
            speaker = int(before[speaker])
    return who


def _tell_apart(spans: Sequence[VoiceSpan], likeness: NDArray[np.float32], who: list[int]) -> None:
    """Nobody speaks over himself: of two spans at once the one less known is another's."""
    if likeness.shape[1] < 2:
        return
    for index, later, _ in _at_once(spans):
        if who[index] == who[later]:
            moved = index if spans[index].alone_ms < spans[later].alone_ms else later
            others = likeness[moved].copy()
            others[who[moved]] = -np.inf
            who[moved] = int(others.argmax())


def _turns(spans: Sequence[VoiceSpan], who: Sequence[int]) -> tuple[Turn, ...]:
    turns, latest = list[Turn](), dict[int, int]()
    for span, speaker in zip(spans, who, strict=True):
        number = latest.get(speaker)
        if number is not None and span.start_ms - turns[number].end_ms <= _LONGEST_PAUSE_MS:
            end_ms = max(turns[number].end_ms, span.end_ms)
            turns[number] = Turn(turns[number].start_ms, end_ms, speaker)
        else:
            latest[speaker] = len(turns)
            turns.append(Turn(span.start_ms, span.end_ms, speaker))
    return tuple(turns)
