from __future__ import annotations

import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from editor import media
from editor.errors import InvalidValue, JobCancelled, UnreadableMedia
from editor.media import browser_copy, decode, source
from tests.support.beeps import BEEP_AT_S, beeps, beeps_in
from tests.support.media_files import (
    OFF_CLOCK,
    first_sound_ms,
    tone,
    write_silent_video,
    write_sound,
    write_tracks,
)

Samples = NDArray[np.int16]


def decoded(path: Path) -> tuple[int, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    pcm_path = path.with_name("work.wav")
    duration_ms = decode.decode_to_pcm(path, pcm_path).duration_ms
    samples = media.read_samples(pcm_path, 0, duration_ms)
    assert len(samples) == duration_ms * 16
    return duration_ms, samples


# A tone at 1 s is heard at 1 s: encoder delays (25 ms in mp3, 21 ms in m4a, 6.5 ms in Opus) are
# taken off as players do.
@pytest.mark.parametrize(
    ("name", "rate_hz", "channels"),
    [
        ("a.wav", 44_100, 2),
        ("a.wav", 11_025, 1),
        ("a.wav", 96_000, 2),
        ("a.mp3", 44_100, 2),
        ("a.mp3", 22_050, 1),
        ("a.m4a", 44_100, 2),
        ("a.m4a", 48_000, 1),
        ("a.webm", 48_000, 2),
        ("a.opus", 48_000, 1),
        ("a.flac", 44_100, 1),
        ("a.aiff", 8_000, 1),
        ("a.mkv", 48_000, 2),
    ],
)
def test_sound_is_where_it_was_recorded(
    tmp_path: Path, name: str, rate_hz: int, channels: int
) -> None:
    path = write_sound(
        tmp_path / name, tone(rate_hz, 2.5, (1, 2), channels=channels), rate_hz=rate_hz
    )
    duration_ms, samples = decoded(path)
    assert first_sound_ms(samples) == pytest.approx(1000, abs=5)
    assert duration_ms == pytest.approx(2500, abs=30)
    assert np.abs(samples).max() == pytest.approx(0.6, abs=0.06)


def write_channels(path: Path, channels: Samples, rate_hz: int = 16_000) -> Path:
    """A WAV file that names none of its channels."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(channels.T.astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("count", [3, 4, 6, 8, 9, 16, 32])
def test_every_channel_is_heard_where_none_is_named(tmp_path: Path, count: int) -> None:
    channels = np.zeros((count, 1600 * count), dtype=np.int16)
    for number in range(count):
        channels[number, 1600 * number : 1600 * (number + 1)] = tone(16_000, 0.1, (0, 0.1))[0]
    path = write_channels(tmp_path / "mics.wav", channels)
    _, samples = decoded(path)
    loudest = np.abs(samples.reshape(count, 1600)[:, 400:1200]).max(axis=1)
    assert loudest == pytest.approx(0.6 / count, rel=0.1)
    (told,) = decode.decode_to_pcm(path, tmp_path / "w.wav").off_clock
    assert told == "browsers do not know its channels"


def test_channels_that_are_opposed_do_not_cancel_out(tmp_path: Path) -> None:
    left = tone(16_000, 2, (0.5, 1.5))[0]
    _, samples = decoded(write_channels(tmp_path / "opposed.wav", np.stack([left, -left])))
    assert first_sound_ms(samples) == pytest.approx(500, abs=30)
    assert np.abs(samples).max() == pytest.approx(0.6, abs=0.06)


TRACKS = [tone(48_000, 3, (at_s, 3)) for at_s in (0.5, 1, 2)]


@pytest.mark.parametrize("name", ["a.mkv", "a.m4a", "a.ts"])
def test_the_track_that_is_chosen_is_heard_and_played(tmp_path: Path, name: str) -> None:
    path = write_tracks(tmp_path / name, *TRACKS, names=("Anna", "Ben", ""))
    info = media.probe(path)
    no_titles = name == "a.ts"
    assert info.tracks == (("ger",) * 3 if no_titles else ("Anna, ger", "Ben, ger", "ger"))
    assert (len(info.tracks), info.track) == (3, 1)
    for number, at_ms in ((None, 500), (1, 500), (2, 1000), (3, 2000)):
        told = media.decode_to_pcm(path, tmp_path / "w.wav", track=number)
        samples = media.read_samples(tmp_path / "w.wav", 0, told.duration_ms)
        assert first_sound_ms(samples) == pytest.approx(at_ms, abs=30)
        assert told.track == (number or 1)
        media.make_browser_copy(path, tmp_path / "copy.m4a", track=number)
        assert first_sound_ms(decoded(tmp_path / "copy.m4a")[1]) == pytest.approx(at_ms, abs=30)


def test_a_track_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = write_tracks(tmp_path / "a.mkv", *TRACKS[:2])
    with pytest.raises(InvalidValue, match="has 2 audio tracks; there is no track 3"):
        source.probe(path).check_track("a.mkv", 3)
    with pytest.raises(UnreadableMedia, match="it has no audio track 3"):
        decode.decode_to_pcm(path, tmp_path / "w.wav", track=3)


def test_sound_is_looked_for_where_the_usual_track_is_silent(tmp_path: Path) -> None:
    silent = tone(48_000, 3)
    # A power switch clicks; nothing else is heard on that microphone.
    clicking = silent.copy()
    clicking[0, 48_000:49_000] = 20_000
    path = write_tracks(tmp_path / "a.m4a", clicking, silent, TRACKS[1], TRACKS[2])
    told = decode.decode_to_pcm(path, tmp_path / "w.wav")
    assert (told.track, told.silent_tracks, told.is_silent) == (3, (1, 2), False)
    assert first_sound_ms(decoded(path)[1]) == pytest.approx(1000, abs=30)
    chosen = decode.decode_to_pcm(path, tmp_path / "w.wav", track=1)
    assert (chosen.track, chosen.is_silent) == (1, True)
    none = write_tracks(tmp_path / "b.mkv", silent, silent)
    assert decode.decode_to_pcm(none, tmp_path / "w.wav").track == 1


def test_sound_that_goes_on_in_another_track_is_heard(tmp_path: Path) -> None:
    first, second = tone(48_000, 5, (1, 5)), tone(48_000, 6, (0, 4))
    for name in ("a.ts", "a.mkv"):
        path = write_tracks(tmp_path / name, first, second, late_s=(0, 5))
        told = decode.decode_to_pcm(path, tmp_path / "w.wav")
        assert told.went_on_in == (2,)
        assert not told.keeps_sound
        duration_ms, samples = decoded(path)
        assert duration_ms == pytest.approx(11_000, abs=100)
        loud = np.abs(samples[: 100 * 1600]).reshape(-1, 1600)[:, 800:].max(axis=1) > 0.2
        assert np.flatnonzero(loud).tolist() == list(range(10, 90))


def test_a_track_beside_the_one_that_is_heard_never_takes_its_place(tmp_path: Path) -> None:
    whole = tone(48_000, 8, (0, 8))
    short = write_tracks(tmp_path / "b.ts", whole[:, : 48_000 * 4], whole)
    told = decode.decode_to_pcm(short, tmp_path / "w.wav")
    assert told.went_on_in == ()
    assert told.duration_ms == pytest.approx(4000, abs=100)
    joined = tmp_path / "c.ts"
    joined.write_bytes(short.read_bytes() * 2)
    assert decode.decode_to_pcm(joined, tmp_path / "w.wav").went_on_in == ()


# The encoder's delay is not written into the file, so no player can take it off.
def test_windows_media_is_late_by_its_encoder_only(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wma", tone(44_100, 2.5, (1, 2)), 44_100)
    assert first_sound_ms(decoded(path)[1]) == pytest.approx(1000, abs=50)


@pytest.mark.parametrize(
    ("name", "codec", "video_codec"),
    [("a.mp4", "aac", "libx264"), ("a.webm", "libopus", "libvpx"), ("a.mkv", "aac", "mpeg4")],
)
def test_late_sound_track_begins_with_silence(
    tmp_path: Path, name: str, codec: str, video_codec: str
) -> None:
    path = write_sound(
        tmp_path / name,
        tone(48_000, 3, (1, 2)),
        48_000,
        codec=codec,
        late_s=2,
        video_s=5,
        video_codec=video_codec,
    )
    duration_ms, samples = decoded(path)
    assert first_sound_ms(samples) == pytest.approx(3000, abs=5)
    assert duration_ms == pytest.approx(5000, abs=30)


def test_lost_packets_do_not_shift_what_follows(tmp_path: Path) -> None:
    path = write_sound(
        tmp_path / "gap.webm", tone(48_000, 9, (8, 8.5)), 48_000, gaps_s=((2, 3), (5, 7))
    )
    duration_ms, samples = decoded(path)
    assert first_sound_ms(samples) == pytest.approx(8000, abs=5)
    assert duration_ms == pytest.approx(9000, abs=20)


def test_format_may_change_in_the_middle(tmp_path: Path) -> None:
    first = write_sound(tmp_path / "1.mp3", tone(44_100, 2, channels=2), 44_100).read_bytes()
    second = write_sound(tmp_path / "2.mp3", tone(44_100, 2, (1, 2)), 44_100).read_bytes()
    (tmp_path / "both.mp3").write_bytes(first + second)
    duration_ms, samples = decoded(tmp_path / "both.mp3")
    assert duration_ms == pytest.approx(4000, abs=120)
    assert first_sound_ms(samples) == pytest.approx(3000, abs=120)


@pytest.mark.parametrize("suffix", [".mp3", ".wav", ".webm", ".flac"])
def test_truncated_recording_gives_what_is_there(tmp_path: Path, suffix: str) -> None:
    whole = write_sound(tmp_path / f"a{suffix}", tone(48_000, 3, (0.5, 3)), 48_000).read_bytes()
    (tmp_path / f"part{suffix}").write_bytes(whole[: len(whole) * 2 // 3])
    duration_ms, samples = decoded(tmp_path / f"part{suffix}")
    assert 1000 < duration_ms < 2900
    assert first_sound_ms(samples) == pytest.approx(500, abs=5)


def test_damage_in_the_middle_is_stepped_over(tmp_path: Path) -> None:
    data = bytearray(write_sound(tmp_path / "a.mp3", tone(44_100, 6, (5, 6)), 44_100).read_bytes())
    data[20_000:30_000] = bytes(10_000)
    (tmp_path / "damaged.mp3").write_bytes(data)
    assert decoded(tmp_path / "damaged.mp3")[0] > 4000


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.mp3", b"", "it is empty (0 bytes)."),
        ("text.mp3", b"no sound here\n" * 500, "it is not a recording"),
        ("text.txt", b"no sound here\n" * 500, "it is not a recording"),
        ("list.mp3", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\na.wav\n", "not a recording"),
        ("zeros.wav", bytes(5000), "it is not a recording"),
    ],
)
def test_what_is_no_recording_is_refused(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableMedia) as caught:
        decode.decode_to_pcm(tmp_path / name, tmp_path / "work.wav")
    assert reason in str(caught.value)
    assert caught.value.advice
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match="there is no such file"):
        source.probe(tmp_path / "none.mp3")
    with pytest.raises(UnreadableMedia, match="it is a folder"):
        source.probe(tmp_path)


def test_video_without_sound_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match="it has no audio track"):
        source.probe(write_silent_video(tmp_path / "a.mp4"))


def test_mp4_cut_off_before_its_index_says_so(tmp_path: Path) -> None:
    whole = write_sound(tmp_path / "a.m4a", tone(48_000, 2, (0, 2)), 48_000).read_bytes()
    (tmp_path / "part.m4a").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableMedia, match=r"it was cut off: about \d\d% of it are there"):
        source.probe(tmp_path / "part.m4a")


def test_fragments_that_are_cut_off_anywhere_give_what_is_there(tmp_path: Path) -> None:
    options = {"movflags": "frag_keyframe+empty_moov", "frag_duration": "1000000"}
    sound = tone(48_000, 5, (0.5, 5))
    whole = write_sound(tmp_path / "a.m4a", sound, 48_000, options=options).read_bytes()
    head = whole.index(b"moof", whole.index(b"moof", whole.index(b"moof") + 4) + 4) - 4
    body = whole.index(b"mdat", head)
    for end in (head + 6, head + 40, body - 2, body + 900):
        path = tmp_path / "part: ,,:.m4a"
        path.write_bytes(whole[:end])
        assert source.probe(path).audio_codec == "aac"
        duration_ms, samples = decoded(path)
        assert 1900 <= duration_ms <= 3000
        assert first_sound_ms(samples) == pytest.approx(500, abs=30)


def test_protected_and_unfinished_recordings_are_told(tmp_path: Path) -> None:
    whole = write_sound(tmp_path / "a.m4a", tone(48_000, 2, (0, 2)), 48_000).read_bytes()
    entry = whole.index(b"mp4a" + bytes(6) + b"\0\1")
    for kind in (b"enca", b"drms"):
        (tmp_path / "b.m4a").write_bytes(whole[:entry] + kind + whole[entry + 4 :])
        with pytest.raises(UnreadableMedia, match="it is protected: its sound is encrypted"):
            source.probe(tmp_path / "b.m4a")
    body = whole.index(b"mdat") - 4
    index = whole.index(b"moov") - 4
    for unfinished in (whole[:index], whole[:body] + bytes(4) + whole[body + 4 : index]):
        (tmp_path / "c.m4a").write_bytes(unfinished)
        with pytest.raises(UnreadableMedia, match="it was never finished"):
            source.probe(tmp_path / "c.m4a")


def test_a_recording_of_a_speech_corpus_is_heard(tmp_path: Path) -> None:
    told = "channel_count -i 1\nsample_count -i 32000\nsample_rate -i 16000\n"
    head = f"NIST_1A\n   1024\n{told}sample_n_bytes -i 2\nsample_byte_format -s2 01\nend_head\n"
    samples = tone(16_000, 2, (1, 2))[0]
    path = tmp_path / "a.sph"
    path.write_bytes(head.encode().ljust(1024) + samples.astype("<i2").tobytes())
    assert first_sound_ms(decoded(path)[1]) == pytest.approx(1000, abs=5)


def test_wrong_name_does_not_matter(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.flac", tone(44_100, 2, (1, 2)), 44_100)
    misnamed = path.rename(tmp_path / "http:a.mp3")
    assert source.probe(misnamed).container == "flac"
    assert first_sound_ms(decoded(misnamed)[1]) == pytest.approx(1000, abs=5)


def test_damaged_clock_does_not_fill_the_disk(tmp_path: Path) -> None:
    path = write_sound(
        tmp_path / "a.mka",
        tone(48_000, 2, (1, 2)),
        48_000,
        codec="aac",
        container_format="matroska",
        jump_s=20 * 86_400,
    )
    assert decoded(path)[0] == pytest.approx(2000, abs=100)


def test_sound_in_an_unknown_format_is_refused(tmp_path: Path) -> None:
    data = write_sound(tmp_path / "a.wav", tone(16_000, 1), 16_000).read_bytes()
    # The format tag at byte 20 of a WAV file: no decoder knows number 0x7777.
    (tmp_path / "odd.wav").write_bytes(data[:20] + b"\x77\x77" + data[22:])
    with pytest.raises(UnreadableMedia, match=r"cannot be decoded|not a recording"):
        decode.decode_to_pcm(tmp_path / "odd.wav", tmp_path / "work.wav")


def test_cancelled_work_leaves_no_file(tmp_path: Path) -> None:
    def cancel(decoded_ms: int) -> None:
        raise JobCancelled("1")

    path = write_sound(tmp_path / "a.wav", tone(16_000, 7), 16_000)
    with pytest.raises(JobCancelled):
        decode.decode_to_pcm(path, tmp_path / "work.wav", on_progress=cancel)
    with pytest.raises(JobCancelled):
        browser_copy.make_browser_copy(path, tmp_path / "copy.m4a", on_progress=cancel)
    assert list(tmp_path.iterdir()) == [path]


def test_progress_grows_to_the_duration(tmp_path: Path) -> None:
    seen: list[int] = []
    path = write_sound(tmp_path / "a.wav", tone(8_000, 12), 8_000)
    duration_ms = decode.decode_to_pcm(
        path, tmp_path / "w.wav", on_progress=seen.append
    ).duration_ms
    assert len(seen) >= 3
    assert seen == sorted(seen)
    assert seen[-1] == duration_ms == 12_000


def test_work_file_is_a_wav_file(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", tone(44_100, 1.5, (0.5, 1)), 44_100)
    duration_ms = decode.decode_to_pcm(path, tmp_path / "w.wav").duration_ms
    with wave.open(str(tmp_path / "w.wav")) as file:
        form = (file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes())
    assert form == (16_000, 1, 2, 24_000)
    assert media.pcm_duration_ms(tmp_path / "w.wav") == duration_ms == 1500
    assert len(media.read_samples(tmp_path / "w.wav", 1400, 9000)) == 1600
    assert len(media.read_samples(tmp_path / "w.wav", 2000, 9000)) == 0


@pytest.mark.parametrize(
    ("name", "codec", "is_playable"),
    [
        ("a.mp3", None, True),
        ("a.m4a", None, True),
        ("a.wav", None, True),
        ("a.wav", "adpcm_ms", False),
        ("a.opus", None, True),
        ("a.flac", None, True),
        ("a.webm", None, True),
        ("a.m4a", "alac", False),
        ("a.wma", None, False),
        ("a.aiff", None, False),
        ("a.mkv", None, False),
    ],
)
def test_probe_knows_what_browsers_play(
    tmp_path: Path, name: str, codec: str | None, is_playable: bool
) -> None:
    info = source.probe(write_sound(tmp_path / name, tone(48_000, 1), 48_000, codec=codec))
    assert info.is_browser_playable is is_playable
    assert info.has_video is False
    assert info.frame_us is None
    assert info.duration_ms == pytest.approx(1000, abs=60)


@pytest.mark.parametrize(
    ("name", "video_codec", "is_playable"),
    [("a.mp4", "libx264", True), ("a.mp4", "libx265", False), ("a.mp4", "mpeg4", False)],
)
def test_probe_looks_at_the_picture_too(
    tmp_path: Path, name: str, video_codec: str, is_playable: bool
) -> None:
    path = write_sound(tmp_path / name, tone(48_000, 1), 48_000, video_s=1, video_codec=video_codec)
    info = source.probe(path)
    assert info.has_video
    assert info.frame_us == 40_000
    assert info.is_browser_playable is is_playable


@pytest.mark.parametrize("late_s", [0.0, 1.5])
def test_playable_copy_keeps_all_times(tmp_path: Path, late_s: float) -> None:
    path = write_sound(
        tmp_path / "a.mkv", tone(48_000, 7, (1, 2)), 48_000, late_s=late_s, video_s=7
    )
    seen: list[int] = []
    browser_copy.make_browser_copy(path, tmp_path / "copy.m4a", on_progress=seen.append)
    info = source.probe(tmp_path / "copy.m4a")
    assert (info.container, info.audio_codec, info.has_video) == ("mp4", "aac", False)
    assert info.is_browser_playable
    assert info.duration_ms == pytest.approx(7000 + late_s * 1000, abs=30)
    assert first_sound_ms(decoded(tmp_path / "copy.m4a")[1]) == pytest.approx(
        1000 + late_s * 1000, abs=5
    )
    assert seen


@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m4a", "a.opus", "a.webm", "a.flac"])
def test_a_clock_that_browsers_read_alike_costs_no_copy(
    tmp_path: Path, name: str, rate_hz: int
) -> None:
    path = write_sound(tmp_path / name, tone(rate_hz, 6, (1, 2)), rate_hz)
    told = decode.decode_to_pcm(path, tmp_path / "w.wav")
    assert (told.off_clock, told.keeps_sound, told.keeps_film) == ((), True, True)


@pytest.mark.parametrize(("name", "make", "reason"), OFF_CLOCK, ids=[row[0] for row in OFF_CLOCK])
def test_a_clock_that_browsers_read_otherwise_is_told_and_right_in_the_copy(
    tmp_path: Path, name: str, make: Callable[[Path, Samples], object], reason: str
) -> None:
    make(tmp_path / name, beeps(6.9, 48_000))
    told = decode.decode_to_pcm(tmp_path / name, tmp_path / "w.wav")
    assert reason in "; ".join(told.off_clock)
    sentence = f"The timestamps of {name} jump; times continue there without the gap."
    assert list(media.decoded_remarks(name, told)) == [sentence] * (
        "its clock jumps" in told.off_clock
    )
    copy = tmp_path / "copy.m4a"
    browser_copy.make_browser_copy(tmp_path / name, copy, keeps_sound=told.keeps_sound)
    again = decode.decode_to_pcm(copy, tmp_path / "w2.wav")
    assert again.off_clock == ()
    assert again.duration_ms == pytest.approx(told.duration_ms, abs=60)
    first, second = (
        dict(beeps_in(media.read_samples(tmp_path / work, 0, 99_000), 16_000))
        for work in ("w.wav", "w2.wav")
    )
    assert len(first) >= 5
    assert first.keys() == second.keys()
    assert max(abs(first[k] - second[k]) for k in first) * 1000 <= 5
    if not told.keeps_film or name != "damaged.m4a":
        assert max(abs(at - k - BEEP_AT_S) for k, at in first.items()) * 1000 <= 60


@pytest.mark.parametrize(
    ("name", "codec", "video_codec", "suffix"),
    [
        ("a.mkv", "aac", "libx264", ".mp4"),
        ("a.ts", "mp2", "libx264", ".mp4"),
        ("a.flv", "aac", "libx264", ".mp4"),
        ("a.mov", "pcm_s16le", "libx264", ".mp4"),
        ("a.mkv", "ac3", "libx264", ".mp4"),
        ("a.mkv", "libopus", "libvpx", ".webm"),
        ("a.mkv", "libopus", "libvpx-vp9", ".mp4"),
        ("a.mkv", "aac", "mpeg4", ".m4a"),
    ],
)
def test_a_film_is_kept_in_its_copy_where_browsers_show_it(
    tmp_path: Path, name: str, codec: str, video_codec: str, suffix: str
) -> None:
    kinds = {".ts": "mpegts", ".flv": "flv", ".mov": "mov", ".mkv": "matroska"}
    path = write_sound(
        tmp_path / name,
        tone(48_000, 4, (1, 2)),
        48_000,
        codec=codec,
        container_format=kinds[Path(name).suffix],
        late_s=0.5,
        video_s=4.5,
        video_codec=video_codec,
    )
    assert source.probe(path).copy_suffix == suffix
    copy = tmp_path / f"copy{suffix}"
    told = decode.decode_to_pcm(path, tmp_path / "w.wav")
    browser_copy.make_browser_copy(path, copy, keeps_sound=told.keeps_sound)
    info = source.probe(copy)
    assert info.is_browser_playable
    assert info.video_codec == {"libx264": "h264", "libvpx": "vp8", "libvpx-vp9": "vp9"}.get(
        video_codec
    )
    used = first_sound_ms(media.read_samples(tmp_path / "w.wav", 0, 9000))
    assert first_sound_ms(decoded(copy)[1]) == pytest.approx(used, abs=5)


def test_silences_are_the_pauses_of_a_noisy_room(tmp_path: Path) -> None:
    samples = tone(16_000, 6, (1, 2), (2.08, 3), (3.5, 5))
    noise = np.random.default_rng(1).integers(-200, 200, samples.shape)
    path = write_sound(tmp_path / "a.wav", (samples + noise).astype(np.int16), 16_000)
    decode.decode_to_pcm(path, tmp_path / "w.wav")
    assert media.silences(tmp_path / "w.wav") == [(0, 1000), (3000, 3500), (5000, 6000)]


def test_filled_gap_does_not_hide_the_pauses(tmp_path: Path) -> None:
    samples = tone(16_000, 10, (6, 8), (8.5, 10)).astype(np.int32)
    samples[:, 6 * 16_000 :] += np.random.default_rng(1).integers(-200, 200, (1, 4 * 16_000))
    path = write_sound(tmp_path / "a.wav", samples.astype(np.int16), 16_000)
    decode.decode_to_pcm(path, tmp_path / "w.wav")
    assert media.silences(tmp_path / "w.wav") == [(0, 6000), (8000, 8500)]


def test_steady_tone_has_no_silence_and_silence_is_one(tmp_path: Path) -> None:
    decode.decode_to_pcm(
        write_sound(tmp_path / "a.wav", tone(16_000, 2, (0, 2)), 16_000), tmp_path / "w.wav"
    )
    assert media.silences(tmp_path / "w.wav") == []
    decode.decode_to_pcm(
        write_sound(tmp_path / "b.wav", tone(16_000, 2), 16_000), tmp_path / "w.wav"
    )
    assert media.silences(tmp_path / "w.wav") == [(0, 2000)]


def test_chunks_are_cut_in_silence() -> None:
    silences = [(at, at + 400) for at in range(7_000, 600_000, 7_000)]
    cut = media.cut_chunks(silences, 600_000)
    assert cut[0] == (0, 28_200)
    assert cut[0][0] == 0
    assert cut[-1][1] == 600_000
    assert all(a[1] == b[0] for a, b in pairwise(cut))
    assert all((end - 200, end + 200) in silences for _, end in cut[:-1])
    assert all(100_000 < end - start <= 180_000 for start, end in cut[1:-1])


@pytest.mark.parametrize(
    ("silences", "duration_ms", "expected"),
    [
        ([], 0, []),
        ([], 40_000, [(0, 40_000)]),
        ([], 400_000, [(0, 90_000), (90_000, 270_000), (270_000, 400_000)]),
        # A long pause is cut half a second from speech, or at the best place inside it.
        ([(10_000, 26_000)], 60_000, [(0, 25_500), (25_500, 60_000)]),
        ([(10_000, 56_000)], 60_000, [(0, 30_000), (30_000, 60_000)]),
        # A real pause further off is better than a tiny one at the ideal place.
        ([(30_900, 31_050), (33_000, 34_000)], 60_000, [(0, 33_500), (33_500, 60_000)]),
    ],
)
def test_chunks(
    silences: list[tuple[int, int]], duration_ms: int, expected: list[tuple[int, int]]
) -> None:
    assert media.cut_chunks(silences, duration_ms) == expected


def test_peaks_show_the_sound_at_each_level(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", tone(16_000, 62.5, (61, 62)), 16_000)
    decode.decode_to_pcm(path, tmp_path / "w.wav")
    media.write_peaks(tmp_path / "w.wav", tmp_path / "a.peaks")
    seconds = np.frombuffer(media.read_peaks(tmp_path / "a.peaks", 1, 0, 99_000), np.int8)
    assert seconds.reshape(-1, 2).tolist() == [[0, 0]] * 61 + [[-77, 77], [0, 0]]
    tenths = media.read_peaks(tmp_path / "a.peaks", 20, 60_950, 61_050)
    assert np.frombuffer(tenths, np.int8).tolist() == [0, 0, -77, 77]
    assert len(media.read_peaks(tmp_path / "a.peaks", 100, 1_000, 2_000)) == 200
    assert media.read_peaks(tmp_path / "a.peaks", 4, 70_000, 80_000) == b""


def test_unknown_peak_level_is_refused(tmp_path: Path) -> None:
    decode.decode_to_pcm(
        write_sound(tmp_path / "a.wav", tone(16_000, 1), 16_000), tmp_path / "w.wav"
    )
    media.write_peaks(tmp_path / "w.wav", tmp_path / "a.peaks")
    with pytest.raises(InvalidValue, match="one of 100, 20, 4, 1, not 7"):
        media.read_peaks(tmp_path / "a.peaks", 7, 0, 1)
