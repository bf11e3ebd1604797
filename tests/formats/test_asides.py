"""What stands among the lines of a text and nobody says."""

from __future__ import annotations

import pytest

from editor.document import Segment, Transcript, Word
from editor.formats import export_original, read

PAGES = {
    "numbers in words": "Fog Inquiry\n{}\n\n  Page 1\n\nFog Inquiry\n{}\n\n  Page 2\n",
    "numbers between dashes": "Fog Inquiry\n{}\n- 1 -\nFog Inquiry\n{}\n- 2 -\n",
    "a title beside the number": "{}\nFog Inquiry | Page 1 of 2\n{}\nFog Inquiry | Page 2 of 2\n",
    "numbers alone": "\n1\n\n{}\n\n2\n\n{}\n\n3\n\n",
    "remarks": "{}\n{}\n\nTranscribed by https://example.org\n\n© 2026 Fog Radio.",
}


@pytest.mark.parametrize("form", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("time", ["", "[00:0{}:05] "])
def test_heads_and_feet_of_pages_and_remarks_are_left_out_and_told(form: str, time: str) -> None:
    one, two = time.format(1) + "Ana: We met.\nTom: In fog.", time.format(2) + "Ana: Yes.\nTom: Oh."
    result = read(form.format(one, two).encode(), "a.txt")
    said = [(draft.speaker, draft.text) for draft in result.drafts]
    assert said == [("Ana", "We met."), ("Tom", "In fog."), ("Ana", "Yes."), ("Tom", "Oh.")]
    assert result.problems


@pytest.mark.parametrize(
    "text",
    [
        "We turn to page 1\nand read.\nWe turn to page 2\nand read.",
        "1\nOne.\n2\nTwo.\n3\nThree.",
        "Page 7\nHe read.\nPage 9\nHe slept.",
        "© 2026 Fog Radio",
        "The meeting started late.\nThe fog rose.\nThe motion was transcribed by hand.",
        "Our meeting ended in tears.\nFog.\nBach transcribed from memory.",
    ],
)
def test_pages_that_are_spoken_of_are_words(text: str) -> None:
    assert " ".join(draft.text for draft in read(text.encode(), "a.txt").drafts).split() == (
        text.split()
    )


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("time", ["", "[00:0{}:05] "])
def test_signs_that_none_sees_are_no_part_of_names_and_words(name: str, time: str) -> None:
    form = "\u200b{0}Ana:\u200b We met in the har\u00adbour.\n\n\u200f{1}Omar:\u200f \u2060Oh.\n"
    drafts = read(form.format(time.format(1), time.format(2)).encode(), name).drafts
    said = [(draft.speaker, draft.text) for draft in drafts]
    assert said == [("Ana", "We met in the harbour."), ("Omar", "Oh.")]


def test_own_text_keeps_signs_that_none_sees() -> None:
    text = "\u200bAna:\u200b We met in the har\u00adbour.\n\u200eOmar:\u200e In fog.\n"
    text += "\nPage 1\n\nPage 2\n"
    segments = [
        Segment(said, said, tuple(Word(one, 0, 100) for one in said.split()), who, new_turn=True)
        for who, said in (("Ana", "We met in the port."), ("Omar", "In fog."))
    ]
    written = export_original(text.encode(), "a.txt", None, Transcript(tuple(segments)))
    assert written.decode() == text.replace("har\u00adbour", "port")


def test_front_matter_rules_and_code_of_markdown_are_not_said() -> None:
    text = "---\ntitle: Fog\ntags:\n  - sea\n---\n### Ana Ruiz `00:03`\n\nIn fog.\n\n---\n\n"
    text += "### Omar `00:09`\n\n> Oh.\n>\n> So.\n\n### Ana Ruiz `00:12`\n\nYes.\n"
    drafts = read(text.encode(), "a.md").drafts
    assert [(draft.speaker, draft.text, draft.start_ms) for draft in drafts] == [
        ("Ana Ruiz", "In fog.", 3000),
        ("Omar", "Oh.", 9000),
        ("Omar", "So.", None),
        ("Ana Ruiz", "Yes.", 12000),
    ]
