"""Files that take long to make: asked for, listed, taken away."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from editor.library.job_kinds import MakeParams
from editor.library.jobs_make import made_file, made_files, make_soon
from editor.media import content_type_of
from editor.storage.media_files import files_of
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import MakeFile
from editor.web.schemas.responses import Error, Job, MadeFiles
from editor.web.schemas.serialize import job_json
from editor.web.send_files import send_recording

blueprint = Blueprint("made", __name__, url_prefix="/api/transcripts/<transcript_id>/made")


@blueprint.post("")
@endpoint("export", body=MakeFile, answers={202: Job, 422: Error})
def make(transcript_id: str, body: MakeFile) -> ResponseReturnValue:
    """Make a film with captions in it, a cut copy of the sound, or a text with pseudonyms.

    It takes the place of the one of its sort that was made before.
    """
    params = MakeParams(
        made=body.made,
        format=body.format,
        preset=body.preset,
        has_colours=body.speaker_colours,
        names=body.names,
        is_cut=body.cut_times,
    )
    return jsonify(job_json(make_soon(services().store, transcript_id, params))), 202


@blueprint.get("")
@endpoint("export", answers={200: MadeFiles})
def list_made(transcript_id: str) -> ResponseReturnValue:
    """The files that were made, and in sentences what is to be known of each."""
    kept = services()
    files = made_files(kept.settings, kept.store, transcript_id)
    fields = ("made", "name", "report", "made_ms")
    return jsonify({"files": [{name: getattr(one, name) for name in fields} for one in files]})


@blueprint.get("/<made>")
@endpoint("export", answers={200: None, 206: None})
def send_made(transcript_id: str, made: str) -> ResponseReturnValue:
    """One of them, as a file."""
    kept = services()
    found = made_file(kept.settings, kept.store, transcript_id, made)
    files = files_of(kept.settings)
    path, kind = files.here(found.file), content_type_of(Path(found.file))
    if path is None:
        response = Response(files.read(found.file), mimetype=kind)
        response.content_length = files.size_bytes(found.file) or 0
    else:
        response = send_recording(path, kind)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.cache_control.no_store = True
    return response
