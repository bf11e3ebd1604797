"""What stands in a text and nobody says: heads and feet of pages, remarks, signs that none sees.

Remarks are what programs and publishers write of a transcript above and below it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

LEFT_OUT = "it is about the transcript and was left out"
PAGE = "it is the head or foot of a page and was left out"
#: Whole lines of their form, since people speak of transcripts and meetings, too.
_REMARK = re.compile(
    r"\A\W{0,3}(?:(?:this|the) (?:file|transcript|text|audio|video|recording|podcast|episode) "
    r"(?:was|is|has been) |audio |video )?(?:\w+ly )?transcribed (?:by|with|using|from)\b"
    r"|\A[^.!?]{0,80}\b(?:started|stopped|ended) transcription\W*\Z"
    r"|\A\W{0,3}(?:transcription|meeting) (?:ended|stopped|started)"
    r"(?: (?:after|at|on)\b[^.!?]{0,40})?\W*\Z"
    r"|\btranscript was (?:\w+[ -])?generated\b"
    r"|\A(?:copyright\s*)?(?:©|\(c\))\s*\d{4}\b.{0,200}\Z"
    r"|\Ahttps?://\S+\Z|\A<(?:begin|end) subtitles>\Z",
    re.IGNORECASE,
)
_OF = r"(?:\s*(?:of|/|von|de|sur|di)\s*\d{1,4})?"
#: The number of a page, alone or behind the title that stands on each.
_FOOT = re.compile(
    rf"(?:\S.{{0,80}}?(?:\s{{2,}}|\s[|–—-]\s))?(?:page|seite|p[áa]gina|p[áa]g\.)\s*(\d{{1,4}}){_OF}"
    rf"|[-–—]\s*(\d{{1,4}})\s*[-–—]|(\d{{1,4}})\s*(?:of|/|von)\s*\d{{1,4}}|(\d{{1,4}})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_LONG = 500
#: Which way lines run and where words may break; joiners are part of how a word is written. Within
#: a line of Khmer or Burmese a space of no width parts words.
_SIGNS = r"\u00ad\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_UNSEEN = re.compile(
    rf"[{_SIGNS}]|(?:(?<=[\s:.,!?()\[\]{_SIGNS}])|^)\u200b|\u200b(?=[\s:.,!?()\[\]{_SIGNS}]|$)",
    re.MULTILINE,
)
#: So many numbers alone that count up are those of pages.
_LEAST_BARE = 3


def without_unseen(text: str) -> str:
    """A text without signs that show nothing, as pages and word processors leave around names.

    >>> without_unseen("\u200bAna:\u200e har\u00adbour")
    'Ana: harbour'
    """
    return text if text.isascii() else _UNSEEN.sub("", text)


def seen_at(text: str) -> list[int]:
    """Where in a text the signs stand that `without_unseen` leaves."""
    unseen = {found.start() for found in _UNSEEN.finditer(text)}
    return [at for at in range(len(text)) if at not in unseen]


def is_remark(line: str) -> bool:
    """Whether a line tells of the transcript, as that a program made it."""
    return len(line) < _LONG and _REMARK.search(line.strip()) is not None


def page_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines, from 0, with the numbers of pages, and those that stand by each of these.

    >>> sorted(page_lines(["Ana: Hi.", "Page 1", "Fog", "Ana: So.", "Page 2", "Fog"]))
    [1, 2, 4, 5]
    >>> page_lines(["We turn to page 1", "We turn to page 2"])
    frozenset()
    """
    filled = [n for n, line in enumerate(lines) if line.strip()]
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, n in enumerate(filled):
        text = lines[n].strip()
        foot = _FOOT.fullmatch(text) if len(text) < 120 else None
        if foot and (not text.isdecimal() or _is_apart(lines, n)):
            found[_NUMBER.sub("#", text)].append((at, int(next(filter(None, foot.groups())))))
    feet = set[int]()
    for form, pages in found.items():
        is_counting = all(b == a + 1 for (_, a), (_, b) in pairwise(pages))
        if is_counting and len(pages) >= (_LEAST_BARE if form == "#" else 2):
            feet |= {at for at, _ in pages}
    return frozenset(filled[at] for at in feet | _beside(feet, [lines[n] for n in filled]))


def _is_apart(lines: Sequence[str], n: int) -> bool:
    """Whether blank lines or ends of the text part a line from the others."""
    return not any(line.strip() for line in (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2]))


def _beside(feet: set[int], filled: Sequence[str]) -> set[int]:
    """The lines next to feet that stand again at nearly each: what is written on every page."""
    found = set[int]()
    for step in (-1, 1):
        by_text: defaultdict[str, list[int]] = defaultdict(list)
        for at in feet:
            if 0 <= at + step < len(filled) and at + step not in feet:
                by_text[" ".join(filled[at + step].split())].append(at + step)
        edge = 0 if step > 0 else len(filled) - 1
        for text, places in by_text.items():
            if filled and " ".join(filled[edge].split()) == text:
                places.append(edge)
            if len(set(places)) >= max(2, len(feet)):
                found |= set(places)
    return found


def said_lines(lines: Sequence[str]) -> tuple[list[str], dict[int, str]]:
    """The lines, those that nobody says blank, and why, by their number from 0.

    Remarks are left out at the head and the foot of the text, where anything else stands there.
    """
    left_out = dict.fromkeys(page_lines(lines), PAGE)
    filled = [n for n, line in enumerate(lines) if line.strip() and n not in left_out]
    for some in (filled, filled[::-1]):
        for n in some:
            if not is_remark(lines[n]):
                break
            left_out[n] = LEFT_OUT
    if len(left_out) >= sum(1 for line in lines if line.strip()):
        return list(lines), {}
    return ["" if n in left_out else line for n, line in enumerate(lines)], left_out
