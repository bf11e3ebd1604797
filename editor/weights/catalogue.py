"""The models that can be chosen, each pinned to one revision and to the hash of each file.

The hashes of base and tiny.en were computed from the wheels that carry them and agree with those
of the hub's revision. Those of the others are the ones that several public projects quote for the
same revision; the download is refused where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class FileSpec(NamedTuple):
    """What a file must be: its SHA-256 and its size."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class ModelSpec:
    """A model in the format of CTranslate2: its repository on the hub, and its files by name."""

    name: str
    repo: str
    revision: str
    files: Mapping[str, FileSpec]

    @property
    def download_bytes(self) -> int:
        """Size of all files together."""
        return sum(file.size_bytes for file in self.files.values())

    @property
    def english_only(self) -> bool:
        """Whether it knows English only."""
        return self.name.endswith(".en")


_MULTILINGUAL = {
    "tokenizer.json": FileSpec(
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2_203_239
    ),
    "vocabulary.txt": FileSpec(
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913", 459_861
    ),
}
_ENGLISH = {
    "tokenizer.json": FileSpec(
        "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df", 2_128_466
    ),
    "vocabulary.txt": FileSpec(
        "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf", 422_309
    ),
}
# The third generation hears 128 bands of frequency instead of 80 and says so in a file of its own.
_THIRD_GENERATION = {
    "preprocessor_config.json": FileSpec(
        "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711", 340
    ),
    "vocabulary.json": FileSpec(
        "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1", 1_068_114
    ),
}


def _spec(
    name: str, revision: str, model: FileSpec, config: FileSpec, others: Mapping[str, FileSpec]
) -> ModelSpec:
    files = {"config.json": config, "model.bin": model, **others}
    return ModelSpec(name, f"Systran/faster-whisper-{name}", revision, files)


_SPECS = (
    _spec(
        "tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        FileSpec("dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1", 75_538_270),
        FileSpec("a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8", 2_249),
        _MULTILINGUAL,
    ),
    _spec(
        "tiny.en",
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        FileSpec("1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a", 75_537_502),
        FileSpec("14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5", 2_317),
        _ENGLISH,
    ),
    _spec(
        "base",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        FileSpec("d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9", 145_217_532),
        FileSpec("56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a", 2_309),
        _MULTILINGUAL,
    ),
    _spec(
        "base.en",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        FileSpec("2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef", 145_216_508),
        FileSpec("f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb", 2_227),
        _ENGLISH,
    ),
    _spec(
        "small",
        "536b0662742c02347bc0e980a01041f333bce120",
        FileSpec("3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671", 483_546_902),
        FileSpec("b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828", 2_370),
        _MULTILINGUAL,
    ),
    _spec(
        "small.en",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        FileSpec("62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a", 483_545_366),
        FileSpec("666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae", 2_657),
        _ENGLISH,
    ),
    _spec(
        "medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        FileSpec("9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae", 1_527_906_378),
        FileSpec("3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807", 2_257),
        _MULTILINGUAL,
    ),
    _spec(
        "medium.en",
        "a29b04bd15381511a9af671baec01072039215e3",
        FileSpec("11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b", 1_527_904_330),
        FileSpec("4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962", 2_643),
        _ENGLISH,
    ),
    _spec(
        "large-v3",
        "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        FileSpec("69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1", 3_087_284_237),
        FileSpec("a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9", 2_394),
        {
            "tokenizer.json": FileSpec(
                "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca", 2_480_617
            ),
            **_THIRD_GENERATION,
        },
    ),
    ModelSpec(
        "large-v3-turbo",
        # Systran publishes none. faster-whisper still names it mobiuslabsgmbh/..., the repository's
        # name before it moved; the hub forwards that, other hubs need not.
        "dropbox-dash/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        {
            "config.json": FileSpec(
                "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e", 2_263
            ),
            "model.bin": FileSpec(
                "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da", 1_617_884_929
            ),
            "tokenizer.json": FileSpec(
                "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd", 2_710_337
            ),
            **_THIRD_GENERATION,
        },
    ),
)

#: The models by name, smallest first.
MODELS: dict[str, ModelSpec] = {spec.name: spec for spec in _SPECS}
