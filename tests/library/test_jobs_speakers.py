"""The job that finds speakers, with what the networks would say put in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from editor.config import Settings
from editor.diarization import VoiceSpan, recording
from editor.errors import InvalidValue, JobCancelled
from editor.library import jobs_speakers, transcripts
from editor.library.find_speakers import microphones_wanted
from editor.library.job_kinds import SpeakersParams, find_speakers_soon
from editor.library.microphones import Microphones, microphones_of
from editor.library.recordings import folder_of
from editor.store import Store
from tests.support.media_files import tone, write_sound
from tests.support.stand_in import write_recording

VOICES = np.eye(3, 192, dtype=np.float32)
TEXT = (
    "WEBVTT\n\n"
    "00:00.000 --> 00:30.000\n<v Ada>Good morning to all of you\n\n"
    "00:30.000 --> 01:00.000\nAnd to you too\n\n"
    "01:00.000 --> 01:20.000\nSo let us begin then\n"
)


class Told:
    """Progress that may be broken off when a share of the job is done."""

    def __init__(self, stop_at: float = 2.0, error: Exception | None = None) -> None:
        self._stop_at, self._error, self._fraction = stop_at, error, 0.0

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        self._fraction = fraction if phase == "speakers" else 0.0

    def checkpoint(self) -> None:
        if self._fraction >= self._stop_at and self._error:
            raise self._error


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The chunks that are heard: Ada speaks half a minute, then Bob, then Ada."""
    chunks = list[int]()

    def voice_spans_in(*_: object, offset_ms: int, chunk: tuple[int, int]) -> list[VoiceSpan]:
        chunks.append(chunk[0])
        starts = range(chunk[0], chunk[1], 2_000)
        return [VoiceSpan(at, at + 1_900, 0, 1_900, VOICES[at // 30_000 % 2]) for at in starts]

    monkeypatch.setattr(recording, "voice_spans_in", voice_spans_in)
    monkeypatch.setattr(jobs_speakers, "load_networks", lambda *_: None)
    return chunks


@pytest.fixture
def transcript_id(settings: Settings, library: Store, tmp_path: Path) -> str:
    path = tmp_path / "talk.wav"
    write_recording(path, 240)
    return brought(settings, library, path)


def brought(settings: Settings, library: Store, path: Path) -> str:
    return transcripts.create_transcript(
        settings, library, media_path=path, media_name="talk.wav", text=TEXT.encode(),
        text_name="talk.vtt", text_encoding=None, title=None, model="base", language="en",
    )  # fmt: skip


@pytest.fixture
def run(settings: Settings, library: Store, transcript_id: str) -> Callable[[Told], None]:
    params = SpeakersParams(client="browser")
    job = find_speakers_soon(library, transcript_id, params)
    return lambda told: jobs_speakers.name_speakers(settings, library, job, told)


def speakers(library: Store, transcript_id: str) -> list[str | None]:
    return [one.segment.speaker for one in library.segments(transcript_id)]


def test_speakers_come_in_one_step_that_who_asked_can_undo(
    library: Store, transcript_id: str, run: Callable[[Told], None], heard: list[int]
) -> None:
    before = speakers(library, transcript_id)
    run(Told())
    assert before == ["Ada", None, None]
    assert speakers(library, transcript_id) == ["Ada", "Speaker 2", "Ada"]
    assert library.revisions(transcript_id)[0].kind == "speakers"
    turns = library.project_rows(transcript_id)["voice_turns"]
    assert [(one["start_ms"], one["voice"]) for one in turns[:3]] == [
        (0, 0),
        (30_000, 1),
        (60_000, 0),
    ]
    run(Told())
    assert library.project_rows(transcript_id)["voice_turns"] == turns
    assert len(library.revisions(transcript_id)) == 1
    library.undo(transcript_id, client="browser")
    assert speakers(library, transcript_id) == before


def test_after_a_crash_no_chunk_is_heard_again(
    settings: Settings,
    library: Store,
    transcript_id: str,
    run: Callable[[Told], None],
    heard: list[int],
) -> None:
    with pytest.raises(RuntimeError):
        run(Told(0.3, RuntimeError()))
    assert heard == [0]
    run(Told())
    assert heard == sorted(set(heard))
    assert len(heard) > 1
    assert speakers(library, transcript_id) == ["Ada", "Speaker 2", "Ada"]
    assert not (folder_of(settings, transcript_id) / "voices").exists()


def test_cancelled_it_leaves_no_voice_behind(
    settings: Settings,
    library: Store,
    transcript_id: str,
    run: Callable[[Told], None],
    heard: list[int],
) -> None:
    with pytest.raises(JobCancelled):
        run(Told(0.3, JobCancelled("job")))
    assert not (folder_of(settings, transcript_id) / "voices").exists()
    assert speakers(library, transcript_id) == ["Ada", None, None]


def test_where_each_has_a_channel_no_voice_is_heard(
    settings: Settings,
    library: Store,
    tmp_path: Path,
    heard: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folders = list[Path]()

    def seen(recording: Path, folder: Path, **facts: Any) -> Microphones | None:
        folders.append(folder)
        return microphones_wanted(recording, folder, **facts)

    monkeypatch.setattr(jobs_speakers, "microphones_wanted", seen)
    left, right = tone(16_000, 80, (1, 29), (61, 79)), tone(16_000, 80, (31, 59))
    path = write_sound(tmp_path / "call.wav", np.concatenate([left, right]), 16_000)
    transcript_id = brought(settings, library, path)
    job = find_speakers_soon(library, transcript_id, SpeakersParams(count=2))
    jobs_speakers.name_speakers(settings, library, job, Told())
    assert speakers(library, transcript_id) == ["Ada", "Speaker 2", "Ada"]
    assert heard == []
    # What a crash left of its sound would be forgotten with the voices.
    assert [folder.parent.name for folder in folders] == ["voices"]
    assert not folders[0].parent.exists()


def test_of_three_speakers_two_channels_tell_nothing(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "call.wav", tone(16_000, 2, (1, 2), channels=2), 16_000)
    find = partial(microphones_of, path, tmp_path / "work", track=None)
    assert find(number=3, is_wanted=False) is None
    with pytest.raises(InvalidValue, match=r"the 2 channels of call.wav do not tell 3 speakers"):
        find(number=3, is_wanted=True)
    with pytest.raises(InvalidValue, match=r"no two people are in the channels of call.wav"):
        find(number=None, is_wanted=True)
    assert list((tmp_path / "work").iterdir()) == []
