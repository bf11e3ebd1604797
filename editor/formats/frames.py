"""Captions in one line each: MicroDVD, timed by frames, and MPL2, timed by tenths of a second."""

from __future__ import annotations

import re

from editor.formats.caption import MS_A_CHARACTER, Caption
from editor.formats.drafts import some_drafts
from editor.formats.markup import parse_markup
from editor.formats.result import Problem, Reading

_MICRODVD = re.compile(r"\{(\d{1,9})\}\{(\d{0,9})\}(.*)")
_MPL2 = re.compile(r"\[(\d{1,9})\]\[(\d{0,9})\](.*)")
_RATE = re.compile(r"\s*(\d{2,3}(?:[.,]\d{1,6})?)\s*")
_CODE = re.compile(r"\{([A-Za-z]):([^{}]*)\}")
_USUAL_RATE = 24_000 / 1001


def is_framed(sample: str) -> bool:
    """Whether a text begins as such a file does."""
    first = sample.split("\n", 1)[0]
    return bool(_MICRODVD.match(first) or _MPL2.match(first))


def read(text: str, name: str) -> Reading:
    """Read the captions; how many frames a second has, the first may tell, or it is guessed.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    lines = text.split("\n")
    is_frames = any(map(_MICRODVD.match, lines[:20]))
    form, captions, problems = _MICRODVD if is_frames else _MPL2, list[Caption](), list[Problem]()
    rate = 0.0 if is_frames else 10.0
    for number, line in enumerate(lines, start=1):
        match = form.match(line.strip())
        if match is None:
            if line.strip():
                problems.append(Problem(number, line.strip(), "its times cannot be read"))
            continue
        told = _RATE.fullmatch(match[3])
        if not rate and told and int(match[1]) <= 1:
            rate = float(told[1].replace(",", "."))
            continue
        if not rate:
            rate = _USUAL_RATE
            reason = "times are in frames; 23.976 frames per second assumed, as none are named"
            problems.append(Problem(number, line.strip(), reason))
        marked_up = _marked_up(match[3])
        start_ms = round(1000 * int(match[1]) / rate)
        end_ms = start_ms + MS_A_CHARACTER * len(marked_up)
        end_ms = round(1000 * int(match[2]) / rate) if match[2] else end_ms
        caption = parse_markup(number, start_ms, end_ms, marked_up)
        if not caption.is_bare:
            captions.append(caption)
    return some_drafts(captions, problems, name)


def _marked_up(written: str) -> str:
    """The text with SubRip's tags for its codes; in MPL2 a slash begins an italic line."""
    lines = []
    for line in written.split("|"):
        codes = [(key.lower(), value.lower()) for key, value in _CODE.findall(line)]
        said = _CODE.sub("", line).strip()
        if said.startswith("/"):
            codes, said = [*codes, ("y", "i")], said[1:]
        for key, value in codes:
            for each in value.split(",") if key == "y" else ():
                if each in ("i", "b", "u", "s"):
                    said = f"<{each}>{said}</{each}>"
        lines.append(said)
    return "\n".join(lines)
