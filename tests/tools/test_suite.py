from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import suite

#: Fails, and where it left a mark before, passes.
ONCE = """
from pathlib import Path

def test_passes_the_second_time():
    mark = Path("mark")
    was_here = mark.exists()
    mark.touch()
    assert was_here

def test_passes():
    pass
"""


def ran_in(folder: Path, tests: str, monkeypatch: pytest.MonkeyPatch) -> int:
    (folder / "test_it.py").write_text(tests, "utf-8")
    monkeypatch.chdir(folder)
    # Others take longer to import than these tests to run.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setattr(suite, "PYTEST", [*suite.PYTEST, "-p", "xdist"])
    return suite.main("0")


def test_what_passes_alone_is_named_and_what_fails_again_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ran_in(tmp_path, ONCE, monkeypatch) == 0
    said = "Passed alone, failed beside others:\n  test_it.py::test_passes_the_second_time\n"
    assert capfd.readouterr().out.endswith(said)
    assert ran_in(tmp_path, "def test_it():\n    raise OSError\n", monkeypatch) == 1
    assert "Once more, alone:\n  test_it.py::test_it\n" in capfd.readouterr().out


def test_many_that_fail_are_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    many = "\n".join(f"def test_{n}():\n    raise OSError\n" for n in range(suite.MOST_RERUN + 1))
    assert ran_in(tmp_path, many, monkeypatch) == 1
    assert "Once more" not in capfd.readouterr().out
