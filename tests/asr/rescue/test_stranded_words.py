from __future__ import annotations

from collections.abc import Sequence

from editor.asr.forced import AlignedWord
from editor.asr.rescue.stranded_words import with_stranded_moved
from editor.document import RecognisedWord


def recognised(*words: tuple[str, int]) -> list[RecognisedWord]:
    return [
        RecognisedWord(n, text, start, start + 200, 0.9, 0) for n, (text, start) in enumerate(words)
    ]


class StubRecogniser:
    """Hears "They", if it is the first, `into_ms` into the sound with this log probability.

    Each word after it follows 200 ms later.
    """

    def __init__(self, into_ms: int, log: float) -> None:
        self.into_ms, self.log = into_ms, log
        self.asked: list[tuple[int, int, list[str]]] = []

    def force_align(self, start_ms: int, end_ms: int, texts: Sequence[str]) -> list[AlignedWord]:
        self.asked.append((start_ms, end_ms, list(texts)))
        log = self.log if texts[0] == "They" else -12.0
        starts = range(self.into_ms, self.into_ms + 200 * len(texts), 200)
        return [AlignedWord(start, start + 200, log) for start in starts]


WORDS = recognised(("end.", 500), ("They", 1500), ("sold", 9000), ("fish", 9300))


def test_a_word_before_music_that_is_recognised_after_it_goes_there() -> None:
    recogniser_stub = StubRecogniser(60, -0.3)
    placed = with_stranded_moved(WORDS, recogniser_stub.force_align, silences=[])
    assert [word.start_ms for word in placed] == [500, 9000 - 200 - 375 + 60, 9000, 9300]
    assert placed[1].end_ms == 9000
    assert [texts[0] for _, _, texts in recogniser_stub.asked] == ["They", "They", "end."]
    assert {end_ms for _, end_ms, _ in recogniser_stub.asked} == {9300 + 200 + 300}


def test_words_that_went_together_before_music_come_back_together() -> None:
    words = recognised(("end.", 500), ("They", 1500), ("sold", 1700), ("fish", 9000), ("now", 9300))
    placed = with_stranded_moved(words, StubRecogniser(60, -0.3).force_align, silences=[])
    said_ms = 200 + 2 * 375
    assert [word.start_ms for word in placed] == [
        500,
        9000 - said_ms + 60,
        9000 - said_ms + 260,
        9000,
        9300,
    ]
    assert [word.end_ms for word in placed[1:3]] == [9000 - said_ms + 260, 9000]


def test_a_word_of_the_sentence_before_stays_where_it_was_said() -> None:
    recogniser_stub = StubRecogniser(60, -12.0)
    words = recognised(("the", 300), ("end.", 500), ("sold", 800), ("fish", 9000))
    assert with_stranded_moved(words, recogniser_stub.force_align, silences=[]) == words
    assert [texts[0] for _, _, texts in recogniser_stub.asked] == ["sold"]


def test_a_word_that_is_not_recognised_after_the_music_stays() -> None:
    assert with_stranded_moved(WORDS, StubRecogniser(60, -12.0).force_align, silences=[]) == WORDS


def test_nothing_is_aligned_where_it_is_silent_between() -> None:
    recogniser_stub = StubRecogniser(60, -0.3)
    words = recognised(("home.", 500), ("They", 9000), ("sold", 9300))
    assert with_stranded_moved(words, recogniser_stub.force_align, silences=[(800, 8900)]) == words
    assert recogniser_stub.asked == []
