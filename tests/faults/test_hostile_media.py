"""Recordings made to do harm, and damaged ones: refused with a reason, and nothing else happens."""

from __future__ import annotations

import sys
import wave
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from editor import media
from editor.errors import JobCancelled, UnreadableMedia
from editor.media import decode, limits, sandbox, source
from tests.support.chance import examples
from tests.support.media_files import tone, write_sound

IN_A_CHILD = """
import os, sys, time
from editor.media import sandbox_child
def harm(path, *out):
    {harm}
sandbox_child.TASKS["probe"] = sandbox_child.TASKS["decode"] = harm
sandbox_child.main(sys.argv[1:])
"""


def child_does(harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the decoder do this, as one with a hole in it might."""
    monkeypatch.setattr(sandbox, "_CHILD", [sys.executable, "-c", IN_A_CHILD.format(harm=harm)])


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "talk.wav", tone(8_000, 20), 8_000)


def test_a_decoder_that_crashes_is_told_as_a_bad_file(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_does("os.abort()", monkeypatch)
    with pytest.raises(UnreadableMedia, match=r"^talk.wav: the decoder crashed \("):
        media.probe(recording)


def test_a_decoder_that_never_ends_is_ended(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_does("time.sleep(600)", monkeypatch)
    monkeypatch.setattr(sandbox, "PROBE_S", 2.0)
    with pytest.raises(UnreadableMedia, match=r"the decoder stopped responding for 2 s"):
        media.probe(recording)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold to the limit")
def test_a_decoder_that_takes_all_memory_is_refused_it(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_does("bytearray(3 * 1024**3)", monkeypatch)
    with pytest.raises(UnreadableMedia, match="decoding it needs too much memory"):
        media.probe(recording)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_file_that_grows_without_end_is_ended(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_does(
        "file = open(out[0], 'wb'); file.truncate(2 ** 40)",
        monkeypatch,
    )
    with pytest.raises(OSError, match="File too large"):
        media.decode_to_pcm(recording, tmp_path / "work.wav")


def test_what_cancels_decoding_leaves_nothing(recording: Path, tmp_path: Path) -> None:
    def cancel(at_ms: int) -> None:
        raise JobCancelled("j")

    with pytest.raises(JobCancelled):
        media.decode_to_pcm(recording, tmp_path / "work.wav", on_progress=cancel)
    with pytest.raises(JobCancelled):
        media.make_browser_copy(recording, tmp_path / "copy.m4a", on_progress=cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["talk.wav"]


def test_in_its_own_process_the_same_is_decoded(recording: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    here, apart_ = tmp_path / "here.wav", tmp_path / "apart.wav"
    duration_ms = media.decode_to_pcm(recording, apart_, on_progress=seen.append).duration_ms
    assert duration_ms == decode.decode_to_pcm(recording, here).duration_ms == 20_000
    assert here.read_bytes() == apart_.read_bytes()
    assert seen == sorted(seen)
    assert seen[-1] == 20_000
    assert media.probe(recording) == source.probe(recording)
    media.make_browser_copy(recording, tmp_path / "copy.m4a")
    assert media.probe(tmp_path / "copy.m4a").audio_codec == "aac"


def test_a_reason_comes_back_whole(tmp_path: Path) -> None:
    (tmp_path / "grüße.mp3").write_bytes(b"")
    with pytest.raises(UnreadableMedia) as caught:
        media.probe(tmp_path / "grüße.mp3")
    assert caught.value.facts() == {
        "name": "grüße.mp3",
        "reason": "it is empty (0 bytes).",
        "advice": "Copy it again from where it was recorded.",
    }


def test_sound_without_end_is_refused(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_MS", 12_000)
    with pytest.raises(UnreadableMedia, match=r"it is longer than 24 hours. Cut it"):
        decode.decode_to_pcm(recording, tmp_path / "work.wav")
    assert [path.name for path in tmp_path.iterdir()] == ["talk.wav"]


def test_a_container_of_very_many_streams_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.mkv"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=8000) for _ in range(101)]
        for stream in streams:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 100), "<i2"), "s16", "mono")
            frame.sample_rate = 8000
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    with pytest.raises(UnreadableMedia, match="it has over 100 streams"):
        source.probe(path)


def test_a_header_that_claims_a_thousand_hours_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "claims.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(8000))
    data = bytearray(path.read_bytes())
    data[40:44] = data[4:8] = b"\xf0\xff\xff\xff"
    path.write_bytes(data)
    assert decode.decode_to_pcm(path, tmp_path / "work.wav").duration_ms == 1000


def seeds() -> list[tuple[str, str | None]]:
    return [("a.wav", None), ("a.flac", "flac"), ("a.m4a", "aac"), ("a.opus", "libopus")]


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A second of sound in several formats."""
    folder = tmp_path_factory.mktemp("seeds")
    made = []
    for name, codec in seeds():
        made.append(write_sound(folder / name, tone(16_000, 1), 16_000, codec=codec).read_bytes())
    return made


@examples(40, HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
@given(data=st.data())
def test_damaged_recordings_are_decoded_or_refused(
    whole_files: list[bytes], tmp_path: Path, data: st.DataObject
) -> None:
    changed = bytearray(data.draw(st.sampled_from(whole_files)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, 300) | st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del changed[data.draw(st.integers(0, len(changed))) :]
    path = tmp_path / "damaged"
    path.write_bytes(changed)
    duration_ms = 0
    with suppress(UnreadableMedia):
        source.probe(path)
        duration_ms = decode.decode_to_pcm(path, tmp_path / "work.wav").duration_ms
    assert 0 <= duration_ms <= limits.MOST_MS
