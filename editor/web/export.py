"""Transcripts as files to take away."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from editor.web.answers import Error
from editor.web.openapi import endpoint
from editor.web.schemas import ExportFormat, ExportQuery
from editor.web.services import services

CONTENT_TYPES: dict[ExportFormat, str] = {
    "srt": "application/x-subrip; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
_NOT_IN_FILE_NAMES = set('/\\:*?"<>|')
_LONGEST_NAME = 100

blueprint = Blueprint("export", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/export")
@endpoint("export", query=ExportQuery, answers={200: None, 422: Error})
def export_transcript(transcript_id: str, query: ExportQuery) -> ResponseReturnValue:
    """The transcript as a file, in UTF-8; captions by the rules of `preset`."""
    row = services().store.transcript(transcript_id)
    data = services().export_file(transcript_id, format_name=query.format, preset=query.preset)
    return send_file(
        BytesIO(data),
        mimetype=CONTENT_TYPES[query.format],
        as_attachment=True,
        download_name=file_name(row.title, query.format),
        max_age=0,
    )


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes, made from a title.

    >>> file_name("../Episode 7: why?", "srt"), file_name("...", "vtt")
    ('_Episode 7_ why_.srt', 'transcript.vtt')
    """
    plain = "".join(
        "_" if character in _NOT_IN_FILE_NAMES else character
        for character in title
        if character.isprintable()
    )
    return f"{plain.strip(' .')[:_LONGEST_NAME].strip(' .') or 'transcript'}.{suffix}"
