from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from editor.align.caption_times import FileCaption, in_recording, usual_delay
from editor.align.drift import Drift, drift_of
from editor.align.place import Interval

#: A stretch of the file, in ms, that was cut out of the recording.
Cut = tuple[int, int]
TOTAL_MS = 573 * 4000


def file_captions(
    cuts: list[Cut], *, unmatched: float = 0.15, off: Callable[[random.Random], int] | None = None
) -> tuple[list[FileCaption], list[int | None]]:
    """Captions of a recording that was cut, and when each is really said there."""
    chance, captions, true = random.Random(7), list[FileCaption](), list[int | None]()
    for number in range(573):
        start = number * 4000 + chance.randrange(500)
        end = start + chance.randrange(1500, 3400)
        is_gone = any(first <= start < last for first, last in cuts)
        gone_before = sum(last - first for first, last in cuts if last <= start)
        is_heard = not is_gone and chance.random() >= unmatched
        said = [start + k * (end - start) // 6 for k in range(6)]
        shift = off(chance) if off else 0
        words = []
        for k, ms in enumerate(said):
            guess = ms + shift + (chance.randrange(-200, 200) if k else 0)
            is_missed = not is_heard or chance.random() < 0.15
            words.append((guess, None if is_missed else ms - gone_before + chance.randrange(40)))
        captions.append(FileCaption(start + shift, end + shift, tuple(words)))
        true.append(None if is_gone else start - gone_before)
    return captions, true


def drift_in(captions: list[FileCaption]) -> Drift:
    firsts = [(c.start_ms, c.words[0][1]) for c in captions]
    drift = drift_of([(at, recognised) for at, recognised in firsts if recognised is not None])
    assert drift is not None
    return drift


def retimed(captions: list[FileCaption], cuts: list[Cut]) -> list[Interval | None]:
    length = TOTAL_MS - sum(last - first for first, last in cuts)
    return in_recording(captions, drift_in(captions), duration_ms=length)


@pytest.mark.parametrize(
    "cuts",
    [
        [],
        [(0, 90_000)],
        [(TOTAL_MS - 120_000, TOTAL_MS)],
        [(200_000, 280_000), (900_000, 1_000_000), (1_500_000, 1_560_000)],
        [(0, 60_000), (60_000 * 8, 60_000 * 8 + 30_000), (TOTAL_MS - 60_000, TOTAL_MS)],
    ],
)
def test_what_was_cut_out_is_left_out_and_the_rest_is_in_its_place(cuts: list[Cut]) -> None:
    captions, true = file_captions(cuts)
    spans = retimed(captions, cuts)
    wrong = [
        k for k, (a, b) in enumerate(zip(spans, true, strict=True)) if (a is None) != (b is None)
    ]
    # What nobody heard beside a cut may be on either side of it.
    assert len(wrong) <= len(cuts), [(k, captions[k]) for k in wrong]
    starts = [span[0] for span in spans if span]
    assert starts == sorted(starts)
    assert sum(start == 0 for start in starts) <= 1
    assert max(span[1] for span in spans if span) <= TOTAL_MS - sum(b - a for a, b in cuts)
    off = [abs(a[0] - b) for a, b in zip(spans, true, strict=True) if a and b is not None]
    assert sum(ms > 250 for ms in off) <= len(cuts)


def test_captions_off_one_by_one_are_moved_one_by_one() -> None:
    captions, true = file_captions([], off=lambda chance: chance.randrange(-800, 800))
    spans = retimed(captions, [])
    far = [abs(a[0] - b) > 300 for a, b in zip(spans, true, strict=True) if a and b is not None]
    before = [
        abs(c.start_ms - b) > 300 for c, b in zip(captions, true, strict=True) if b is not None
    ]
    assert len(far) == 573
    assert sum(far) < 0.35 * sum(before)


def test_captions_on_time_keep_their_times() -> None:
    captions, _ = file_captions([])
    kept = [(c.start_ms, c.end_ms) for c in captions]
    assert retimed(captions, []) == kept


def test_a_caption_at_a_jump_is_on_the_side_of_its_words() -> None:
    captions, true = file_captions([(200_000, 260_000)], unmatched=0)
    at = next(k for k, ms in enumerate(true) if captions[k].start_ms >= 260_000 and ms is not None)
    for number in (at, at - 16):
        one = captions[number]
        words = ((one.words[0][0], None), *one.words[1:])
        captions[number] = FileCaption(one.start_ms, one.end_ms, words)
    spans = retimed(captions, [(200_000, 260_000)])
    for number in (at, at - 16):
        span, expected = spans[number], true[number]
        assert (span is None) == (expected is None)
        assert span is None or abs(span[0] - (expected or 0)) <= 60


def test_few_captions_that_agree_on_no_delay_are_moved_by_what_each_is_late() -> None:
    late = [0, 700, -600, 400]
    captions = [
        FileCaption(
            at + ms, at + ms + 2000, tuple((at + ms + k * 300, at + k * 300) for k in range(4))
        )
        for at, ms in zip(range(5000, 25_000, 5000), late, strict=True)
    ]
    drift = usual_delay(captions)
    assert drift is not None
    spans = in_recording(captions, drift, duration_ms=60_000)
    assert [
        abs((span or (0, 0))[0] - at) <= 250
        for span, at in zip(spans, range(5000, 25_000, 5000), strict=True)
    ] == [True] * 4
    assert usual_delay(captions[:1]) is None


def test_a_caption_that_nobody_recognised_stays_where_speech_is_that_is_not_written() -> None:
    cuts = [(200_000, 280_000)]
    captions, _ = file_captions(cuts, unmatched=0)
    gone = [k for k, span in enumerate(retimed(captions, cuts)) if span is None]
    assert len(gone) == 20
    before = captions[gone[0] - 1]
    captions[gone[0] - 1] = FileCaption(
        before.start_ms, before.end_ms, tuple((ms, None) for ms, _ in before.words)
    )
    drift, length = drift_in(captions), TOTAL_MS - 80_000
    said = [(before.start_ms, before.end_ms)]
    spans = in_recording(captions, drift, duration_ms=length, unwritten=said)
    assert [k for k, span in enumerate(spans) if span is None] == gone
