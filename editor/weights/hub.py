"""Download of weights from the model hub; what a cut or a kill left is gone on with."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from editor.errors import ModelUnavailable
from editor.weights.catalogue import FileSpec, ModelSpec
from editor.weights.checksums import checksum_mismatch, has_pinned_content

_TIMEOUT_S = 10
_PAUSE_S = 1
#: How often in a row a connection that has given something may fail.
_TRIES = 5
_CHUNK_BYTES = 1 << 18
_RANGE_NOT_SATISFIABLE = 416


def download(spec: ModelSpec, folder: Path, *, on_progress: Callable[[int, int], None]) -> None:
    """Fetch the files of a model into a folder; of those there already only the rest.

    What `on_progress(done_bytes, total_bytes)` raises ends the download.

    Raises:
        ModelUnavailable: the hub cannot be reached or refuses, the disk is too small, or a file is
            not the pinned one; that file is removed.
    """
    # Slow to import, and only needed by the few who download.
    from httpx2 import HTTPError
    from huggingface_hub import constants, hf_hub_url

    constants.HF_HUB_DISABLE_TELEMETRY = True
    _check_space(spec, folder, spec.download_bytes - _done_bytes(spec, folder))

    def report() -> None:
        on_progress(_done_bytes(spec, folder), spec.download_bytes)

    for name, file in spec.files.items():
        url = hf_hub_url(spec.repo, name, revision=spec.revision)
        try:
            is_right = _fetch(url, folder / name, file, report)
        except (ConnectionError, HTTPError) as error:
            raise _unreachable(spec, error) from error
        if not is_right:
            raise checksum_mismatch(spec, name, advice="Try again.")


def size_text(size_bytes: int) -> str:
    """Write a size for people.

    >>> size_text(147_883_000), size_text(3_090_835_702)
    ('148 MB', '3.1 GB')
    """
    if size_bytes >= 1_000_000_000:
        return f"{size_bytes / 1e9:.1f} GB"
    return f"{max(1, round(size_bytes / 1e6))} MB"


def _fetch(url: str, path: Path, file: FileSpec, report: Callable[[], None]) -> bool:
    """Whether the file is the pinned one now; it is gone where it is not.

    What was begun earlier may be damaged, by a power cut say: if so, all of it is fetched anew.
    """
    was_begun = path.exists()
    if _complete(url, path, file, report) and has_pinned_content(file, path):
        return True
    path.unlink(missing_ok=True)
    return was_begun and _fetch(url, path, file, report)


def _complete(url: str, path: Path, file: FileSpec, report: Callable[[], None]) -> bool:
    """Fetch what is missing, also over lost connections; False if the hub has another file."""
    from httpx2 import TransportError

    tries_left = 1
    while (start := _size(path)) < file.size_bytes:
        try:
            return _append(url, path, start, file.size_bytes, report)
        except TransportError:
            # Who is offline learns it at once; only what was going well is worth another try.
            tries_left = _TRIES if _size(path) > start else tries_left - 1
            if not tries_left:
                raise
        report()
        time.sleep(_PAUSE_S)
    return True


def _append(url: str, path: Path, start: int, size_bytes: int, report: Callable[[], None]) -> bool:
    """Ask for the bytes from `start` on and write them; False if the hub's file is another one."""
    from huggingface_hub import get_session, hf_raise_for_status
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    headers = {**build_hf_headers(), "Accept-Encoding": "identity", "Range": f"bytes={start}-"}
    with get_session().stream("GET", url, headers=headers, timeout=_TIMEOUT_S) as response:
        if response.status_code == _RANGE_NOT_SATISFIABLE:
            return False
        hf_raise_for_status(response)
        # A server that does not know ranges sends the whole file.
        start = start if response.status_code == 206 else 0
        if _announced_bytes(response.headers, start) not in (None, size_bytes):
            return False
        path.touch()
        with path.open("r+b", buffering=0) as written:
            written.truncate(start)
            written.seek(start)
            for chunk in response.iter_bytes(_CHUNK_BYTES):
                written.write(chunk)
                report()
    return _size(path) == size_bytes


def _announced_bytes(headers: Mapping[str, str], start: int) -> int | None:
    """How long the whole file is by an answer that begins at `start`; None if it does not tell."""
    if "Content-Length" not in headers or "Content-Encoding" in headers:
        return None
    return start + int(headers["Content-Length"])


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _done_bytes(spec: ModelSpec, folder: Path) -> int:
    return sum(min(_size(folder / name), file.size_bytes) for name, file in spec.files.items())


def _check_space(spec: ModelSpec, folder: Path, needed_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise ModelUnavailable(
            spec.name,
            f"the disk has {size_text(free_bytes)} free, {size_text(needed_bytes)} are needed.",
            "Free some space or choose a smaller model.",
        )


def _unreachable(spec: ModelSpec, error: Exception) -> ModelUnavailable:
    answer = getattr(error, "response", None)
    status = getattr(answer, "status_code", None)
    what = f"refused it (HTTP {status})" if status else "cannot be reached"
    return ModelUnavailable(
        spec.name,
        f"it is not on this computer, and the model hub {what}.",
        f"Connect to the internet and try again ({size_text(spec.download_bytes)} to download), "
        "or choose a model that is on this computer.",
    )
