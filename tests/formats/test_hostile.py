"""Texts made to do harm, and damaged ones: read or refused with a sentence, soon."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from editor import formats
from editor.document import Media, Segment, Transcript, Word
from editor.errors import UnreadableTranscript
from tests.support.chance import examples

#: CPU seconds; what takes more than linear time takes minutes here.
SOON_S = 10.0
MB = 1_000_000
CUE = b"1\n00:00:01,000 --> 00:00:02,000\n"
DIALOGUE = b"[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,"
VTT_CUE = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"


def docx(content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
    return data.getvalue()


REFUSED = {
    "a billion cues": (b"1\n00:00:01,000 --> 00:00:02,000\nhi\n\n" * 200_000, "a.srt", "lines"),
    "many short lines": (b"a\n" * 150_000, "a.txt", "150000 segments, and 100000 are the most"),
    "a line of ten megabytes": (b"w" * 10 * MB, "a.txt", "a.txt, line 1: it is longer than"),
    "a caption without end": (CUE + b"w" * MB, "a.srt", "longer than 100000 characters"),
    "zero bytes": (b"hello\0world\n" * 10, "a.txt", "binary data|zero byte"),
    "deep lists": (b"[" * MB, "a.json", "not JSON that can be read"),
    "deep objects": (b'{"segments":' * 80_000, "a.json", "not JSON that can be read"),
    "a number of 5000 digits": (
        b'{"segments":[{"start":' + b"9" * 5000 + b',"text":"a"}]}',
        "a.json",
        "not JSON that can be read",
    ),
    "deep elements": (b"<tt>" + b"<p>" * 300_000, "a.ttml", "nested too deep"),
    "entities": (b'<!DOCTYPE tt [<!ENTITY a "b">]><tt>&a;</tt>', "a.ttml", "declares entities"),
    "a document that grows": (docx(b"<document>" + b" " * 60 * MB), "a.docx", "over 50 MB"),
    "a deep document": (docx(b"<document>" + b"<p>" * 300_000), "a.docx", "nested too deep"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_harmful_text_is_refused_soon(case: tuple[bytes, str, str]) -> None:
    data, name, reason = case
    began = time.process_time()
    with pytest.raises(UnreadableTranscript, match=reason):
        formats.read(data, name)
    assert time.process_time() - began < SOON_S


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CUE + b"<" * 90_000, "a.srt"),
        (CUE + b"{\\an8" * 15_000, "a.srt"),
        (VTT_CUE + b"<b>" * 30_000 + b"x", "a.vtt"),
        (VTT_CUE + b"&" * 90_000, "a.vtt"),
        (b"[" * 90_000, "a.txt"),
        (b"(" * 90_000, "a.txt"),
        (b"_a" * 45_000, "a.md"),
        (b"[a](" * 22_000, "a.md"),
        (b"A" * 90_000 + b": x", "a.txt"),
        (("e" + "\u0301" * 90_000).encode(), "a.txt"),
        (DIALOGUE + b"{" * MB, "a.ass"),
        (b"00:00:01.000 --> " * 50_000, "a.srt"),
        (b"00:00:01,000 --> 00:00:02,000 " + b"a:" * 40 + b" 1\nx", "a.srt"),
        (b"Note: " + b"this:is:a:list:of:" * 25 + b" (really)", "a.txt"),
        (b"0:00:00.000,0:00:01.000\n" + b"1" * 400_000, "a.sbv"),
        (VTT_CUE + b"<00:00:01.000>a " * 6_000, "a.vtt"),
        (VTT_CUE + b"<00:00:01.000>" * 3_000 + b" " * 50_000 + b"x", "a.vtt"),
        (VTT_CUE + b"<v a>b" * 16_000, "a.vtt"),
        (DIALOGUE + b"{\\k1}a " * 12_000, "a.ass"),
        (VTT_CUE + b"a.jpg?" * 16_000 + b" x", "a.vtt"),
        (VTT_CUE + b"<rt>" * 24_000, "a.vtt"),
        (b"<SAMI><SYNC Start=1><P>" + b"<!--" * 24_000 + b"x", "a.smi"),
        (b"{1}{2}" + b"{y:i}" * 18_000 + b"x", "a.sub"),
        (b"a\t" * 45_000, "a.tsv"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value,
)
def test_text_made_to_take_long_does_not(data: bytes, name: str) -> None:
    began = time.process_time()
    with suppress(UnreadableTranscript):
        formats.read(data, name)
    assert time.process_time() - began < SOON_S


TRANSCRIPT = Transcript(
    (
        Segment(
            "a",
            "Hey listeners,",
            (Word("Hey", 0, 400), Word("listeners,", 400, 900)),
            "Ann",
            note="# One",
        ),
        Segment("b", "grüße 😀", (Word("grüße", 1000, 1400), Word("😀", 1500, 1900))),
    )
)


def written(format_name: str) -> bytes:
    from editor.formats.exports import Options, export

    return export(format_name, TRANSCRIPT, Media("a.mp3", 5000), None, Options())


@pytest.mark.hypothesis
@pytest.mark.parametrize(
    "format_name", [name for name in formats.WRITABLE if not formats.FORMATS[name].is_variant]
)
def test_damaged_texts_are_read_or_refused(format_name: str) -> None:
    whole = written(format_name)
    suffix = formats.FORMATS[format_name].suffixes[0]

    @examples(25, *HealthCheck)
    @given(data=st.data())
    def damage(data: st.DataObject) -> None:
        changed = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 5))):
            at = data.draw(st.integers(0, len(changed)))
            length = data.draw(st.integers(0, 3))
            changed[at : at + length] = data.draw(st.binary(max_size=6))
        with suppress(UnreadableTranscript):
            read = formats.read(bytes(changed), f"a{suffix}")
            assert all(draft.text.strip() or draft.word_times_ms == () for draft in read.drafts)

    damage()


@examples(100)
@given(
    data=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8")),
    name=st.sampled_from([one.suffixes[0] for one in formats.FORMATS.values()]),
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with suppress(UnreadableTranscript):
        formats.read(data, f"a{name}")
