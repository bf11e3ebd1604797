"""The recording, parts of it and its peaks, as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from editor.errors import NotFound
from editor.formats.bundles import file_name
from editor.library.clips import write_clip
from editor.library.recordings import copy_soon, read_peaks, sound_copy_soon
from editor.media import CLIP_TYPES, SOUND_SUFFIX, content_type_of
from editor.storage.media_files import Files, files_of
from editor.store import TranscriptRow
from editor.timecode import clock_from_ms
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import ClipQuery, MediaQuery, PeaksQuery
from editor.web.schemas.responses import Error
from editor.web.send_files import send_recording

#: Less than waitress takes from a thread before the client has read it.
_MOST_AT_ONCE_BYTES = 8 * 1024 * 1024

blueprint = Blueprint("media", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/media")
@endpoint("media", query=MediaQuery, answers={200: None, 206: None, 304: None, 416: Error})
def send_media(transcript_id: str, query: MediaQuery) -> ResponseReturnValue:
    """The recording, or a copy that browsers can play; in ranges where asked.

    A copy that was cleaned up is made again by a job, and not found until then; so is one with
    the `sound` alone, for browsers that cannot play what they get without it.
    """
    store = services().store
    row = store.transcript(transcript_id)
    if query.only == "sound" and Path(row.browser_copy_path or "").suffix != SOUND_SUFFIX:
        sound_copy_soon(services().settings, store, transcript_id)
        raise NotFound("sound of transcript", transcript_id)
    return playable(row)


@blueprint.get("/peaks")
@endpoint("media", query=PeaksQuery, answers={200: None, 204: None})
def send_peaks(transcript_id: str, query: PeaksQuery) -> ResponseReturnValue:
    """Peaks from `start` to `end` (ms): int8 pairs (lowest, highest), `level` pairs a second.

    Without content until the recording has been looked at: ask again then.
    """
    services().store.transcript(transcript_id)
    peaks = read_peaks(
        services().settings,
        transcript_id,
        level=query.level,
        start_ms=query.start,
        end_ms=query.end,
    )
    if peaks is None:
        return "", 204
    return Response(peaks, mimetype="application/octet-stream")


@blueprint.get("/clip")
@endpoint("media", query=ClipQuery, answers={200: None, 422: Error})
def send_clip(transcript_id: str, query: ClipQuery) -> ResponseReturnValue:
    """The sound from `start` to `end` (ms) as a file of its own, of 20 minutes at most."""
    row = services().store.transcript(transcript_id)
    suffix = f".{query.format}"
    with TemporaryDirectory() as folder:
        path = Path(folder, f"clip{suffix}")
        write_clip(
            services().settings, services().store, transcript_id, path, query.start, query.end
        )
        content = path.read_bytes()
    at = clock_from_ms(query.start).replace(":", ".")
    return send_file(
        BytesIO(content),
        mimetype=CLIP_TYPES[suffix],
        as_attachment=True,
        download_name=file_name(f"{row.title} {at}", suffix),
        max_age=0,
    )


def playable(row: TranscriptRow) -> Response:
    """The recording of a transcript, or its copy for browsers; in ranges where asked.

    Raises:
        NotFound: there is none, or its copy is made again first.
    """
    name = row.browser_copy_path or row.media_path
    files = files_of(services().settings)
    path = files.here(name) if name else None
    if path is not None:
        return send_recording(path, content_type_of(path))
    size_bytes = files.size_bytes(name) if name else None
    if name is None or size_bytes is None:
        if name is not None and name == row.browser_copy_path:
            copy_soon(services().store, row.id)
        raise NotFound("recording of transcript", row.id)
    return _from_afar(files, name, size_bytes)


def _from_afar(files: Files, name: str, size_bytes: int) -> Response:
    """A file that lies in a bucket, or the one range of it that is asked for."""
    asked = request.range
    span = asked.range_for_length(size_bytes) if asked else None
    if asked and len(asked.ranges) == 1 and span is None:
        raise RequestedRangeNotSatisfiable(length=size_bytes)
    first, end = span or (0, size_bytes)
    if span:
        # Players ask for all that follows and then listen for long. A range may be answered in part
        # (RFC 9110, 15.3.7), and so much leaves the thread at once; the player asks for the rest.
        end = min(end, first + _MOST_AT_ONCE_BYTES)
    body = files.read(name, first, end - 1) if size_bytes else ()
    response = Response(body, status=206 if span else 200, mimetype=content_type_of(Path(name)))
    response.content_length = end - first
    response.headers["Accept-Ranges"] = "bytes"
    response.cache_control.private = response.cache_control.no_cache = True
    if span:
        response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{size_bytes}"
    return response
