"""The job that finds the shots of a film, with the decoder's answers put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor import media
from editor.config import Settings
from editor.errors import JobCancelled
from editor.library import jobs_shots, transcripts
from editor.library.job_kinds import find_shots_soon
from editor.store import Store
from tests.support.stand_in import write_recording


class Told:
    """Progress, whose job is cancelled once so much of it is done."""

    def __init__(self, stop_at: float = 2.0) -> None:
        self._stop_at, self.fractions = stop_at, list[float]()

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        assert phase == "shots"
        self.fractions.append(fraction)

    def checkpoint(self) -> None:
        if self.fractions and self.fractions[-1] >= self._stop_at:
            raise JobCancelled("job")


def test_a_search_that_was_cancelled_goes_on_where_it_stopped(
    settings: Settings, library: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.wav"
    write_recording(path, 4)
    item = transcripts.create_transcript(
        settings, library, media_path=path, media_name="talk.wav", text=b"Good morning",
        text_name="talk.txt", text_encoding=None, title=None, model="base", language="en",
    )  # fmt: skip
    duration_ms = 250_000
    library.update_transcript(item, duration_ms=duration_ms)
    looked = list[tuple[int, int]]()

    def shot_changes(_: Path, start_ms: int, end_ms: int, **__: object) -> list[int]:
        looked.append((start_ms, end_ms))
        return [start_ms + 1000]

    monkeypatch.setattr(media, "shot_changes", shot_changes)
    job = find_shots_soon(library, item)
    assert find_shots_soon(library, item).id == job.id
    assert library.shot_changes(item) == (0, ())
    with pytest.raises(JobCancelled):
        jobs_shots.find_shots(settings, library, job, Told(0.3))
    assert library.shot_changes(item) == (120_000, (1000,))
    told = Told()
    jobs_shots.find_shots(settings, library, job, told)
    assert looked == [(0, 120_000), (120_000, 240_000), (240_000, duration_ms)]
    assert library.shot_changes(item) == (duration_ms, (1000, 121_000, 241_000))
    assert told.fractions == sorted(told.fractions)
    # Asked for again, all of it is looked at anew.
    jobs_shots.find_shots(settings, library, job, Told())
    assert looked[3] == (0, 120_000)
    assert library.shot_changes(item)[1] == (1000, 121_000, 241_000)
