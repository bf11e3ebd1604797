"""Voices that are named once, known again, and forgotten."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.accounts import Accounts
from editor.config import Settings
from editor.document import Segment, Turn, Word
from editor.errors import NotFound
from editor.library import known_voices
from editor.store import HeardVoice, Store, VoiceVector, sqlite_path
from tests.support.segments import put_segments
from tests.support.stand_in import CHEAP

#: Who speaks for how long, in turns of ten seconds.
TURNS = (Turn(0, 10_000, 0), Turn(10_000, 20_000, 1), Turn(20_000, 30_000, 2))


def voice(number: int, *, off: float = 0.0) -> VoiceVector:
    """One of several voices that are not alike, and the same one `off` by some."""
    vector = np.eye(192)[number] + off * np.eye(192)[100 + number]
    return tuple(map(float, vector / np.linalg.norm(vector)))


def recording(store: Store, *names: str, heard: tuple[int, ...], owner: str = "") -> str:
    """A transcript in which the turns have these names, and those voices were heard."""
    row = store.create_transcript(title="Talk", media_name="talk.mp3", model="base")
    segments = [
        Segment(
            str(at),
            "Oh yes",
            (
                Word("Oh", turn.start_ms, turn.start_ms + 500),
                Word("yes", turn.end_ms - 500, turn.end_ms),
            ),
            speaker=name,
        )
        for at, (name, turn) in enumerate(zip(names, TURNS, strict=False))
    ]
    put_segments(store, row.id, segments)
    turns = TURNS[: len(names)]
    store.save_voice_turns(row.id, turns)
    vectors = [voice(number, off=0.3 * at) for at, number in enumerate(heard)]
    store.save_heard_voices(row.id, owner, known_voices.heard_voices(turns, vectors))
    return row.id


def offered(store: Store, transcript_id: str, owner: str = "") -> dict[str, str]:
    found = known_voices.suggestions(store, owner, transcript_id)
    return {one.speaker: one.known.name for one in found}


def test_a_voice_named_once_is_offered_in_the_next_recording(library: Store) -> None:
    first = recording(library, "Sarah", "Speaker 2", heard=(1, 2))
    known_voices.learn(library, "", [first])
    known_voices.learn(library, "", [first])
    (sarah,) = library.known_voices("")
    assert (sarah.name, sarah.spoken_ms, sarah.is_on) == ("Sarah", 10_000, True)
    second = recording(library, "Speaker 1", "Speaker 2", heard=(3, 1))
    assert offered(library, second) == {"Speaker 2": "Sarah"}
    # Who has a name is asked no more, and the voice is known from both recordings.
    third = recording(library, "Sarah", "Speaker 2", heard=(1, 1))
    assert offered(library, third) == {}
    known_voices.learn(library, "", [third])
    (again,) = library.known_voices("")
    assert (again.id, again.spoken_ms) == (sarah.id, 20_000)
    library.change_known_voice("", sarah.id, is_on=False)
    assert offered(library, second) == {}


def test_a_name_that_is_corrected_leaves_no_wrong_one_behind(library: Store) -> None:
    first = recording(library, "Sara", heard=(1,))
    known_voices.learn(library, "", [first])
    stored = library.segment(first, "0").segment
    library.delete_transcript(first)
    # The vectors beside a recording go with it, what was learned stays.
    assert library.heard_voices("") == {}
    again = recording(library, "Sarah", heard=(1,))
    assert library.learned(again, "", 0, str(stored.speaker))
    # Whoever asks at the same time learns it no second time.
    assert not library.learned(again, "", 0, str(stored.speaker))
    known_voices.learn(library, "", [again])
    assert [one.name for one in library.known_voices("")] == ["Sarah"]


def test_deletion_really_deletes(library: Store, settings: Settings) -> None:
    first = recording(library, "Sarah", "Ben", heard=(1, 2))
    known_voices.learn(library, "", [first])
    other = recording(library, "Speaker 1", heard=(1,))
    sarah = next(one for one in library.known_voices("") if one.name == "Sarah")
    known_voices.forget(library, "", sarah.id)
    known_voices.learn(library, "", [first, other])
    assert [one.name for one in library.known_voices("")] == ["Ben"]
    assert {
        item: [one.voice for one in voices] for item, voices in library.heard_voices("").items()
    } == {first: [1]}
    with pytest.raises(NotFound):
        known_voices.forget(library, "", sarah.id)
    library.want_known_voices("", is_wanted=False)
    assert library.heard_voices("") == {}
    ben = library.known_voices("")[0]
    known_voices.forget(library, "", ben.id)
    path = sqlite_path(settings.database_url)
    assert path is not None
    library.close()
    assert np.asarray(ben.vector, "<f4").tobytes() not in path.read_bytes()


def test_nobody_sees_anothers_voices(library: Store) -> None:
    accounts = Accounts(library, hasher=CHEAP)
    for name in ("Ann", "Bea"):
        accounts.add(name, "editor", "correct horse")
    first = recording(library, "Sarah", heard=(1,), owner="Ann")
    known_voices.learn(library, "Bea", [first])
    known_voices.learn(library, "Ann", [first])
    assert library.known_voices("Bea") == []
    second = recording(library, "Speaker 1", heard=(1,), owner="Bea")
    assert offered(library, second, "Bea") == {}
    assert offered(library, second, "Ann") == {}
    (sarah,) = library.known_voices("Ann")
    with pytest.raises(NotFound):
        library.change_known_voice("Bea", sarah.id, is_on=False)
    with pytest.raises(NotFound):
        known_voices.forget(library, "Bea", sarah.id)
    accounts.remove("Ann")
    assert library.known_voices("Ann") == []
    assert library.heard_voices("Ann") == {}


def test_where_several_log_in_it_is_off_until_one_wants_it(
    library: Store, settings: Settings
) -> None:
    alone, shared = settings, replace(settings, login=True)
    assert known_voices.is_wanted(alone, library, "")
    assert not known_voices.is_wanted(shared, library, "Ann")
    library.want_known_voices("Ann", is_wanted=True)
    assert known_voices.is_wanted(shared, library, "Ann")
    assert not known_voices.is_wanted(shared, library, "Bea")


def test_who_says_little_is_not_kept() -> None:
    turns = (Turn(0, 4_000, 0), Turn(4_000, 12_000, 1))
    assert known_voices.heard_voices(turns, [voice(1), voice(2)]) == [
        HeardVoice(1, voice(2), 8_000)
    ]
