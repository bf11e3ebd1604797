"""The text that is left where words that were struck out are gone. Pure."""

from __future__ import annotations

from dataclasses import replace

import regex

from editor.document import CLOSERS, Segment, Transcript, Word, ends_sentence, runs_where
from editor.edits.marks import marks_of

_OPENING = regex.compile(r"[\p{Ps}\p{Pi}\"'¿¡]+")
_CLOSING = regex.compile(r"(?<![\p{Pe}\p{Pf}\"'])[\p{Pe}\p{Pf}\"']++$")
_WEAK_END = ",;:–—-"


def struck_count(transcript: Transcript) -> int:
    """How many words are struck out."""
    return sum(word.struck for word in transcript.words())


def without_struck(transcript: Transcript) -> Transcript:
    """The transcript without what is struck out; segments of which nothing is left are gone.

    What a struck word did for others goes on: the end of a sentence, its capital letter, brackets
    and quotes; the change of speaker and the note of a segment that is gone.
    """
    kept, turn, notes = list[Segment](), False, list[str]()
    for segment in transcript.segments:
        left = _left_of(segment)
        if left is None:
            turn = turn or segment.new_turn
            notes += [segment.note] if segment.note else []
            continue
        if turn or notes:
            note = "\n".join([*notes, *([left.note] if left.note else [])])
            left = replace(left, new_turn=left.new_turn or turn, note=note)
        kept.append(left)
        turn, notes = False, []
    return Transcript(tuple(kept))


def _left_of(segment: Segment) -> Segment | None:
    """What is left of a segment; None where all its words are struck out."""
    struck = marks_of(segment, "struck")
    if not any(struck):
        return segment
    if all(struck):
        return None
    texts = [word.text for word in segment.words]
    for first, end in runs_where(struck):
        _hand_over(texts, first, end)
    parts, words, at = list[str](), list[Word](), 0
    for word, text, is_struck in zip(segment.words, texts, struck, strict=True):
        start = segment.text.index(word.text, at)
        if not is_struck:
            parts += [segment.text[at:start] if parts else "", text]
            words.append(replace(word, text=text))
        at = start + len(word.text)
    return replace(segment, text="".join(parts), words=tuple(words), released=())


def _hand_over(texts: list[str], first: int, end: int) -> None:
    """Let the words beside a run of struck ones do what these did."""
    before, after = first - 1, end if end < len(texts) else -1
    opening, closing = _OPENING.match(texts[first]), _CLOSING.search(texts[end - 1])
    is_sentence_end = ends_sentence(texts[end - 1])
    begins = before < 0 or ends_sentence(texts[before])
    if begins and after >= 0 and not is_sentence_end and _is_capital(texts[first]):
        texts[after] = _capitalised(texts[after])
    if is_sentence_end and before >= 0 and not ends_sentence(texts[before]):
        mark = texts[end - 1].rstrip(CLOSERS + " ")[-1]
        texts[before] = texts[before].rstrip(_WEAK_END) + mark
    if opening and not closing and after >= 0:
        texts[after] = opening[0] + texts[after]
    if closing and not opening and before >= 0:
        texts[before] += closing[0]


def _is_capital(text: str) -> bool:
    letters = text.lstrip("".join(set(text) & set("\"'“‘„«»‚(¿¡")))
    return letters[:1].isupper()


def _capitalised(text: str) -> str:
    """A word with a capital, unless it has one inside, as iPhone does."""
    return text[0].upper() + text[1:] if text.islower() else text
