"""Scripts without spaces: each written grapheme gets its part of what was recognised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.align.drafts import timed_segments
from editor.align.graphemes import split_as_written, with_whole_groups
from editor.document import RecognisedWord, Segment, Word, split_words
from editor.review import segment_doubts


def recognised_words(said: str) -> list[RecognisedWord]:
    """What was recognised: words between bars, 200 ms for each letter."""
    words, at = list[RecognisedWord](), 0
    for number, text in enumerate(said.split("|")):
        end = at + 200 * max(1, len(split_words(text)))
        words.append(RecognisedWord(number, text, at, end, 0.9))
        at = end
    return words


def timed(written: str, said: str) -> tuple[Segment, float]:
    words = tuple(Word(text, n * 20, n * 20 + 20) for n, text in enumerate(split_words(written)))
    segment = Segment("s", written, words)
    (after,), coverage = timed_segments(
        [segment], recognised_words(said), duration_ms=60_000, silences=[]
    )
    return after, coverage.written_share


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("我用 iPhone手机。今天天气很好", "我|用| iPhone|手机|今天|天气|很|好"),
        ("今日は天気がいいですね。", "今日|は|天気|が|いい|です|ね"),
        ("東京タワーへ行きました", "東京|タワー|へ|行き|ました|。"),
        ("วันนี้อากาศดีมาก", "วันนี้|อากาศ|ดี|มาก"),
    ],
)
def test_every_grapheme_starts_where_it_was_recognised(written: str, said: str) -> None:
    after, share = timed(written, said)
    parts = [part for part in split_as_written(recognised_words(said)) if part.text not in "。"]
    assert share == 1
    assert [w.start_ms for w in after.words] == [p.start_ms for p in parts]
    assert all(word.origin == "heard" and word.confidence == 0.9 for word in after.words)
    assert segment_doubts([after], recognised_words(said)) == {}


def test_thai_tokens_that_cut_through_a_letter_are_put_together() -> None:
    after, share = timed("ที่นี่", "ท|ี่|น|ี่")
    assert share == 1
    assert [word.text for word in after.words] == ["ที่", "นี่"]
    assert [word.start_ms for word in after.words] == [0, 400]


def test_a_missing_sentence_and_a_wrong_letter_stay_where_they_are() -> None:
    written = "今天天气很好我们去公园散步然后回家吃晚饭"
    after, share = timed(written, "今天|天气|很|好|然后|回家|吃|完|饭")
    by_text = {word.text: word for word in after.words}
    assert share < 0.7
    # What was not heard has no room here: the neighbours lend it up to half of their time.
    assert abs(by_text["然"].start_ms - 6 * 200) <= 100
    assert by_text["晚"].origin == "placed"
    assert by_text["饭"].start_ms == 12 * 200
    (doubt, *_) = [
        d for d in segment_doubts([after], recognised_words("今天"))["s"] if d.kind == "not_heard"
    ]
    assert doubt.written.replace(" ", "") == "我们去公园散步"


def test_a_word_recognised_in_part_is_covered_by_one_group() -> None:
    words = [
        Word("a", 0, 20, recognised_ids=(1,)),
        Word("b", 20, 40, recognised_ids=(1, 2)),
        Word("c", 40, 60, recognised_ids=(2,)),
        Word("d", 60, 80, recognised_ids=(3,)),
        Word("e", 80, 100),
    ]
    groups = [word.recognised_ids for word in with_whole_groups(words)]
    assert groups == [(1, 2), (1, 2), (1, 2), (3,), ()]


@given(st.lists(st.text(st.sampled_from("ab手机ทีカー。 ́"), max_size=5), max_size=8))
def test_parts_keep_letters_ids_and_time(texts: list[str]) -> None:
    recognised = [
        RecognisedWord(n, text, n * 500, n * 500 + 400, 0.5) for n, text in enumerate(texts)
    ]
    parts = split_as_written(recognised)
    assert "".join("".join(p.text for p in parts).split()) == "".join("".join(texts).split())
    assert {p.id for p in parts} == set(range(len(texts)))
    assert [p.start_ms for p in parts] == sorted(p.start_ms for p in parts)
    assert all(0 <= p.start_ms - p.id * 500 <= p.end_ms - p.id * 500 <= 400 for p in parts)
