"""Where a model runs: on a GPU where one works, else on the processor."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import numpy as np

from editor.errors import EditorError

Device = Literal["cuda", "cpu"]

_RATE_HZ = 16_000

log = logging.getLogger(__name__)


class GpuUnusable(EditorError):
    """Raised when a GPU is asked for and does not work."""

    code = "gpu_unusable"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"the GPU cannot be used: {reason}. NVIDIA's driver and cuBLAS for CUDA 12 are needed "
            '(`pip install "transcript-editor[gpu]"`); set TRANSCRIPT_EDITOR_DEVICE=cpu '
            "to use the processor"
        )


def loaded(wanted: str, load: Callable[[Device], Any]) -> tuple[Any, Device]:
    """A model on the device that is `wanted` ("auto", "cuda" or "cpu"), and which one that is.

    Whether a GPU works shows only once something is computed on it. A driver without its libraries
    is found out here; a memory too small for a whole chunk shows only in the middle of a recording.

    Raises:
        GpuUnusable: "cuda" is wanted and does not work. "auto" goes on with the processor then.
    """
    if wanted == "cpu" or (wanted == "auto" and not _gpu_count()):
        return load("cpu"), "cpu"
    try:
        return _on_gpu(load), "cuda"
    except (OSError, RuntimeError, ValueError) as error:
        if wanted == "cuda":
            raise GpuUnusable(str(error)) from error
        log.warning("The GPU cannot be used; using the processor instead: %s", error)
    # Out here nothing holds the other model any more.
    return load("cpu"), "cpu"


def _gpu_count() -> int:
    # Slow to import, and not needed where nothing is recognised.
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())


def _take_packaged_libraries() -> None:
    """Load cuBLAS where it came as a package, which the system would not look into by itself."""
    with suppress(ModuleNotFoundError):
        package = find_spec("nvidia.cublas")
        folders = package.submodule_search_locations if package else None
        for folder in folders or ():
            # The second one needs the first.
            for name in ("libcublasLt.so.12", "libcublas.so.12"):
                library = Path(folder) / "lib" / name
                if library.is_file():
                    ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)


def _on_gpu(load: Callable[[Device], Any]) -> Any:
    """A model that has aligned a word in silence: what a GPU lacks is missed only then."""
    _take_packaged_libraries()
    model = load("cuda")
    model.forced_aligner(np.zeros(_RATE_HZ, np.float32), "en")(["a"])
    return model
