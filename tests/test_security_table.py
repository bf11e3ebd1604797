"""Each threat in SECURITY.md names tests; here it is seen that there are such tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_NAMED = re.compile(r"`(tests/[^`:]+)::([^`]+)`")


def rows() -> list[str]:
    lines = (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("|")][2:]


def names_of_tests(path: Path) -> set[str]:
    """The names of the tests of a file, in Python or JavaScript."""
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        return set(re.findall(r'^test\("([^"]+)"', text, re.MULTILINE))
    tree = ast.walk(ast.parse(text))
    names = {node.name for node in tree if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


def test_every_threat_names_a_test() -> None:
    assert len(rows()) >= 15
    assert [row for row in rows() if not _NAMED.search(row)] == []


def test_every_named_test_exists() -> None:
    named = [found for row in rows() for found in _NAMED.findall(row)]
    assert [
        f"{path}::{name}" for path, name in named if name not in names_of_tests(ROOT / path)
    ] == []
