"""Annotations: texts with times and a person each, as ELAN, Praat and others have them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from editor.document import (
    MIN_WORD_MS,
    DraftSegment,
    Segment,
    Transcript,
    join_lines,
    split_words,
    word_offsets,
)
from editor.errors import UnreadableTranscript
from editor.formats import speech_json
from editor.formats.caption import MS_A_CHARACTER, Caption
from editor.formats.labels import known_labels
from editor.formats.result import Problem, Reading
from editor.formats.turn_marks import TurnReader, is_sound

_LATEST_MS = 10**12


#: What people call a tier that is nobody's.
_NAMELESS = (
    *("", "word", "words", "text", "sentence", "sentences", "utterance", "utterances", "default"),
    *("transcription", "transcript", "orthography", "ortho", "trs", "speech", "sounds"),
)
#: Of fewer annotations one word each tells nothing.
_FEW = 6
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is said from when to when, on a line of the file; without an end the next ends it.

    `anchors` are times of words in the text and of their ends, as `Caption` has them.
    """

    line: int
    start_ms: int
    end_ms: int | None
    text: str
    speaker: str = ""
    anchors: tuple[tuple[int, int], ...] = ()


def ms_from_seconds(written: str) -> int | None:
    """Seconds as XML has them, in ms; None where there is no such number."""
    try:
        return round(1000 * float(written))
    except (ValueError, OverflowError):
        return None


def interpolated(times: Sequence[int | None]) -> list[int | None]:
    """Times in order, those not told in even steps between those that are.

    >>> interpolated([None, 100, None, None, 400])
    [None, 100, 200, 300, 400]
    """
    told = [at for at, ms in enumerate(times) if ms is not None]
    filled = list(times)
    for a, b in pairwise(told):
        first, last = times[a] or 0, times[b] or 0
        for at in range(a + 1, b):
            filled[at] = first + (last - first) * (at - a) // (b - a)
    return filled


def without_names_of_tiers(annotations: Sequence[Annotation]) -> list[Annotation]:
    """The annotations; those of tiers that have no person's name are of nobody."""
    return [replace(p, speaker="") if p.speaker.lower() in _NAMELESS else p for p in annotations]


@dataclass(frozen=True, slots=True)
class Tier:
    """What a person says, by segments and by words; in neither, one overlaps the next."""

    segments: tuple[Annotation, ...]
    words: tuple[Annotation, ...]


def tiers_of(transcript: Transcript) -> dict[str, Tier]:
    """The tiers of a transcript by speaker: what nobody says is "speech", or "sounds"."""
    said = dict[str, list[Segment]]()
    for segment in transcript.segments:
        if segment.words:
            nobody = "sounds" if segment.kind == "sound" else "speech"
            who = " ".join((segment.speaker or "").split()) or nobody
            said.setdefault(who, []).append(segment)
    return {
        who: Tier(
            _one_by_one(
                [
                    Annotation(0, s.start_ms or 0, s.end_ms, join_lines(s.text.splitlines()), who)
                    for s in segments
                ]
            ),
            _one_by_one(
                [
                    Annotation(0, w.start_ms, w.end_ms, w.text, who)
                    for s in segments
                    for w in s.words
                ]
            ),
        )
        for who, segments in said.items()
    }


def _one_by_one(annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """The same annotations, each after the one before and ending where the next begins."""
    starts, at_ms = list[int](), -1
    for each in annotations:
        at_ms = max(at_ms + 1, each.start_ms)
        starts.append(at_ms)
    return tuple(
        replace(each, start_ms=start_ms, end_ms=max(start_ms + 1, min(each.end_ms or 0, next_ms)))
        for each, start_ms, next_ms in zip(
            annotations, starts, [*starts[1:], _LATEST_MS], strict=True
        )
    )


def with_words_of(
    annotations: Sequence[Annotation], words: Sequence[Annotation]
) -> list[Annotation]:
    """Annotations with the times of the words of their tier; tiers of words alone are some, too."""
    tiers = dict[str, list[Annotation]]()
    for word in words:
        if word.text.strip():
            tiers.setdefault(word.speaker, []).append(word)
    of_words = {key: sorted(each, key=lambda w: w.start_ms) for key, each in tiers.items()}
    said = {annotation.speaker for annotation in annotations if annotation.text.strip()}
    alone = [word for key, each in of_words.items() if key not in said for word in each]
    return [*(_with_words(each, of_words.get(each.speaker, [])) for each in annotations), *alone]


def _with_words(annotation: Annotation, words: Sequence[Annotation]) -> Annotation:
    text, ends_ms = " ".join(annotation.text.split()), annotation.end_ms or 0
    first = bisect_left(words, annotation.start_ms, key=lambda word: word.start_ms)
    end = bisect_left(words, ends_ms, key=lambda word: word.start_ms)
    within = words[first:end]
    if not within or [word.text for word in within] != split_words(text):
        return annotation
    anchors = list[tuple[int, int]]()
    for word, (each, at) in zip(within, word_offsets(text, split_words(text)), strict=True):
        anchors += [(at, word.start_ms), (at + len(each), word.end_ms or ends_ms)]
    return replace(annotation, text=text, anchors=tuple(anchors))


def reading_of(
    annotations: Iterable[Annotation], name: str, recognised: str, problems: Iterable[Problem] = ()
) -> Reading:
    """Annotations in the order of time; those without a text are silence.

    Raises:
        UnreadableTranscript: no annotation has a text.
    """
    said = [p for p in annotations if p.text.strip() and 0 <= p.start_ms < _LATEST_MS]
    said.sort(key=lambda annotation: annotation.start_ms)
    if not said:
        raise UnreadableTranscript(name, f"{recognised}: it holds no text with times")
    if len(said) >= _FEW and _are_words(said):
        words = [_word_of(annotation) for annotation in said]
        if turns := speech_json.read({"words": words}, name):
            return replace(turns, problems=tuple(problems), recognised=recognised)
    drafts, last, reader = list[DraftSegment](), "", _reader_of(said)
    starts = [*(p.start_ms for p in said[1:]), None]
    for annotation, next_ms in zip(said, starts, strict=True):
        whole = _captioned(annotation, next_ms)
        turn = reader.read(whole.text) if reader else None
        text, speaker = (
            (turn.text, turn.speaker) if turn else (whole.text, annotation.speaker or None)
        )
        if not text:
            continue
        count = len(split_words(text)) if annotation.anchors else 0
        drafts.append(
            DraftSegment(
                text,
                speaker,
                "sound" if is_sound(text) else "speech",
                turn.new_turn if turn else bool(speaker) and speaker != last,
                whole.start_ms,
                whole.end_ms,
                whole.word_times(0, len(whole.text), count),
                line=annotation.line,
            )
        )
        last = speaker or last
    return Reading(tuple(drafts), tuple(problems), recognised=recognised)


def _are_words(annotations: Sequence[Annotation]) -> bool:
    """Whether nearly all annotations are one word, as those of tiers of words are."""
    single = sum(len(split_words(annotation.text)) == 1 for annotation in annotations)
    return single > _NEARLY_ALL * len(annotations)


def _word_of(annotation: Annotation) -> dict[str, object]:
    ends = {} if annotation.end_ms is None else {"endms": annotation.end_ms}
    who = {"speaker": annotation.speaker} if annotation.speaker else {}
    return {
        "word": " ".join(annotation.text.split()),
        "startms": annotation.start_ms,
        **ends,
        **who,
    }


def _reader_of(annotations: Sequence[Annotation]) -> TurnReader | None:
    """What reads names before texts, where no annotation tells in another way who speaks."""
    if any(annotation.speaker for annotation in annotations):
        return None
    labels = known_labels(annotation.text for annotation in annotations)
    return TurnReader(labels) if labels else None


def _captioned(annotation: Annotation, next_ms: int | None) -> Caption:
    """An annotation from its start to its end: its own, or before the next where that is near."""
    text = annotation.text if annotation.anchors else " ".join(annotation.text.split())
    start_ms, end_ms = annotation.start_ms, annotation.end_ms
    guessed_ms = max(
        start_ms + MS_A_CHARACTER * len(text), *(ms for _, ms in annotation.anchors), 0
    )
    if end_ms is None or end_ms <= start_ms:
        is_before = next_ms is not None and next_ms > start_ms
        end_ms = min(guessed_ms, next_ms) if is_before and next_ms else guessed_ms
    end_ms = max(end_ms, start_ms + MIN_WORD_MS)
    return Caption(annotation.line, start_ms, end_ms, text, annotation.anchors)
