"""The first words of a long recording do not wait for the rest to be decoded, nor for a copy."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from editor import media
from editor.asr import Chunk, ModelCache, Progress, prepare, prepare_beginning
from editor.document import RecognisedWord
from editor.library import jobs_transcribe, recordings
from editor.library.align import NOTHING_RECOGNISED_MS
from editor.library.chunks import Transcription
from editor.store import Store
from tests.support.fresh import fresh_store
from tests.support.library import LINES, add_transcript, settings_for
from tests.support.media_files import tone, write_sound


class Quiet:
    """Progress that nobody looks at."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


class NoModel:
    """A keeper whose recogniser is never asked."""

    @contextmanager
    def recogniser(self, model: str, progress: Progress) -> Iterator[None]:
        yield None


@pytest.fixture
def long_recording(tmp_path: Path) -> Path:
    """Sound with pauses; in the beginning it is quieter than later, which moves what is silence."""
    spans = [(at, at + 6.5) for at in range(0, 330, 7)]
    samples = tone(8_000, 330, *spans)
    samples[:, : 60 * 8_000] //= 40
    noise = np.random.default_rng(1).integers(-60, 60, samples.shape)
    return write_sound(tmp_path / "long.wav", (samples + noise).astype(np.int16), 8_000)


def test_the_first_piece_is_the_same_before_the_rest_is_known(
    tmp_path: Path, long_recording: Path
) -> None:
    beginning = prepare_beginning(long_recording, tmp_path, Quiet())
    whole = prepare(long_recording, tmp_path, 330_000, Quiet())
    assert beginning is not None
    assert beginning.chunks == whole.chunks[:1]
    assert whole.chunks[0][0] == 0
    assert whole.chunks[-1][1] == 330_000
    assert all(a[1] == b[0] for a, b in zip(whole.chunks, whole.chunks[1:], strict=False))
    assert prepare_beginning(long_recording, tmp_path, Quiet()) is None


def test_a_short_recording_has_no_beginning_of_its_own(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "short.wav", tone(8_000, 95, (0, 90)), 8_000)
    assert prepare_beginning(path, tmp_path, Quiet()) is None


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Store]:
    store = fresh_store(settings_for(tmp_path / "data").database_url)
    yield store
    store.close()


def test_the_first_times_do_not_wait_for_the_rest(
    tmp_path: Path, long_recording: Path, library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path / "data")
    transcript_id = add_transcript(settings, library)
    recording = settings.data_dir / str(library.transcript(transcript_id).media_path)
    recording.write_bytes(long_recording.read_bytes())
    (recording.parent / "work.wav").unlink()
    first_is_timed = threading.Event()
    decode = media.decode_to_pcm

    def late(path: Path, pcm_path: Path, **options: Any) -> media.Decoded:
        if pcm_path.name == "work.wav":
            assert first_is_timed.wait(20)
        return decode(path, pcm_path, **options)

    heard_in: list[str] = []

    def hear(transcription: Transcription, progress: Progress) -> Generator[Chunk]:
        prepared = transcription.prepared
        for number, (start_ms, end_ms) in enumerate(prepared.chunks):
            if number in transcription.done():
                continue
            heard_in.append(prepared.pcm_path.name)
            said = " ".join(LINES).split() if number == 0 else ["Hey"]
            words = [
                RecognisedWord(
                    at, text, start_ms + 300 * at, start_ms + 300 * at + 250, 0.9, number
                )
                for at, text in enumerate(said)
            ]
            yield Chunk(number, start_ms, end_ms, "en", words)
            if library.transcript(transcript_id).recognised_until_ms > NOTHING_RECOGNISED_MS:
                first_is_timed.set()

    monkeypatch.setattr(media, "decode_to_pcm", late)
    monkeypatch.setattr(jobs_transcribe, "recognise_together", hear)
    monkeypatch.setattr(jobs_transcribe, "listen_for_doubts", lambda *_, **__: None)
    job = library.create_job("transcribe", transcript_id)
    jobs_transcribe.transcribe(
        settings,
        library,
        job,
        Quiet(),
        cast(ModelCache, NoModel()),
    )
    assert heard_in == ["beginning.wav", *["work.wav"] * (len(heard_in) - 1)]
    assert library.transcript(transcript_id).recognised_until_ms == 330_000
    assert len(library.recognised_chunks(transcript_id, job.id)) == len(heard_in) > 2
    assert not (recording.parent / "beginning.wav").exists()


def test_a_copy_is_asked_for_once_it_shows_that_one_is_needed(
    tmp_path: Path, library: Store
) -> None:
    settings = settings_for(tmp_path / "data")
    for name, codec, expected in (
        ("a.wav", None, []),
        ("a.mp3", {"abr": "1"}, [{"keeps_sound": True, "keeps_film": True}]),
    ):
        transcript_id = add_transcript(settings, library)
        recording = settings.data_dir / str(library.transcript(transcript_id).media_path)
        made = write_sound(tmp_path / name, tone(16_000, 3, (1, 2)), 16_000, codec_options=codec)
        recording.write_bytes(made.read_bytes())
        (recording.parent / "work.wav").unlink()
        recordings.prepared_of(settings, library, library.transcript(transcript_id), Quiet())
        jobs = library.jobs(transcript_id)
        assert [job.params for job in jobs if job.kind == "copy"] == expected
