"""Doubts about who speaks: where the turns of the text and the voices that were heard disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from editor.document import Segment, Turn, Word
from editor.review.doubts import Doubt, DoubtKind
from editor.review.voices import longest_turn_ms, speakers_by_segment, speaking_ms

#: Fewer words, or less of a voice, may be a slip of who heard them.
_LEAST_WORDS, _LEAST_MS = 3, 700
#: While a voice is certain, all others together speak for this share of its time at most.
_MOST_OTHERS = 0.25
#: So many words stand for the place where a voice begins.
_SHOWN_WORDS = 3
#: How often such a doubt is right is not known of texts; they come behind what was surely misheard.
_SCORES: Mapping[DoubtKind, float] = {"another_voice": 0.6, "same_voice": 0.4}
#: A voice has the name that this share of its named time has.
_MOSTLY = 0.5
_MADE_UP = re.compile(r"Speaker [1-9][0-9]?")


class Named(NamedTuple):
    """The text says that `speaker` speaks in [start_ms, end_ms)."""

    speaker: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Voices:
    """Whose voice was heard when, in order of time, and all that the text names.

    `turns` may be those of a part only. `read_whole` then gets all there is, once a name is asked
    for: few doubts need one, and it takes the whole text to tell.
    """

    turns: Sequence[Turn] = ()
    named: Sequence[Named] = ()
    read_whole: Callable[[], Voices] | None = None

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of each voice that the text names."""
        if self.read_whole is not None:
            return self.read_whole().names
        spoken = dict[int, Counter[str]]()
        for name, start_ms, end_ms in self.named:
            heard = speaking_ms(start_ms, end_ms, self.turns, longest_ms=self.longest_ms)
            for voice, spoken_ms in heard.items():
                spoken.setdefault(voice, Counter())[name] += spoken_ms
        return names_of_voices(spoken)

    @cached_property
    def longest_ms(self) -> int:
        """The length of the longest turn."""
        return longest_turn_ms(self.turns)


@dataclass(frozen=True)
class _Run:
    """Words [first, end) of a segment that one voice says."""

    first: int
    end: int
    voice: int
    words: Sequence[Word]
    is_certain: bool


def speaker_doubts(
    segments: Sequence[Segment], voices: Voices, *, wanted: Collection[str] | None = None
) -> dict[str, list[Doubt]]:
    """The doubts of each segment about who speaks, by the segments' ids.

    "another_voice": another voice begins at a word, and the text has no turn there. "same_voice":
    the text has a turn, and one voice says all before and behind it. `segments` are in order, those
    `wanted` (None: all) with the one above; `heard` is the voice's name, "" where it has none.
    """
    if not voices.turns:
        return {}
    spoken = [one for one in segments if one.kind == "speech" and one.words]
    found = dict[str, list[Doubt]]()
    above, runs_above = None, list[_Run]()
    for segment, who in zip(spoken, speakers_by_segment(spoken, voices.turns), strict=True):
        runs = _runs(segment, who, voices)
        if wanted is None or segment.id in wanted:
            doubts = [*_within(runs, voices), *_at_start(segment, runs, above, runs_above, voices)]
            if doubts:
                found[segment.id] = sorted(doubts, key=lambda one: one.first_word)
        above, runs_above = segment, runs
    return found


def names_of_voices(spoken: Mapping[int, Counter[str]]) -> dict[int, str]:
    """The name of each voice, none for two voices, by how long (ms) it speaks under each name."""
    pairs = sorted(
        (-spoken_ms, voice, name)
        for voice, names in spoken.items()
        for name, spoken_ms in names.items()
        if spoken_ms >= _MOSTLY * names.total()
    )
    found, taken = dict[int, str](), set[str]()
    for _, voice, name in pairs:
        if voice not in found and name not in taken:
            found[voice] = name
            taken.add(name)
    return found


def is_made_up(name: str | None) -> bool:
    """Whether a name is one that a voice is given until somebody knows better, "Speaker 1"."""
    return name is not None and _MADE_UP.fullmatch(name) is not None


def _runs(segment: Segment, who: Sequence[int | None], voices: Voices) -> list[_Run]:
    """The runs of a segment; words at which no voice is near belong to none."""
    known = [(at, voice) for at, voice in enumerate(who) if voice is not None]
    runs = list[_Run]()
    for voice, group in groupby(known, key=lambda one: one[1]):
        places = [at for at, _ in group]
        words = segment.words[places[0] : places[-1] + 1]
        runs.append(
            _Run(places[0], places[-1] + 1, voice, words, _is_certain(words, voice, voices))
        )
    return runs


def _is_certain(words: Sequence[Word], voice: int, voices: Voices) -> bool:
    """Whether that voice, and hardly another, is heard at some words for long enough."""
    end_ms = max(word.end_ms for word in words)
    heard = speaking_ms(words[0].start_ms, end_ms, voices.turns, longest_ms=voices.longest_ms)
    own_ms = heard.pop(voice, 0)
    is_long = len(words) >= _LEAST_WORDS and own_ms >= _LEAST_MS
    return is_long and sum(heard.values()) <= _MOST_OTHERS * own_ms


def _within(runs: Sequence[_Run], voices: Voices) -> Iterator[Doubt]:
    for before, run in pairwise(runs):
        if before.is_certain and run.is_certain:
            yield _doubt("another_voice", run, voices.names.get(run.voice), "no turn here")


def _at_start(
    segment: Segment,
    runs: Sequence[_Run],
    above: Segment | None,
    runs_above: Sequence[_Run],
    voices: Voices,
) -> Iterator[Doubt]:
    if above is None or not runs or not runs_above:
        return
    before, run = runs_above[-1], runs[0]
    if not before.is_certain or not run.is_certain:
        return
    has_turn = segment.new_turn or segment.speaker != above.speaker
    if before.voice != run.voice:
        if not has_turn:
            yield _doubt("another_voice", run, voices.names.get(run.voice), "no turn here")
    elif (
        has_turn
        and len(runs) == len(runs_above) == 1
        and _says_another(above, segment, run.voice, voices)
    ):
        yield _doubt("same_voice", run, above.speaker, "a turn here")


def _says_another(above: Segment, segment: Segment, voice: int, voices: Voices) -> bool:
    """Whether the text has another speaker in a segment, and one that has a voice of its own.

    Where two people were heard as one voice, the second has none.
    """
    if above.speaker == segment.speaker:
        return segment.new_turn and (above.speaker is None or is_made_up(above.speaker))
    others = {name for other, name in voices.names.items() if other != voice}
    return above.speaker == voices.names.get(voice) and segment.speaker in others


def _doubt(kind: DoubtKind, run: _Run, name: str | None, text_has: str) -> Doubt:
    shown = run.words[:_SHOWN_WORDS]
    sound = "another voice begins" if kind == "another_voice" else "the same voice goes on"
    return Doubt(
        kind,
        run.first,
        run.first + len(shown) - 1,
        " ".join(word.text for word in shown),
        name or "",
        _SCORES[kind],
        shown[0].start_ms,
        max(word.end_ms for word in shown),
        f"{sound}; the text has {text_has}",
    )
