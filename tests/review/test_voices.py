from __future__ import annotations

from dataclasses import replace

from editor.document import Turn, Word
from editor.review import speakers_of_words

TURNS = (Turn(0, 2000, 0), Turn(2100, 2500, 1), Turn(2600, 5000, 0))


def words(text: str, *, step_ms: int = 250) -> list[Word]:
    return [Word(one, n * step_ms, n * step_ms + 200) for n, one in enumerate(text.split())]


def test_a_short_answer_is_said_by_who_gave_it() -> None:
    said = words("It was cold that night in June there. Yes. I know it was so cold there.")
    assert speakers_of_words(said, TURNS) == [0] * 8 + [1] + [0] * 7


def test_a_word_amid_a_sentence_is_no_turn() -> None:
    said = words("it was cold that night in June there then I know it was so cold there")
    assert speakers_of_words(said, TURNS) == [0] * 16


def test_a_change_beside_the_end_of_a_sentence_is_there() -> None:
    said = words("So what then now do. You think that it is fine?")
    turns = (Turn(0, 950, 0), Turn(950, 3000, 1))
    assert speakers_of_words(said, turns) == [0] * 5 + [1] * 6


def test_a_word_beside_all_turns_is_the_nearest_voices() -> None:
    said = [Word("Well", 5300, 5500), Word("later", 9000, 9200)]
    assert speakers_of_words(said, TURNS) == [0, None]
    assert speakers_of_words(said, ()) == [None, None]


def test_a_short_answer_while_another_speaks_goes_to_who_gives_it() -> None:
    times = (("I", 0, 300), ("went.", 300, 600), ("Yes.", 900, 1200), ("Then", 1250, 1500))
    said = [Word(*each) for each in times]
    turns = [Turn(0, 5000, 0), Turn(880, 1250, 1)]
    assert speakers_of_words(said, turns) == [0, 0, 1, 0]
    # Amid a sentence, or in a turn that is long, it is said by who speaks on.
    amid = [replace(word, text=word.text.strip(".")) for word in said]
    assert speakers_of_words(amid, turns) == [0] * 4
    assert speakers_of_words(said, [Turn(0, 5000, 0), Turn(880, 2500, 1)]) == [0] * 4
