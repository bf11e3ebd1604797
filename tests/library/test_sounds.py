"""What is told of a language whose sounds nobody here knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.asr import Prepared
from editor.document import RecognisedWord, Segment, Word
from editor.library import align
from editor.library.sounds import without_sounds
from editor.store import Store
from tests.store.samples import new_transcript

HEARD = [RecognisedWord(0, "はい", 100, 900, 0.9)]


def test_a_language_whose_sounds_are_not_known_is_named() -> None:
    assert without_sounds("sw") == (
        "How words of Swahili sound is not known here, so the model alone found their times; "
        "docs/models.md says what to install."
    )
    assert without_sounds("de") is without_sounds("ko") is without_sounds(None) is None


@pytest.mark.parametrize("language", ["ja", "yue", "th", "sq"])
def test_nothing_to_install_is_named_where_nothing_helps(language: str) -> None:
    helps = "docs/models.md says what to install" in str(without_sounds(language))
    assert helps == (language == "sq")


def test_the_page_is_told(library: Store) -> None:
    transcript_id = new_transcript(
        library, [Segment("s0", "はい", (Word("は", 0, 250), Word("い", 250, 500)))]
    )
    library.update_transcript(transcript_id, language="ja")
    prepared = Prepared(Path("work"), 1000, [], [(0, 1000)])
    library.save_chunk(transcript_id, "job", 0, 0, 1000, HEARD)

    align.align(library, transcript_id, prepared, until_ms=1000)
    coverage = library.transcript(transcript_id).coverage or {}
    assert [remark["kind"] for remark in coverage["remarks"]] == ["unknown_sounds"]
