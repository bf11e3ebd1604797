"""What a start of the program imports: only libraries that the command itself needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Our libraries that take 50 ms of CPU and more to import, and the rooms that bring them along.
SLOW = {
    "alembic", "av", "ctranslate2", "editor.asr", "editor.formats", "editor.library",
    "editor.store", "editor.web", "faster_whisper", "flask", "huey", "huggingface_hub", "numpy",
    "onnxruntime", "psycopg", "pydantic", "redis", "spectree", "sqlalchemy",
}  # fmt: skip
ON_FILES = {"editor.formats", "editor.library", "numpy"}


def imported_by(*arguments: str) -> set[str]:
    """The modules that a Python with these arguments imports."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    times = [line for line in ended.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in times}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        ("-m editor --help", set()),
        ("-m editor --version", set()),
        ("-m editor convert --help", ON_FILES),
        (
            "-m editor worker --help",
            SLOW - {"alembic", "editor.web", "flask", "spectree", "ctranslate2"},
        ),
        ("-c import\teditor.formats.sandbox_child", {"editor.formats", "numpy"}),
        ("-c import\teditor.media.sandbox_child", {"av", "numpy"}),
    ],
)
def test_a_start_imports_no_slow_library_that_it_does_not_need(
    arguments: str, needed: set[str]
) -> None:
    found = imported_by(*arguments.split(" "))
    assert "editor" in found
    assert found & (SLOW - needed) == set()
