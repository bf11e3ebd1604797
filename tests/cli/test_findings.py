"""What is told of how well a text and a recording match."""

from __future__ import annotations

from typing import Any

from editor.cli.findings import findings


def passage(kind: str, words: int, start_ms: int) -> dict[str, Any]:
    text = " ".join(["so"] * words)
    return {"kind": kind, "word_count": words, "start_ms": start_ms, "text": text}


def told(
    written: int, heard: int, *passages: dict[str, Any], is_trusted: bool = False
) -> list[str]:
    coverage = {
        "written_words": written,
        "written_heard": heard,
        "written_share": heard / written,
        "heard_words": heard,
        "remarks": [],
        "passages": passages,
    }
    return list(findings(coverage, recording="a.mp3", text="a.txt", is_trusted=is_trusted))


def test_passages_are_told_with_their_place_and_length() -> None:
    assert told(100, 90, passage("not_heard", 8, 61_000), passage("not_written", 48, 83_500)) == [
        "90.0% of the text matches the recording",
        "Not said, at 1:01: 8 words (“so so so so so so so so …”)",
        "Said, but not in the text, at 1:23: 48 words (“so so so so so so so so …”)",
    ]
    assert len(told(100, 97, passage("not_heard", 7, 0))) == 1
    many = told(1000, 200, *[passage("not_heard", 40, 0)] * 20)
    assert many[-1] == "... and 8 more passages; the JSON export has all."


def test_a_recording_that_was_cut_off_is_told_first_and_without_a_text() -> None:
    remarks = [{"kind": "moved", "text": "Moved."}, {"kind": "cut_off", "text": "Cut off."}]
    coverage = {
        "written_words": 9,
        "written_heard": 9,
        "written_share": 1.0,
        "heard_words": 9,
        "remarks": remarks,
        "passages": [],
    }
    for text, expected in (
        (None, ["Cut off."]),
        ("a.txt", ["Cut off.", "100.0% of the text matches the recording", "Moved."]),
    ):
        found = findings(coverage, recording="a.mp3", text=text, is_trusted=False)
        assert list(found) == expected


def test_trusting_is_advised_only_where_recognition_understood_little() -> None:
    advice = "If the text is right and the recording is noisy, try --trust-text."
    assert told(100, 40)[-1] == advice
    # All else is understood: these passages are not said.
    assert advice not in told(300, 90, passage("not_heard", 205, 0))
    assert advice not in told(100, 40, is_trusted=True)
