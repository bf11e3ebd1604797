"""NIST's lines of a recogniser's scoring: STM, a turn a line, and CTM, a word a line."""

from __future__ import annotations

import re
from dataclasses import replace

from editor.errors import UnreadableTranscript
from editor.formats import speech_json
from editor.formats.annotations import Annotation, reading_of
from editor.formats.result import Reading

_TIME = r"(\d{1,7}(?:\.\d{1,6})?)"
_STM = re.compile(rf"(\S+)\s+(\S+)\s+(\S+)\s+{_TIME}\s+{_TIME}(?:\s+<[^<>]*>)?(?:\s+(.*))?")
_CTM = re.compile(
    rf"(\S+)\s+(\S+)\s+{_TIME}\s+{_TIME}\s+(\S+)(?:\s+(-?[\d.]+(?:e-?\d+)?|NA))?(?:\s+(\S+))?"
    r"(?:\s+(\S+))?"
)
_SILENT = ("ignore_time_segment_in_scoring", "inter_segment_gap", "<sil>", "<eps>")


def is_stm(sample: str) -> bool:
    """Whether all of a text's first lines are turns of one."""
    lines = _lines(sample)
    turns = [_STM.fullmatch(line) for line in lines]
    return bool(turns) and all(t is not None and float(t[4]) < float(t[5]) for t in turns)


def is_ctm(sample: str) -> bool:
    """Whether all of a text's first lines are words of one, with times to parts of a second."""
    words = [_CTM.fullmatch(line) for line in _lines(sample)]
    return bool(words) and all(w is not None and "." in w[3] + w[4] for w in words)


def _lines(sample: str) -> list[str]:
    """Up to ten lines that are no comments, and whole."""
    lines = [line.strip() for line in sample.split("\n")]
    return [line for line in lines if line and not line.startswith((";;", "<"))][:10]


def read_stm(text: str, name: str) -> Reading:
    """Read the turns; what is to be left out of scoring is not said.

    Raises:
        UnreadableTranscript: nothing is said in it.
    """
    annotations = []
    for number, line in enumerate(text.split("\n"), start=1):
        turn = _STM.fullmatch(line.strip())
        if turn and not line.startswith(";;") and turn[6] and turn[6].lower() not in _SILENT:
            start_ms, end_ms = round(1000 * float(turn[4])), round(1000 * float(turn[5]))
            annotations.append(Annotation(number, start_ms, end_ms, turn[6], turn[3]))
    return reading_of(annotations, name, "STM")


def read_ctm(text: str, name: str) -> Reading:
    """Read the words into turns; of several for one time the first is taken.

    Raises:
        UnreadableTranscript: it holds no word.
    """
    words, is_other = list[dict[str, object]](), False
    lines = text.split("\n")
    matches = [_CTM.fullmatch(line.strip()) for line in lines]
    is_by_channel = len({found[2] for found in matches if found}) > 1
    for line, found in zip(lines, matches, strict=True):
        if line.startswith(";;"):
            continue
        if line.strip().startswith("<ALT"):
            is_other = not line.strip().startswith(("<ALT_BEGIN", "<ALT_END"))
        if found is None or is_other or found[5] in _SILENT or found[5].startswith("<ALT"):
            continue
        start, length = float(found[3]), float(found[4])
        who = found[8] if found[8] and found[8].lower() not in ("unknown", "null") else ""
        who = who or (f"channel {found[2]}" if is_by_channel else "")
        words.append(
            {
                "word": found[5],
                "start": start,
                "end": start + length,
                **({"confidence": found[6]} if found[6] else {}),
                **({"speaker": who} if who else {}),
            }
        )
    reading = speech_json.read({"words": words}, name) if words else None
    if reading is None:
        raise UnreadableTranscript(name, "the file holds no text")
    return replace(reading, recognised="CTM")
