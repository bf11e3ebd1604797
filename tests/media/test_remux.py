"""Captions and chapters in a copy of a film: read back by FFmpeg, all else as it was."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner

from editor.cli import cli
from editor.errors import UnreadableMedia
from editor.media import Additions, remux
from tests.support.media_files import write_sound

CAPTIONS = [(500, 2500, "Ann: Hi\nمرحبا & <b>"), (2000, 3000, "Ben: bye")]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    sound = np.zeros((1, 4 * 16_000), np.int16)
    return write_sound(folder / "film.mp4", sound, 16_000, video_s=4)


def packets(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as container:
        (stream,) = (one for one in container.streams if one.type == kind)
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


def shown(path: Path) -> tuple[list[tuple[int, int, str]], str | None]:
    """The captions of a film's only such track, from the first frame on, and its language."""
    with av.open(str(path)) as container:
        (stream,) = container.streams.subtitles
        found = []
        starts = [
            packet.pts * packet.time_base
            for packet in container.demux(container.streams.video[0])
            if packet.pts is not None
        ]
        container.seek(0)
        for packet in container.demux(stream):
            if packet.pts is None or not packet.duration:
                continue
            text = bytes(packet)[2 if stream.codec_context.name == "mov_text" else 0 :].decode()
            at = packet.pts * packet.time_base - min(starts)
            if text:
                end = at + packet.duration * packet.time_base
                found.append((round(1000 * at), round(1000 * end), text))
        return found, stream.language


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_captions_are_a_track_and_nothing_is_encoded_anew(
    film: Path, tmp_path: Path, suffix: str
) -> None:
    copy = tmp_path / f"copy{suffix}"
    assert remux(film, copy, Additions(CAPTIONS, language="ara", name="Arabic")) == []
    assert packets(copy, "video") == packets(film, "video")
    assert packets(copy, "audio") == packets(film, "audio")
    found, language = shown(copy)
    assert language == "ara"
    if suffix == ".mkv":
        assert found == CAPTIONS
    else:
        # MP4 shows one at a time.
        assert found == [
            (500, 2000, CAPTIONS[0][2]),
            (2000, 2500, f"{CAPTIONS[0][2]}\nBen: bye"),
            (2500, 3000, "Ben: bye"),
        ]


def test_chapters_stand_in_a_copy_of_the_sound(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.mp3", np.zeros((1, 4 * 16_000), np.int16), 16_000)
    remux(sound, tmp_path / "b.mp3", Additions(chapters=[(0, "Öne"), (2000, "عربي")]))
    assert packets(tmp_path / "b.mp3", "audio") == packets(sound, "audio")
    with av.open(str(tmp_path / "b.mp3")) as container:
        told = [
            (one["start"], one["end"], one["metadata"]["title"]) for one in container.chapters()
        ]
    assert told == [(0, 2000, "Öne"), (2000, 4000, "عربي")]


def test_a_copy_that_cannot_hold_the_film_is_refused(film: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match=r"cannot stand in a \.webm file"):
        remux(film, tmp_path / "copy.webm", Additions(CAPTIONS))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a.mp4").write_bytes(film.read_bytes()[:2000])
    with pytest.raises(UnreadableMedia):
        remux(tmp_path / "a.mp4", tmp_path / "copy.mp4", Additions(CAPTIONS))


def test_a_person_puts_captions_into_a_film(film: Path, tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(
        "1\n00:00:00,500 --> 00:00:02,000\nAnn: Hi there\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nBen: Yes.\n",
        "utf-8",
    )

    def run(*more: object) -> tuple[int, str]:
        arguments = ["convert", tmp_path / "a.srt", "--into", film, *more]
        result = CliRunner().invoke(cli, list(map(str, arguments)))
        return result.exit_code, f"{result.stderr}{result.exception or ''}"

    assert run("-o", tmp_path / "b.mp4") == (0, "")
    assert [text for *_, text in shown(tmp_path / "b.mp4")[0]] == ["Ann: Hi there", "Ben: Yes."]
    assert "Error: --into needs -o FILE for the copy." in run()[1]
    assert "the copy would replace the film" in run("-o", film)[1]
    assert "name the copy one of *.mp4, " in run("-o", tmp_path / "b.avi")[1]
    assert "no chapter is marked" in run("--format", "chapters", "-o", tmp_path / "b.mp4")[1]
    assert "a copy takes captions (srt) or chapters" in run("--format", "vtt", "-o", film)[1]
