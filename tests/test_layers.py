"""Holds the floors of the house: rooms import only downwards, each library has one owner."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "editor"

#: Rooms by floor, lowest first. A room imports rooms of lower floors only; a room within another
#: is written `outer/inner`.
FLOORS: list[set[str]] = [
    {"errors"},
    {"atomic", "config", "document", "languages", "logs", "sandbox", "timecode", "turns"},
    {"align", "media", "storage", "weights"},
    {"edits", "review", "asr/forced"},
    {"captions", "asr/rescue", "store/db"},
    {"asr", "diarization", "store", "formats"},
    {"formats/patch"},
    {"accounts", "jobs"},
    {"library"},
    {"api", "web/schemas"},
    {"web/http"},
    {"web"},
    {"cli"},
    {"deploy"},
]
ROOMS = [room for rooms in FLOORS for room in sorted(rooms)]

#: The one room that may import a library; all others see our own types. The shape of an edit is
#: what the web takes.
OWNERS = {
    "text_to_num": "align",
    "whisper_normalizer": "align",
    "jellyfish": "review",
    "spellchecker": "review",
    "av": "media",
    "pydub": "media",
    "resvg_py": "media",
    "faster_whisper": "asr",
    "ctranslate2": "asr",
    "pocketsphinx": "asr",
    "onnxruntime": "asr diarization",
    "g2p2": "asr",
    "webvtt": "formats",
    "chardet": "formats",
    "ttconv": "formats",
    "sentencex": "captions",
    "budoux": "captions",
    "httpx2": "weights",
    "huggingface_hub": "weights",
    "sqlalchemy": "store",
    "alembic": "store",
    "psycopg": "store",
    "huey": "jobs",
    "redis": "jobs",
    "pypdf": "formats",
    "striprtf": "formats",
    "argon2": "accounts",
    "boto3": "storage",
    "botocore": "storage",
    "flask": "web",
    "pydantic": "edits library web",
    "spectree": "web",
    "waitress": "web",
    "prometheus_client": "web",
    "click": "cli",
    "tqdm": "cli",
    "platformdirs": "config",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return room_named(path.relative_to(PACKAGE).with_suffix("").parts)


def room_named(parts: Sequence[str]) -> str:
    """The innermost room that holds a module: `asr/forced`, not `asr`."""
    inner = "/".join(parts[:2])
    return inner if inner in ROOMS else parts[0]


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
        imported = room_named(parts[1:]) if parts[0] == "editor" and parts[1:] else room
        # What a room hands on may come from the rooms within it.
        is_handed_on = path.name == "__init__.py" and imported.startswith(f"{room}/")
        if imported not in (room, "__version__") and not is_handed_on:
            assert floor_of(imported) < floor_of(room), f"{room} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_owner(path: Path) -> None:
    for name in imported_names(path):
        owner = OWNERS.get(name.split(".")[0])
        assert owner is None or room_of(path).split("/")[0] in owner.split(), (
            f"{name} belongs to {owner}"
        )


def test_contributors_are_sent_to_files_that_exist() -> None:
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    table = page.partition("## Where do I put")[2].partition("\n## ")[0]
    named = re.findall(r"`([\w./*-]+(?:/|\.py|\.js))`", table)
    assert len(named) > 20
    gone = [name for name in named if not [*PACKAGE.glob(name), *PACKAGE.parent.glob(name)]]
    assert gone == []


def test_the_house_on_one_page_names_every_room() -> None:
    page = (PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8")
    assert [room for room in ROOMS if f"`{room}`" not in page] == []
