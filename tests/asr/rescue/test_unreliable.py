from __future__ import annotations

from dataclasses import replace

from editor.align import link_spoken
from editor.asr.rescue.missed_words import ChunkBounds
from editor.asr.rescue.unreliable import UnreliableSpan, unreliable_spans
from editor.document import RecognisedWord, split_words

TEXTS = split_words(
    "the keeper of the lighthouse wrote every morning in his logbook and when the tide was low"
    " he walked down to the rocks where the gulls had come back from the sea"
)
BABBLE = ("mumble", "jumble", "tumble", "rumble", "fumble")
WORD_MS = 400
LAST_MS = len(TEXTS) * WORD_MS


def recognised(lost: range, probability: float = 0.3) -> list[RecognisedWord]:
    """The text as recognised, other words in place of those that were lost."""
    return [
        RecognisedWord(
            n,
            BABBLE[n % len(BABBLE)] if n in lost else text,
            n * WORD_MS,
            (n + 1) * WORD_MS,
            probability if n in lost else 0.9,
        )
        for n, text in enumerate(TEXTS)
    ]


def spans(
    words: list[RecognisedWord], chunk_bounds: ChunkBounds | None = None, texts: list[str] = TEXTS
) -> list[UnreliableSpan]:
    chunk_bounds = chunk_bounds or ChunkBounds(0, LAST_MS, True, True)
    links = link_spoken(texts, [True] * len(texts), words)
    return list(unreliable_spans(texts, links, words, chunk_bounds))


def test_words_recognised_as_others_with_doubt_are_a_span_between_those_recognised_well() -> None:
    assert spans(recognised(range(6, 26))) == [UnreliableSpan(6, 26, 2400, 10_400)]


def test_what_was_recognised_well_is_let_alone_though_the_text_says_something_else() -> None:
    assert spans(recognised(range(6, 26), 0.8)) == []


def test_what_goes_round_was_not_recognised_well_however_sure_it_is() -> None:
    words = recognised(range(6, 26), 0.8)
    rounds = [replace(w, text=BABBLE[n % 2]) if 6 <= n < 26 else w for n, w in enumerate(words)]
    assert spans(rounds) == [UnreliableSpan(6, 26, 2400, 10_400)]


def test_few_words_and_little_sound_are_left_to_others() -> None:
    assert spans(recognised(range(6, 13))) == []
    silent = ChunkBounds(0, LAST_MS, True, True, [(3_000, 10_000)])
    assert spans(recognised(range(6, 26)), silent) == []


def test_a_word_recognised_by_chance_does_not_divide_a_span() -> None:
    words = recognised(range(6, 26))
    words[15] = replace(words[15], text=TEXTS[16], probability=0.9)
    assert spans(words) == [UnreliableSpan(6, 26, 2400, 10_400)]


def test_where_a_chunk_ends_unmatched_the_rest_of_the_text_may_follow() -> None:
    words = recognised(range(6, 26))[:26]
    first, second = (
        ChunkBounds(0, 26 * WORD_MS, True, False),
        ChunkBounds(0, 26 * WORD_MS, True, True),
    )
    assert spans(words, first) == [UnreliableSpan(6, len(TEXTS), 2400, 10_400)]
    crowded = [*TEXTS, *["and", "a", "great", "many", "more", "words"] * 40]
    # All that many cannot be said in this time: a whole text has no room, the rest of one may.
    assert spans(words, first, crowded) == [UnreliableSpan(6, len(crowded), 2400, 10_400)]
    assert spans(words, second, crowded) == []


def test_only_the_part_recognised_just_now_is_questioned() -> None:
    words = recognised(range(6, 26))
    assert spans(words, ChunkBounds(11_000, LAST_MS, False, True)) == []
    assert spans(words, ChunkBounds(3_000, LAST_MS, False, True)) == [
        UnreliableSpan(6, 26, 3000, 10_400)
    ]
