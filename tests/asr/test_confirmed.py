"""Times in drowned sound, by ears that are made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from editor.align import Interval
from editor.align.match import link_words
from editor.align.place import place_words
from editor.asr.confirmed import with_drowned_confirmed, with_guesses
from editor.asr.forced import AlignedWord, ForcedAligner
from editor.document import RecognisedWord

WORDS = [RecognisedWord(n, f"w{n}", 1000 * n, 1000 * n + 400, 0.5) for n in range(20)]


class Phones:
    """Finds each word so many ms off its expected time."""

    def __init__(self, off_ms: Callable[[str], int]) -> None:
        self._off_ms = off_ms

    def align_near(
        self, samples: NDArray[np.float32], words: Sequence[str], expected: Sequence[Interval]
    ) -> list[Interval | None]:
        return [
            (start + self._off_ms(word), end + self._off_ms(word))
            for word, (start, end) in zip(words, expected, strict=True)
        ]


def confirmed(
    off_ms: Callable[[str], int], shifted_ms: Callable[[int], int], drowned: range = range(20)
) -> tuple[list[int | None], list[bool]]:
    """Starts of the words, and which are drowned; `shifted_ms` is what each window adds."""
    windows: list[int] = []
    sound = np.repeat(np.arange(21_000, dtype=np.float32), 16)

    def listen_in(samples: NDArray[np.float32]) -> ForcedAligner:
        from_ms = int(samples[0])
        windows.append(from_ms)
        shift = shifted_ms(len(windows))

        def align(words: Sequence[str]) -> list[AlignedWord]:
            starts = [1000 * int(word[1:]) + shift - from_ms for word in words]
            return [AlignedWord(start, start + 400, -3.0) for start in starts]

        return align

    times = [None if n in drowned else (1000 * n, 1000 * n + 400) for n in range(20)]
    found, lost = with_drowned_confirmed(
        times, sound, WORDS, Phones(off_ms).align_near, listen_in, start_ms=0, silences=[]
    )
    return [time[0] if time else None for time in found], lost


def test_what_windows_and_phones_agree_on_is_the_time_of_the_phones() -> None:
    starts, lost = confirmed(lambda _: 40, lambda _: 0)
    assert starts[3:17] == [1000 * n + 40 for n in range(3, 17)]
    assert not any(lost[3:17])


def test_what_phones_find_elsewhere_is_drowned() -> None:
    starts, lost = confirmed(lambda word: 400 if word == "w9" else 0, lambda _: 0)
    assert starts[9] is None
    assert [n for n in range(3, 17) if lost[n]] == [9]


def test_what_each_window_puts_elsewhere_is_drowned() -> None:
    starts, lost = confirmed(lambda _: 0, lambda number: 300 * number)
    assert starts == [None] * 20
    assert all(lost)


def test_few_words_that_do_not_fit_are_slips_and_not_drowned() -> None:
    starts, lost = confirmed(lambda _: 0, lambda _: 0, drowned=range(5, 8))
    assert starts[5:8] == [None] * 3
    assert not any(lost)


def test_drowned_words_stand_between_their_neighbours_and_say_that_they_are_guesses() -> None:
    words = [*WORDS[:2], RecognisedWord(2, "w2", 9000, 9400, 0.9), *WORDS[3:5]]
    timed = with_guesses(
        words, [False, False, True, False, False], start_ms=0, end_ms=6000, silences=[]
    )
    assert [word.is_guessed for word in timed] == [False, False, True, False, False]
    assert 1400 <= timed[2].start_ms < 3000
    assert [w.start_ms for w in timed if not w.is_guessed] == [0, 1000, 3000, 4000]


def test_many_drowned_words_stay_where_they_were_recognised_before_the_next() -> None:
    words = [RecognisedWord(n, "so", 100 * n, 100 * n + 90, 0.9) for n in range(40)]
    words.append(RecognisedWord(40, "then", 3000, 3300, 0.9))
    timed = with_guesses(words, [True] * 40 + [False], start_ms=0, end_ms=6000, silences=[])
    assert [word.start_ms for word in timed] == [min(100 * n, 3000) for n in range(41)]


def test_a_written_word_whose_sound_is_drowned_says_that_it_is_placed() -> None:
    recognised = [WORDS[0], RecognisedWord(1, "w1", 1000, 1400, 0.5, is_guessed=True)]
    words = place_words(
        ["w0", "w1"],
        [True, True],
        link_words(["w0", "w1"], ["w0", "w1"]),
        recognised,
        start_ms=0,
        end_ms=2000,
    )
    assert [word.origin for word in words] == ["heard", "placed"]
    assert words[1].recognised_ids == (1,)
