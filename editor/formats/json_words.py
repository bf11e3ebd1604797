"""From tokens of words, as recognisers give them, to the words of a text with their times."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from editor.align.normalise import comparable
from editor.align.place import spread
from editor.align.runs import trusted_runs
from editor.document import join_lines, split_words, word_offsets
from editor.formats.json_values import View, in_ms, span_of, speaker_of, sureness_of, token_text

#: What recognisers have among their tokens and nobody said.
_MARKER = re.compile(r"\[_[A-Z]+_?\d*\]|<\|[^|]*\|>|<(?:eps|sil|end|fin)>")
#: With as many tokens that begin or end with a space, spaces stand only where words do.
_SPACED_SHARE = 0.1
_OPENING = "([{¿¡“‘«„"
_CLOSING = re.compile(r"\s*[.,;:?!…。，、？！]+\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """A word, and what is told of it."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    sureness: float | None = None
    speaker: str = ""


def said_in(tokens: Sequence[View], scale: float) -> tuple[str, list[Said]]:
    """The text that tokens make, and its words, each with the times of its tokens."""
    parts = [(_text_of(token), token) for token in tokens if _is_said(token)]
    parts = [(part, token) for part, token in parts if part]
    spaced = sum(part != part.strip() for part, _ in parts) > _SPACED_SHARE * len(parts)
    texts, sources, at, last, is_open = list[str](), list[tuple[int, Said]](), 0, "", True
    who = ""
    for part, token in parts:
        speaker = speaker_of(token) or who
        is_others, who = bool(who) and speaker != who, speaker
        is_closing = _is_punctuation(part, token) and part.strip() not in _OPENING
        is_apart = is_others or not (spaced or is_open or is_closing)
        if is_apart and len(join_lines([last, part[0]])) > 2:
            texts.append(" ")
            at += 1
        texts.append(part)
        sources.append((at, _of_piece(part, token, scale)))
        at += len(part)
        last, is_open = part[-1], part.strip() in _OPENING or token.get("attachesto") == "next"
    return "".join(texts), _joined("".join(texts), sources)


def _text_of(token: View) -> str:
    """What a token says; a tag is a sound."""
    text = token_text(token)
    is_bare = token.get("type") == "tag" and text[:1].isalpha()
    return f"[{text}]" if is_bare else text


def _is_said(token: View) -> bool:
    is_translation = token.get("translationstatus") == "translation"
    return not is_translation and not _MARKER.fullmatch(token_text(token).strip())


def _is_punctuation(part: str, token: View) -> bool:
    """Whether a token goes with the word before it."""
    if any(map(str.isalnum, part)):
        return False
    if _CLOSING.fullmatch(part):
        return True
    kind = str(token.get("type", "")).lower()
    is_told = kind.startswith("punct") or token.get("attachesto") in ("previous", "both")
    return is_told or (span_of(token)[0] is None and len(part) <= 3)


def _of_piece(part: str, token: View, scale: float) -> Said:
    # A comma has a time in some, which is none of the word's.
    start, end = span_of(token) if any(map(str.isalnum, part)) else (None, None)
    sure = sureness_of(token) if start or end else None
    return Said(part, in_ms(start, scale), in_ms(end, scale), sure, speaker_of(token))


def _joined(text: str, sources: Sequence[tuple[int, Said]]) -> list[Said]:
    """The words of a text, from those that stand at places in it."""
    words, places = list[Said](), [at for at, _ in sources]
    for word, at in word_offsets(text, split_words(text)):
        first = max(0, bisect_right(places, at) - 1)
        end = at + len(word)
        within = [_part(said, at - p, end - p) for p, said in sources[first : _upto(places, end)]]
        starts = [said.start_ms for said in within if said.start_ms is not None]
        ends = [said.end_ms for said in within if said.end_ms is not None]
        sure = [said.sureness for said in within if said.sureness is not None]
        words.append(
            Said(
                word,
                min(starts, default=words[-1].end_ms if ends and words else 0 if ends else None),
                max(ends, default=None),
                sum(sure) / len(sure) if sure else None,
                next((said.speaker for said in within if said.speaker), ""),
            )
        )
    return words


def _upto(places: Sequence[int], end: int) -> int:
    return bisect_right(places, end - 1)


def _part(said: Said, begin: int, end: int) -> Said:
    """The share of a token's time that a word within it has; others have all of it."""
    bare = said.text.strip()
    lead = len(said.text) - len(said.text.lstrip())
    if len(split_words(bare)) < 2 or said.start_ms is None or said.end_ms is None:
        return said
    a_ms, length_ms = said.start_ms, said.end_ms - said.start_ms
    first, last = max(0, begin - lead), min(len(bare), end - lead)
    start_ms = a_ms + round(length_ms * first / len(bare))
    return replace(said, start_ms=start_ms, end_ms=a_ms + round(length_ms * last / len(bare)))


def as_written(text: str, said: Sequence[Said]) -> list[Said]:
    """The words of a text with what is told of those that were said, which may differ.

    Numbers, case and punctuation differ, as in "3" and "three": as many words between two that are
    equal have each other's times, and others share the time.
    """
    written = split_words(text)
    if written == [word.text for word in said]:
        return list(said)
    keys, heard = [comparable(word) for word in written], [comparable(w.text) for w in said]
    result, i, j = list[Said](), 0, 0
    for a, b, length in [*trusted_runs(keys, heard), (len(keys), len(heard), 0)]:
        result += _between(written[i:a], said[j:b])
        result += [
            replace(each, text=word)
            for word, each in zip(written[a : a + length], said[b : b + length], strict=True)
        ]
        i, j = a + length, b + length
    return result


def _between(written: Sequence[str], said: Sequence[Said]) -> list[Said]:
    if not written or not said:
        return [Said(word) for word in written]
    if len(written) == len(said):
        return [replace(b, text=a) for a, b in zip(written, said, strict=True)]
    start_ms = next((word.start_ms for word in said if word.start_ms is not None), None)
    end_ms = next((word.end_ms for word in reversed(said) if word.end_ms is not None), None)
    if start_ms is None or end_ms is None or end_ms <= start_ms:
        return [Said(word, speaker=said[0].speaker) for word in written]
    shares = spread([max(1, len(word)) for word in written], [(start_ms, end_ms)])
    return [
        Said(word, a, b, None, said[0].speaker)
        for word, (a, b) in zip(written, shares, strict=True)
    ]
