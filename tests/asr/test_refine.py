from __future__ import annotations

from editor.asr.refine import ended_by_silences, with_aligned_times
from editor.document import AlignerName, RecognisedWord

RECOGNISED = [
    RecognisedWord(0, "so", 1000, 1200, 0.9),
    RecognisedWord(1, "then", 1200, 1500, 0.9),
    RecognisedWord(2, "we", 1500, 2600, 0.9),
    RecognisedWord(3, "went", 2600, 2900, 0.9),
    RecognisedWord(4, "home", 2900, 3300, 0.9),
]


def starts(words: list[RecognisedWord]) -> list[int]:
    return [word.start_ms for word in words]


def test_near_times_are_taken() -> None:
    again = [(1020, 1190), (1190, 1520), (1520, 1700), (2610, 2880), (2880, 3200)]
    words = with_aligned_times(RECOGNISED, again)
    assert [(word.start_ms, word.end_ms) for word in words] == again
    assert [word.text for word in words] == [word.text for word in RECOGNISED]


def test_a_word_begun_in_a_silence_is_taken_after_it() -> None:
    again = [(1000, 1200), (1200, 1500), (2400, 2600), (2600, 2900), (2900, 3300)]
    assert starts(with_aligned_times(RECOGNISED, again, silences=[(1500, 2350)]))[2] == 2400


def test_what_is_far_off_is_not_believed() -> None:
    again = [(1000, 1200), (800, 900), (1500, 2600), (2600, 2900), (6000, 6100)]
    assert starts(with_aligned_times(RECOGNISED, again)) == starts(RECOGNISED)


def test_what_is_far_off_is_believed_where_it_was_checked() -> None:
    again = [(1000, 1200), (1200, 1500), (1050, 1400), (2600, 2900), (6000, 6100)]
    words = with_aligned_times(RECOGNISED, again, aligners=["phones"] * 5)
    # Not where that is too far, and starts never decrease.
    assert starts(words) == [1000, 1200, 1200, 2600, 2900]


def test_a_word_tells_which_aligner_its_time_is_of() -> None:
    again = [(1020, 1190), (1190, 1520), (9000, 9100), None, (2880, 3200)]
    aligners: list[AlignerName] = ["phones", "ctc", "phones", "pocketsphinx", "pocketsphinx"]
    words = with_aligned_times(RECOGNISED, again, aligners=aligners)
    told = [word.aligner for word in words]
    assert told == ["phones", "ctc", "attention", "attention", "pocketsphinx"]


def test_what_both_differ_by_everywhere_does_not_count() -> None:
    again = [(word.start_ms + 190, word.end_ms + 190) for word in RECOGNISED]
    again[1] = (again[1][0] - 140, again[1][1])
    assert starts(with_aligned_times(RECOGNISED, again)) == [start for start, _ in again]


def test_a_word_ends_where_the_silence_begins() -> None:
    words = with_aligned_times(RECOGNISED, [None] * 5, silences=[(1700, 2590)])
    assert words[2].end_ms == 1700
    assert starts(words) == starts(RECOGNISED)


def test_failed_alignment_changes_nothing() -> None:
    assert with_aligned_times(RECOGNISED, [None] * 5) == RECOGNISED


def test_a_word_begins_where_the_silence_ends_that_it_begins_in() -> None:
    silences = [(500, 1000)]

    def begins(start_ms: int, end_ms: int) -> int:
        word = RecognisedWord(0, "well", start_ms, end_ms, 0.9)
        return with_aligned_times([word], [None], silences=silences)[0].start_ms

    assert begins(600, 1400) == 1000
    # It may begin softly, end in the silence, or reach over all of it.
    assert begins(950, 1400) == 950
    assert begins(600, 900) == 600
    assert begins(400, 1400) == 400


def test_a_word_whose_phones_fit_may_begin_in_a_silence() -> None:
    again = [(1000, 1200), (1200, 1500), (1650, 2500), (2600, 2900), (2900, 3300)]
    silences = [(1550, 1850)]
    fitting = with_aligned_times(RECOGNISED, again, aligners=["phones"] * 5, silences=silences)
    assert starts(fitting) == [1000, 1200, 1650, 2600, 2900]
    assert starts(with_aligned_times(RECOGNISED, again, silences=silences))[2] == 1850
    assert ended_by_silences(fitting[:2], [(1400, 1600)])[1].end_ms == 1400
