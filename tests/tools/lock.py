"""Writes requirements.lock: one exact version of everything, for each Python and system.

Run by `make lock`. uv resolves for all systems at once; it lives in a folder thrown away after.
At the end each system that we promise is asked whether all can be installed there from wheels.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OLDEST = ("--python-version", "3.11")
SYSTEMS = (
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
)
#: The README says so, too.
WITHOUT_WHEELS = {("x86_64-apple-darwin", "3.14")}
OLDEST_MACOS = "14.0"
INTEL_MAC = "sys_platform == 'darwin' and platform_machine == 'x86_64'"
NOT_INTEL_MAC = "sys_platform != 'darwin' or platform_machine != 'x86_64'"
HEADER = """\
# Written by `make lock` from pyproject.toml. CPython 3.11 to 3.14; Linux, macOS, Windows.
# Intel Macs have older versions of what has no newer wheel there; onnxruntime has none for
# Python 3.14 there.
"""


def main() -> None:
    """Resolve and write the lock file."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        [python] = [*Path(folder).glob("bin/python"), *Path(folder).glob("Scripts/python.exe")]
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        answer = Path(folder) / "answer.txt"
        everywhere = _resolve(python, answer, "--universal", *OLDEST)
        # uv keeps to the versions that stand there already, but where those have no wheel.
        platform = ("--python-platform", "x86_64-apple-darwin", "--only-binary", ":all:")
        intel_mac = _resolve(python, answer, *platform, *OLDEST)
        LOCK.write_text(HEADER + merged(everywhere, intel_mac), "utf-8")
        for system in SYSTEMS:
            for version in PYTHONS:
                if (system, version) not in WITHOUT_WHEELS:
                    # Its own error names what has no wheel there.
                    chosen = ("--constraint", str(LOCK), "--only-binary", ":all:")
                    on = ("--python-platform", system, "--python-version", version)
                    _resolve(python, Path(folder) / "installed.txt", *chosen, *on)


def merged(everywhere: str, intel_mac: str) -> str:
    """Add to the lines valid everywhere those that an Intel Mac needs otherwise.

    >>> print(merged("a==2\\nb==1\\n", "a==1\\nb==1\\nc==3\\n"), end="")
    a==1 ; sys_platform == 'darwin' and platform_machine == 'x86_64'
    a==2 ; (sys_platform != 'darwin' or platform_machine != 'x86_64')
    b==1
    c==3 ; sys_platform == 'darwin' and platform_machine == 'x86_64'
    """
    lines = set(everywhere.splitlines())
    pinned = {line.split(" ;")[0] for line in lines}
    for line in set(intel_mac.splitlines()) - pinned:
        name = line.split("==")[0]
        for other in [other for other in lines if other.startswith(name + "==")]:
            lines.remove(other)
            version, _, marker = other.partition(" ; ")
            lines.add(f"{version} ; {f'({marker}) and ' if marker else ''}({NOT_INTEL_MAC})")
        lines.add(f"{line} ; {INTEL_MAC}")
    return "\n".join(sorted(lines)) + "\n"


def _resolve(python: Path, answer: Path, *options: str) -> str:
    command: list[str | Path] = [
        python,
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--all-extras",
        "--quiet",
    ]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--output-file", str(answer), *options]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return answer.read_text("utf-8")


if __name__ == "__main__":
    main()
