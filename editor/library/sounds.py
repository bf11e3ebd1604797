"""What a person is told where nobody here knows how the words of a language sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editor.align.remarks import Remark
from editor.align.report import Coverage
from editor.asr.forced.pronunciations import can_be_said, could_be_said
from editor.document import Word
from editor.languages import LANGUAGE_NAMES


def without_sounds(language: str | None) -> str | None:
    """A sentence about a language (ISO 639-1) whose words nobody here can say; else None."""
    if not language or can_be_said(language):
        return None
    name = LANGUAGE_NAMES.get(language, language).capitalize()
    if not could_be_said(language):
        return f"The model alone finds the times of words in {name}: their sounds are not known."
    return (
        f"How words of {name} sound is not known here, so the model alone found their times; "
        "docs/models.md says what to install."
    )


def with_unknown_sounds(
    coverage: Coverage, language: str | None, words: Sequence[Word]
) -> Coverage:
    """A coverage that says as its last remark where the words of its language cannot be said."""
    text = without_sounds(language)
    if not text or not words:
        return coverage
    span = words[0].start_ms, words[-1].end_ms
    remark = Remark("unknown_sounds", 0, len(words), *span, text)
    return replace(coverage, remarks=(*coverage.remarks, remark))
