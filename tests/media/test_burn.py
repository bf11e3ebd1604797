"""Captions drawn into a film: read back by FFmpeg, in the colours and where they belong."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from click.testing import CliRunner
from numpy.typing import NDArray

from editor.cli import cli
from editor.errors import InvalidValue, UnreadableMedia
from editor.media import burn
from editor.media.drawn_text import check_letters, drawn
from tests.support.media_files import write_sound

SRT = """\
1
00:00:00,500 --> 00:00:01,000
Ann: Hello there

2
00:00:01,000 --> 00:00:01,500
Ben: مرحبا بالعالم
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds, dark and silent, 320 by 180."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=5, options={"preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = 320, 180, "yuv420p"
        sound = out.add_stream("aac", rate=16_000, layout="mono")
        for number in range(10):
            dark = np.full((180, 320, 3), 40, np.uint8)
            frame = VideoFrame.from_ndarray(dark, format="rgb24")
            frame.pts = number
            out.mux(picture.encode(frame))
        silence = AudioFrame.from_ndarray(np.zeros((1, 32_000), np.int16), layout="mono")
        silence.sample_rate = 16_000
        out.mux(sound.encode(silence))
        for stream in (picture, sound):
            out.mux(stream.encode(None))
    return path


def pictures(path: Path) -> dict[int, NDArray[np.uint8]]:
    """The frames of a film by their times in ms: (height, width, red green blue)."""
    with av.open(str(path)) as container:
        return {
            round(1000 * frame.time): frame.to_ndarray(format="rgb24").astype(np.uint8)
            for frame in container.decode(video=0)
            if frame.time is not None
        }


def sound(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def test_captions_are_in_the_picture_while_they_last_in_the_colour_of_who_speaks(
    film: Path, tmp_path: Path
) -> None:
    captions, copy = tmp_path / "talk.srt", tmp_path / "new.mp4"
    captions.write_text(SRT, "utf-8")
    asked = ["--into", film, "--burn-in", "--speaker-colours", "-o", copy]
    result = CliRunner().invoke(cli, ["convert", str(captions), *map(str, asked)])
    assert result.exit_code == 0, result.output
    found, before = pictures(copy), pictures(film)
    assert found.keys() == before.keys()
    assert sound(copy) == sound(film)
    for at in (200, 1800):
        assert np.allclose(found[at], before[at], atol=30)
    half = len(found[800]) // 2
    assert np.allclose(found[800][:half], before[800][:half], atol=30)
    assert found[800].reshape(-1, 3).max(axis=0).min() > 180
    dots = found[1200].reshape(-1, 3)
    red, _, blue = dots[dots[:, 1] > 180].mean(axis=0)
    assert blue < red - 60


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--burn-in", "-o", "a.mp4"], "--burn-in needs --into FILM."),
        (["--speaker-colours"], "--speaker-colours needs --burn-in."),
        (["--burn-in", "--into", "film.mp4", "-o", "a.mp3"], "name the copy one of *.mp4"),
        (["--burn-in", "--into", "film.mp4", "-o", "film.mp4"], "the copy would replace the film"),
        (["--burn-in", "--into", "film.mp4", "-o", "a.webm"], "Name the copy *.mkv."),
        (["--burn-in", "--into", "sound.wav", "-o", "a.mp4"], "it has no picture."),
    ],
)
def test_what_cannot_be_drawn_is_told(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("film.mp4").write_bytes(film.read_bytes())
    write_sound(Path("sound.wav"), np.zeros((1, 1600), np.int16), 16_000)
    Path("talk.srt").write_text(SRT, "utf-8")
    result = CliRunner().invoke(cli, ["convert", "talk.srt", *arguments])
    assert result.exit_code != 0
    assert says in str(result.exception) + result.output


def test_letters_that_no_font_has_are_told_before_anything_is_drawn(
    film: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "new.mp4"
    with pytest.raises(InvalidValue, match="no font of this computer has \U00012000"):
        burn(film, copy, [(0, 500, [("Sumer \U00012000", "#ffffff")])])
    assert not copy.exists()
    check_letters(["Grüße, świat 123"])


def test_a_line_too_wide_is_drawn_smaller() -> None:
    picture = drawn([("MW " * 60, "#ffffff"), ("short", "#ffffff")], 640, 180)
    alpha = picture.to_ndarray(format="rgba")[..., 3]
    columns = np.flatnonzero(alpha.any(axis=0))
    assert columns[0] > 10
    assert columns[-1] < 630


def test_no_film_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no film at all")
    with pytest.raises(UnreadableMedia):
        burn(path, tmp_path / "new.mp4", [])


def test_a_film_whose_times_go_back_is_not_sent_from_mkv_to_mkv(tmp_path: Path) -> None:
    path = tmp_path / "part.ts"
    with av.open(str(path), "w", format="mpegts") as out:
        picture = out.add_stream("mpeg2video", rate=25)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        heard = out.add_stream("mp2", rate=16_000, layout="mono")
        for number in range(3):
            frame = VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            frame.pts = number
            out.mux(picture.encode(frame))
        silence = AudioFrame.from_ndarray(np.zeros((1, 4000), np.int16), layout="mono")
        silence.sample_rate = 16_000
        out.mux(heard.encode(silence))
        for stream in (picture, heard):
            out.mux(stream.encode(None))
    path.write_bytes(path.read_bytes() * 3)
    with pytest.raises(UnreadableMedia, match="Save the film anew"):
        burn(path, tmp_path / "a.mkv", [(0, 100, [("a", "#ffffff")])])
