"""What nobody says: sounds, headings, labels. It keeps out of the way of what is said."""

from __future__ import annotations

from editor.align import Coverage, is_unsaid
from editor.align.drafts import segments_from_drafts, timed_segments
from editor.document import RecognisedWord, Segment, Word
from editor.formats import read


def recognised_at(*parts: tuple[int, str]) -> list[RecognisedWord]:
    """Words of 300 ms each from the given times on."""
    words: list[RecognisedWord] = []
    for start, text in parts:
        for k, word in enumerate(text.split()):
            begin = start + k * 350
            words.append(RecognisedWord(len(words), word, begin, begin + 300, 0.9))
    return words


def timed(
    text: str, recognised: list[RecognisedWord], *, end_ms: int, silences: list[tuple[int, int]]
) -> tuple[list[Segment], Coverage]:
    ids = iter(range(100))
    drafts = read(text.encode(), "a.txt").drafts
    segments = segments_from_drafts(drafts, duration_ms=end_ms, new_id=lambda: str(next(ids)))
    return timed_segments(segments, recognised, duration_ms=end_ms, silences=silences)


def span(segment: Segment) -> tuple[int, int]:
    return segment.words[0].start_ms, segment.words[-1].end_ms


def starts(words: tuple[Word, ...]) -> list[int]:
    return [word.start_ms for word in words]


def test_a_sound_takes_the_part_of_a_gap_where_nobody_speaks() -> None:
    recognised = recognised_at(
        (0, "we begin now"), (1200, "an unwritten remark"), (9000, "and so on")
    )
    (_, sound, _), _ = timed(
        "We begin now.\n(upbeat music)\nAnd so on.\n", recognised, end_ms=12_000, silences=[]
    )
    assert span(sound) == (2200, 9000)


def test_an_unspoken_heading_stays_in_silence_and_is_told() -> None:
    recognised = recognised_at((0, "that was all of it"), (4000, "it was night and it rained"))
    silences = [(1750, 3950)]
    segments, coverage = timed(
        "That was all of it.\nChapter Two\nIt was night and it rained.\n",
        recognised,
        end_ms=7000,
        silences=silences,
    )
    begin, end = span(segments[1])
    assert 1700 <= begin < end <= 4000
    assert starts(segments[2].words) == [4000, 4350, 4700, 5050, 5400, 5750]
    (remark,) = coverage.remarks
    assert remark.kind == "not_said"
    assert remark.text == "Not spoken, perhaps headings: “Chapter Two”."


def test_an_unspoken_heading_is_not_spread_over_what_others_say() -> None:
    advert = "buy our soap today it is the best soap that there ever was"
    recognised = recognised_at(
        (0, "that was all of it"), (2000, advert), (9000, "it was night and it rained")
    )
    segments, coverage = timed(
        "That was all of it.\nChapter Two\nIt was night and it rained.\n",
        recognised,
        end_ms=12_000,
        silences=[(6500, 9000)],
    )
    begin, end = span(segments[1])
    assert 6500 <= begin < end <= 9000
    assert starts(segments[2].words)[0] == 9000
    assert [passage.kind for passage in coverage.unmatched_spans] == ["not_written"]


def test_a_spoken_heading_is_timed() -> None:
    recognised = recognised_at(
        (0, "that was all of it"), (3000, "chapter two"), (5000, "it was night")
    )
    segments, coverage = timed(
        "That was all of it.\nChapter 2\nIt was night.\n", recognised, end_ms=7000, silences=[]
    )
    assert starts(segments[1].words) == [3000, 3350]
    assert all(word.origin == "heard" for word in segments[1].words)
    assert coverage.remarks == ()


def test_labels_and_dashes_are_never_linked() -> None:
    recognised = recognised_at((0, "anna hello there"), (2000, "ben and you"), (4000, "well yes"))
    segments, _ = timed(
        "ANNA: Hello there.\nBEN: And you?\n- Well - yes.\nANNA: Good.\n",
        recognised,
        end_ms=6000,
        silences=[],
    )
    assert segments[0].speaker == "ANNA"
    assert [word.recognised_ids for word in segments[0].words] == [(1,), (2,)]
    assert [word.recognised_ids for word in segments[1].words] == [(4,), (5,)]
    assert [word.recognised_ids for word in segments[2].words] == [(6,), (), (7,)]


def test_a_note_at_the_end_does_not_pull_the_last_words_away() -> None:
    recognised = recognised_at((0, "and that is all"))
    segments, coverage = timed(
        "And that is all.\nTranscript by Example Typing Services\n",
        recognised,
        end_ms=20_000,
        silences=[(1400, 20_000)],
    )
    assert starts(segments[0].words) == [0, 350, 700, 1050]
    assert segments[1].words[0].start_ms >= 1350
    assert [remark.kind for remark in coverage.remarks] == ["not_said"]


def test_a_line_for_which_there_is_no_time_is_not_said() -> None:
    recognised = recognised_at((0, "that was all of it it was night and it rained"))
    segments, _ = timed(
        "That was all of it.\nNobody ever said so in so many words.\nIt was night and it rained.\n",
        recognised,
        end_ms=7000,
        silences=[],
    )
    assert [is_unsaid(segment) for segment in segments] == [False, True, False]
