from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.timecode import clock_from_ms, ms_from_timestamp, timestamp_from_ms


@given(st.integers(0, 400_000_000), st.sampled_from(".,"))
def test_written_time_reads_back_the_same(time_ms: int, decimal: str) -> None:
    assert ms_from_timestamp(timestamp_from_ms(time_ms, decimal=decimal)) == time_ms


@pytest.mark.parametrize("text", ["00:00:61.000", "00:60:00.000", "1.000", "", "aa:bb:cc.ddd"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|59"):
        ms_from_timestamp(text)


def test_negative_time_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        timestamp_from_ms(-1)


def test_clock_shows_hours_only_when_there_are_some() -> None:
    assert [clock_from_ms(ms) for ms in (0, 59_999, 3_599_000, 3_661_000)] == [
        "0:00",
        "0:59",
        "59:59",
        "1:01:01",
    ]
