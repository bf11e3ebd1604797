"""Tensors out of PyTorch's checkpoint files, without PyTorch and without running what is in them.

A checkpoint is a ZIP file with a pickle and the raw numbers beside it. A pickle can name any
function to call; here only tensors and plain containers are built, and whatever else it names
becomes an empty object.
"""

from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.errors import ModelUnavailable

_DTYPES = {"FloatStorage": "<f4", "LongStorage": "<i8", "HalfStorage": "<f2"}
#: Checkpoints of the networks we know have 35 MB; what a ZIP file claims to hold is not believed.
_MOST_BYTES = 500_000_000


def read_tensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """The tensors of floats of a checkpoint by name: of its `state_dict`, where it has one.

    Raises:
        ModelUnavailable: it is no such checkpoint, or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise ModelUnavailable(path.name, "it is too large.")
            (pickled,) = (name for name in archive.namelist() if name.endswith("/data.pkl"))
            with archive.open(pickled) as opened:
                content = _Reader(opened, archive, pickled.removesuffix("data.pkl")).load()
    except (zipfile.BadZipFile, pickle.UnpicklingError, ValueError, TypeError, KeyError) as error:
        raise ModelUnavailable(path.name, "it is not a PyTorch checkpoint.") from error
    except (EOFError, AttributeError, IndexError, OverflowError, MemoryError) as error:
        raise ModelUnavailable(path.name, "it is damaged.") from error
    named = content.get("state_dict", content) if isinstance(content, Mapping) else {}
    return {
        name: tensor
        for name, tensor in named.items()
        if isinstance(tensor, np.ndarray) and tensor.dtype == np.float32
    }


class _Reader(pickle.Unpickler):
    """Builds tensors, lists, numbers and dictionaries; imports nothing."""

    def __init__(self, opened: Any, archive: zipfile.ZipFile, folder: str) -> None:
        super().__init__(opened)
        self._archive, self._folder = archive, folder

    def find_class(self, module: str, name: str) -> Any:
        """What a name in the pickle stands for; never what Python knows under it."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _DTYPES:
            return _DTYPES[name]
        return _Nothing

    def persistent_load(self, pid: Any) -> NDArray[Any]:
        """The numbers that lie beside the pickle."""
        kind, dtype, key, _, _ = pid
        if kind != "storage" or dtype not in _DTYPES.values():
            raise pickle.UnpicklingError("unknown storage")
        return np.frombuffer(self._archive.read(f"{self._folder}data/{key}"), dtype=dtype)


class _Nothing:
    """Stands for all objects that are not wanted."""

    def __init__(self, *given: object) -> None:
        pass

    def __new__(cls, *given: object) -> _Nothing:
        """Take what the pickle gives."""
        return super().__new__(cls)

    def __setstate__(self, state: object) -> None:
        """Keep none of it."""


def _tensor(
    storage: NDArray[Any], offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object
) -> NDArray[Any]:
    steps = zip(shape, strides, strict=True)
    last = offset + sum((length - 1) * stride for length, stride in steps)
    if min((offset, *shape, *strides)) < 0 or last >= len(storage):
        raise pickle.UnpicklingError("a tensor lies outside its storage")
    size = storage.itemsize
    view = np.lib.stride_tricks.as_strided(
        storage[offset:], shape, tuple(stride * size for stride in strides), writeable=False
    )
    return np.ascontiguousarray(view).reshape(shape)
