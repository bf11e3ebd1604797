from __future__ import annotations

import pytest

from editor.align.crosstalk import in_one_order
from editor.document import RecognisedWord


def said(text: str, start_ms: int, step_ms: int = 400) -> list[RecognisedWord]:
    return [
        RecognisedWord(0, word, start_ms + at * step_ms, start_ms + at * step_ms + 300, 0.9)
        for at, word in enumerate(text.split())
    ]


TOLD = "we went down to the shop, and there was nobody there at all that day"


def shown(*people: list[RecognisedWord]) -> str:
    """The turns, in order."""
    words, turns = in_one_order(people), list[list[str]]()
    for before, word in zip([None, *words], words, strict=False):
        if before is None or before.voice != word.voice:
            turns.append([])
        turns[-1].append(word.text)
    starts = [word.start_ms for word in words]
    assert starts == sorted(starts)
    assert all(word.end_ms > word.start_ms for word in words)
    return " | ".join(map(" ".join, turns))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(said("Yes.", 7_000), f"{TOLD} | Yes.", id="behind it"),
        pytest.param(said("Yes.", 5_400), f"{TOLD} | Yes.", id="while it ends"),
        pytest.param(
            said("Mm.", 2_100),
            "we went down to the shop, | Mm. | and there was nobody there at all that day",
            id="a short answer where a phrase ends",
        ),
        pytest.param(
            said("No, really?", 3_500, 200),
            "we went down to the shop, and there was | No, really? | nobody there at all that day",
            id="a short answer amid a phrase",
        ),
        pytest.param(
            said("But I was there myself the whole time, with my brother, you know", 2_000),
            "we went down to the shop, and there was | But I was there myself the whole time, | "
            "nobody there at all that day | with my brother, you know",
            id="both at once for long",
        ),
    ],
)
def test_who_talks_at_once_is_kept_and_readable(other: list[RecognisedWord], expected: str) -> None:
    assert shown(said(TOLD, 0), other) == expected


def test_words_that_nobody_talks_over_stay_as_they_are() -> None:
    first, second, third = said("Good morning.", 0), said("Hello.", 2_000), said("Hi.", 4_000)
    words = in_one_order([first + third, second])
    assert [(word.start_ms, word.end_ms, word.voice) for word in words] == [
        (0, 300, 0),
        (400, 700, 0),
        (2_000, 2_300, 1),
        (4_000, 4_300, 0),
    ]
    assert in_one_order([]) == in_one_order([[], []]) == []
