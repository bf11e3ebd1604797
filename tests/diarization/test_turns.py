from __future__ import annotations

import numpy as np

from editor.diarization import Turn, VoiceSpan, speakers_of
from tests.diarization.test_clustering import PEOPLE


def span(start_ms: int, end_ms: int, who: int, *, slot: int = 0, alone_ms: int = -1) -> VoiceSpan:
    length_ms = end_ms - start_ms if alone_ms < 0 else alone_ms
    return VoiceSpan(start_ms, end_ms, slot, length_ms, PEOPLE[who])


def test_speakers_are_counted_by_who_speaks_first() -> None:
    found = speakers_of([span(0, 4000, 5), span(4500, 9000, 2), span(9100, 14_000, 5)])
    assert found.turns == (Turn(0, 4000, 0), Turn(4500, 9000, 1), Turn(9100, 14_000, 0))
    assert [int(np.argmax(PEOPLE @ np.array(voice))) for voice in found.voices] == [5, 2]


def test_a_short_pause_parts_no_turn() -> None:
    found = speakers_of([span(0, 2000, 0), span(2300, 4000, 0), span(4400, 6000, 0)])
    assert found.turns == (Turn(0, 4000, 0), Turn(4400, 6000, 0))


def test_two_at_once_are_two() -> None:
    spans = [
        span(0, 5000, 0),
        span(4000, 4800, 0, slot=1, alone_ms=0),
        span(6000, 9000, 1, slot=1),
    ]
    assert Turn(4000, 4800, 1) in speakers_of(spans).turns


def test_who_speaks_over_the_only_voice_is_another() -> None:
    spans = [span(0, 5000, 0), span(4000, 4800, 0, slot=1, alone_ms=0), span(5100, 9000, 0)]
    assert speakers_of(spans).turns == (Turn(0, 9000, 0), Turn(4000, 4800, 1))
    assert speakers_of(spans, number=1).turns == (Turn(0, 9000, 0),)
    # In a minute so much is an echo.
    assert len(speakers_of([*spans, span(9100, 60_000, 0)]).voices) == 1


def test_what_is_too_short_to_know_goes_to_who_speaks_on() -> None:
    unsure = (PEOPLE[0] + 1.1 * PEOPLE[1]) / np.linalg.norm(PEOPLE[0] + 1.1 * PEOPLE[1])
    spans = [
        span(0, 5000, 1),
        span(6000, 9000, 0),
        VoiceSpan(9010, 9300, 0, 290, unsure.astype(np.float32)),
        span(9310, 12_000, 0),
    ]
    assert speakers_of(spans).turns == (Turn(0, 5000, 0), Turn(6000, 12_000, 1))


def test_nobody_speaks_in_silence() -> None:
    assert speakers_of([]).turns == ()
