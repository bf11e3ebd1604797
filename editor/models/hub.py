"""Download of weights from the model hub."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.errors import ModelUnavailable
from editor.models.catalogue import ModelSpec


def download(spec: ModelSpec, folder: Path, *, on_progress: Callable[[int, int], None]) -> None:
    """Fetch the files of a model into a folder; files that are there already are kept.

    What `on_progress(done_bytes, total_bytes)` raises ends the download.

    Raises:
        ModelUnavailable: the hub cannot be reached, refuses, or the disk is too small.
    """
    # Slow to import, and only needed by the few who download.
    import huggingface_hub
    from httpx2 import HTTPError
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True
    # Its own transfer protocol would carry on when the person has cancelled.
    constants.HF_HUB_DISABLE_XET = True
    done_bytes = sum((folder / name).stat().st_size for name in _present(spec, folder))
    _check_space(spec, folder, spec.download_bytes - done_bytes)
    first = huggingface_hub.hf_hub_url(spec.repo, next(iter(spec.files)), revision=spec.revision)
    try:
        # Asked once, without the library's 23 seconds of retries: who is offline learns it now.
        huggingface_hub.get_hf_file_metadata(first, token=False, timeout=10)
        huggingface_hub.snapshot_download(
            spec.repo,
            revision=spec.revision,
            local_dir=folder,
            allow_patterns=list(spec.files),
            tqdm_class=_progress_class(done_bytes, spec.download_bytes, on_progress),
            token=False,
            max_workers=1,
        )
    except (OSError, HTTPError) as error:
        raise _unreachable(spec, error) from error
    if len(_present(spec, folder)) < len(spec.files):
        # Without a connection the hub's library hands back a folder in which files are missing.
        raise _unreachable(spec, None)
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def size_text(size_bytes: int) -> str:
    """Write a size for people.

    >>> size_text(147_883_000), size_text(3_090_835_702)
    ('148 MB', '3.1 GB')
    """
    if size_bytes >= 1_000_000_000:
        return f"{size_bytes / 1e9:.1f} GB"
    return f"{max(1, round(size_bytes / 1e6))} MB"


def _present(spec: ModelSpec, folder: Path) -> list[str]:
    return [name for name in spec.files if (folder / name).is_file()]


def _check_space(spec: ModelSpec, folder: Path, needed_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise ModelUnavailable(
            spec.name,
            f"the disk has {size_text(free_bytes)} free, {size_text(needed_bytes)} are needed.",
            "Free some space or choose a smaller model.",
        )


def _unreachable(spec: ModelSpec, error: Exception | None) -> ModelUnavailable:
    answer = getattr(error, "response", None)
    status = getattr(answer, "status_code", None)
    what = f"refused it (HTTP {status})" if status else "cannot be reached"
    return ModelUnavailable(
        spec.name,
        f"it is not on this computer, and the model hub {what}.",
        f"Connect to the internet and try again ({size_text(spec.download_bytes)} to download), "
        "or choose a model that is on this computer.",
    )


def _progress_class(
    start_bytes: int, total_bytes: int, on_progress: Callable[[int, int], None]
) -> type[Any]:
    """A progress bar for the hub's library that draws nothing and reports bytes."""
    from huggingface_hub.utils import tqdm  # type: ignore[attr-defined]

    class ReportingBar(tqdm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._counts_bytes = kwargs.get("unit") == "B"
            self._bytes = start_bytes
            # A drawn bar would write into the log of the server.
            super().__init__(*args, **{**kwargs, "disable": True})  # type: ignore[no-untyped-call]

        def update(self, n: float | None = 1) -> bool | None:
            # Two bars count the same bytes, received and written: each speaks for itself.
            if self._counts_bytes and n:
                self._bytes = min(total_bytes, self._bytes + int(n))
                on_progress(self._bytes, total_bytes)
            return super().update(n)

    return ReportingBar
