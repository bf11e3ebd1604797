"""Where a model runs when a GPU is there, is not, or does not work."""

from __future__ import annotations

import ctypes
import logging
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

import ctranslate2
import pytest
from click.testing import CliRunner

from editor.asr import device
from editor.asr.forced.word import ForcedAligner
from editor.cli import cli
from tests.support.speech import speak, write_wav

MISSING = "Library libcublas.so.12 is not found or cannot be loaded"


@dataclass
class Model:
    """A model that fails, if at all, when it listens, as CTranslate2 does without cuBLAS."""

    on: device.Device
    failure: str = ""

    def forced_aligner(self, samples: object, language: str) -> ForcedAligner:
        if self.failure:
            raise RuntimeError(self.failure)
        return lambda words: []


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)


def failing_on_gpu(on: device.Device) -> Model:
    return Model(on, MISSING if on == "cuda" else "")


@pytest.mark.usefixtures("gpu")
def test_a_gpu_that_works_is_used_unless_the_processor_is_wanted() -> None:
    assert [device.loaded(wanted, Model)[1] for wanted in ("auto", "cuda", "cpu")] == [
        "cuda",
        "cuda",
        "cpu",
    ]


def test_without_a_gpu_the_processor_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)
    assert device.loaded("auto", Model) == (Model("cpu"), "cpu")


@pytest.mark.usefixtures("gpu")
def test_a_gpu_that_does_not_work_is_left_out_and_told_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        model, used = device.loaded("auto", failing_on_gpu)
    assert (model.on, used) == ("cpu", "cpu")
    assert MISSING in caplog.text


def test_a_gpu_that_is_asked_for_and_does_not_work_is_refused_with_advice() -> None:
    with pytest.raises(
        device.GpuUnusable, match=r"libcublas.*transcript-editor\[gpu\].*DEVICE=cpu"
    ):
        device.loaded("cuda", failing_on_gpu)


@pytest.mark.usefixtures("gpu")
def test_cublas_from_a_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    for name in ("libcublasLt.so.12", "libcublas.so.12"):
        (folder / name).touch()
    package = ModuleSpec("nvidia.cublas", None, is_package=True)
    package.submodule_search_locations = [str(tmp_path)]
    taken = []
    monkeypatch.setattr(device, "find_spec", lambda name: package if name == package.name else None)
    monkeypatch.setattr(ctypes, "CDLL", lambda path, mode: taken.append(Path(path).name))
    assert device.loaded("auto", Model)[1] == "cuda"
    assert taken == ["libcublasLt.so.12", "libcublas.so.12"]


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a GPU")
def test_align_on_a_gpu_that_is_not_there_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DEVICE", "cuda")
    recording = write_wav(speak("The boats came home."), tmp_path / "boats.wav")
    text = tmp_path / "boats.txt"
    text.write_text("The boats came home.", "utf-8")
    result = CliRunner().invoke(cli, ["align", str(recording), str(text)])
    assert result.exit_code == 1
    assert isinstance(result.exception, device.GpuUnusable)
    assert "TRANSCRIPT_EDITOR_DEVICE=cpu" in str(result.exception)
