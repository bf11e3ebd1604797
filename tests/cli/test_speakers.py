"""Who speaks when, told by the command line with the real networks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from editor.cli import main
from tests.support.speech import Spoken, joined, speak, write_wav

pytestmark = pytest.mark.model

SAID = [
    ("The weather was fine on the day we met, and nobody thought about the winter at all.", 0.8),
    ("I remember it well, because my brother lost his hat and his umbrella that morning.", 1.35),
    ("He found both of them later in the kitchen of the station, behind a box of apples.", 0.8),
]


@pytest.fixture(scope="module")
def parts() -> list[Spoken]:
    return [speak(text, pitch=pitch, liveliness=0.667) for text, pitch in SAID]


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> None:
    monkeypatch.setattr(sys, "argv", ["transcript-editor", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code


def test_two_voices_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: list[Spoken]
) -> None:
    recording = write_wav(joined(parts, pause_ms=600), tmp_path / "a talk.wav")
    run(monkeypatch, "speakers", recording, "-o", tmp_path / "talk.json")
    found = json.loads((tmp_path / "talk.json").read_text())
    assert found["speakers"] == ["Speaker 1", "Speaker 2"]
    lengths_ms = {"Speaker 1": 0, "Speaker 2": 0}
    for turn in found["turns"]:
        lengths_ms[turn["speaker"]] += turn["end_ms"] - turn["start_ms"]
    true_ms = [part.duration_ms for part in parts]
    assert lengths_ms["Speaker 1"] == pytest.approx(true_ms[0] + true_ms[2], abs=1200)
    assert lengths_ms["Speaker 2"] == pytest.approx(true_ms[1], abs=600)

    run(monkeypatch, "speakers", recording, "--number", 1, "-o", tmp_path / "talk.rttm")
    lines = (tmp_path / "talk.rttm").read_text().splitlines()
    assert {line.split(" ", 3)[1] for line in lines} == {"a_talk"}
    assert {line.split()[7] for line in lines} == {"Speaker_1"}


def test_a_text_gets_the_speakers_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: list[Spoken]
) -> None:
    recording = write_wav(joined(parts, pause_ms=600), tmp_path / "talk.wav")
    text = tmp_path / "talk.vtt"
    cues = zip(("<v Ada>", "", ""), (said for said, _ in SAID), (0, 7, 14), strict=True)
    text.write_text(
        "WEBVTT\n\n"
        + "".join(f"00:{at:02}.000 --> 00:{at + 6:02}.000\n{v}{said}\n\n" for v, said, at in cues)
    )
    run(
        monkeypatch, "align", recording, text, "--trust-text", "--speakers", "--model", "tiny.en",
        "-o", tmp_path / "talk.json",
    )  # fmt: skip
    segments = json.loads((tmp_path / "talk.json").read_text())["segments"]
    assert [one["speaker"] for one in segments] == ["Ada", "Speaker 2", "Ada"]
