"""Projects as nobody packs them: each is refused in a sentence, or can be read and exported."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from editor.config import Settings
from editor.formats import FORMATS
from editor.library.project_file import pack
from editor.store import Store
from tests.support.chance import seeds
from tests.support.library import add_transcript
from tests.web.conftest import Upload

#: Stands for a value in rows and manifests that may be anything.
_ODD: list[Any] = [
    None, True, -1, 0, 1, 2**31, 2**63, 10**400, 1e308, -0.5, "", "x", "\0", "\ud800", "../../x",
    "/etc/passwd", "a" * 5000, "<script>", "en", "zz", "C:\\x", [], {}, [None], [[]], {"": None},
]  # fmt: skip
_NAMES = [
    "../x", "media/../../x.wav", "media/original.exe", "media/playable.wav", "transcripts.db",
    "media/original.wav/x", "imported", "media/peaks", "a" * 300, "media/original.mp4",
]  # fmt: skip
_READ = [
    "", "/changes?since=0", "/doubts", "/doubts?style=true", "/history", "/names", "/glossary",
    "/lint", "/media", "/peaks?from_ms=0&to_ms=1000&count=10", "/project",
    *(f"/export?format={name}" for name in (*FORMATS, "original")),
]  # fmt: skip


def test_a_project_of_odd_members_is_refused_or_can_be_read(
    client: FlaskClient, store: Store, settings: Settings, upload: Upload, tmp_path: Path
) -> None:
    transcript_id = add_transcript(settings, store)
    store.set_glossary(transcript_id, ["equivalency"])
    pack(settings, store, transcript_id, tmp_path / "whole")
    with zipfile.ZipFile(tmp_path / "whole") as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    taken = 0
    for seed in seeds(30):
        chance = random.Random(seed)
        packed = _packed(_odd_members(whole, chance), chance)
        answer = client.post("/api/projects", json={"upload": upload(packed, "x.transcript")})
        assert answer.status_code in (201, 422), (seed, answer.text)
        assert answer.json
        if answer.status_code == 201:
            taken += 1
            _read_and_delete(client, f"/api/transcripts/{answer.json['id']}", seed)
        else:
            assert answer.json["error"]["message"].partition(": ")[0].endswith("x.transcript")
        assert [row.id for row in store.list_transcripts()] == [transcript_id], seed
        assert [path.name for path in (settings.data_dir / "media").iterdir()] == [transcript_id]
        assert not list((settings.data_dir / "uploads").iterdir()), seed
    assert taken > 0


def _read_and_delete(client: FlaskClient, address: str, seed: int) -> None:
    for path in _READ:
        answer = client.get(address + path)
        assert answer.status_code < 500, (seed, path, answer.text)
    for deed in ("undo", "redo"):
        assert client.post(f"{address}/{deed}", json={}).status_code < 500, (seed, deed)
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 204


def _odd_members(whole: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    members = dict(whole)
    match chance.randrange(10):
        case 0:
            members[chance.choice(_NAMES)] = members[chance.choice(list(members))]
        case 1:
            del members[chance.choice(list(members))]
        case 2:
            name = chance.choice(list(members))
            members[name] = bytes(chance.choice([0, 1, 5_000_000]))
        case 3:
            members["manifest.json"] = _odd_json(members["manifest.json"], chance)
        case _:
            members["rows.json"] = _odd_json(members["rows.json"], chance)
    return members


def _packed(members: dict[str, bytes], chance: random.Random) -> bytes:
    """An archive of them; mostly its manifest agrees with them."""
    if chance.random() < 0.9 and (manifest := _loaded(members.get("manifest.json", b"{}"))):
        listed = {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members.items()
            if name != "manifest.json"
        }
        members["manifest.json"] = json.dumps({**manifest, "members": listed}).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", chance.choice([0, zipfile.ZIP_DEFLATED])) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _loaded(data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _odd_json(data: bytes, chance: random.Random) -> bytes:
    value = json.loads(data)
    for _ in range(chance.randint(1, 2)):
        holder, key = chance.choice(list(_places(value)))
        match chance.randrange(4):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.append(holder[key])
            case 2:
                other, name = chance.choice(list(_places(value)))
                holder[key] = json.loads(json.dumps(other[name]))
            case _:
                holder[key] = chance.choice(_ODD)
        if not list(_places(value)):
            break
    return json.dumps(value).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """All places in a JSON value, each as what holds it and its key there."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield value, key
        yield from _places(value[key])
