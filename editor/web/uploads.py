"""Resumable uploads by the core of tus 1.0 (https://tus.io/protocols/resumable-upload)."""

from __future__ import annotations

import base64
import binascii
from email.utils import formatdate
from typing import BinaryIO, cast

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import PreconditionFailed, UnsupportedMediaType

from editor.document import DraftSegment, split_words
from editor.errors import InvalidValue
from editor.formats.sandbox import read_apart
from editor.storage.upload_errors import UploadTooLarge
from editor.storage.uploads import MOST_PIECE_BYTES, Upload, UploadFolder, uploads_of
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import PreviewRequest
from editor.web.schemas.responses import Error, Preview
from editor.web.schemas.serialize import problems_json

TUS_VERSION = "1.0.0"
#: A text is read whole; ten hours of speech are under a megabyte.
MAX_TEXT_BYTES = 50 * 10**6
_PIECE_TYPE = "application/offset+octet-stream"
_SHOWN_LINES = 8

blueprint = Blueprint("uploads", __name__, url_prefix="/api/uploads")


def upload_folder() -> UploadFolder:
    """The uploads of the app that answers the current request."""
    return uploads_of(services().settings)


def text_of(upload: Upload) -> bytes:
    """The whole of an uploaded text.

    Raises:
        UploadTooLarge: it is too large for a text.
    """
    if upload.length_bytes > MAX_TEXT_BYTES:
        raise UploadTooLarge(upload.name, MAX_TEXT_BYTES)
    return upload.path.read_bytes()


@blueprint.before_request
def _speak_one_version() -> None:
    asked = request.headers.get("Tus-Resumable")
    if asked not in (None, TUS_VERSION) and request.method != "OPTIONS":
        raise PreconditionFailed(f"this server supports tus {TUS_VERSION}")


@blueprint.after_request
def _name_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = TUS_VERSION
    return response


@blueprint.route("", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/<upload_id>", methods=["OPTIONS"], provide_automatic_options=False)
def tell_abilities(upload_id: str = "") -> ResponseReturnValue:
    """What this server can do."""
    return Response(
        status=204,
        headers={
            "Tus-Version": TUS_VERSION,
            "Tus-Extension": "creation,expiration,termination",
            "Tus-Max-Size": str(services().settings.upload_max_bytes),
        },
    )


@blueprint.post("")
@endpoint("uploads", answers={201: None, 413: Error})
def begin_upload() -> ResponseReturnValue:
    """Begin an upload of `Upload-Length` bytes; `Location` tells where its pieces go."""
    folder = upload_folder()
    folder.delete_expired()
    name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "unnamed")
    upload = folder.create(name, _header_number("Upload-Length"))
    location = f"/api/uploads/{upload.id}"
    return Response(status=201, headers={"Location": location, **_progress(upload)})


@blueprint.route("/<upload_id>", methods=["HEAD"])
@endpoint("uploads", answers={200: None})
def tell_offset(upload_id: str) -> ResponseReturnValue:
    """How much of an upload has arrived."""
    upload = upload_folder().upload(upload_id)
    facts = {"Upload-Length": str(upload.length_bytes), **_progress(upload)}
    return Response(status=200, headers=facts)


@blueprint.patch("/<upload_id>")
@endpoint("uploads", answers={204: None, 409: Error, 413: Error, 415: Error, 423: Error})
def add_piece(upload_id: str) -> ResponseReturnValue:
    """Add the piece that begins at `Upload-Offset`; 8 MB are a good size, 64 MiB the most."""
    if request.mimetype != _PIECE_TYPE:
        raise UnsupportedMediaType(f"a chunk must have the type {_PIECE_TYPE}")
    folder = upload_folder()
    request.max_content_length = MOST_PIECE_BYTES
    body, offset = cast(BinaryIO, request.stream), _header_number("Upload-Offset")
    folder.append(upload_id, offset, body, request.content_length)
    return Response(status=204, headers=_progress(folder.upload(upload_id)))


@blueprint.delete("/<upload_id>")
@endpoint("uploads", answers={204: None, 423: Error})
def discard_upload(upload_id: str) -> ResponseReturnValue:
    """Throw an upload away."""
    upload_folder().upload(upload_id)
    upload_folder().delete(upload_id)
    return "", 204


@blueprint.post("/<upload_id>/preview")
@endpoint("uploads", body=PreviewRequest, answers={200: Preview, 409: Error})
def preview_text(upload_id: str, body: PreviewRequest) -> ResponseReturnValue:
    """Read an uploaded text as it would be imported, and keep nothing."""
    upload = upload_folder().complete(upload_id)
    read = read_apart(text_of(upload), upload.name, encoding=body.encoding, kind=body.kind)
    return jsonify(
        {
            "format": read.format,
            "recognised": read.recognised,
            "encoding": read.encoding,
            "encoding_is_guess": read.encoding_is_guess,
            "segment_count": len(read.drafts),
            "word_count": sum(len(split_words(draft.text)) for draft in read.drafts),
            "first_lines": list(map(_shown, read.drafts[:_SHOWN_LINES])),
            "problems": problems_json(read.problems),
        }
    )


def _shown(draft: DraftSegment) -> str:
    return f"{draft.speaker}: {draft.text}" if draft.speaker else draft.text


def _progress(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.offset_bytes),
        "Upload-Expires": formatdate(upload.expires_s, usegmt=True),
    }


def _header_number(name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise InvalidValue(name, "must be a whole number of bytes")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Read `key base64,key base64` as tus writes metadata."""
    pairs = [pair.strip().split(" ", 1) for pair in header.split(",") if pair.strip()]
    try:
        return {
            key: base64.b64decode(v[0], validate=True).decode() if v else "" for key, *v in pairs
        }
    except (binascii.Error, UnicodeDecodeError):
        raise InvalidValue("Upload-Metadata", "values must be UTF-8 in base64") from None
