"""What a cut keeps of a recording, and the times in it."""

from __future__ import annotations

from editor.document import Segment, Transcript, Word
from editor.edits.kept import cuts_of, kept_spans, on_clock_of_cut
from editor.edits.without_struck import without_struck


def text(*words: tuple[str, int, int], struck: str = "") -> Transcript:
    made = tuple(Word(w, start, end, struck=w in struck.split()) for w, start, end in words)
    return Transcript((Segment("a", " ".join(w for w, *_ in words), made),))


def test_of_the_pauses_around_a_struck_word_the_longer_one_stays() -> None:
    words = [("I", 0, 100), ("um", 400, 700), ("think", 800, 1000)]
    assert cuts_of(text(*words, struck="um")) == [(400, 800)]
    words[2] = ("think", 1200, 1500)
    assert cuts_of(text(*words, struck="um")) == [(400, 1000)]


def test_nothing_of_words_that_stay_is_cut_where_people_talk_at_once() -> None:
    words = [("yes", 0, 500), ("um", 300, 900), ("no", 700, 1000)]
    assert cuts_of(text(*words, struck="um")) == [(500, 700)]
    words[2] = ("no", 310, 1000)
    assert cuts_of(text(*words, struck="um")) == []


def test_words_that_stay_have_their_times_in_the_copy() -> None:
    whole = text(
        ("um", 0, 400), ("I", 500, 600), ("er", 700, 900), ("go", 1000, 1200), struck="um er"
    )
    cuts = cuts_of(whole)
    kept = kept_spans(cuts, 2000)
    (segment,) = on_clock_of_cut(without_struck(whole), kept).segments
    assert cuts == [(0, 400), (700, 1000)]
    assert kept == [(400, 700), (1000, 2000)]
    assert [(w.text, w.start_ms, w.end_ms) for w in segment.words] == [
        ("I", 100, 200),
        ("go", 300, 500),
    ]
