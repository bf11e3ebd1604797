"""Voices known again: who was named once is offered in the next recording.

Everything is one person's own (`owner`: the account, "" where nobody logs in), and nothing is kept
of voices where that person does not want it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from editor.config import Settings
from editor.document import Turn
from editor.review import is_made_up
from editor.store import HeardVoice, KnownVoice, Store, VoiceVector

#: Two voices are taken for one person's if they are so much alike, by cosine: in two halves of a
#: recording one person's are at 0.87 or more mostly, those of two people at 0.64 at most (over a
#: telephone).
ALIKE = 0.7
#: Who was heard for less is neither offered nor learned.
_LEAST_MS = 5_000
#: A voice that was heard for longer changes no more.
_MOST_WEIGHT_MS = 600_000


@dataclass(frozen=True)
class Suggestion:
    """A speaker of a text who sounds like a known voice."""

    speaker: str
    voice: int
    known: KnownVoice


def is_wanted(settings: Settings, store: Store, owner: str) -> bool:
    """Whether voices are known again for a person: unless said otherwise, where nobody logs in."""
    wanted = store.wants_known_voices(owner)
    return not settings.needs_login if wanted is None else wanted


def heard_voices(turns: Sequence[Turn], vectors: Sequence[VoiceVector]) -> list[HeardVoice]:
    """The voices of a recording that were heard for long enough to be known again."""
    spoken_ms = [0] * len(vectors)
    for turn in turns:
        spoken_ms[turn.speaker] += turn.end_ms - turn.start_ms
    return [
        HeardVoice(voice, tuple(vector), ms)
        for voice, (vector, ms) in enumerate(zip(vectors, spoken_ms, strict=True))
        if ms >= _LEAST_MS
    ]


def learn(store: Store, owner: str, transcript_ids: Iterable[str]) -> None:
    """Keep the voices of recordings whose speakers were named since."""
    for transcript_id in transcript_ids:
        names = store.voices(transcript_id).names
        for heard in store.heard_voices(owner, transcript_id).get(transcript_id, ()):
            name = names.get(heard.voice)
            if name is None or is_made_up(name) or name == heard.learned_as:
                continue
            # Of two who ask at once, one learns it.
            if store.learned(transcript_id, owner, heard.voice, name):
                _learn(store, owner, heard, name)


def suggestions(store: Store, owner: str, transcript_id: str) -> list[Suggestion]:
    """For each speaker of a text who has no name yet, which known voice it sounds like, if any."""
    names = store.voices(transcript_id).names
    taken = {name.casefold() for name in names.values()}
    heard = [
        (names.get(one.voice) or "", one)
        for one in store.heard_voices(owner, transcript_id).get(transcript_id, ())
    ]
    known = [one for one in store.known_voices(owner) if one.name.casefold() not in taken]
    found = matched({one.voice: one.vector for name, one in heard if is_made_up(name)}, known)
    speakers = {one.voice: name for name, one in heard}
    return [Suggestion(speakers[voice], voice, one) for voice, one in sorted(found.items())]


def matched(
    voices: Mapping[int, VoiceVector], known: Sequence[KnownVoice]
) -> dict[int, KnownVoice]:
    """Which known voice each one is, those most alike first; nobody is two of them."""
    known = [one for one in known if one.is_on]
    pairs = sorted(
        (
            (likeness(vector, one.vector), voice, at)
            for voice, vector in voices.items()
            for at, one in enumerate(known)
        ),
        reverse=True,
    )
    found, taken = dict[int, KnownVoice](), set[str]()
    for alike, voice, at in pairs:
        name = known[at].name.casefold()
        if alike >= ALIKE and voice not in found and name not in taken:
            found[voice] = known[at]
            taken.add(name)
    return found


def told(voice: KnownVoice) -> dict[str, str | int | bool]:
    """What people are told of a known voice, as JSON: all but how it sounds and whose list it is
    in."""
    return {
        "id": voice.id,
        "name": voice.name,
        "is_on": voice.is_on,
        "spoken_ms": voice.spoken_ms,
        "created_ms": voice.created_ms,
        "heard_ms": voice.heard_ms,
    }


def forget(store: Store, owner: str, voice_id: str) -> None:
    """Delete a known voice, and what is kept in recordings of whoever sounds like it.

    Raises:
        NotFound: the person has no such voice.
    """
    gone = [one for one in store.known_voices(owner) if one.id == voice_id]
    heard = [
        (transcript_id, one.voice)
        for transcript_id, voices in (store.heard_voices(owner) if gone else {}).items()
        for one in voices
        if one.learned_as == gone[0].name or likeness(one.vector, gone[0].vector) >= ALIKE
    ]
    store.delete_known_voice(owner, voice_id, heard=heard)


def likeness(one: VoiceVector, other: VoiceVector) -> float:
    """How alike two voices are, by cosine."""
    return float(np.dot(one, other))


def _learn(store: Store, owner: str, heard: HeardVoice, name: str) -> None:
    known = store.known_voices(owner)
    by_name = {one.name.casefold(): one for one in known}
    same, before = by_name.get(name.casefold()), by_name.get((heard.learned_as or "").casefold())
    if same is not None and likeness(same.vector, heard.vector) >= ALIKE:
        kept_ms = min(same.spoken_ms, _MOST_WEIGHT_MS)
        both = np.multiply(same.vector, kept_ms) + np.multiply(heard.vector, heard.spoken_ms)
        vector = tuple(map(float, both / max(1e-9, float(np.linalg.norm(both)))))
        store.change_known_voice(owner, same.id, heard=(vector, kept_ms + heard.spoken_ms))
    elif before is not None and before.spoken_ms == heard.spoken_ms:
        # It was known from here alone, under a name that was changed since.
        store.change_known_voice(owner, before.id, name=name)
    else:
        store.add_known_voice(owner, name, heard.vector, heard.spoken_ms)
