"""Where the text says something else than was recognised, and the times that follow from it."""

from __future__ import annotations

from editor.align import link_spoken
from editor.asr.rescue.as_written import Misheard, misheard_in, with_written_times
from editor.document import RecognisedWord


def heard(text: str) -> list[RecognisedWord]:
    """Words of 100 ms, one each 200 ms."""
    return [
        RecognisedWord(n, word, 200 * n, 200 * n + 100, 0.9) for n, word in enumerate(text.split())
    ]


def found(written: str, recognised: str) -> list[Misheard]:
    texts, words = written.split(), heard(recognised)
    return list(misheard_in(texts, link_spoken(texts, [True] * len(texts), words), words))


def test_words_misheard_stand_between_words_that_were_not() -> None:
    written = "compramos pan queso y doce huevos en el mercado"
    assert found(written, "compramos pan queso y de huevo en el mercado") == [
        Misheard(4, 6, 4, 6, 2, 2)
    ]
    assert found(written, written) == []


def test_a_short_word_among_others_holds_nothing_in_place() -> None:
    (only,) = found(
        "en el mercado detrás de la iglesia por la mañana",
        "en el mercado tras negras de agrestas por la mañana",
    )
    assert (only.written_first, only.written_end) == (3, 7)


def test_other_text_is_no_mishearing() -> None:
    other = " ".join(f"otro{n}" for n in range(20))
    assert found(f"compramos pan y queso {other}", f"compramos pan y queso {'no ' * 20}") == []


def test_misheard_words_take_the_times_of_those_written() -> None:
    texts = ["compramos", "pan", "queso", "y", "doce", "huevos", "en", "el", "mercado"]
    words = heard("compramos pan queso y de huevo en el mercado")
    links = link_spoken(texts, [True] * len(texts), words)
    (only,) = misheard_in(texts, links, words)
    times = [(410, 500), (590, 640), (650, 900), (910, 1180), (1190, 1300), (1450, 1500)]
    moved = with_written_times(words, links, only, times)
    assert [word.text for word in moved] == [word.text for word in words]
    assert [word.start_ms for word in moved] == [0, 200, 400, 590, 650, 910, 1190, 1400, 1600]


def test_one_word_heard_for_two_lasts_as_long_as_both() -> None:
    texts = ["compramos", "pan", "queso", "y", "doce", "huevos", "en", "el", "mercado"]
    words = heard("compramos pan queso y docehuevos en el mercado")
    links = link_spoken(texts, [True] * len(texts), words)
    misheard = Misheard(4, 6, 4, 5, 2, 2)
    times = [(410, 500), (590, 640), (650, 800), (810, 980), (990, 1100), (1250, 1300)]
    moved = with_written_times(words, links, misheard, times)
    assert (moved[4].start_ms, moved[4].end_ms) == (650, 980)
