"""Links by which people without an account read a transcript, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from editor.cli import cli
from editor.errors import InvalidValue, NotFound
from editor.library import shared_links
from editor.store import open_store
from tests.formats.talk import TALK
from tests.support.segments import put_segments


def test_links_are_made_listed_and_deleted(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'transcripts.db'}"
    store = open_store(database)
    item = store.create_transcript(title="Talk", media_name="t.mp3", model="base").id
    put_segments(store, item, list(TALK.segments))
    names = tmp_path / "names.txt"
    names.write_text("Žluť = Person A\n", "utf-8")
    env = {"TRANSCRIPT_EDITOR_DATA": str(tmp_path), "TRANSCRIPT_EDITOR_URL": "https://t.example"}

    def ran(*arguments: str) -> str:
        found = CliRunner().invoke(cli, ["links", *arguments], env=env)
        if found.exception:
            raise found.exception
        assert found.stderr == ""
        return found.stdout

    address = ran("add", item, "--for", "never", "--pseudonyms", str(names)).strip()
    base, _, token = address.rpartition("/s/")
    assert base == "https://t.example"
    page = shared_links.page_of(store, shared_links.opened(store, token), "/x").decode()
    assert "Person A" in page
    assert "Žluť" not in page
    (told,) = map(json.loads, ran("list", item, "--json").splitlines())
    assert (told["has_sound"], told["has_pseudonyms"], told["ends_ms"]) == (False, True, None)
    assert told["transcript_id"] == item
    assert "never ends" in ran("list")
    with pytest.raises(InvalidValue, match="no recording"):
        ran("add", item)
    with pytest.raises(NotFound):
        ran("list", "nope")
    ran("delete", told["id"])
    assert ran("list") == ""
    with pytest.raises(NotFound):
        ran("delete", told["id"])
    store.close()
