"""Projects as one file each: taken away whole, and brought back."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from editor.errors import UnreadableArchive, UnreadableMedia
from editor.formats.bundles import file_name
from editor.library import project_file
from editor.library.file_kinds import PROJECT_SUFFIX
from editor.storage.disk import upload_room_bytes
from editor.turns import Turns
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import PackedProject
from editor.web.schemas.responses import Error, Summary
from editor.web.send_files import send_once
from editor.web.transcripts import summary_of
from editor.web.uploads import upload_folder

_ZIP = "application/zip"
#: Each takes a thread and the disk for seconds a gigabyte; others need them, too.
_packing = Turns(2, 6, "Other projects are being packed")

blueprint = Blueprint("projects", __name__, url_prefix="/api")


@blueprint.get("/transcripts/<transcript_id>/project")
@endpoint("projects", answers={200: None, 503: Error, 507: Error})
def pack_project(transcript_id: str) -> ResponseReturnValue:
    """The recording, the text, its history and what was heard, in one file."""
    row = services().store.transcript(transcript_id)
    if request.method == "HEAD":
        answer = Response(mimetype=_ZIP)
    else:
        folder = services().settings.data_dir / "packed"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / secrets.token_urlsafe(9)
        with _packing.taken():
            room = upload_room_bytes(folder)
            kept = services()
            project_file.pack(kept.settings, kept.store, transcript_id, path, most_bytes=room)
        answer = send_once(path, _ZIP)
    answer.headers.set(
        "Content-Disposition", "attachment", filename=file_name(row.title, PROJECT_SUFFIX)
    )
    return answer


@blueprint.post("/projects")
@endpoint("projects", body=PackedProject, answers={201: Summary, 409: Error, 422: Error})
def unpack_project(body: PackedProject) -> ResponseReturnValue:
    """Put an uploaded project into the library; its upload is used up, or was no project."""
    spoiled_by = (UnreadableArchive, UnreadableMedia)
    with upload_folder().taken(body.upload, spoiled_by=spoiled_by) as upload:
        transcript_id = project_file.unpack(
            services().settings, services().store, upload.path, named=upload.name
        )
    return summary_of(transcript_id), 201, {"Location": f"/api/transcripts/{transcript_id}"}
