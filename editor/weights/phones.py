"""What phones are recognised with: a network and letters to sounds, from installed packages.

Both are extras: None where a package is not installed.
"""

from __future__ import annotations

from pathlib import Path

from editor.errors import ModelUnavailable
from editor.weights.catalogue import FileSpec, ModelSpec
from editor.weights.checksums import check_folder, has_pinned_sha256
from editor.weights.letter_to_sound import PACKS
from editor.weights.packaged import folder_in_place, locate, packaged_files

#: The files of the package `hama` 1.3.10 that are used.
PHONES = ModelSpec(
    "phones",
    "hamanlp/hama",
    "1.3.10",
    {
        "asr_waveform_fp16.onnx": FileSpec(
            "a884b5ac55f8bbc00673e8cf6d2dd601aa76e5031dd85cf3de2f25b5987cd59a", 4_996_794
        ),
        "encoder.onnx": FileSpec(
            "b512084fdd78dcb532693828fe86c1675a950289c2805702b08b4c8a03dec3bb", 3_839_932
        ),
        "decoder_step.onnx": FileSpec(
            "024790900f2d865dd83df92f9772dd95cfc590b70698c49de3f73ddbdd44311f", 402_232
        ),
        "g2p_vocab.json": FileSpec(
            "520d19e4e6ae58658eed53594e0feab8ea8e1b4b04a7746e25e50c16c29b91bf", 220_107
        ),
    },
)


def phones_folder() -> Path | None:
    """The folder with what recognises phones, and letters to sounds of English and Korean.

    Raises:
        ModelUnavailable: a file is not the pinned one.
    """
    files = packaged_files(PHONES.name)
    folder = folder_in_place(files) if files else None
    if folder:
        check_folder(PHONES, folder, advice="Install the package hama==1.3.10 again.")
    return folder


def has_letter_to_sound_pack(language: str) -> bool:
    """Whether a pack for a language (its code) is published, installed or not."""
    return language in PACKS


def letter_to_sound_pack(language: str) -> Path | None:
    """The pack (xz) that turns the letters of a language (its code) into sounds.

    Raises:
        ModelUnavailable: it is not the pinned one.
    """
    family, sha256 = PACKS.get(language, ("", ""))
    package = f"g2p2_group_{family}"
    path = locate(f"{package}/{language}.g2p.xz") if family else None
    if path and not has_pinned_sha256(sha256, path):
        package = package.replace("_", "-")
        raise ModelUnavailable(
            path.name,
            "it is not the published file (its SHA-256 differs).",
            f"Install the package {package}==0.2.3 again.",
        )
    return path
