"""Which speaker says each word, from turns and the times of words. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from editor.document import Segment, Turn, Word, ends_sentence

#: A word that nobody was heard at is that of the nearest voice, up to this far.
_NEAR_MS = 1_000
#: A change of voice this near to the end of a sentence, in words and in time, is there.
_NEAR_WORDS, _NEAR_CHANGE_MS = 2, 700
#: A voice within another's sentence for no longer than this is a slip.
_SLIP_WORDS, _SLIP_MS = 2, 600
#: An answer while another speaks is no longer than this, and its first word begins so near to it.
_ANSWER_MS, _ANSWER_STARTS_MS = 1_000, 120
_NOBODY: Mapping[int, int] = {}


def speakers_of_words(
    words: Sequence[Word], turns: Sequence[Turn], said_by: Mapping[int, int] = _NOBODY
) -> list[int | None]:
    """The speaker of each word, None where no voice is near. `turns` in order of their starts.

    `said_by` tells it of recognised words, by their ids, where each person was recognised alone.
    """
    who = _heard_at(words, turns)
    _take_slips_back(words, who)
    _change_at_sentences(words, who)
    for at, word in enumerate(words):
        who[at] = next((said_by[one] for one in word.recognised_ids if one in said_by), who[at])
    return who


def speakers_by_segment(
    segments: Sequence[Segment], turns: Sequence[Turn], said_by: Mapping[int, int] = _NOBODY
) -> list[list[int | None]]:
    """The speaker of each word of each segment; see `speakers_of_words`."""
    words = [word for one in segments for word in one.words]
    who = iter(speakers_of_words(words, turns, said_by))
    return [[next(who) for _ in segment.words] for segment in segments]


def main_voices(segments: Sequence[Segment], turns: Sequence[Turn]) -> list[int | None]:
    """The voice that says most of each segment; None for sounds, and where no voice is near."""
    found = list[int | None]()
    for segment, who in zip(segments, speakers_by_segment(segments, turns), strict=True):
        said = voice_ms(segment, who)
        found.append(max(said, key=said.__getitem__, default=None))
    return found


def voice_ms(segment: Segment, voices: Sequence[int | None]) -> Counter[int]:
    """How long each voice speaks in a segment, in ms, by the voice of each of its words."""
    counted = Counter[int]()
    for word, voice in zip(segment.words, voices, strict=True):
        if voice is not None and segment.kind == "speech":
            counted[voice] += word.end_ms - word.start_ms
    return counted


def speaking_ms(
    start_ms: int, end_ms: int, turns: Sequence[Turn], *, longest_ms: int
) -> dict[int, int]:
    """How long each speaker speaks within [start_ms, end_ms); no turn is longer than given."""
    spoken = dict[int, int]()
    for turn in _turns_within(start_ms, end_ms, turns, longest_ms):
        both_ms = min(end_ms, turn.end_ms) - max(start_ms, turn.start_ms)
        if both_ms > 0:
            spoken[turn.speaker] = spoken.get(turn.speaker, 0) + both_ms
    return spoken


def longest_turn_ms(turns: Sequence[Turn]) -> int:
    """The length of the longest turn."""
    return max((turn.end_ms - turn.start_ms for turn in turns), default=0)


def _heard_at(words: Sequence[Word], turns: Sequence[Turn]) -> list[int | None]:
    longest_ms = longest_turn_ms(turns)
    who, last = list[int | None](), None
    for word in words:
        spoken = speaking_ms(word.start_ms, word.end_ms, turns, longest_ms=longest_ms)
        if not spoken:
            spoken = _nearness(word, turns, longest_ms)
        # Where two speak at once, the one who spoke goes on, but for who answers shortly there.
        answers = _answering(word, turns, longest_ms) if len(spoken) > 1 else set[int]()
        last = max(spoken, key=lambda one: (one in answers, spoken[one], one == last), default=None)
        who.append(last)
    return who


def _answering(word: Word, turns: Sequence[Turn], longest_ms: int) -> set[int]:
    """Who begins with a word what is short and ends with it, or soon behind it."""
    return {
        turn.speaker
        for turn in _turns_within(word.start_ms, word.end_ms, turns, longest_ms)
        if turn.end_ms - turn.start_ms <= _ANSWER_MS
        and abs(word.start_ms - turn.start_ms) <= _ANSWER_STARTS_MS
    }


def _turns_within(
    start_ms: int, end_ms: int, turns: Sequence[Turn], longest_ms: int
) -> Iterator[Turn]:
    """The turns that may reach into [start_ms, end_ms), of which none is longer than given."""
    first = bisect_left(turns, start_ms - longest_ms, key=lambda turn: turn.start_ms)
    end = bisect_left(turns, end_ms, key=lambda turn: turn.start_ms)
    return iter(turns[first:end])


def _nearness(word: Word, turns: Sequence[Turn], longest_ms: int) -> dict[int, int]:
    nearest = dict[int, int]()
    start_ms, end_ms = word.start_ms - _NEAR_MS, word.end_ms + _NEAR_MS
    for turn in _turns_within(start_ms, end_ms, turns, longest_ms):
        gap_ms = max(turn.start_ms - word.end_ms, word.start_ms - turn.end_ms)
        if gap_ms <= _NEAR_MS:
            nearest[turn.speaker] = max(nearest.get(turn.speaker, -_NEAR_MS), -gap_ms)
    return nearest


def _runs(who: Sequence[int | None]) -> list[tuple[int, int]]:
    runs, first = list[tuple[int, int]](), 0
    for _, run in groupby(who):
        end = first + len(list(run))
        runs.append((first, end))
        first = end
    return runs


def _take_slips_back(words: Sequence[Word], who: list[int | None]) -> None:
    """A word or two of another voice amid a sentence are said by who says the rest of it."""
    for first, end in _runs(who):
        if first == 0 or end == len(who) or who[first - 1] != who[end]:
            continue
        is_short = words[end - 1].end_ms - words[first].start_ms <= _SLIP_MS
        within = not ends_sentence(words[first - 1].text) and not ends_sentence(words[end - 1].text)
        if end - first <= _SLIP_WORDS and is_short and within:
            who[first:end] = [who[end]] * (end - first)


def _change_at_sentences(words: Sequence[Word], who: list[int | None]) -> None:
    """A change of voice beside the end of a sentence moves there: voices are told less sharply."""
    for first, _ in _runs(who)[1:]:
        if ends_sentence(words[first - 1].text):
            continue
        places = [
            place
            for place in range(first - _NEAR_WORDS, first + _NEAR_WORDS + 1)
            if 0 < place < len(words)
            and ends_sentence(words[place - 1].text)
            and abs(words[place].start_ms - words[first].start_ms) <= _NEAR_CHANGE_MS
        ]
        if places:
            place = min(places, key=lambda at: (abs(at - first), at))
            before, behind = who[first - 1], who[first]
            for at in range(place, first):
                who[at] = behind
            for at in range(first, place):
                who[at] = before
