"""JSON of services and tools that recognise speech, or that edit what was recognised.

They agree on words with times in segments, and on little else: `json_shapes` tells where these
stand, `json_values` what they are called.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editor.document import MIN_WORD_MS, DraftSegment, Word, ends_sentence, split_words
from editor.errors import UnreadableTranscript
from editor.formats.caption import MS_A_CHARACTER
from editor.formats.json_shapes import Shape, shape_of, values_at
from editor.formats.json_speakers import names_of
from editor.formats.json_values import (
    View,
    channel_of,
    in_ms,
    scale_of,
    span_of,
    speaker_of,
    text_of,
    token_text,
    tokens_of,
)
from editor.formats.json_words import Said, as_written, said_in
from editor.formats.result import Problem, Reading
from editor.formats.turn_marks import is_sound

#: A turn of more words is cut, at the end of a sentence or at a breath.
_LONG_TURN = 40
_LONGEST_TURN = 200
_BREATH_MS = 700
#: Behind so long a silence somebody begins anew.
_SILENCE_MS = 3000
#: What whisper.cpp writes where another begins to speak.
_TURN_MARK = "[SPEAKER_TURN]"


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment of the file: its text, words with what is told of them, and its own times."""

    number: int
    text: str
    words: list[Said]
    start_ms: int | None
    end_ms: int | None
    speaker: str
    is_turn: bool


def read(document: object, name: str) -> Reading | None:
    """Read such a document; None where it holds nothing that could be one.

    What has no text is told of by its number, and so are times that are wrong.

    Raises:
        UnreadableTranscript: none of the segments has a text.
    """
    found = shape_of(document)
    if found is None:
        return None
    shape, values = found
    segments, problems = _segments(shape, values, document)
    if not segments:
        what = f": it is {shape.name} JSON of an empty result" if shape.name else ""
        raise UnreadableTranscript(name, f"the file holds no text{what}")
    segments = _with_turns(segments, values_at(document, shape.turns))
    named = names_of(document, [w.speaker for each in segments for w in each.words])
    drafts, last = list[DraftSegment](), ""
    begins_turn = {n for n, each in enumerate(values, start=2) if each.get("speakerturnnext")}
    for segment in _in_order(segments):
        for words in _turns(segment):
            draft = _draft(segment, words)
            who = named.get(words[0].speaker, "")
            is_first = words[0] is segment.words[0]
            is_new = (bool(who) and who != last) or (is_first and segment.number in begins_turn)
            drafts.append(replace(draft, speaker=who or None, new_turn=is_new))
            last = who or last
    return Reading(
        tuple(all_timed(drafts)), tuple(problems), recognised=f"{shape.name} JSON".strip()
    )


def _segments(
    shape: Shape, values: Sequence[View], document: object
) -> tuple[list[_Segment], list[Problem]]:
    tokens = [tokens_of(value, shape.tokens) for value in values]
    if len(values) > 1 and _are_words(values, tokens):
        return _segments(shape, [{"words": [*values]}], document)
    scale = scale_of([(value, text_of(value)) for value in values])
    word_scale = scale_of([(p, token_text(p)) for each in tokens for p in each])
    channels = [channel_of(value) for value in values]
    by_channel = len(set(channels)) > 1 and not any(map(speaker_of, values))
    segments, problems = list[_Segment](), list[Problem]()
    for number, (value, within) in enumerate(zip(values, tokens, strict=True), start=1):
        built, said = said_in(within, word_scale)
        text = text_of(value).removesuffix(_TURN_MARK).rstrip() or " ".join(built.split())
        if not text:
            told = json.dumps(value, ensure_ascii=False, default=str)
            if value.get("recognitionstatus", "Success") == "Success" and not _is_silence(value):
                problems.append(Problem(number, told[:500], "this segment has no text"))
            continue
        start, end = span_of(value)
        start_ms, end_ms = in_ms(start, scale), in_ms(end, scale)
        if start_ms is None and end_ms is not None:
            # Google tells only where a result ends.
            start_ms = max((each.end_ms or 0 for each in segments[-1:]), default=0)
        if start_ms is not None and end_ms is not None and end_ms < start_ms:
            problems.append(Problem(number, text, "its times cannot be read"))
            start_ms = end_ms = None
        who = speaker_of(value) or (f"channel {channels[number - 1]}" if by_channel else "")
        words = as_written(text, said)
        segments.append(_Segment(number, text, words, start_ms, end_ms, who, len(values) > 1))
    extra = said_in(values_at(document, shape.words), word_scale)[1]
    if extra and not any(word.start_ms is not None for each in segments for word in each.words):
        segments = _with_words(segments, extra)
    return [_with_speaker(segment) for segment in segments], problems


def _is_silence(value: View) -> bool:
    """Whether it is an empty result, which recognisers give for silence, or none yet, or an end."""
    return (
        any(value.get(key) == "" for key in ("text", "transcript", "display")) or "partial" in value
    )


def _are_words(values: Sequence[View], tokens: Sequence[Sequence[View]]) -> bool:
    """Whether what is listed as segments is single words, as with word times of some tools."""
    if any(tokens):
        return False
    texts = [text for value in values if (text := text_of(value) or token_text(value))]
    single = sum(len(text.split()) == 1 for text in texts)
    return single > 0.8 * len(texts) and len(texts) > 2


def _with_words(segments: Sequence[_Segment], said: Sequence[Said]) -> list[_Segment]:
    """Segments with the times of words that stand in a list of their own."""
    words = iter(as_written("\n".join(segment.text for segment in segments), said))
    return [
        replace(segment, words=[next(words) for _ in split_words(segment.text)])
        for segment in segments
    ]


def _with_speaker(segment: _Segment) -> _Segment:
    """A word of nobody is said by who said the one before."""
    words, speaker = list[Said](), segment.speaker
    if not speaker:
        speaker = next((word.speaker for word in segment.words if word.speaker), "")
    for word in segment.words:
        speaker = word.speaker or speaker
        words.append(word if word.speaker else replace(word, speaker=speaker))
    return replace(segment, words=words)


def _with_turns(segments: list[_Segment], turns: Sequence[View]) -> list[_Segment]:
    """Segments said by those whose turns it was, where these are told by their times only."""
    scale = scale_of([(turn, "x" * 20) for turn in turns])
    starts = sorted(
        (ms, who)
        for turn in turns
        if (ms := in_ms(span_of(turn)[0], scale)) is not None
        and (who := speaker_of(turn) or str(turn.get("name") or ""))
    )
    if not starts:
        return segments
    begins = [ms for ms, _ in starts]
    result = []
    for segment in segments:
        words, who = [], ""
        for word in segment.words:
            if word.start_ms is not None and not word.speaker:
                who = starts[max(0, bisect_right(begins, word.start_ms + MIN_WORD_MS) - 1)][1]
            words.append(replace(word, speaker=word.speaker or who))
        result.append(replace(segment, words=words))
    return result


def _in_order(segments: list[_Segment]) -> list[_Segment]:
    """Segments in the order of time, where all have any."""
    starts = {id(segment): _start_of(segment) for segment in segments}
    if any(start is None for start in starts.values()):
        return segments
    channels = {segment.speaker for segment in segments if segment.speaker.startswith("channel ")}
    apart = [replace(s, words=w) for s in segments for w in _turns(s)] if channels else segments
    return sorted(apart, key=lambda segment: _start_of(segment) or 0)


def _start_of(segment: _Segment) -> int | None:
    starts = [word.start_ms for word in segment.words if word.start_ms is not None]
    return min(starts, default=segment.start_ms)


def _turns(segment: _Segment) -> Iterator[list[Said]]:
    """The words of a segment, cut where another speaks and where it is long."""
    turn, is_long = list[Said](), len(segment.words) > _LONG_TURN
    for word in segment.words:
        if turn and (turn[-1].speaker != word.speaker or _ends(turn, word, segment, is_long)):
            yield turn
            turn = []
        turn.append(word)
    if turn:
        yield turn


def _ends(turn: Sequence[Said], word: Said, segment: _Segment, is_long: bool) -> bool:
    last = turn[-1]
    known = last.end_ms is not None and word.start_ms is not None
    pause_ms = (word.start_ms or 0) - (last.end_ms or 0) if known else 0
    if not segment.is_turn and pause_ms > _SILENCE_MS:
        return True
    is_sentence = ends_sentence(last.text) or pause_ms > _BREATH_MS
    return (is_long and len(turn) >= 12 and is_sentence) or len(turn) >= _LONGEST_TURN


def _draft(segment: _Segment, words: Sequence[Said]) -> DraftSegment:
    """A turn as a draft; words whose time is not told go behind those before them."""
    is_whole = len(words) == len(segment.words)
    text = segment.text if is_whole else _text_of(words)
    times = list(_times(words)) if any(word.start_ms is not None for word in words) else []
    start_ms, end_ms = (segment.start_ms, segment.end_ms) if is_whole else (None, None)
    if times:
        start_ms, end_ms = times[0][0], max(end for _, end in times)
    elif start_ms is not None:
        guessed_ms = start_ms + MS_A_CHARACTER * len(text)
        end_ms = max(end_ms if end_ms is not None else guessed_ms, start_ms + MIN_WORD_MS)
    sure = times and any(word.sureness is not None for word in words)
    return DraftSegment(
        text=text,
        kind="sound" if is_sound(text) else "speech",
        start_ms=start_ms,
        end_ms=end_ms if start_ms is not None else None,
        word_times_ms=tuple(times),
        line=segment.number,
        words=tuple(
            Word(word.text, a, b, "imported", word.sureness)
            for word, (a, b) in zip(words, times, strict=True)
        )
        if sure
        else (),
    )


def _text_of(words: Sequence[Said]) -> str:
    return said_in([{"word": word.text, "start": 0} for word in words], 1.0)[0]


def _times(words: Sequence[Said]) -> Iterator[tuple[int, int]]:
    first = next(word.start_ms for word in words if word.start_ms is not None)
    before = sum(word.start_ms is None for word in words[: _first_timed(words)])
    last_ms, end_ms = 0, max(0, first - before * MIN_WORD_MS)
    for at, word in enumerate(words):
        start_ms = max(last_ms, end_ms if word.start_ms is None else word.start_ms)
        told_ms = word.end_ms
        if told_ms is None and word.start_ms is not None:
            following = words[at + 1].start_ms if at + 1 < len(words) else None
            guessed_ms = start_ms + MS_A_CHARACTER * len(word.text)
            told_ms = guessed_ms if following is None else min(following, guessed_ms)
        end_ms = max(told_ms or 0, start_ms + MIN_WORD_MS)
        last_ms = start_ms
        yield start_ms, end_ms


def _first_timed(words: Sequence[Said]) -> int:
    return next(n for n, word in enumerate(words) if word.start_ms is not None)


def all_timed(drafts: Sequence[DraftSegment]) -> list[DraftSegment]:
    """Drafts of which none lacks times among others that have some; ends do not reach too far."""
    if all(draft.start_ms is None for draft in drafts):
        return list(drafts)
    result, last_ms = list[DraftSegment](), 0
    following = [*(draft.start_ms for draft in drafts[1:]), None]
    for draft, next_ms in zip(drafts, following, strict=True):
        if draft.start_ms is None:
            length_ms = MS_A_CHARACTER * len(draft.text)
            end_ms = max(
                last_ms + MIN_WORD_MS, min(next_ms or length_ms + last_ms, last_ms + length_ms)
            )
            draft = replace(draft, start_ms=last_ms, end_ms=end_ms)
        last_ms = max(last_ms, draft.end_ms or 0)
        result.append(draft)
    return result
