"""Struck-out words cut out of a recording of the library."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from editor import formats
from editor.cli import cli
from editor.config import Settings
from editor.document import Segment, Word
from editor.errors import NotPossible
from editor.media.decode import sound_blocks
from editor.media.source import open_recording
from editor.store import Store, open_store
from tests.support.media_files import tone, write_sound
from tests.support.segments import put_segments


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The library that commands use."""
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path))
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(tmp_path)})
    with closing(open_store(settings.database_url)) as opened:
        yield opened


def test_a_copy_of_the_sound_and_its_captions_lack_what_is_struck_out(
    tmp_path: Path, store: Store
) -> None:
    row = store.create_transcript(title="T", media_name="a.wav", model="base")
    (tmp_path / "media" / row.id).mkdir(parents=True)
    recording = tmp_path / "media" / row.id / "original.wav"
    write_sound(recording, tone(16_000, 3, (0, 3)), 16_000)
    store.update_transcript(row.id, media_path=f"media/{row.id}/original.wav", duration_ms=3000)
    whole = recording.read_bytes()

    def cut(*more: str) -> tuple[int, str]:
        ran = CliRunner().invoke(cli, ["cut", row.id, "-o", str(tmp_path / "short.mp3"), *more])
        if isinstance(ran.exception, NotPossible):
            raise ran.exception
        return ran.exit_code, ran.stderr

    words = [Word("so", 0, 900), Word("um", 1000, 1900), Word("yes", 2000, 2900)]
    put_segments(store, row.id, [Segment("a", "so um yes", tuple(words))])
    with pytest.raises(NotPossible, match="Strike out words in the page first"):
        cut()
    store.update_transcript(row.id, language="en")
    ran = CliRunner().invoke(cli, ["fillers", row.id, "--strike"])
    assert (ran.stdout, ran.stderr) == ("    0:01  so [um] yes\n", "Struck out: um 1\n")
    ran = CliRunner().invoke(cli, ["fillers", row.id, "--json"])
    assert (ran.stdout, ran.stderr) == ("", "Found: none\n")
    code, said = cut("--captions", str(tmp_path / "short.srt"))
    assert (code, said.splitlines()[-1].endswith("Length 0:02; cut out: 1 ×, 1.0 s")) == (
        0,
        True,
    ), said
    with open_recording(tmp_path / "short.mp3") as copy:
        assert round((copy.duration or 0) / 1e5) == pytest.approx(20, abs=1)
    captions = (tmp_path / "short.srt").read_text()
    assert captions == "1\n00:00:00,000 --> 00:00:01,900\nso yes\n\n"
    assert recording.read_bytes() == whole


def test_names_are_covered_by_a_tone_and_replaced_in_every_export(
    tmp_path: Path, store: Store
) -> None:
    row = store.create_transcript(title="Talk with Anna", media_name="Anna.wav", model="base")
    (tmp_path / "media" / row.id).mkdir(parents=True)
    recording = tmp_path / "media" / row.id / "original.wav"
    write_sound(recording, tone(16_000, 3, (0.0, 0.1)), 16_000)
    store.update_transcript(row.id, media_path=f"media/{row.id}/original.wav", duration_ms=3000)
    words = (Word("with", 0, 900), Word("Anna,", 1000, 1900), Word("yes", 2000, 2900))
    said = Segment("a", "with Anna, yes", words, speaker="Anna", note="# Anna\nask Annabel")
    put_segments(store, row.id, [said])
    (tmp_path / "names.txt").write_text("Anna = Person A\n")
    names = ["--pseudonyms", str(tmp_path / "names.txt")]
    for name in formats.WRITABLE:
        out = tmp_path / "out"
        ran = CliRunner().invoke(
            cli, ["export", row.id, "--format", name, "--notes", *names, "-o", str(out)]
        )
        assert ran.exit_code == 0, (name, ran.output, ran.exception)
        assert "Person A: 3 ×\nLeft, but like a name of the list: Annabel (1)\n" in ran.stderr
        content = out.read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(out) as archive:
                content = b"".join(map(archive.read, archive.namelist()))
        assert (name, re.findall(rb"Anna(?!bel)", content)) == (name, [])
    for refused in (["--format", "original"], ["--embed", "--format", "html"]):
        ran = CliRunner().invoke(cli, ["export", row.id, *refused, *names])
        assert ran.exit_code != 0
    copy = tmp_path / "copy.wav"
    ran = CliRunner().invoke(cli, ["cut", row.id, *names, "-o", str(copy)])
    assert ran.exit_code == 0, ran.output
    assert "Person A: 3 ×\n" in ran.stderr
    samples = np.concatenate(list(sound_blocks(copy, rate_hz=16_000, layout="mono")))[:, 0]
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 1000) / 16
    assert (round(loud[loud > 500][0]), round(loud[-1])) == pytest.approx((920, 1980), abs=2)
