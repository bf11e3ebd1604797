"""Holds the floors of the house: rooms import only downwards, each library has one owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "editor"

#: Rooms by floor, lowest first. A room imports rooms of lower floors only.
FLOORS: list[set[str]] = [
    {"errors"},
    {"timecode", "document", "config", "disk", "logs", "ids", "languages", "sandbox", "atomic"},
    {"align"},
    {"edits", "moves", "review", "captions"},
    {"past", "reflow"},
    {"formats", "media", "recognise", "models", "store", "files", "uploads"},
    {"hearing", "export"},
    {"scoring", "checking", "kinds", "autofix"},
    {"jobs", "library", "accounts", "retiming"},
    {"archive", "listening", "storage", "sharing"},
    {"web"},
    {"cli"},
    {"deploy"},
]

#: The one room that may import a library; all others see our own types.
OWNERS = {
    "text_to_num": "align",
    "whisper_normalizer": "align",
    "jellyfish": "review",
    "spellchecker": "review",
    "av": "media",
    "pydub": "media",
    "faster_whisper": "recognise",
    "ctranslate2": "recognise",
    "pocketsphinx": "recognise",
    "onnxruntime": "recognise",
    "webvtt": "formats",
    "chardet": "formats",
    "sentencex": "captions",
    "budoux": "captions",
    "httpx2": "models",
    "huggingface_hub": "models",
    "sqlalchemy": "store",
    "alembic": "store",
    "huey": "jobs",
    "argon2": "accounts",
    "redis": "jobs",
    "boto3": "files",
    "botocore": "files",
    "psycopg": "store",
    "flask": "web",
    "pydantic": "web",
    "spectree": "web",
    "waitress": "web",
    "prometheus_client": "web",
    "click": "cli",
    "tqdm": "cli",
    "platformdirs": "config",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor_of(room: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if room in rooms)


@cache
def imported_names(path: Path) -> tuple[str, ...]:
    return tuple(_imported_names(path))


def _imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            module = node.module or ""
            yield from (
                f"{module}.{alias.name}" if module == "editor" else module for alias in node.names
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_import_downwards_only(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    for name in imported_names(path):
        parts = name.split(".")
        if parts[0] == "editor" and len(parts) > 1 and parts[1] not in (room, "__version__"):
            assert floor_of(parts[1]) < floor_of(room), f"{room} imports {parts[1]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_owner(path: Path) -> None:
    for name in imported_names(path):
        owner = OWNERS.get(name.split(".")[0])
        assert owner in (None, room_of(path)), f"{name} belongs to {owner}"


def test_the_house_on_one_page_names_every_room() -> None:
    page = (PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8")
    assert [room for rooms in FLOORS for room in rooms if f"`{room}`" not in page] == []
