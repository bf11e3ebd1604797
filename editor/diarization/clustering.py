"""Which voices are one person's: vectors of voices in, groups out. Pure.

Two groups are as alike as their vectors are on average, so a group is known by the sum of its
vectors (average linkage); the most alike become one as long as they are alike enough.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

MOST_SPEAKERS = 10
#: How alike voices of one person are on average, by cosine: spans of 1 to 2 s of one voice are at
#: 0.55 to 0.95, those of different ones at -0.1 to 0.3; over a telephone all are more alike.
ALIKE, ALIKE_ON_TELEPHONE = 0.35, 0.45
#: A span with less sound of one voice alone founds no group, in seconds.
_LEAST_FOUNDING_S = 1.0
#: Who speaks for less than this is taken for one of the others, or half as long as the one who
#: speaks most: less than that is a cough, or a voice that sounds otherwise for a moment.
_LEAST_SPEAKER_S, _LEAST_SHARE = 3.0, 0.5
#: So many are compared at once; of more, those that are very alike become one first.
_BLOCK = 600
_VERY_ALIKE = 0.6


def speaker_vectors(
    voices: Vectors,
    seconds: NDArray[np.float32],
    *,
    alike: float = ALIKE,
    number: int | None = None,
) -> Vectors:
    """The vector of each speaker: float32 (speakers, 192), of length 1, who speaks first first.

    `voices`: float32 (spans, 192), of length 1, in order of time; `seconds` of each with one voice
    alone. The number of speakers is found (at most 10), or given.

    >>> speaker_vectors(np.eye(2, dtype=np.float32)[[1, 0, 1]], np.full(3, 9, np.float32)).shape
    (2, 2)
    """
    wanted = max(1, number or 1)
    founding = np.flatnonzero(seconds >= _LEAST_FOUNDING_S)
    if len(founding) < wanted:
        founding = np.argsort(-seconds, kind="stable")[:wanted]
        founding = np.sort(founding[np.linalg.norm(voices[founding], axis=1) > 0])
    if not len(founding):
        return np.empty((0, voices.shape[1]), np.float32)
    sums, weights = voices[founding] * seconds[founding, None], seconds[founding].copy()
    while len(sums) > _BLOCK:
        blocks = [slice(at, at + _BLOCK) for at in range(0, len(sums), _BLOCK)]
        merged = [_merged(sums[block], weights[block], _VERY_ALIKE, 1) for block in blocks]
        before, sums = len(sums), np.concatenate([part for part, _ in merged])
        weights = np.concatenate([part for _, part in merged])
        if len(sums) == before:
            break
    if number is not None:
        sums, weights = _merged(sums, weights, -2.0, wanted)
    else:
        sums, weights = _merged(sums, weights, alike, 1)
        enough = min(_LEAST_SPEAKER_S, _LEAST_SHARE * float(weights.max()))
        lasting = np.flatnonzero(weights >= enough)
        most = lasting[np.argsort(-weights[lasting], kind="stable")[:MOST_SPEAKERS]]
        sums = sums[np.sort(most)]
    return _of_length_1(sums)


def recentred(vectors: Vectors, voices: Vectors, seconds: NDArray[np.float32]) -> Vectors:
    """The vectors of speakers by all spans that are most like each, short ones too."""
    nearest = (voices @ vectors.T).argmax(axis=1)
    sums = np.stack(
        [
            (voices * seconds[:, None])[nearest == number].sum(axis=0)
            if (nearest == number).any()
            else vector
            for number, vector in enumerate(vectors)
        ]
    )
    return _of_length_1(sums)


def _merged(
    sums: Vectors, weights: NDArray[np.float32], alike: float, fewest: int
) -> tuple[Vectors, NDArray[np.float32]]:
    """Join the two most alike groups again and again; they stay in the order of their first one."""
    sums, weights = sums.copy(), weights.copy()
    means = sums / weights[:, None]
    likeness = means @ means.T
    np.fill_diagonal(likeness, -np.inf)
    alive = np.ones(len(sums), bool)
    while alive.sum() > fewest:
        one, other = sorted(divmod(int(likeness.argmax()), len(sums)))
        if likeness[one, other] < alike:
            break
        sums[one] += sums[other]
        weights[one] += weights[other]
        alive[other] = False
        likeness[other], likeness[:, other] = -np.inf, -np.inf
        row = (sums / weights[:, None]) @ (sums[one] / weights[one])
        row[~alive] = -np.inf
        row[one] = -np.inf
        likeness[one], likeness[:, one] = row, row
    return sums[alive], weights[alive]


def _of_length_1(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(1e-9, np.linalg.norm(vectors, axis=1, keepdims=True))
    return unit
