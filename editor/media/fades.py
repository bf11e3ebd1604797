"""How sound begins and ends where it is cut, so that nothing clicks: the one shape of all fades."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def fade_weights(at: NDArray[np.int64], start: int, end: int, fade: int) -> NDArray[np.float32]:
    """How much is heard of the samples numbered `at` of a sound in [start, end): float32 (n,).

    It rises over its first `fade` samples, two at least, and falls over its last, along a sine: of
    two that fade into each other the power stays the same.

    >>> [round(float(one), 2) for one in fade_weights(np.arange(8), 0, 8, 3)]
    [0.0, 0.71, 1.0, 1.0, 1.0, 1.0, 0.71, 0.0]
    """
    into = np.minimum(at - start, end - 1 - at) / (fade - 1)
    weights: NDArray[np.float32] = np.sin(np.pi / 2 * into.clip(0, 1)).astype(np.float32)
    return weights
