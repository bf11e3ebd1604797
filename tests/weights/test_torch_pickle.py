from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from editor.errors import ModelUnavailable
from editor.weights.torch_pickle import read_tensors


def checkpoint(folder: Path, pickled: bytes, numbers: bytes = b"") -> Path:
    path = folder / "model.bin"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickled)
        archive.writestr("archive/data/0", numbers)
    return path


def tensor_of(shape: tuple[int, ...], strides: tuple[int, ...], offset: int = 0) -> bytes:
    """A dictionary with one tensor over four floats, as PyTorch pickles it."""

    class Persistent(pickle.Pickler):
        def persistent_id(self, given: Any) -> Any:
            return ("storage", Float, "0", "cpu", 4) if given is STORED else None

    class Rebuilt:
        def __reduce__(self) -> Any:
            return rebuild, (STORED, offset, shape, strides, False, None)

    written = io.BytesIO()
    Persistent(written, protocol=2).dump({"weight": Rebuilt()})
    here = __name__.encode()
    return (
        written.getvalue()
        .replace(b"c" + here + b"\nrebuild\n", b"ctorch._utils\n_rebuild_tensor_v2\n")
        .replace(b"c" + here + b"\nFloat\n", b"ctorch\nFloatStorage\n")
    )


STORED = object()


class Float:
    pass


def rebuild(*given: object) -> None:
    raise AssertionError("nothing that a pickle names is called")


FLOATS = b"\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40\0\0\x80\x40"


def test_a_tensor_is_read_with_its_strides(tmp_path: Path) -> None:
    path = checkpoint(tmp_path, tensor_of((2, 2), (1, 2)), FLOATS)
    assert read_tensors(path)["weight"].tolist() == [[1.0, 3.0], [2.0, 4.0]]


@pytest.mark.parametrize(
    ("shape", "strides", "offset"),
    [((2, 3), (3, 1), 0), ((4,), (1,), 1), ((2,), (-1,), 1), ((1 << 40,), (0,), 0)],
)
def test_a_tensor_outside_its_numbers_is_refused(
    tmp_path: Path, shape: tuple[int, ...], strides: tuple[int, ...], offset: int
) -> None:
    path = checkpoint(tmp_path, tensor_of(shape, strides, offset), FLOATS)
    with pytest.raises(ModelUnavailable):
        read_tensors(path)


def runs_a_program(folder: Path) -> Path:
    class Evil:
        def __reduce__(self) -> Any:
            return Path.touch, (folder / "touched",)

    return checkpoint(folder, pickle.dumps({"weight": Evil()}, protocol=2))


def evaluates(folder: Path) -> Path:
    text = f"__import__('pathlib').Path({str(folder / 'touched')!r}).touch()"
    return checkpoint(folder, b"cbuiltins\neval\n(V" + text.encode() + b"\ntR.")


def imports_by_path(folder: Path) -> Path:
    return checkpoint(folder, b"\x80\x04\x8c\x09posixpath\x8c\x0eos.system.run\x93)R.")


def is_text(folder: Path) -> Path:
    (folder / "model.bin").write_text("no zip")
    return folder / "model.bin"


def is_cut(folder: Path) -> Path:
    return checkpoint(folder, tensor_of((4,), (1,))[:-9], FLOATS)


@pytest.mark.parametrize("made", [runs_a_program, evaluates, imports_by_path, is_text, is_cut])
def test_a_hostile_checkpoint_runs_nothing(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    path = made(tmp_path)
    with suppress(ModelUnavailable):
        assert read_tensors(path) == {}
    assert not (tmp_path / "touched").exists()
