"""Transcripts as files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from urllib.parse import quote

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from editor.captions import preset_named
from editor.formats import Choices
from editor.formats.bundles import file_name, zipped
from editor.formats.exports import ORIGINAL, Options
from editor.library import export
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import Batch, BatchQuery, ExportQuery
from editor.web.schemas.responses import Error

blueprint = Blueprint("export", __name__, url_prefix="/api/transcripts/<transcript_id>")
batch_blueprint = Blueprint("batch", __name__, url_prefix="/api/export")


@blueprint.get("/export")
@endpoint("export", query=ExportQuery, answers={200: None, 422: Error})
def export_transcript(transcript_id: str, query: ExportQuery) -> ResponseReturnValue:
    """The transcript as a file; captions by the rules of `preset`, times moved by `offset`.

    `original` is the file that was brought, with the corrections in it and, with `retimed`, the
    times of the words, or with `mended` its own times without their drift; all else is in UTF-8.
    The header `Remarks` says, percent-encoded, what the format has no place for.
    """
    row = services().store.transcript(transcript_id)
    rules = preset_named(query.preset, services().store.presets())
    choices = Choices(
        query.times,
        query.speakers,
        query.notes,
        query.line_numbers,
        tuple(filter(None, (each.strip() for each in query.columns.split(",")))),
        query.frame_rate,
        query.on_frames,
    )
    options = Options(
        rules,
        query.offset,
        query.retimed,
        query.mended,
        choices=choices,
        has_struck=query.struck,
    )
    exported = export.export_file(
        services().store, transcript_id, format_name=query.format, options=options
    )
    is_text = exported.mime_type.startswith(("text/", "application/x-subrip"))
    is_unnamed = is_text and "charset" not in exported.mime_type and query.format != ORIGINAL
    charset = "; charset=utf-8" if is_unnamed else ""
    response = send_file(
        BytesIO(exported.data),
        mimetype=exported.mime_type + charset,
        as_attachment=True,
        download_name=file_name(row.title, exported.suffix),
        max_age=0,
    )
    if exported.lost:
        response.headers["Remarks"] = quote(". ".join(exported.lost))
    return response


@batch_blueprint.get("")
@endpoint("export", query=BatchQuery, answers={200: None, 422: Error})
def export_several(query: BatchQuery) -> ResponseReturnValue:
    """Several transcripts as one zip; those that cannot be written are listed in it."""
    return _zip([part for part in query.ids.split(",") if part], query)


@batch_blueprint.post("")
@endpoint("export", body=Batch, answers={200: None, 422: Error})
def export_many(body: Batch) -> ResponseReturnValue:
    """The same for more than an address can name."""
    return _zip(body.ids, body)


def _zip(ids: Sequence[str], asked: BatchQuery | Batch) -> Response:
    options = Options(preset_named(asked.preset, services().store.presets()), asked.offset)
    batch = export.export_several(services().store, ids, format_name=asked.format, options=options)
    answer = Response(zipped(batch), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename="transcripts.zip")
    return answer
