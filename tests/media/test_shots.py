"""Where shots of films begin: films of which it is known."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from editor.cli import cli
from editor.errors import UnreadableMedia
from editor.media.shots import shot_changes
from tests.support.films import Picture, dissolved, faded, shot, write_film

WHITE = np.full((90, 160), 250, np.float32)
BLACK = np.zeros((90, 160), np.float32)
ONE, TWO = list(shot(1, 75)), list(shot(2, 75))

#: Films, and the frames with which shots begin in them.
FILMS: dict[str, tuple[Iterable[Picture], list[int]]] = {
    "cuts": (chain(shot(1, 30), shot(2, 20), shot(3, 8), shot(4, 30, pan=0)), [30, 50, 58]),
    "a static picture": (shot(1, 60, pan=0), []),
    "a fast pan": (shot(1, 75, pan=2), []),
    "a fade": (
        chain(ONE[:30], faded(ONE[30:45], is_in=False), faded(TWO[:15], is_in=True), TWO[15:40]),
        [],
    ),
    "a dissolve": (chain(ONE[:30], dissolved(ONE[30:42], TWO[:12]), TWO[12:40]), []),
    "a cut from black": (
        chain(ONE[:30], faded(ONE[30:42], is_in=False), [BLACK] * 10, TWO[:30]),
        [52],
    ),
    "flashes": (chain(ONE[:20], [WHITE], ONE[20:40], [WHITE] * 3, ONE[40:60]), []),
    "dark shots": ((picture * 0.12 for picture in chain(ONE[:30], TWO[:30])), [30]),
}


@pytest.mark.parametrize("name", FILMS)
def test_shots_begin_where_a_film_is_cut_and_nowhere_else(name: str, tmp_path: Path) -> None:
    frames, cuts = FILMS[name]
    film = write_film(tmp_path / "a.mp4", frames)
    assert shot_changes(film, 0, 60_000) == [40 * frame for frame in cuts]


def test_what_an_encoder_of_few_bits_lets_jump_is_no_cut(tmp_path: Path) -> None:
    frames = chain(shot(1, 40), shot(2, 25), shot(4, 50))
    film = write_film(tmp_path / "a.mpg", frames, codec="mpeg2video")
    assert shot_changes(film, 0, 60_000) == [1600, 2600]


def test_parts_of_a_film_hold_what_the_whole_holds(tmp_path: Path) -> None:
    rate = Fraction(30_000, 1001)
    film = write_film(
        tmp_path / "a.mp4", chain(shot(1, 50), shot(2, 40), shot(3, 60)), rate=rate, starts_s=2
    )
    whole = shot_changes(film, 0, 60_000)
    assert whole == [round(frame * 1000 / rate) for frame in (50, 90)]
    told = list[int]()
    parts = [shot_changes(film, 0, whole[1], on_progress=told.append)]
    parts.append(shot_changes(film, whole[1], 60_000))
    assert parts == [whole[:1], whole[1:]]
    assert told
    assert told == sorted(told)


def test_what_is_no_film_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"no film")
    with pytest.raises(UnreadableMedia):
        shot_changes(tmp_path / "a.mp4", 0, 1000)


SRT = """1
00:00:00,000 --> 00:00:01,500
One two

2
00:00:02,000 --> 00:00:03,700
Three four
"""


def test_captions_that_end_near_a_shot_change_are_told_and_fixed(tmp_path: Path) -> None:
    film = write_film(tmp_path / "a.mp4", chain(shot(1, 40), shot(2, 80)))
    (tmp_path / "a.srt").write_text(SRT)

    def run(*given: str) -> tuple[int, str, str]:
        made = CliRunner().invoke(cli, list(given))
        told = f"{made.stderr}{made.exception}" if made.exit_code else made.stderr
        return made.exit_code, made.stdout, told.replace(str(tmp_path), "")

    listed = tmp_path / "shots.txt"
    code, _, told = run("shots", str(film), "-o", str(listed))
    assert (code, listed.read_text()) == (0, "1.600\n")
    assert told.endswith("1 shot change\n")
    checked = ["lint", str(tmp_path / "a.srt"), "--shot-changes"]
    (tmp_path / "far.txt").write_text("1.6\n3.5\n")
    code, said, _ = run(*checked, str(tmp_path / "far.txt"))
    assert (code, said.splitlines()) == (
        0,
        ["2 00:00:02.000 warning shot: it ends 200 ms after a shot change; end it earlier"],
    )
    # Right before it is where it should end; the film itself says the same as a list.
    assert run(*checked, str(film))[:2] == (0, "")
    code, fixed, _ = run(*checked, str(tmp_path / "far.txt"), "--fix")
    assert "00:00:02,000 --> 00:00:03,410" in fixed
    (tmp_path / "odd.txt").write_text("1.6\nsoon\n")
    code, _, told = run(*checked, str(tmp_path / "odd.txt"))
    assert code == 1
    assert "/odd.txt, line 2: 'soon' is no time in seconds such as 12.48" in told
    code, _, told = run(*checked, str(listed), "--preset", "bbc")
    assert "bbc has no shot_ms" in told
