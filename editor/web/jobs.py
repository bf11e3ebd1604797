"""Jobs: started, looked at, cancelled and tried again."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.errors import InvalidValue, NotPossible
from editor.library.job_kinds import (
    TRANSCRIBE,
    By,
    SpeakersParams,
    TranscribeParams,
    find_shots_soon,
    find_speakers_soon,
    transcribe_soon,
)
from editor.store import JobRow
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import JobMove, NewJob, Nothing
from editor.web.schemas.responses import Job
from editor.web.schemas.responses_jobs import Queue
from editor.web.schemas.serialize import job_json
from editor.web.transcripts import known_model

blueprint = Blueprint("jobs", __name__, url_prefix="/api")


@blueprint.post("/transcripts/<transcript_id>/jobs")
@endpoint("jobs", body=NewJob, answers={202: Job})
def start_job(transcript_id: str, body: NewJob) -> ResponseReturnValue:
    """Listen to the recording, again or with another model; one already under way is given.

    A text that is `trusted` is listened for as it stands. `track` is the audio track to hear from
    now on; 1 is the first. The kind `speakers` finds out who speaks when instead, and gives the
    segments their speakers in one step; `speaker_count` is how many there are, null where that is
    to be found. They are told apart by the recording's two channels where each certainly has one
    person, else by voice; `speakers_by` chooses. With `each_alone`, each person who has a channel
    or track of the recording is recognised alone, and named. The kind `shots` finds where the shots
    of the film begin.
    """
    store = services().store
    if body.kind == "shots":
        if not store.transcript(transcript_id).has_video:
            raise NotPossible("media", "This transcript has no film.")
        return jsonify(job_json(find_shots_soon(store, transcript_id))), 202
    if body.kind == "speakers":
        return jsonify(
            job_json(speakers_job(transcript_id, body.speaker_count, body.speakers_by))
        ), 202
    tracks = store.transcript(transcript_id).tracks
    if body.track is not None and body.track > len(tracks or [""]):
        raise InvalidValue("track", f"the recording has no audio track {body.track}")
    params = TranscribeParams(
        model=known_model(body.model),
        language=body.language,
        trusted=body.trusted,
        track=body.track,
        # That there are several tracks says so; of channels it must be certain.
        speakers_by=("channels" if len(tracks or ()) > 1 else "auto") if body.each_alone else None,
        speaker_count=body.speaker_count,
    )
    job = transcribe_soon(store, services().queue, transcript_id, params)
    if body.each_alone:
        speakers_job(transcript_id, body.speaker_count)
    return jsonify(job_json(job)), 202


def speakers_job(transcript_id: str, count: int | None = None, by: By = "auto") -> JobRow:
    """The job that finds the speakers of a transcript; whoever asks for it can undo its step.

    Raises:
        NotPossible: the transcript has no recording.
    """
    store, who = services().store, visitor()
    if store.transcript(transcript_id).media_path is None:
        raise NotPossible("media", "This transcript has no recording.")
    params = SpeakersParams(count=count, by=by, author=who.name, client=who.client)
    return find_speakers_soon(store, transcript_id, params)


@blueprint.get("/jobs/<job_id>")
@endpoint("jobs", answers={200: Job})
def show_job(job_id: str) -> ResponseReturnValue:
    """How a job stands."""
    return jsonify(job_json(services().store.job(job_id)))


@blueprint.post("/jobs/<job_id>/cancel")
@endpoint("jobs", body=Nothing, answers={200: Job})
def cancel_job(job_id: str, body: Nothing) -> ResponseReturnValue:
    """Ask a job to stop; a running one does so at its next step."""
    return jsonify(job_json(services().store.request_cancel(job_id)))


@blueprint.post("/jobs/<job_id>/first")
@endpoint("jobs", body=Nothing, answers={200: Job})
def put_job_first(job_id: str, body: Nothing) -> ResponseReturnValue:
    """Let a job that waits have its turn before all others that wait."""
    return jsonify(job_json(services().store.put_first(job_id)))


@blueprint.post("/jobs/<job_id>/move")
@endpoint("jobs", body=JobMove, answers={200: Job})
def move_job(job_id: str, body: JobMove) -> ResponseReturnValue:
    """Let a job that waits have its turn just before another one that does, or last."""
    return jsonify(job_json(services().store.move_job(job_id, body.before)))


@blueprint.get("/queue")
@endpoint("jobs", answers={200: Queue})
def show_queue() -> ResponseReturnValue:
    """The transcripts that are recognised, and behind them those that wait, in their order."""
    jobs = services().store.queue(TRANSCRIBE)
    return jsonify({"jobs": [asdict(one) for one in jobs]})


@blueprint.post("/jobs/<job_id>/retry")
@endpoint("jobs", body=Nothing, answers={200: Job})
def retry_job(job_id: str, body: Nothing) -> ResponseReturnValue:
    """Try a failed or cancelled job again; it goes on where it stopped."""
    job = services().store.retry_job(job_id)
    services().queue.enqueue(job.id, job.model)
    return jsonify(job_json(job))
