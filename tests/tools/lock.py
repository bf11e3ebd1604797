"""Writes requirements.lock: one exact version of everything, for each Python and system.

Run by `make lock`. uv resolves for all systems at once; it lives in a folder thrown away after.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INTEL_MAC = "sys_platform == 'darwin' and platform_machine == 'x86_64'"
NOT_INTEL_MAC = "sys_platform != 'darwin' or platform_machine != 'x86_64'"
HEADER = """\
# Written by `make lock` from pyproject.toml. CPython 3.11 to 3.14; Linux, macOS, Windows.
# onnxruntime has no newer wheel for Intel Macs, and none there for Python 3.14.
"""


def main() -> None:
    """Resolve and write the lock file."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        [python] = [*Path(folder).glob("bin/python"), *Path(folder).glob("Scripts/python.exe")]
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        everywhere = _resolve(python, Path(folder), "--universal")
        constraints = Path(folder) / "everywhere.txt"
        constraints.write_text(_without("onnxruntime", everywhere), "utf-8")
        platform = ("--python-platform", "x86_64-apple-darwin", "--constraint", str(constraints))
        intel_mac = _resolve(python, Path(folder), *platform)
    (ROOT / "requirements.lock").write_text(HEADER + merged(everywhere, intel_mac), "utf-8")


def merged(everywhere: str, intel_mac: str) -> str:
    """Add to the lines valid everywhere those that an Intel Mac needs otherwise.

    >>> print(merged("a==2\\nb==1\\n", "a==1\\nb==1\\nc==3\\n"), end="")
    a==1 ; sys_platform == 'darwin' and platform_machine == 'x86_64'
    a==2 ; sys_platform != 'darwin' or platform_machine != 'x86_64'
    b==1
    c==3 ; sys_platform == 'darwin' and platform_machine == 'x86_64'
    """
    lines = set(everywhere.splitlines())
    pinned = {line.split(" ;")[0] for line in lines}
    for line in set(intel_mac.splitlines()) - pinned:
        name = line.split("==")[0]
        for other in [other for other in lines if other.startswith(name + "==")]:
            lines.remove(other)
            lines.add(f"{other} ; {NOT_INTEL_MAC}")
        lines.add(f"{line} ; {INTEL_MAC}")
    return "\n".join(sorted(lines)) + "\n"


def _resolve(python: Path, folder: Path, *options: str) -> str:
    answer = folder / "answer.txt"
    command: list[str | Path] = [python, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--quiet"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--python-version", "3.11", "--output-file", str(answer), *options]
    subprocess.run(command, cwd=ROOT, check=True)
    text = answer.read_text("utf-8")
    answer.unlink()
    return text


def _without(name: str, text: str) -> str:
    return re.sub(rf"^{name}==.*\n", "", text, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
