"""The audio track that is heard, in a library: kept, changed, and the same for all that is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from editor import media
from editor.asr import PCM_FILE
from editor.config import Settings
from editor.errors import InvalidValue
from editor.library import jobs_browser_copy, jobs_realign, recordings, transcripts
from editor.library.job_kinds import COPY, TranscribeParams
from editor.library.jobs_microphones import microphones_for
from editor.library.microphones import Microphones
from editor.store import Store
from tests.support.fresh import fresh_store
from tests.support.library import settings_for
from tests.support.media_files import first_sound_ms, tone, write_tracks

AT_S = (0.5, 1.0, 2.0)


class Quiet:
    """Progress that nobody looks at."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


class Library:
    """A library with one recording of several tracks, as its jobs see it."""

    def __init__(self, folder: Path, recording: Path, track: int | None = None) -> None:
        self.settings: Settings = settings_for(folder / "data")
        self.store: Store = fresh_store(self.settings.database_url)
        self.id = transcripts.create_transcript(
            self.settings,
            self.store,
            media_path=recording,
            media_name=recording.name,
            text=None,
            text_name=None,
            text_encoding=None,
            title=None,
            model="base",
            language=None,
            track=track,
            is_ours=False,
        )

    def hear(self, track: int | None = None) -> float:
        """What the job does before it recognises; tells when the first sound is heard, in ms."""
        row = self.store.transcript(self.id)
        row = recordings.change_track(self.settings, self.store, row, track)
        prepared = recordings.prepared_of(self.settings, self.store, row, Quiet())
        samples = media.read_samples(prepared.pcm_path, 0, prepared.duration_ms)
        return first_sound_ms(samples)

    def copied(self) -> float:
        """The job that makes the copy; tells when the first sound is heard in it, in ms."""
        job = next(job for job in self.store.jobs(self.id) if job.kind == COPY)
        jobs_browser_copy.copy_for_browsers(self.settings, self.store, job, Quiet())
        path = self.settings.data_dir / str(self.store.transcript(self.id).browser_copy_path)
        pcm_path = path.with_name("of-the-copy.wav")
        media.decode_to_pcm(path, pcm_path)
        return first_sound_ms(media.read_samples(pcm_path, 0, 3000))

    def peaks(self) -> bytes | None:
        return recordings.read_peaks(self.settings, self.id, level=4, start_ms=0, end_ms=3000)


@pytest.fixture
def three(tmp_path: Path) -> Path:
    spoken = (tone(48_000, 3, (at_s, 3)) for at_s in AT_S)
    return write_tracks(tmp_path / "talk.mkv", *spoken, names=("Anna", "Ben", ""))


@pytest.fixture
def library(tmp_path: Path, three: Path) -> Iterator[Library]:
    made = Library(tmp_path, three)
    yield made
    made.store.close()


def test_another_track_is_heard_played_and_kept(library: Library) -> None:
    assert library.hear() == pytest.approx(500, abs=30)
    assert library.copied() == pytest.approx(500, abs=30)
    row, peaks = library.store.transcript(library.id), library.peaks()
    assert (row.track, row.tracks) == (1, ["Anna, ger", "Ben, ger", "ger"])
    assert library.hear(3) == pytest.approx(2000, abs=30)
    row = library.store.transcript(library.id)
    assert (row.track, row.browser_copy_path) == (3, None)
    assert library.peaks() != peaks
    assert library.copied() == pytest.approx(2000, abs=30)
    # A clean-up of what can be made again does not change it.
    pcm_path = recordings.folder_of(library.settings, library.id) / PCM_FILE
    pcm_path.unlink()
    row = library.store.transcript(library.id)
    assert jobs_realign.is_decoded(library.settings, row, pcm_path, Quiet())
    assert first_sound_ms(media.read_samples(pcm_path, 0, 3000)) == pytest.approx(2000, abs=30)
    pcm_path.unlink()
    assert library.hear() == pytest.approx(2000, abs=30)


def test_a_copy_that_was_begun_of_another_track_is_made_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.hear()
    make = media.make_browser_copy

    def changed_meanwhile(*paths: Path, track: int | None, **more: object) -> None:
        make(*paths, track=track)
        if track == 1:
            row = library.store.transcript(library.id)
            recordings.change_track(library.settings, library.store, row, 2)

    monkeypatch.setattr(media, "make_browser_copy", changed_meanwhile)
    assert library.copied() == pytest.approx(1000, abs=30)


def test_a_silent_track_gives_way_in_the_copy_too(tmp_path: Path) -> None:
    silent, spoken = tone(48_000, 3), tone(48_000, 3, (1, 3))
    library = Library(tmp_path, write_tracks(tmp_path / "obs.mkv", silent, spoken))
    assert library.hear() == pytest.approx(1000, abs=30)
    row = library.store.transcript(library.id)
    assert (row.track, row.tracks) == (2, ["silent", ""])
    assert library.copied() == pytest.approx(1000, abs=30)
    library.store.close()


def test_a_track_is_chosen_from_the_start(tmp_path: Path, three: Path) -> None:
    library = Library(tmp_path, three, track=2)
    assert library.hear() == pytest.approx(1000, abs=30)
    with pytest.raises(InvalidValue, match=r"talk.mkv has 3 audio tracks; there is no track 4"):
        Library(tmp_path, three, track=4)
    library.store.close()


def test_who_has_a_track_is_heard_alone_and_all_are_played_together(tmp_path: Path) -> None:
    anna, ben = tone(48_000, 30, (1, 9), (20, 24)), tone(48_000, 30, (10, 19), (22, 26))
    session = write_tracks(tmp_path / "session.mkv", ben, anna, names=("Ben", "Anna"))
    library = Library(tmp_path, session)
    settings, store = library.settings, library.store
    params = TranscribeParams(speakers_by="auto")

    def find(params: TranscribeParams, *, is_begun: bool = False) -> Microphones | None:
        row = store.transcript(library.id)
        return microphones_for(settings, store, row, params, Quiet(), is_begun=is_begun)

    found = find(params)
    assert found is not None
    assert (found.names, found.tracks) == (("Anna", "Ben"), (2, 1))
    turns = store.project_rows(library.id)["voice_turns"]
    assert [(round(one["start_ms"], -3), one["voice"]) for one in turns] == [
        (1000, 0),
        (10000, 1),
        (20000, 0),
        (22000, 1),
    ]
    prepared = recordings.prepared_of(settings, store, store.transcript(library.id), Quiet())
    seconds = [(at, at + 1000) for at in (5_000, 15_000, 23_000)]

    def sounds(path: Path) -> list[bool]:
        return [bool(np.abs(media.read_samples(path, *span)).max() > 0.1) for span in seconds]

    assert sounds(prepared.pcm_path) == [True, True, True]
    assert [sounds(own.pcm_path) for own in found.own_sounds()] == [
        [True, False, True],
        [False, True, True],
    ]
    assert library.copied() == pytest.approx(1000, abs=30)
    copy = settings.data_dir / str(store.transcript(library.id).browser_copy_path)
    media.decode_to_pcm(copy, tmp_path / "copy.wav")
    assert sounds(tmp_path / "copy.wav") == [True, True, True]

    # Cut off, it goes on with what it found; recognised otherwise, one track is heard again.
    found_at = found.own_sounds()[0].pcm_path.stat().st_mtime_ns
    again = find(params, is_begun=True)
    assert again == found
    assert found.own_sounds()[0].pcm_path.stat().st_mtime_ns == found_at
    assert find(TranscribeParams()) is None
    assert not prepared.pcm_path.exists()
    assert store.transcript(library.id).browser_copy_path is None
    assert not list(prepared.pcm_path.parent.glob("person-*"))
    store.close()
