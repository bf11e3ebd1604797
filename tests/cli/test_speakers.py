"""Who speaks when, told by the command line with the real networks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from editor.cli import main
from editor.config import Settings
from editor.library import find_speakers
from tests.support.media_files import write_sound, write_tracks
from tests.support.speech import RATE_HZ, Spoken, joined, speak, write_wav

pytestmark = pytest.mark.model

SAID = [
    ("The weather was fine on the day we met, and nobody thought about the winter at all.", 0.8),
    ("I remember it well, because my brother lost his hat and his umbrella that morning.", 1.35),
    ("He found both of them later in the kitchen of the station, behind a box of apples.", 0.8),
]


@pytest.fixture(scope="module")
def parts() -> list[Spoken]:
    return [speak(text, pitch=pitch, liveliness=0.667) for text, pitch in SAID]


def run(monkeypatch: pytest.MonkeyPatch, *words: object, code: int = 0) -> None:
    monkeypatch.setattr(sys, "argv", ["transcript-editor", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code or 0) == code


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


def test_two_microphones_tell_people_apart_without_voices(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    parts: list[Spoken],
) -> None:
    everything = joined(parts, pause_ms=600).samples
    lengths_s = [len(part.samples) / RATE_HZ for part in parts]
    starts_s = [0, lengths_s[0] + 0.6, sum(lengths_s[:2]) + 1.2]
    at = np.arange(len(everything)) / RATE_HZ
    is_second = (at >= starts_s[1]) & (at < starts_s[1] + lengths_s[1])
    # The second speaker's microphone is the left one; each is heard in the other, 15 dB quieter.
    bleed = np.float32(10 ** (-15 / 20))
    left = everything * np.where(is_second, 1, bleed)
    right = everything * np.where(is_second, bleed, 1)

    def sound(*channels: np.ndarray[tuple[int], np.dtype[np.float32]]) -> Path:
        samples = (np.stack(channels) * 32767).astype(np.int16)
        return write_sound(tmp_path / "talk.m4a", samples, RATE_HZ)

    def load_networks(*_: object) -> None:
        raise AssertionError("voices are heard")

    monkeypatch.setattr(find_speakers, "load_networks", load_networks)
    run(monkeypatch, "speakers", sound(left, right), "-o", tmp_path / "talk.json")
    assert "talk.m4a has one person in each channel" in (told := capsys.readouterr().err)
    assert "Speaker 1 right, Speaker 2 left." in told
    turns = json.loads((tmp_path / "talk.json").read_text())["turns"]
    for start_s, length_s, name in zip(
        starts_s, lengths_s, ("Speaker 1", "Speaker 2", "Speaker 1"), strict=True
    ):
        own = [one for one in turns if start_s - 0.3 <= one["start_ms"] / 1000 < start_s + length_s]
        assert {one["speaker"] for one in own} == {name}
        assert own[0]["start_ms"] == pytest.approx(1000 * start_s, abs=200)
        assert own[-1]["end_ms"] == pytest.approx(1000 * (start_s + length_s), abs=200)

    with pytest.raises(AssertionError, match="voices are heard"):
        run(monkeypatch, "speakers", sound(everything, everything))
    assert "The channels of talk.m4a are not one person each" in capsys.readouterr().err
    run(monkeypatch, "transcribe", sound(everything), "--speakers-by", "channels", code=2)
    assert "talk.m4a has not several channels or tracks; choose voices" in capsys.readouterr().err


def test_who_has_a_track_is_recognised_alone_and_cross_talk_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = speak("The weather was fine on the day we met, and nobody thought about winter.")
    asked = speak("Was that the day you lost your umbrella in the station?", pitch=1.3)
    anna, ben = np.zeros((2, 9 * RATE_HZ))
    anna[RATE_HZ : RATE_HZ + len(told.samples)] = told.samples
    # Ben begins while Anna still talks.
    begins = RATE_HZ + len(told.samples) - RATE_HZ // 2
    ben[begins : begins + len(asked.samples)] = asked.samples
    bleed = 10 ** (-15 / 20)
    hiss = np.random.default_rng(1).normal(0, 0.0005, (2, len(anna)))
    tracks = anna + bleed * ben + hiss[0], ben + bleed * anna + hiss[1], anna + ben
    at = np.arange(3 * len(anna)) / 3
    recording = write_tracks(
        tmp_path / "session.mkv",
        *(
            (np.interp(at, np.arange(len(one)), one).clip(-1, 1) * 32767).astype(np.int16)[None]
            for one in tracks
        ),
        names=("Anna", "Ben", "Mix"),
    )
    run(
        monkeypatch, "transcribe", recording, "--speakers", "--model", "tiny.en",
        "-o", tmp_path / "session.json",
    )  # fmt: skip
    assert (
        "session.mkv has one person in each track, which tells them apart: "
        "Anna in track 1, Ben in track 2."
    ) in capsys.readouterr().err
    segments = json.loads((tmp_path / "session.json").read_text())["segments"]
    said = {
        name: " ".join(one["text"] for one in segments if one["speaker"] == name)
        for name in ("Anna", "Ben")
    }
    assert set(said) == {one["speaker"] for one in segments}
    assert len(said["Anna"].split()) == pytest.approx(14, abs=1)
    assert "weather was fine" in said["Anna"]
    assert len(said["Ben"].split()) == pytest.approx(11, abs=1)
    assert "umbrella" in said["Ben"]


def test_a_voice_that_was_added_is_known_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    parts: list[Spoken],
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TRANSCRIPT_EDITOR_MODELS", str(Settings.from_env({}).models_dir))
    alone = write_wav(joined([parts[0], parts[2]], pause_ms=300), tmp_path / "ada.wav")
    talk = write_wav(joined(parts, pause_ms=600), tmp_path / "talk.wav")
    run(monkeypatch, "voices", "add", "Ada", alone)
    run(monkeypatch, "speakers", talk, "--known", "-o", tmp_path / "talk.json")
    assert json.loads((tmp_path / "talk.json").read_text())["speakers"] == ["Ada", "Speaker 2"]
    capsys.readouterr()
    run(monkeypatch, "voices", "list", "--json")
    (ada,) = json.loads(capsys.readouterr().out)["voices"]
    assert (ada["name"], ada["is_on"]) == ("Ada", True)
    run(monkeypatch, "voices", "delete", "ada")
    run(monkeypatch, "voices", "delete", "ada", code=2)
    run(monkeypatch, "voices", "list")
    assert capsys.readouterr().out == ""
