"""The built wheel, installed elsewhere: it has its page, its sample and its migrations with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
# Everything the program takes from its own folder, used once.
TRY = """
import json, sys
from pathlib import Path
import editor
from editor import formats
from editor.accounts import Accounts
from editor.config import Settings
from editor.jobs import Queue
from editor.store import open_store
from editor.web import Services, create_app

settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": sys.argv[1]})
store, queue = open_store(settings.database_url), Queue(settings.data_dir / "queue.db")
client = create_app(Services(settings, store, Accounts(store), queue)).test_client()
answers = {}
for path in ("/", "/static/js/server/api.js", "/static/css/base.css", "/api/transcripts"):
    with client.get(path) as answer:
        answers[path] = [answer.status_code, answer.mimetype, len(answer.get_data()) > 0]
queue.close()
store.close()
folder = Path(editor.__file__).parent
print(json.dumps({"folder": str(folder), "answers": answers}))
"""


def run(command: Sequence[str | Path], cwd: Path) -> str:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without the network, by the hatchling that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-build-isolation", "--no-deps", "--wheel-dir")
    run([*PIP, "wheel", *options, folder, ROOT], folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel; its libraries are those in use here."""
    folder = tmp_path_factory.mktemp("a fresh place")
    run([sys.executable, "-m", "venv", "--without-pip", "fresh"], folder)
    paths = sysconfig.get_paths("venv", {"base": str(folder / "fresh")})
    # Names a folder to look in after its own; what is installed there for editing is not seen.
    (Path(paths["purelib"]) / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    options = ("--quiet", "--no-index", "--no-deps")
    run([*PIP, "--python", folder / "fresh", "install", *options, wheel], folder)
    return Path(paths["scripts"])


def test_wheel_holds_the_program_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "editor",
        "transcript_editor",
    }
    assert {
        "editor/py.typed",
        "editor/static/index.html",
        "editor/static/editor.html",
        "editor/sample/sample.mp3",
        "editor/sample/sample.txt",
        "editor/formats/transcript.schema.json",
        "editor/store/migrations/env.py",
    } < names


def test_installed_program_works_from_any_folder(scripts: Path, tmp_path: Path) -> None:
    assert "Usage: transcript-editor" in run([scripts / "transcript-editor", "--help"], tmp_path)
    assert "0.1.0" in run([scripts / "transcript-editor", "--version"], tmp_path)
    tried = json.loads(run([scripts / "python", "-c", TRY, str(tmp_path / "data")], tmp_path))
    assert Path(tried["folder"]).is_relative_to(scripts.parent)
    assert tried["answers"] == {
        "/": [200, "text/html", True],
        "/static/js/server/api.js": [200, "text/javascript", True],
        "/static/css/base.css": [200, "text/css", True],
        "/api/transcripts": [200, "application/json", True],
    }
