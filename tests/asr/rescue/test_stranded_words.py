from __future__ import annotations

from collections.abc import Sequence

from editor.asr.forced import ToldWord
from editor.asr.rescue.stranded_words import beside_next
from editor.document import HeardWord


def heard(*words: tuple[str, int]) -> list[HeardWord]:
    return [HeardWord(n, text, start, start + 200, 0.9, 0) for n, (text, start) in enumerate(words)]


class Ear:
    """Hears "They", if it is the first, `into_ms` into the sound with this log probability.

    Each word after it follows 200 ms later.
    """

    def __init__(self, into_ms: int, log: float) -> None:
        self.into_ms, self.log = into_ms, log
        self.asked: list[tuple[int, int, list[str]]] = []

    def tell(self, start_ms: int, end_ms: int, texts: Sequence[str]) -> list[ToldWord]:
        self.asked.append((start_ms, end_ms, list(texts)))
        log = self.log if texts[0] == "They" else -12.0
        starts = range(self.into_ms, self.into_ms + 200 * len(texts), 200)
        return [ToldWord(start, start + 200, log) for start in starts]


WORDS = heard(("end.", 500), ("They", 1500), ("sold", 9000), ("fish", 9300))


def test_a_word_before_music_that_is_heard_after_it_goes_there() -> None:
    ear = Ear(60, -0.3)
    placed = beside_next(WORDS, ear.tell, silences=[])
    assert [word.start_ms for word in placed] == [500, 9000 - 200 - 375 + 60, 9000, 9300]
    assert placed[1].end_ms == 9000
    assert [texts[0] for _, _, texts in ear.asked] == ["They", "They", "end."]
    assert {end_ms for _, end_ms, _ in ear.asked} == {9300 + 200 + 300}


def test_words_that_went_together_before_music_come_back_together() -> None:
    words = heard(("end.", 500), ("They", 1500), ("sold", 1700), ("fish", 9000), ("now", 9300))
    placed = beside_next(words, Ear(60, -0.3).tell, silences=[])
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
    ear = Ear(60, -12.0)
    words = heard(("the", 300), ("end.", 500), ("sold", 800), ("fish", 9000))
    assert beside_next(words, ear.tell, silences=[]) == words
    assert [texts[0] for _, _, texts in ear.asked] == ["sold"]


def test_a_word_that_is_not_heard_after_the_music_stays() -> None:
    assert beside_next(WORDS, Ear(60, -12.0).tell, silences=[]) == WORDS


def test_nobody_listens_where_it_is_silent_between() -> None:
    ear = Ear(60, -0.3)
    words = heard(("home.", 500), ("They", 9000), ("sold", 9300))
    assert beside_next(words, ear.tell, silences=[(800, 8900)]) == words
    assert ear.asked == []
