from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest

from editor.errors import EditorError
from editor.formats import read
from editor.library.file_kinds import HEAD_BYTES, kind_of
from tests.support.media_files import write_sound

NOISE = random.Random(1).randbytes(3000)


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"Hello there", "talk.mp3", "text"),
        (("ж" * HEAD_BYTES).encode()[: HEAD_BYTES - 1], "no ending", "text"),
        (("\ufeff" + "😀" * HEAD_BYTES).encode("utf-16-le")[:HEAD_BYTES], "x.opus", "text"),
        ("Été déjà vu\n".encode("cp1252"), "x.webvtt", "text"),
        (zipped("[Content_Types].xml", "word/document.xml"), "x.docm", "text"),
        (zipped("rows.json", "media/original.mp3"), "renamed.zip", "project"),
        (b"no archive", "x.transcript", "project"),
        (b"ID3\4\0\0" + NOISE, "talk.txt", "recording"),
        (b"\0\0\0\x20ftypM4A " + NOISE, "talk.txt", "recording"),
        ((b"G" + NOISE[:187]) * 9, "talk.txt", "recording"),
        (b"\0" * 5000, "talk.mp4", "recording"),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name) == kind


def test_the_decoder_knows_what_no_table_does(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.mp3", np.zeros((1, 48_000), dtype=np.int16), 48_000)
    head = b"<p>an error of the server</p>\n" * 9 + sound.read_bytes().partition(b"\xff\xfb")[2]
    assert kind_of(head[:HEAD_BYTES], "a.txt") == "recording"


@pytest.mark.parametrize(
    ("head", "name", "told"),
    [
        (b"", "a.mp3", "it is empty (0 bytes). Copy it again from the original."),
        (zipped("mimetype"), "a.odt", "office document; save it as plain text first"),
        (b"\xd0\xcf\x11\xe0" + NOISE, "a.doc", "office document; save it as plain text first"),
        (b"\x89PNG\r\n" + NOISE, "a.png", "it is a picture. Choose a recording or a text."),
        (b"\0\0\0\x18ftypheic" + NOISE, "a.heic", "it is a picture."),
        (b"850STL25.01" + NOISE, "a.stl", "it is neither a recording nor a readable text."),
        (NOISE, "a.mp3", "it is neither a recording nor a readable text. Play it"),
    ],
)
def test_what_is_neither_says_what_it_is(head: bytes, name: str, told: str) -> None:
    with pytest.raises(EditorError) as refused:
        kind_of(head, name)
    assert str(refused.value).startswith(f"{name}: ")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1}\n{"a": 2}\n', "this is JSON of a kind that is not read"),
        ('<?xml version="1.0"?>\n<project>', "this is XML of a kind that is not read here"),
    ],
)
def test_what_no_reader_knows_is_not_read_as_speech(text: str, told: str) -> None:
    with pytest.raises(EditorError, match=f"^a: {told.partition(' (')[0]}"):
        read(text.encode(), "a")


@pytest.mark.parametrize("head", [b"%PDF-1.7" + NOISE, b"{\\rtf1 a}", b"<!DOCTYPE html>\n<p>Hello"])
def test_documents_are_texts_whatever_their_name(head: bytes) -> None:
    assert kind_of(head, "a.mp3") == "text"


def test_what_is_read_stays_read() -> None:
    for text in ("[04] Ana: Hello", "[Music]\nHello", "<i>Hello</i> there", "{Hello}\nthere"):
        assert read(text.encode(), "a.txt").format == "txt"
