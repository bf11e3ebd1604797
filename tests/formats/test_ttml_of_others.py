"""TTML as others write it: Apple's podcasts, live captions that roll up, odd times, ruby."""

from __future__ import annotations

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import ReadResult, read, retime
from editor.formats.drafts import ROLLED

TT = '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling">'


def read_body(body: str, head: str = "") -> ReadResult:
    text = f"{TT}<head>{head}</head><body><div>{body}</div></body></tt>"
    return read(text.encode(), "a.ttml")


def said(result: ReadResult) -> list[tuple[str, int | None, int | None]]:
    return [(draft.text, draft.start_ms, draft.end_ms) for draft in result.drafts]


def word(text: str, begin: str, end: str) -> str:
    return f'<span begin="{begin}" end="{end}" p:unit="word" xmlns:p="p">{text}</span>'


def test_words_of_podcasts_have_times_counted_from_the_start_and_no_space_between() -> None:
    body = (
        '<p begin="1.500" end="3.000" m:agent="S1" xmlns:m="m"><span begin="1.500" end="3.000" '
        f'xmlns:p="p" p:unit="sentence">{word("Go", "1.500", "1.800")}'
        f"{word('on.', '2.000', '2.900')}</span></p>"
        f'<p begin="1:02.250" end="1:03.000">{word("Yes.", "1:02.250", "1:03.000")}</p>'
    )
    result = read_body(body, '<agent xmlns="m" type="character" xml:id="S1"/>')
    assert said(result) == [("Go on.", 1500, 3000), ("Yes.", 62_250, 63_000)]
    assert [draft.speaker for draft in result.drafts] == ["S1", None]
    assert [draft.word_times_ms for draft in result.drafts] == [
        ((1500, 1800), (2000, 2900)),
        ((62_250, 63_000),),
    ]


def test_spans_count_from_their_paragraph_where_the_document_says_nothing_else() -> None:
    body = '<p begin="10s" end="12s"><span begin="0s">Go</span> <span begin="1s">on.</span></p>'
    assert read_body(body).drafts[0].word_times_ms == ((10_000, 11_000), (11_000, 12_000))


REGIONS = (
    '<layout><region xml:id="a" tts:origin="10% 80%"/><region xml:id="b" tts:origin="10% 85%"/>'
    '<region xml:id="c" tts:origin="10% 90%"/></layout>'
)


PIXELS = REGIONS.replace("10% ", "10px ").replace('%"', 'px"')


def rolled(*lines: str) -> str:
    shown = []
    for at, line in enumerate(lines):
        for back, region in enumerate("cba"):
            begin = at + back
            shown.append(f'<p begin="{begin}s" end="{begin + 1}s" region="{region}">{line}</p>')
    return "".join(shown)


@pytest.mark.parametrize("regions", [REGIONS, PIXELS])
def test_lines_that_move_up_from_region_to_region_are_said_once(regions: str) -> None:
    result = read_body(rolled("ONE", "TWO", "THREE"), regions)
    assert said(result) == [("ONE", 0, 1000), ("TWO", 1000, 2000), ("THREE", 2000, 3000)]
    assert [problem.reason for problem in result.problems] == [ROLLED]


def test_words_said_again_at_the_same_place_stay() -> None:
    body = '<p begin="0s" end="1s" region="b">No.</p><p begin="1s" end="2s" region="b">No.</p>'
    assert len(read_body(body, REGIONS).drafts) == 2


@pytest.mark.parametrize(
    ("begin", "end", "times"),
    [
        ("0.500", "1.25", (500, 1250)),
        ("1:02.3", "1:03", (62_300, 63_000)),
        ("0:00:01.5", "0:00:02.5", (1500, 2500)),
        ("00:00:01,500", "00:00:02,500", (1500, 2500)),
        ("00:00:01;15", "00:00:02;00", (1500, 2000)),
    ],
)
def test_odd_times_are_read_and_moved(begin: str, end: str, times: tuple[int, int]) -> None:
    text = f'{TT}<body><div><p begin="{begin}" end="{end}">Hi</p></div></body></tt>'
    assert said(read(text.encode(), "a.ttml")) == [("Hi", *times)]
    moved = retime(text.encode(), "a.ttml", None, "ttml", [(3_661_000, 3_662_000)])
    assert said(read(moved, "a.ttml")) == [("Hi", 3_661_000, 3_662_000)]


ROW = (
    f'{TT}<body><div timeContainer="seq" begin="10s"><p dur="2s">One</p>'
    '<p begin="1s" dur="2s">Two</p></div></body></tt>'
)


def test_captions_in_a_row_follow_each_other() -> None:
    assert said(read(ROW.encode(), "a.ttml")) == [("One", 10_000, 12_000), ("Two", 13_000, 15_000)]
    with pytest.raises(UnreadableTranscript, match="one after the other"):
        retime(ROW.encode(), "a.ttml", None, "ttml", [(0, 1), (2, 3)])


def test_parts_in_a_row_last_as_long_as_what_is_in_them() -> None:
    body = '<div><p dur="2s">One</p></div><div><p dur="2s">Two</p></div>'
    text = f'{TT}<body timeContainer="seq">{body}</body></tt>'
    assert said(read(text.encode(), "a.ttml")) == [("One", 0, 2000), ("Two", 2000, 4000)]


LYRICS = (
    f'{TT}<body><div begin="5.1" end="12"><p begin="5.1" end="8.2"><span begin="5.1" end="5.4">Hel'
    '</span><span begin="5.4" end="5.9">lo</span> <span begin="6" end="8.2">you</span></p>'
    '<p begin="9" end="12"><span begin="9" end="12">Yes</span></p></div></body></tt>'
)


def test_lyrics_count_all_times_from_the_start() -> None:
    result = read(LYRICS.encode(), "a.ttml")
    assert said(result) == [("Hello you", 5100, 8200), ("Yes", 9000, 12_000)]
    assert result.drafts[0].word_times_ms == ((5100, 6000), (6000, 8200))
    with pytest.raises(UnreadableTranscript, match="words have times of their own"):
        retime(LYRICS.encode(), "a.ttml", None, "ttml", [(0, 1), (2, 3)])


def test_what_is_not_shown_is_not_read_and_ruby_is_no_word() -> None:
    body = (
        '<p begin="0s" end="1s" tts:display="none">Hidden</p><p begin="1s" end="2s">'
        '<span tts:ruby="container"><span tts:ruby="base">明日</span>'
        '<span tts:ruby="text">あした</span></span>です'
        '<span tts:visibility="hidden">X</span></p>'
    )
    result = read_body(body)
    assert said(result) == [("明日です", 1000, 2000)]
    (style,) = result.shown[0].styles
    assert (style.name, style.value, style.first, style.end) == ("ruby", "あした", 0, 2)
