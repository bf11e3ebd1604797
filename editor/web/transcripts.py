"""The library: transcripts made, listed, opened, renamed and deleted."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from editor.errors import InvalidValue, UnreadableMedia
from editor.library import jobs_realign, transcripts
from editor.library.job_kinds import TRANSCRIBE, SpeakersParams, find_speakers_soon
from editor.review import terms_of
from editor.store import Sought
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.response_cache import whole_response
from editor.web.http.services import services
from editor.web.schemas import serialize
from editor.web.schemas.requests import LibraryQuery, NewTranscript, Nothing, Since, TitleChange
from editor.web.schemas.responses import Changes, Error, Library, Summary, Whole
from editor.web.uploads import text_of, upload_folder
from editor.weights import MODELS

blueprint = Blueprint("transcripts", __name__, url_prefix="/api/transcripts")


@blueprint.get("")
@endpoint("transcripts", query=LibraryQuery, answers={200: Library})
def list_transcripts(query: LibraryQuery) -> ResponseReturnValue:
    """Transcripts, by default newest first, each with its newest job; or what is in the trash."""
    sought = Sought(query.q, query.state, query.trash, TRANSCRIBE, query.order, query.tag)
    library = serialize.library_json(
        services().store, sought, limit=query.limit, offset=query.offset
    )
    return jsonify(library)


@blueprint.post("")
@endpoint("transcripts", body=NewTranscript, answers={201: Summary, 409: Error, 423: Error})
def create_transcript(body: NewTranscript) -> ResponseReturnValue:
    """Make a transcript from a recording and, if there is one, its text; both uploaded before.

    The uploads are used up only when this succeeds; what is no recording is thrown away.
    """
    model = known_model(body.model)
    folder = upload_folder()
    with ExitStack() as taken:
        media = taken.enter_context(folder.taken(body.media_upload, spoiled_by=(UnreadableMedia,)))
        text = taken.enter_context(folder.taken(body.text_upload)) if body.text_upload else None
        transcript_id = transcripts.create_transcript(
            services().settings,
            services().store,
            media_path=media.path,
            media_name=media.name,
            text=text_of(text) if text else None,
            text_name=text.name if text else None,
            text_encoding=body.text_encoding,
            text_kind=body.text_kind,
            title=body.title,
            model=model,
            language=body.language,
            is_trusted=body.trusted,
            track=body.track,
            queue=services().queue,
            author=visitor().name,
            glossary=terms_of(body.glossary),
            finds_speakers=body.finds_speakers,
            speaker_count=body.speaker_count,
        )
    if body.finds_speakers:
        who = visitor()
        params = SpeakersParams(count=body.speaker_count, author=who.name, client=who.client)
        find_speakers_soon(services().store, transcript_id, params)
    return summary_of(transcript_id), 201, {"Location": f"/api/transcripts/{transcript_id}"}


@blueprint.get("/<transcript_id>")
@endpoint("transcripts", answers={200: Whole})
def open_transcript(transcript_id: str) -> ResponseReturnValue:
    """A transcript with all its segments, without their doubts."""
    store, who = services().store, visitor()
    row = store.transcript(transcript_id)
    return whole_response(
        store,
        transcript_id,
        listens_again=jobs_realign.model_at_hand(services().settings, row) is not None,
        author=who.name,
        client=who.client,
    )


@blueprint.patch("/<transcript_id>")
@endpoint("transcripts", body=TitleChange, answers={200: Summary, 409: Error})
def rename_transcript(transcript_id: str, body: TitleChange) -> ResponseReturnValue:
    """Give a transcript another title."""
    services().store.rename_transcript(
        transcript_id, body.title, was=body.was, author=visitor().name
    )
    return summary_of(transcript_id)


@blueprint.delete("/<transcript_id>")
@endpoint("transcripts", answers={204: None})
def delete_transcript(transcript_id: str) -> ResponseReturnValue:
    """Put a transcript into the trash; one that is there is deleted for good, with its files."""
    store = services().store
    row = store.transcript(transcript_id)
    for job in store.jobs(transcript_id, active_only=True):
        store.request_cancel(job.id)
    if row.deleted_ms is None:
        store.move_to_trash(transcript_id, author=visitor().name)
    else:
        transcripts.delete_transcript(services().settings, store, transcript_id)
    return "", 204


@blueprint.post("/<transcript_id>/restore")
@endpoint("transcripts", body=Nothing, answers={200: Summary})
def restore_transcript(transcript_id: str, body: Nothing) -> ResponseReturnValue:
    """Take a transcript out of the trash."""
    services().store.move_to_trash(transcript_id, is_deleted=False, author=visitor().name)
    return summary_of(transcript_id)


@blueprint.get("/<transcript_id>/changes")
@endpoint("transcripts", query=Since, answers={200: Changes})
def list_changes(transcript_id: str, query: Since) -> ResponseReturnValue:
    """What was changed after the state numbered `since`, by people and by jobs."""
    store, who = services().store, visitor()
    return jsonify(
        serialize.changes_json(
            store, transcript_id, query.since, author=who.name, client=who.client
        )
    )


def known_model(name: str | None) -> str:
    """The model to use: the one asked for, else the default.

    Raises:
        InvalidValue: there is no such model. A path is never taken from a request.
    """
    if name is not None and name not in MODELS:
        raise InvalidValue("model", f"must be one of {', '.join(MODELS)}")
    return name or services().settings.model


def summary_of(transcript_id: str) -> Response:
    """A transcript as the library lists it."""
    store = services().store
    (summary,) = serialize.summaries_json(store, [store.transcript(transcript_id)])
    return jsonify(summary)
