from __future__ import annotations

from editor.align.drafts import segments_from_drafts, timed_segments
from editor.document import DraftSegment, RecognisedWord, Segment
from editor.review import Doubt, WordScores, segment_doubts
from tests.review.texts import heard_words


def timed(said: str, *lines: str) -> tuple[list[Segment], list[RecognisedWord]]:
    """Segments s0, s1 ... of lines, timed by what was said."""
    heard = heard_words(said)
    names = iter(range(99))
    duration_ms = 400 * len(heard) + 400
    drafts = segments_from_drafts(
        [DraftSegment(line) for line in lines],
        duration_ms=duration_ms,
        new_id=lambda: f"s{next(names)}",
    )
    return timed_segments(drafts, heard, duration_ms=duration_ms, silences=[])[0], heard


def brief(doubts: list[Doubt]) -> list[tuple[str, int, int, str, str]]:
    return [(d.kind, d.first_word, d.last_word, d.written, d.heard) for d in doubts]


def test_words_are_counted_in_their_segment_and_agreeing_segments_have_no_doubts() -> None:
    segments, heard = timed(
        "we met Elad in town and then we left", "we met Alad", "in town and", "then we left"
    )
    found = segment_doubts(segments, heard)
    assert {name: brief(doubts) for name, doubts in found.items()} == {
        "s0": [("different", 2, 2, "Alad", "Elad")]
    }


def test_what_is_missing_between_two_segments_is_missing_at_the_end_of_the_first() -> None:
    segments, heard = timed("we met him there in the old town", "we met him", "in the old town")
    found = segment_doubts(segments, heard)
    assert {name: brief(doubts) for name, doubts in found.items()} == {
        "s0": [("not_written", 3, 2, "", "there")]
    }


def test_a_disagreement_over_two_segments_is_a_doubt_in_each() -> None:
    segments, heard = timed(
        "it works sort of definitely now for us", "it works suit", "differently now for us"
    )
    found = segment_doubts(segments, heard)
    assert [doubt.written for doubts in found.values() for doubt in doubts] == [
        "suit",
        "differently",
    ]
    assert " ".join(doubt.heard for doubts in found.values() for doubt in doubts) == (
        "sort of definitely"
    )


def test_one_segment_with_its_neighbours_gives_what_the_whole_text_gives() -> None:
    segments, heard = timed(
        "we met Elad in town and he said|0.4 that all is well now",
        "we met Alad",
        "in town and he",
        "said that all",
        "was well now",
    )
    whole = segment_doubts(segments, heard)
    assert list(whole) == ["s0", "s2", "s3"]
    for index, segment in enumerate(segments):
        near = segments[max(0, index - 1) : index + 2]
        alone = segment_doubts(near, heard, wanted={segment.id})
        assert alone.get(segment.id) == whole.get(segment.id)


def test_words_heard_unsurely_are_doubts_too() -> None:
    segments, heard = timed("the old|0.3 town|0.95 was|0.95 quiet|0.95", "the old town was quiet")
    (doubt,) = segment_doubts(segments, heard)["s0"]
    assert (doubt.kind, doubt.written, doubt.why) == (
        "unsure",
        "old",
        "heard the same, not sure (30%)",
    )


def test_listening_gives_a_score_and_an_edit_keeps_that_of_the_other_words() -> None:
    segments, heard = timed("we met Elad in Troy town", "we met Alad in toy town")
    words = segments[0].words
    told = {w.text: ((w.start_ms, w.end_ms, -7.0),) for w in (words[2], words[4])}
    listened = WordScores(told, {2: -0.1, 4: -0.1})
    first, second = segment_doubts(segments, heard, listened)["s0"]
    assert first.why.endswith("fits the sound better than the text")
    plain, _ = segment_doubts(segments, heard)["s0"]
    assert plain.score < first.score
    edited = {**told}
    del edited["Alad"]
    typed, same = segment_doubts(segments, heard, WordScores(edited, listened.recognised))["s0"]
    assert typed.score == plain.score
    assert same == second


def test_a_term_that_was_said_is_the_reading_until_the_words_are_others() -> None:
    segments, heard = timed("we saw Penelope|0.4 in town", "we saw Penelope, in town")
    start_ms, end_ms = heard[2].start_ms, heard[2].end_ms
    told = WordScores(soundings={"Penelope,": ((start_ms, end_ms, "Penhallow,"),)})
    (doubt,) = segment_doubts(segments, heard, told)["s0"]
    assert brief([doubt]) == [("different", 2, 2, "Penelope,", "Penhallow,")]
    assert doubt.score > 0.5
    assert doubt.why.startswith("sounds more like “Penhallow” (glossary); heard the same, not sure")
    # Of the same words elsewhere nothing is told, nor of others here.
    later = WordScores(soundings={"Penelope,": ((end_ms + 9000, end_ms + 9500, "Penhallow,"),)})
    assert segment_doubts(segments, heard, later) == segment_doubts(segments, heard)
    corrected, _ = timed("we saw Penelope|0.4 in town", "we saw Penhallow, in town")
    (left,) = segment_doubts(corrected, heard, told)["s0"]
    assert (left.written, left.heard) == ("Penhallow,", "Penelope")


def test_names_spelled_otherwise_elsewhere_are_doubts_where_that_is_told() -> None:
    segments, heard = timed("they use deepseek at home", "they use Deepseek at home")
    assert segment_doubts(segments, heard) == {}
    (doubt,) = segment_doubts(segments, heard, spellings={("s0", 2): "DeepSeq"})["s0"]
    assert (doubt.kind, doubt.why) == (
        "spelling",
        "heard the same, sure (90%); spelled “DeepSeq” elsewhere",
    )
