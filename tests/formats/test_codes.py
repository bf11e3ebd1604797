"""Coded passages, as they are listed and exported."""

from __future__ import annotations

import json

from editor.document import Media, Segment, Transcript, Word
from editor.formats import export
from editor.formats.codes import passages_of
from editor.formats.layout import lines_of
from editor.formats.publication import Choices, Publication


def said(id_: str, text: str, codes: dict[int, str], start_ms: int, **facts: str) -> Segment:
    words = tuple(
        Word(word, at, at + 90, codes=tuple(codes.get(n, "").split()))
        for n, word in enumerate(text.split())
        if (at := start_ms + 100 * n) >= 0
    )
    return Segment(id_, text, words, **facts)  # type: ignore[arg-type]


SEGMENTS = (
    said("a", "We lost the trust, then.", {2: "Trust", 3: "Trust Time", 4: "Trust"}, 0),
    said("b", "Did you?  Yes, =so", {0: "Trust", 3: "Time"}, 1000, speaker="Ann", note="ask"),
    said("c", "All", {0: "Trust"}, 2000, speaker="Ben"),
)
EXPECTED = """code,start,end,speaker,text,note
Trust,00:00:00.200,00:00:01.090,Ann,"the trust, then. Did",ask
Time,00:00:00.300,00:00:00.390,,"trust,",
Time,00:00:01.300,00:00:01.390,Ann, =so,ask
Trust,00:00:02.000,00:00:02.090,Ben,All,
"""


def published(name: str) -> str:
    transcript = Transcript(SEGMENTS)
    publication = Publication(transcript, Media("a.wav", 3000), lambda _: (), title="Talk")
    return export(name, publication).data.decode()


def test_passages_go_over_segments_and_end_at_words_without_their_code() -> None:
    assert published("codes") == EXPECTED
    read = json.loads(published("codes-json"))
    assert read["codes"] == [{"code": "Time", "passages": 2}, {"code": "Trust", "passages": 2}]
    assert read["passages"][0] == {
        "code": "Trust",
        "start_ms": 200,
        "end_ms": 1090,
        "speakers": ["Ann"],
        "text": "the trust, then. Did",
        "notes": ["ask"],
    }
    assert passages_of([]) == []


def test_codes_are_among_the_notes_of_documents() -> None:
    lines = lines_of(Transcript(SEGMENTS), Choices(has_notes=True))
    assert lines[1].notes == ("ask", "Trust: “Did”", "Time: “=so”")
