"""What stands among the lines of a text and nobody says."""

from __future__ import annotations

import pytest

from editor.formats import read

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
    ],
)
def test_pages_that_are_spoken_of_are_words(text: str) -> None:
    assert " ".join(draft.text for draft in read(text.encode(), "a.txt").drafts).split() == (
        text.split()
    )
