"""How words are looked for window by window, with an aligner that is made up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from editor.align.place import Interval
from editor.asr.forced.windows import times_by
from editor.document import RecognisedWord


class Deaf:
    """An aligner that finds nothing."""

    def align(self, samples: NDArray[np.float32], words: Sequence[str]) -> list[Interval | None]:
        return [None] * len(words)


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 0, 0, 20, 400]), st.sampled_from([20, 21, 300, 30_000])),
        max_size=30,
    )
)
def test_words_that_nobody_says_end_the_search_wherever_they_are_thought_to_be(
    gaps: list[tuple[int, int]],
) -> None:
    words, at = [], 0
    for number, (gap, length) in enumerate(gaps):
        at += gap
        words.append(RecognisedWord(number, "unsaid", at, at + length, 1.0))
    samples = np.zeros(16 * (at + 500), dtype=np.float32)
    found = times_by(Deaf(), samples, words, start_ms=0, silences=[])
    assert found == [None] * len(words)
