from __future__ import annotations

from editor.asr.rescue.lost_speech import lost_speech_in
from editor.document import RecognisedWord


def recognised(*times: tuple[str, int, int]) -> list[RecognisedWord]:
    return [RecognisedWord(n, text, start, end, 0.9) for n, (text, start, end) in enumerate(times)]


WORDS = recognised(
    ("you", 300, 500), ("and", 500, 3200), ("then", 3200, 3220), ("prompts", 3220, 3900)
)


def test_a_stretched_word_begins_a_lost_interval_that_ends_in_a_silence() -> None:
    silences = [(8000, 8400), (9000, 9200)]
    assert lost_speech_in(WORDS, start_ms=0, end_ms=12_000, silences=silences)[0] == (440, 8200)


def test_silence_is_nothing_lost() -> None:
    silences = [(700, 3100), (3900, 12_000)]
    assert lost_speech_in(WORDS, start_ms=0, end_ms=12_000, silences=silences) == []


def test_sound_before_the_first_word_and_after_the_last_is_looked_at() -> None:
    words = recognised(("you", 6000, 6300))
    assert lost_speech_in(words, start_ms=1000, end_ms=6400) == [(1000, 6400)]
    assert lost_speech_in(words, start_ms=5800, end_ms=9000) == [(5940, 9000)]


def test_passages_are_short_and_apart() -> None:
    words = recognised(("a", 0, 50_000), ("b", 50_000, 100_000))
    found = lost_speech_in(words, start_ms=0, end_ms=100_000)
    assert found == [(0, 25_000), (49_940, 74_940)]
