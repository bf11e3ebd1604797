"""What a person is told of how well a text and a recording match, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from editor.timecode import clock_from_ms

#: If less of the text matches, it belongs to another recording, or the recording is noisy ...
_LITTLE_HEARD = 0.5
#: ... unless no more than this share of what is said is missing beside whole passages.
_FEW_MISSING = 0.1
#: Passages of fewer words are not told, nor more passages than this.
_FEWEST_WORDS, _MOST_PASSAGES, _QUOTED_WORDS = 8, 12, 8
_KINDS = {"not_heard": "Not said", "not_written": "Said, but not in the text"}


def findings(
    coverage: dict[str, Any], *, recording: str, text: str | None, is_trusted: bool
) -> Iterator[str]:
    """Sentences about a coverage as JSON; `recording` and `text` are names, None for no text."""
    cut_off = [one for one in coverage["remarks"] if one["kind"] == "cut_off"]
    for remark in cut_off:
        yield remark["text"]
    is_silent = coverage["heard_words"] == 0
    if is_silent:
        yield f"No speech was recognised in {recording}."
    if text is None:
        return
    if coverage["written_words"] == 0:
        yield f"{text} contains no spoken words."
    else:
        yield f"{coverage['written_share']:.1%} of the text matches the recording"
    for remark in coverage["remarks"]:
        if remark not in cut_off:
            yield remark["text"]
    yield from _passages(coverage)
    if not is_trusted and not is_silent and _may_be_noisy(coverage):
        yield "If the text is right and the recording is noisy, try --trust-text."


def _may_be_noisy(coverage: dict[str, Any]) -> bool:
    """Whether much of the text is missing, and not in whole passages with the rest understood."""
    unsaid = sum(one["word_count"] for one in coverage["passages"] if one["kind"] == "not_heard")
    scattered = coverage["written_words"] - coverage["written_heard"] - unsaid
    is_understood = scattered <= _FEW_MISSING * coverage["written_heard"]
    return coverage["written_share"] < _LITTLE_HEARD and not is_understood


def _passages(coverage: dict[str, Any]) -> Iterator[str]:
    """Passages that the text or the recording lacks, with their places."""
    passages = [one for one in coverage["passages"] if one["word_count"] >= _FEWEST_WORDS]
    for one in passages[:_MOST_PASSAGES]:
        place = clock_from_ms(one["start_ms"])
        quoted = " ".join(one["text"].split()[:_QUOTED_WORDS])
        yield f"{_KINDS[one['kind']]}, at {place}: {one['word_count']} words (“{quoted} …”)"
    if len(passages) > _MOST_PASSAGES:
        yield f"... and {len(passages) - _MOST_PASSAGES} more passages; the JSON export has all."
