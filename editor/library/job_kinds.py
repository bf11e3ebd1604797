"""The kinds of jobs and what each is told, and how a transcription is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from editor.jobs import Queue
from editor.store import JobRow, Store

#: A whole recording is recognised; edited segments are listened to again; a copy is made of the
#: recording that browsers can play; its speakers are found; terms of the glossary are looked for;
#: results are written and told; the shots of its film are found.
TRANSCRIBE, LISTEN, COPY, SPEAKERS = "transcribe", "listen", "copy", "speakers"
TERMS, DELIVER, SHOTS = "terms", "deliver", "shots"
#: Files are made to be taken away, each by a kind of job: the film with captions in its picture,
#: the sound without what is struck out, a text.
Made = Literal["film", "sound", "text"]
MAKE: Mapping[Made, str] = {"film": "make-film", "sound": "make-sound", "text": "make-text"}


#: How speakers are told apart: by voices where it is not certain that each has a channel.
By = Literal["auto", "channels", "voices"]


class _Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TranscribeParams(_Params):
    """`language` is what somebody said that is spoken, None where nobody did. A text that is
    `trusted` is only given its times. `track` is the sound track to hear from now on; 1 is the
    first, None the one heard before. With `speakers_by`, each of `speaker_count` people (None: as
    many as there are) is recognised alone where each has a channel or track.
    """

    model: str = ""
    language: str | None = None
    trusted: bool = False
    track: int | None = None
    speakers_by: By | None = None
    speaker_count: int | None = None


class ListenParams(_Params):
    """Segments that were written after the state `since` are listened to again."""

    model: str
    since: int


class CopyParams(_Params):
    """Whether the copy has the film, and the sound as it is in the recording."""

    keeps_sound: bool = False
    keeps_film: bool = True


class DeliverParams(_Params):
    """Whether the results are written already, so that only a server is to be told of `files`."""

    is_written: bool = False
    files: tuple[str, ...] = ()


class SpeakersParams(_Params):
    """`count` is how many speakers there are, None where that is to be found. They are told apart
    `by` channels or voices. The edit that names them is made for who asked, by `author` and
    `client`, who can undo it.
    """

    count: int | None = None
    by: By = "auto"
    author: str | None = None
    client: str | None = None


class MakeParams(_Params):
    """What is `made`, in which `format` (of sound mp3 or wav), with captions by a `preset`.

    With `has_colours` captions in a film show who speaks. `names` are lines of a list of
    pseudonyms, with which sound is covered by a tone and a text has others. A text that `is_cut`
    has the times of the sound without struck-out words.
    """

    made: Made
    format: str = ""
    preset: str = "lines"
    has_colours: bool = False
    names: str = ""
    is_cut: bool = False


def find_speakers_soon(store: Store, transcript_id: str, params: SpeakersParams) -> JobRow:
    """See to it that the speakers of a recording are found; a search under way is given instead."""
    return store.create_job(
        SPEAKERS,
        transcript_id,
        params.model_dump(),
        unique_key=f"{SPEAKERS}:{transcript_id}",
        forgets_ended=True,
    )


def find_shots_soon(store: Store, transcript_id: str) -> JobRow:
    """See to it that the shots of a film are found; a search under way is given instead."""
    return store.create_job(
        SHOTS, transcript_id, unique_key=f"{SHOTS}:{transcript_id}", forgets_ended=True
    )


def transcribe_soon(
    store: Store, queue: Queue, transcript_id: str, params: TranscribeParams
) -> JobRow:
    """Queue the transcription of a transcript; one that waits or runs already is given instead."""
    job = store.create_job(
        TRANSCRIBE,
        transcript_id,
        params.model_dump(),
        unique_key=f"{TRANSCRIBE}:{transcript_id}",
    )
    queue.enqueue(job.id, job.model)
    return job
