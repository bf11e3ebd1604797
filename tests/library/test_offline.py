from __future__ import annotations

from editor.document import Kind, Segment, Turn, Word, split_words
from editor.library.offline import voice_doubts, word_numbers


def segment(text: str, kind: Kind = "speech") -> Segment:
    words = tuple(Word(word, n * 100, n * 100 + 50) for n, word in enumerate(split_words(text)))
    return Segment("s", text, words, kind=kind)


def test_words_are_counted_at_white_space_and_sounds_too() -> None:
    segments = [segment("(music)", "sound"), segment("so [laughs] yes - ok"), segment("and then")]
    assert list(word_numbers(segments)) == [0, 1, 2, 3, 4, 5, 6, 7, 8]


def test_words_without_white_space_between_them_have_one_number() -> None:
    assert list(word_numbers([segment("我用 iPhone手机。")])) == [0, 0, 1, 1, 1, 2]


def test_doubts_about_voices_count_the_words_of_the_whole_text() -> None:
    segments = []
    for first in (0, 12):
        words = tuple(Word(f"w{n}", 250 * n, 250 * n + 240) for n in range(first, first + 12))
        text = " ".join(word.text for word in words)
        segments.append(Segment(f"s{first}", text, words, speaker="Ada"))
    (doubt,) = voice_doubts(segments, (Turn(0, 3000, 0), Turn(3000, 6000, 1)))
    assert (doubt.kind, doubt.first_word, doubt.last_word) == ("another_voice", 12, 14)
    assert voice_doubts(segments, ()) == []
