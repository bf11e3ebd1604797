"""Which of equal passages counts as said."""

from __future__ import annotations

from editor.align import link_spoken
from editor.document import RecognisedWord, split_words


def unsaid(text: str, said: str, *, pause_before: int = 0) -> list[int]:
    """The written words that are not linked, where two seconds pass before a word that is said."""
    written = split_words(text)
    recognised = [
        RecognisedWord(n, word, start, start + 400, 1.0)
        for n, word in enumerate(split_words(said))
        for start in [500 * n + 2000 * (0 < pause_before <= n)]
    ]
    links = link_spoken(written, [True] * len(written), recognised)
    linked = {n for link in links for n in range(link.written_first, link.written_end)}
    return [n for n in range(len(written)) if n not in linked]


VERSE = "Hold the line, hold the line, the river knows your name. Hold the line, we will sail."
BEFORE = "We left the town at seven with the lanterns burning low."
AFTER = "The captain lost his compass in a game of cards with me."


def test_of_a_verse_written_more_often_than_sung_whole_verses_are_unsaid() -> None:
    verse, before = len(split_words(VERSE)), len(split_words(BEFORE))
    for times in (2, 3, 5):
        text = " ".join([BEFORE, *[VERSE] * times, AFTER])
        left_out = unsaid(text, f"{BEFORE} {VERSE} {AFTER}")
        assert left_out == list(range(before + verse, before + times * verse))


def test_an_unsaid_sentence_is_left_out_whole() -> None:
    text = "He said no. He said yes and went. He said no more."
    assert unsaid(text, "He said yes and went. He said no more.") == [0, 1, 2]
    assert unsaid(text, "He said no. He said no more.") == [3, 4, 5, 6, 7]


def test_what_is_said_once_stays_where_it_is() -> None:
    assert unsaid("One two three four five six.", "One two five six.") == [2, 3]


def test_a_word_counts_as_said_beside_those_it_is_said_with() -> None:
    text, said = "We saw that some people think that at noon.", "We saw that at noon."
    assert unsaid(text, said, pause_before=2) == [2, 3, 4, 5]
    assert unsaid(text, said, pause_before=3) == [3, 4, 5, 6]
    # Also where a word before it was not found.
    assert unsaid(text, "We that at noon.", pause_before=1) == [1, 2, 3, 4, 5]


def test_words_that_all_stand_in_the_text_say_no_others() -> None:
    text = (
        "We came to harbours and as the day went on and the wind grew the men of the ship went to "
        "the harbour and the men went on and as the day grew the wind came to the men in the end."
    )
    left_out = unsaid(text, "We came to harbour in the end.")
    assert not {3, 20, 21, 22}.difference(left_out)
