"""Segments given their speakers, by the voices that are heard when their words are said. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from editor.diarization import Turn, speakers_of_words
from editor.document import Segment
from editor.edits.split_merge import cut

#: Of a turn of the text one voice says all if it says this share of it.
_WHOLE_TURN = 0.75
#: A voice has the name that this share of its named time has.
_MOSTLY = 0.5


def speaker_name(number: int) -> str:
    """What a speaker is called until somebody knows better; the first is 0."""
    return f"Speaker {number + 1}"


def split_at_voices(
    segments: Sequence[Segment], turns: Sequence[Turn], *, new_id: Callable[[], str]
) -> list[Segment]:
    """Segments of recognised text with their speakers, cut where another voice begins."""
    return list(_split(segments, turns, new_id))


def _split(
    segments: Sequence[Segment], turns: Sequence[Turn], new_id: Callable[[], str]
) -> Iterator[Segment]:
    words = [word for segment in segments for word in segment.words]
    who = iter(speakers_of_words(words, turns))
    last: int | None = None
    for segment in segments:
        voices = [next(who) for _ in segment.words]
        starts = [at for at in range(1, len(voices)) if voices[at] != voices[at - 1]]
        further = [(new_id(), segment.revision) for _ in starts]
        for first, part in zip([0, *starts], cut(segment, starts, further), strict=True):
            voice = voices[first] if voices else None
            if voice is None:
                yield part
                continue
            yield replace(part, speaker=speaker_name(voice), new_turn=voice != last)
            last = voice


def with_speakers(segments: Sequence[Segment], turns: Sequence[Turn]) -> list[Segment]:
    """Segments of a text with the speakers it lacks; its turns and the names it has stay.

    A turn of the text is one voice's if that says most of it, else each segment has its own. A
    voice that the text names somewhere has that name.
    """
    words = [word for segment in segments for word in segment.words]
    voices = speakers_of_words(words, turns)
    heard, at = list[Counter[int]](), 0
    for segment in segments:
        counted = Counter[int]()
        for word, voice in zip(segment.words, voices[at:], strict=False):
            if voice is not None and segment.kind == "speech":
                counted[voice] += word.end_ms - word.start_ms
        heard.append(counted)
        at += len(segment.words)
    names = _names(segments, heard)
    given = list[Segment]()
    for turn in _turns_of_text(segments):
        whole = sum((heard[index] for index in turn), Counter[int]())
        (voice, most_ms), *_ = [*whole.most_common(1), (None, 0)]
        is_one = most_ms >= _WHOLE_TURN * whole.total()
        for index in turn:
            own = voice if is_one else next(iter(heard[index].most_common(1)), (None, 0))[0]
            segment = segments[index]
            if segment.speaker is None and segment.kind == "speech" and own is not None:
                segment = replace(segment, speaker=names.get(own, speaker_name(own)))
            given.append(segment)
    return given


def _turns_of_text(segments: Sequence[Segment]) -> Iterator[list[int]]:
    """The segments of each turn that the text marks; where it marks none, each by itself."""
    has_turns = any(segment.new_turn for segment in segments[1:])
    number = 0
    numbered = []
    for index, segment in enumerate(segments):
        number += not has_turns or segment.new_turn
        numbered.append((number, index))
    for _, members in groupby(numbered, key=lambda one: one[0]):
        yield [index for _, index in members]


def _names(segments: Sequence[Segment], heard: Sequence[Counter[int]]) -> dict[int, str]:
    """The name of each voice that the text names, none for two voices."""
    by_voice = dict[int, Counter[str]]()
    for segment, counted in zip(segments, heard, strict=True):
        if segment.speaker is not None:
            for voice, spoken_ms in counted.items():
                by_voice.setdefault(voice, Counter())[segment.speaker] += spoken_ms
    pairs = sorted(
        (-spoken_ms, voice, name)
        for voice, names in by_voice.items()
        for name, spoken_ms in names.items()
        if spoken_ms >= _MOSTLY * names.total()
    )
    names, taken = dict[int, str](), set[str]()
    for _, voice, name in pairs:
        if voice not in names and name not in taken:
            names[voice] = name
            taken.add(name)
    return names
