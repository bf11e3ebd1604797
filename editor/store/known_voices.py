"""Voices known again, each of them its owner's alone: an account's, or "" where nobody logs in."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import delete, insert, or_, select, update

from editor.errors import NotFound
from editor.store.db.database import StorePart
from editor.store.db.tables import HeardVoiceTable, KnownVoiceTable, VoiceChoiceTable

#: The vector of a voice: 192 numbers, of length 1.
VoiceVector = tuple[float, ...]
#: An owner has no more; those heard longest ago go.
MOST_KNOWN_VOICES = 1_000


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """Somebody whom the owner named, and how long that voice was heard; off, it is not offered."""

    id: str
    name: str
    vector: VoiceVector
    spoken_ms: int
    is_on: bool
    created_ms: int
    heard_ms: int


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """A voice of a recording, counted from 0; `learned_as` is whose it was when it was learned."""

    voice: int
    vector: VoiceVector
    spoken_ms: int
    learned_as: str | None = None


class KnownVoices(StorePart):
    """Saving and forgetting voices."""

    def wants_known_voices(self, owner: str) -> bool | None:
        """Whether a person wants voices to be known again; None where the person never said."""
        wanted = select(VoiceChoiceTable.is_wanted).where(VoiceChoiceTable.owner == owner)
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def want_known_voices(self, owner: str, *, is_wanted: bool) -> None:
        """Keep what a person wants; who wants none keeps nothing of the voices of recordings."""
        table = VoiceChoiceTable
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.owner == owner))
            connection.execute(insert(table).values(owner=owner, is_wanted=is_wanted))
            if not is_wanted:
                heard = HeardVoiceTable
                connection.execute(delete(heard).where(heard.owner == owner))

    def known_voices(self, owner: str) -> list[KnownVoice]:
        """The voices that a person has, by name."""
        table = KnownVoiceTable
        columns = (
            table.id,
            table.name,
            table.vector,
            table.spoken_ms,
            table.is_on,
            table.created_ms,
            table.heard_ms,
        )
        query = select(*columns).where(table.owner == owner)
        with self._database.read() as connection:
            found = [
                KnownVoice(voice_id, name, _vector(vector), spoken_ms, is_on, *moments)
                for voice_id, name, vector, spoken_ms, is_on, *moments in connection.execute(query)
            ]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    def add_known_voice(self, owner: str, name: str, vector: VoiceVector, spoken_ms: int) -> str:
        """Keep a voice; gives its id."""
        voice_id, now, table = secrets.token_urlsafe(9), self._clock(), KnownVoiceTable
        newest = (
            select(table.id)
            .where(table.owner == owner)
            .order_by(table.heard_ms.desc(), table.id)
            .limit(MOST_KNOWN_VOICES)
        )
        with self._database.write() as connection:
            connection.execute(
                insert(table).values(
                    id=voice_id,
                    owner=owner,
                    name=name,
                    vector=_bytes(vector),
                    spoken_ms=spoken_ms,
                    is_on=True,
                    created_ms=now,
                    heard_ms=now,
                )
            )
            kept = list(connection.execute(newest).scalars())
            gone = (table.owner == owner, table.id.not_in(kept))
            connection.execute(delete(table).where(*gone))
        return voice_id

    def change_known_voice(
        self,
        owner: str,
        voice_id: str,
        *,
        name: str | None = None,
        is_on: bool | None = None,
        heard: tuple[VoiceVector, int] | None = None,
    ) -> None:
        """Change what is said of a voice; `heard` is its new vector and how long it was heard.

        Raises:
            NotFound: the person has no such voice.
        """
        values: dict[str, object] = {}
        if name is not None:
            values["name"] = name
        if is_on is not None:
            values["is_on"] = is_on
        if heard is not None:
            values |= {"vector": _bytes(heard[0]), "spoken_ms": heard[1], "heard_ms": self._clock()}
        table = KnownVoiceTable
        one = update(table).where(table.owner == owner, table.id == voice_id).values(**values)
        with self._database.write() as connection:
            if connection.execute(one).rowcount == 0:
                raise NotFound("voice", voice_id)

    def delete_known_voice(
        self, owner: str, voice_id: str, *, heard: Collection[tuple[str, int]] = ()
    ) -> None:
        """Forget a voice, and what is kept of it in recordings: `heard` (transcript id, voice).

        Raises:
            NotFound: the person has no such voice.
        """
        known, table = KnownVoiceTable, HeardVoiceTable
        one = delete(known).where(known.owner == owner, known.id == voice_id)
        with self._database.write() as connection:
            if connection.execute(one).rowcount == 0:
                raise NotFound("voice", voice_id)
            for transcript_id, voice in heard:
                of_it = (table.transcript_id == transcript_id, table.voice == voice)
                connection.execute(delete(table).where(table.owner == owner, *of_it))

    def save_heard_voices(
        self, transcript_id: str, owner: str, voices: Sequence[HeardVoice]
    ) -> None:
        """Keep the voices of a recording, in place of those that the owner had of it before."""
        table = HeardVoiceTable
        rows = [
            {
                "transcript_id": transcript_id,
                "owner": owner,
                "voice": one.voice,
                "vector": _bytes(one.vector),
                "spoken_ms": one.spoken_ms,
                "learned_as": one.learned_as,
            }
            for one in voices
        ]
        of_it = (table.transcript_id == transcript_id, table.owner == owner)
        with self._database.write() as connection:
            connection.execute(delete(table).where(*of_it))
            if rows:
                connection.execute(insert(table), rows)

    def heard_voices(
        self, owner: str, transcript_id: str | None = None
    ) -> dict[str, list[HeardVoice]]:
        """The voices that an owner has of recordings, or of one, by the id of the transcript."""
        table = HeardVoiceTable
        columns = (
            table.transcript_id,
            table.voice,
            table.vector,
            table.spoken_ms,
            table.learned_as,
        )
        query = select(*columns).where(table.owner == owner).order_by(table.voice)
        if transcript_id is not None:
            query = query.where(table.transcript_id == transcript_id)
        found: dict[str, list[HeardVoice]] = {}
        with self._database.read() as connection:
            for item, voice, vector, spoken_ms, learned_as in connection.execute(query):
                one = HeardVoice(voice, _vector(vector), spoken_ms, learned_as)
                found.setdefault(item, []).append(one)
        return found

    def learned(self, transcript_id: str, owner: str, voice: int, name: str) -> bool:
        """A voice of a recording becomes a known one under a name; whether it was not yet."""
        table = HeardVoiceTable
        one = (
            table.transcript_id == transcript_id,
            table.owner == owner,
            table.voice == voice,
            or_(table.learned_as.is_(None), table.learned_as != name),
        )
        with self._database.write() as connection:
            done = connection.execute(update(table).where(*one).values(learned_as=name))
        return done.rowcount > 0


def _bytes(vector: VoiceVector) -> bytes:
    return np.asarray(vector, "<f4").tobytes()


def _vector(data: object) -> VoiceVector:
    assert isinstance(data, bytes)
    return tuple(map(float, np.frombuffer(data, "<f4")))
