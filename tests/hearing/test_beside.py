from __future__ import annotations

from collections.abc import Sequence

from editor.document import HeardWord
from editor.hearing.beside import beside_next
from editor.recognise import ToldWord


def heard(*words: tuple[str, int]) -> list[HeardWord]:
    return [HeardWord(n, text, start, start + 200, 0.9, 0) for n, (text, start) in enumerate(words)]


class Ear:
    """Hears "They", if it is the first, `into_ms` into the sound with this log probability."""

    def __init__(self, into_ms: int, log: float) -> None:
        self.into_ms, self.log = into_ms, log
        self.asked: list[tuple[int, list[str]]] = []

    def tell(self, start_ms: int, texts: Sequence[str]) -> list[ToldWord]:
        self.asked.append((start_ms, list(texts)))
        log = self.log if texts[0] == "They" else -12.0
        return [ToldWord(self.into_ms, self.into_ms + 200, log) for _ in texts]


WORDS = heard(("end.", 500), ("They", 1500), ("sold", 9000), ("fish", 9300))


def test_a_word_before_music_that_is_heard_after_it_goes_there() -> None:
    ear = Ear(60, -0.3)
    placed = beside_next(WORDS, ear.tell, silences=[])
    assert [word.start_ms for word in placed] == [500, 9000 - 200 - 375 + 60, 9000, 9300]
    assert placed[1].end_ms == 9000
    assert [texts[0] for _, texts in ear.asked] == ["They", "They", "end."]


def test_a_word_that_is_not_heard_after_the_music_stays() -> None:
    assert beside_next(WORDS, Ear(60, -12.0).tell, silences=[]) == WORDS


def test_nobody_listens_where_it_is_silent_between() -> None:
    ear = Ear(60, -0.3)
    words = heard(("home.", 500), ("They", 9000), ("sold", 9300))
    assert beside_next(words, ear.tell, silences=[(800, 8900)]) == words
    assert ear.asked == []
