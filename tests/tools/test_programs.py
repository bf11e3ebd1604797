from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tools import programs

NODE = replace(programs.PROGRAMS["node"], places=())


def executable(path: Path) -> Path:
    path.touch(mode=0o755)
    return path


def test_program_on_the_path_is_found(tmp_path: Path) -> None:
    there = executable(tmp_path / "nodejs")
    assert programs.find(NODE, {"PATH": str(tmp_path)}) == str(there)
    assert programs.find(NODE, {"PATH": str(tmp_path / "elsewhere")}) is None


def test_variable_overrides_the_path(tmp_path: Path) -> None:
    executable(tmp_path / "node")
    mine = executable(tmp_path / "mine")
    assert programs.find(NODE, {"PATH": str(tmp_path), "NODE": str(mine)}) == str(mine)


def test_missing_program_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("NODE", raising=False)
    monkeypatch.setitem(programs.PROGRAMS, "node", NODE)
    with pytest.raises(SystemExit, match=r"need node, .*apt-get install nodejs.*NODE=/path/to"):
        programs.find_or_install("node")


def test_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE", "/nowhere/node")
    with pytest.raises(SystemExit, match="NODE=/nowhere/node: there is no such program"):
        programs.find_or_install("node")
