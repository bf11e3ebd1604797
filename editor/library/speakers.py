"""Segments given their speakers, by the voices that are heard when their words are said. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from editor.document import RecognisedWord, Segment, Turn
from editor.edits import Change, Splice
from editor.edits.split_merge import cut
from editor.review import is_made_up, names_of_voices, speakers_by_segment, voice_ms

#: Of a turn of the text one voice says all if it says this share of it.
_WHOLE_TURN = 0.75


def speaker_name(number: int) -> str:
    """What a speaker is called until somebody knows better; the first is 0."""
    return f"Speaker {number + 1}"


@dataclass(frozen=True)
class Heard:
    """Who was heard when, and what is known besides where each has a channel or track: what voices
    are called (`names`, in their order), and whose recognised words are (`said_by`, by their ids).
    """

    turns: Sequence[Turn]
    names: Sequence[str] = ()
    said_by: Mapping[int, int] = field(default_factory=dict)

    def name_of(self, voice: int) -> str:
        """What a voice is called until the text names it."""
        return self.names[voice] if voice < len(self.names) else speaker_name(voice)


def voiced(
    segments: Sequence[Segment],
    heard: Heard,
    *,
    is_recognised: bool,
    new_id: Callable[[], str],
) -> list[list[Segment]]:
    """For each segment what becomes of it by the voices; a person's text `is_recognised` not."""
    if is_recognised:
        return split_at_voices(segments, heard, new_id=new_id)
    return [[segment] for segment in with_speakers(segments, heard)]


def said_by(recognised: Iterable[RecognisedWord]) -> dict[int, int]:
    """Whose recognised words are, by their ids, where each person was recognised alone."""
    return {word.id: word.voice for word in recognised if word.voice is not None}


def split_at_voices(
    segments: Sequence[Segment], heard_by: Heard, *, new_id: Callable[[], str]
) -> list[list[Segment]]:
    """For each segment of recognised text what becomes of it: cut where another voice begins, with
    its speakers.

    Names that a person gave stay, and the voice has them elsewhere, too.
    """
    voices = speakers_by_segment(segments, heard_by.turns, heard_by.said_by)
    heard = [voice_ms(*both) for both in zip(segments, voices, strict=True)]
    segments = [replace(one, speaker=None) if is_made_up(one.speaker) else one for one in segments]
    names = _names(segments, heard)
    last: int | str | None = None
    found = list[list[Segment]]()
    for segment, own in zip(segments, voices, strict=True):
        if segment.speaker is not None or segment.kind != "speech" or not own:
            found.append([segment])
            last = segment.speaker or last
            continue
        starts = [at for at in range(1, len(own)) if own[at] != own[at - 1]]
        further = [(new_id(), segment.revision) for _ in starts]
        parts = list[Segment]()
        for first, part in zip([0, *starts], cut(segment, starts, further), strict=True):
            voice = own[first]
            if voice is not None:
                name = names.get(voice, heard_by.name_of(voice))
                part = replace(part, speaker=name, new_turn=part.new_turn or name != last)
                last = name
            parts.append(part)
        found.append(parts)
    return found


def with_speakers(segments: Sequence[Segment], heard_by: Heard) -> list[Segment]:
    """Segments of a text with the speakers it lacks; its turns and the names it has stay.

    A turn of the text is one voice's if that says most of it, else each segment has its own. A
    voice that the text names somewhere has that name.
    """
    voices = speakers_by_segment(segments, heard_by.turns, heard_by.said_by)
    heard = [voice_ms(*both) for both in zip(segments, voices, strict=True)]
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
                segment = replace(segment, speaker=names.get(own, heard_by.name_of(own)))
            given.append(segment)
    return given


def speakers_change(old: Sequence[Segment], new: Sequence[Sequence[Segment]]) -> Change:
    """The one step that puts in the place of each segment what became of it, where it differs."""
    splices, above_id = list[Splice](), None
    for segment, parts in zip(old, new, strict=True):
        if [segment] != list(parts):
            splices.append(Splice(above_id, (segment,), tuple(parts)))
        above_id = parts[-1].id
    return Change("speakers", tuple(splices))


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
    return names_of_voices(by_voice)
