"""A CTC model as the forced aligner: a true ONNX model of letters that are tones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from click.testing import CliRunner
from onnx import TensorProto, helper, numpy_helper

from editor import weights as models
from editor.asr.forced.ctc import CtcAligner
from editor.asr.recogniser import Recogniser
from editor.cli import cli
from editor.config import Settings
from editor.document import RecognisedWord
from editor.errors import ModelUnavailable
from tests.support.speech import Samples, speak, write_wav

RATE_HZ, FRAME = 16_000, 320
LETTERS = "abcdefghijklmnopqrstuvwxyzé"
TOKENS = ["<pad>", "|", *LETTERS]
LETTER_MS, GAP_MS, SPACE_MS = 80, 20, 160


def hertz(letter: str) -> int:
    return 500 + 100 * LETTERS.index(letter)


def write_model(folder: Path, **vocab: int) -> Path:
    """Writes down which tone is recognised in each 20 ms, or a blank."""
    folder.mkdir()
    clock = 2 * np.pi * np.arange(FRAME) / RATE_HZ
    waves = [wave(clock * hertz(letter)) for letter in LETTERS for wave in (np.cos, np.sin)]
    energies = np.zeros((len(TOKENS), 2 * len(LETTERS), 1), np.float32)
    for n in range(len(LETTERS)):
        energies[n + 2, 2 * n : 2 * n + 2] = 10 / 6400
    blank = np.array([3.0] + [0.0] * (len(TOKENS) - 1), np.float32)
    weights = {
        "waves": np.array(waves, np.float32)[:, None],
        "energies": energies,
        "blank": blank,
        "channel": np.array([1]),
    }
    nodes = [
        helper.make_node("Unsqueeze", ["input_values", "channel"], ["mono"]),
        helper.make_node("Conv", ["mono", "waves"], ["heard"], strides=[FRAME]),
        helper.make_node("Mul", ["heard", "heard"], ["squares"]),
        helper.make_node("Conv", ["squares", "energies", "blank"], ["scores"]),
        helper.make_node("Transpose", ["scores"], ["logits"], perm=[0, 2, 1]),
    ]
    graph = helper.make_graph(
        nodes,
        "tones",
        [helper.make_tensor_value_info("input_values", TensorProto.FLOAT, [1, None])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, None, len(TOKENS)])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=9), folder / "model.onnx")
    names = vocab or {token: number for number, token in enumerate(TOKENS)}
    (folder / "vocab.json").write_text(json.dumps(names), "utf-8")
    return folder


def said(words: list[str]) -> tuple[Samples, list[int]]:
    """Each letter as its tone, and where each word begins in ms."""
    parts: list[Samples] = []
    starts = []
    for word in words:
        parts.append(np.zeros(SPACE_MS * RATE_HZ // 1000, np.float32))
        starts.append(sum(map(len, parts)) * 1000 // RATE_HZ)
        for letter in word:
            clock = np.arange(LETTER_MS * RATE_HZ // 1000) / RATE_HZ
            parts.append((0.5 * np.sin(2 * np.pi * hertz(letter) * clock)).astype(np.float32))
            parts.append(np.zeros(GAP_MS * RATE_HZ // 1000, np.float32))
    parts.append(np.zeros(SPACE_MS * RATE_HZ // 1000, np.float32))
    return np.concatenate(parts), starts


WORDS = ["le", "château", "brille", "ce", "soir"]
SPOKEN = ["le", "chateau", "brille", "ce", "soir"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("ctc") / "tones")


def test_words_are_where_their_letters_sound(folder: Path) -> None:
    samples, starts = said(SPOKEN)
    times = CtcAligner(folder).align(samples, [*WORDS, "—"])
    assert times[-1] is None
    for time, start, word in zip(times, starts, SPOKEN, strict=False):
        assert time is not None
        assert abs(time[0] - start) <= 20
        assert abs(time[1] - start - len(word) * (LETTER_MS + GAP_MS) + GAP_MS) <= 20


def test_letters_that_it_does_not_know_are_some_letter_and_other_scripts_are_left_out(
    folder: Path,
) -> None:
    aligner = CtcAligner(folder)
    samples, starts = said(["soir", "brille"])
    times = aligner.align(samples, ["soir", "briłle"])
    assert times[1] is not None
    assert abs(times[1][0] - starts[1]) <= 20
    assert aligner.can_spell(["Soir,", "brille!"])
    assert not aligner.can_spell(["今天", "天气"])
    assert not aligner.can_spell([])


def test_more_letters_than_there_is_sound_for_have_no_times(folder: Path) -> None:
    samples, _ = said(["le"])
    aligner = CtcAligner(folder)
    assert aligner.align(samples, ["anticonstitutionnellement"] * 3) == [None] * 3
    assert aligner.align(samples[:0], ["le"]) == [None]
    assert aligner.align(samples, []) == []


@pytest.mark.model
def test_the_recogniser_believes_it_where_both_agree(folder: Path) -> None:
    settings = Settings.from_env({})
    weights = models.ensure("base", settings.models_dir)
    recogniser = Recogniser(weights, name="base", device="cpu", ctc_dir=folder)
    samples, starts = said(SPOKEN)
    off_ms = (90, -60, 120, 40, 1700)
    recognised = [
        # As where edited words are aligned: they have no ids of their own.
        RecognisedWord(0, word, start + off, start + off + 300, 0.9)
        for word, start, off in zip(WORDS, starts, off_ms, strict=True)
    ]
    again = recogniser.refine_times(samples, recognised, language="fr", start_ms=0, silences=[])
    errors = [abs(word.start_ms - start) for word, start in zip(again, starts, strict=True)]
    assert max(errors[:4]) <= 20
    assert errors[4] > 1000


def test_a_folder_that_is_no_model_is_refused_by_name(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ModelUnavailable, match=r"empty: this folder contains no model\.onnx"):
        CtcAligner(empty)
    (empty / "model.onnx").write_bytes(b"none")
    with pytest.raises(ModelUnavailable, match=r"its vocab\.json cannot be read"):
        CtcAligner(empty)
    (empty / "vocab.json").write_text('{"a": 1}', "utf-8")
    with pytest.raises(ModelUnavailable, match="names no blank"):
        CtcAligner(empty)
    (empty / "vocab.json").write_text('{"eng": {"a": 1, "<pad>": 0}}', "utf-8")
    with pytest.raises(ModelUnavailable, match="must map letters to numbers"):
        CtcAligner(empty)
    (empty / "vocab.json").write_text('{"a": 1, "<pad>": 0}', "utf-8")
    with pytest.raises(ModelUnavailable, match=r"model\.onnx cannot be loaded"):
        CtcAligner(empty).align(np.ones(16_000, np.float32), ["a"])
    wrong = write_model(tmp_path / "wrong", **{"<pad>": 0, "a": 900})
    with pytest.raises(ModelUnavailable, match="not of its letters"):
        CtcAligner(wrong).align(np.ones(16_000, np.float32), ["a"])
    monkeypatch.setenv("TRANSCRIPT_EDITOR_CTC_MODEL", str(tmp_path))
    recording = write_wav(speak("The boats came home."), tmp_path / "boats.wav")
    text = tmp_path / "boats.txt"
    text.write_text("The boats came home.", "utf-8")
    result = CliRunner().invoke(cli, ["align", str(recording), str(text)])
    assert isinstance(result.exception, ModelUnavailable)
    assert "TRANSCRIPT_EDITOR_CTC_MODEL" in str(result.exception)
