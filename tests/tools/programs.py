"""Finds the programs that tests need beside Python, installs them where it may, else says how.

Run as `python -m tests.tools.programs chromium` or with others of `PROGRAMS`; prints their paths, a
line each.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from glob import glob


@dataclass(frozen=True)
class Program:
    """A program under the names and in the places (patterns) where systems keep it.

    The environment variable of its name in capitals overrides all of them.
    """

    name: str
    commands: tuple[str, ...]
    places: tuple[str, ...]
    debian_packages: str
    advice: str


PROGRAMS = {
    program.name: program
    for program in (
        Program(
            "chromium",
            ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
            (
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                r"C:\Program Files\Google\Chrome\Application\chrome.exe",
                r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
            ),
            # Captions are drawn into films with a font of the system, and a bare one has none.
            "chromium fonts-dejavu-core",
            "Debian: sudo apt-get install chromium. Fedora: sudo dnf install chromium. "
            "Ubuntu: sudo snap install chromium. macOS: brew install --cask chromium. "
            "Windows: winget install Google.Chrome.",
        ),
        Program(
            "firefox",
            ("firefox-esr", "firefox"),
            (
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                r"C:\Program Files\Mozilla Firefox\firefox.exe",
            ),
            "firefox-esr",
            "Debian: sudo apt-get install firefox-esr. Fedora: sudo dnf install firefox. "
            "Ubuntu: from packages.mozilla.org. macOS: brew install --cask firefox. "
            "Windows: winget install Mozilla.Firefox.",
        ),
        Program(
            "webkit",
            ("WebKitWebDriver",),
            (),
            "webkit2gtk-driver",
            "Debian and Ubuntu: sudo apt-get install webkit2gtk-driver. Fedora: sudo dnf install "
            "webkit2gtk4.1. Not on macOS and Windows.",
        ),
        Program(
            "xvfb",
            ("Xvfb",),
            (),
            "xvfb",
            "Debian and Ubuntu: sudo apt-get install xvfb. Fedora: sudo dnf install "
            "xorg-x11-server-Xvfb. Not on macOS and Windows.",
        ),
        Program(
            "pulseaudio",
            ("pulseaudio",),
            (),
            "pulseaudio",
            "Debian and Ubuntu: sudo apt-get install pulseaudio. Fedora: sudo dnf install "
            "pulseaudio. Not on Windows.",
        ),
        Program(
            "node",
            ("node", "nodejs"),
            (r"C:\Program Files\nodejs\node.exe",),
            "nodejs",
            "Debian and Ubuntu: sudo apt-get install nodejs. Fedora: sudo dnf install nodejs. "
            "macOS: brew install node. Windows: winget install OpenJS.NodeJS.",
        ),
        Program(
            "npm",
            ("npm",),
            (r"C:\Program Files\nodejs\npm.cmd",),
            "npm",
            "Debian and Ubuntu: sudo apt-get install npm. Fedora: sudo dnf install nodejs-npm. "
            "macOS: brew install node. Windows: winget install OpenJS.NodeJS.",
        ),
        Program(
            "postgres",
            ("postgres",),
            ("/usr/lib/postgresql/*/bin/postgres",),
            "postgresql",
            "Debian and Ubuntu: sudo apt-get install postgresql. Fedora: sudo dnf install "
            "postgresql-server. macOS: brew install postgresql. Not on Windows.",
        ),
        Program(
            "redis",
            ("redis-server", "valkey-server"),
            (),
            "redis-server",
            "Debian and Ubuntu: sudo apt-get install redis-server. Fedora: sudo dnf install "
            "valkey. macOS: brew install redis. Not on Windows.",
        ),
    )
}


def find(program: Program, environ: Mapping[str, str]) -> str | None:
    """Path of the program, None where it is not installed."""
    chosen = environ.get(program.name.upper())
    if chosen:
        return shutil.which(chosen, path=environ.get("PATH"))
    commands = (shutil.which(name, path=environ.get("PATH")) for name in program.commands)
    places = (path for place in program.places for path in sorted(glob(place)))
    return next((path for path in commands if path), None) or next(places, None)


def install(programs: Sequence[Program]) -> None:
    """Install programs with apt-get, where there is one and we may use it."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not programs or not is_root or shutil.which("apt-get") is None:
        return
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = " ".join(program.debian_packages for program in programs).split()
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        # Another may be installing as well. Paths go to stdout, what apt-get says does not.
        waiting = ["apt-get", "-o", "DPkg::Lock::Timeout=300", *command]
        subprocess.run(waiting, env=environ, stdout=sys.stderr, check=False)


def find_or_install(name: str) -> str:
    """Path of a program, installed first where that is possible; see `all_found_or_installed`."""
    return all_found_or_installed([name])[0]


def all_found_or_installed(names: Sequence[str]) -> list[str]:
    """Paths of programs, those that are missing installed first, at once, where that is possible.

    Raises:
        SystemExit: one is missing; the message says what to install.
    """
    missing = []
    for program in map(PROGRAMS.__getitem__, names):
        chosen = os.environ.get(program.name.upper())
        if find(program, os.environ) is None:
            if chosen:
                raise SystemExit(f"{program.name.upper()}={chosen}: there is no such program")
            missing.append(program)
    install(missing)
    return [_path_of(PROGRAMS[name]) for name in names]


def _path_of(program: Program) -> str:
    path, name = find(program, os.environ), program.name
    if path is None:
        raise SystemExit(
            f"The tests need {name}, which was not found. {program.advice} "
            f"Or say where it is: {name.upper()}=/path/to/{name}."
        )
    return path


if __name__ == "__main__":
    print(*all_found_or_installed(sys.argv[1:]), sep="\n")
