"""Errors to HTTP, once: every refusal has the shape `{"error": {"code", "message", ...facts}}`."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, g, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from editor.errors import (
    ChangedMeanwhile,
    EditConflict,
    EditorError,
    ExportRefused,
    FolderUnusable,
    InvalidValue,
    InvariantBroken,
    LoginRefused,
    LoginRequired,
    ModelUnavailable,
    NotAllowed,
    NotFound,
    NothingToUndo,
    NotPossible,
    StoreBusy,
    TooManyAttempts,
    UndoBlocked,
    UnreadableArchive,
    UnreadableMedia,
    UnreadableTranscript,
    UploadOffsetMismatch,
    folder_unusable,
)
from editor.storage.upload_errors import UploadBusy, UploadGone, UploadIncomplete, UploadTooLarge
from editor.web.http.logged_path import logged_path
from editor.web.http.services import services
from editor.web.schemas.serialize import current_segment

log = logging.getLogger(__name__)

#: An error that is not listed answers 400.
STATUS: dict[type[EditorError], int] = {
    ChangedMeanwhile: 409,
    EditConflict: 409,
    ExportRefused: 422,
    FolderUnusable: 507,
    InvalidValue: 422,
    InvariantBroken: 422,
    LoginRefused: 401,
    LoginRequired: 401,
    ModelUnavailable: 422,
    NotAllowed: 403,
    NotFound: 404,
    NotPossible: 422,
    NothingToUndo: 409,
    StoreBusy: 503,
    TooManyAttempts: 429,
    UndoBlocked: 409,
    UnreadableArchive: 422,
    UnreadableMedia: 422,
    UnreadableTranscript: 422,
    UploadBusy: 423,
    UploadGone: 404,
    UploadIncomplete: 409,
    UploadOffsetMismatch: 409,
    UploadTooLarge: 413,
}


def register(app: Flask) -> None:
    """Give every error of the app its answer."""
    app.register_error_handler(EditorError, _refused)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: EditorError) -> Response:
    body = _body(error.code, error.for_page(), **error.facts())
    if isinstance(error, EditConflict):
        transcript_id = (request.view_args or {})["transcript_id"]
        body["current"] = current_segment(services().store, transcript_id, error.segment_id)
    response = jsonify(body)
    response.status_code = STATUS.get(type(error), 400)
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after_s)
    elif isinstance(error, StoreBusy):
        response.headers["Retry-After"] = "1"
    return response


def _system(error: OSError) -> Response:
    log.error("%s %s failed", request.method, logged_path(), exc_info=error)
    return _refused(folder_unusable(error))


def _invalid(error: ValidationError) -> tuple[Response, int]:
    # Only place and reason: pydantic would repeat the person's text and an address of its own.
    fields = [
        {"field": ".".join(map(str, found["loc"])), "reason": found["msg"]}
        for found in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return jsonify(_body("invalid_request", _misunderstood(error), fields=fields)), 422


def _misunderstood(error: ValidationError) -> str:
    """What a person can do about it; the fields tell programs more."""
    for found in error.errors(include_url=False, include_input=False):
        if found["type"] == "string_too_long":
            return (
                f"This is too long: at most {found['ctx']['max_length']:,} characters are allowed."
            )
        if found["type"] == "too_long":
            return f"Too many: at most {found['ctx']['max_length']:,} are allowed at once."
    return "The server does not understand this request. Reload the page and try again."


def _http(error: HTTPException) -> Response:
    response = Response(response=None, status=error.code)
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name != "Content-Type"
    )
    code = error.name.lower().replace(" ", "_").replace("'", "")
    response.data = jsonify(_body(code, error.description or error.name)).data
    response.mimetype = "application/json"
    return response


def _unexpected(error: Exception) -> tuple[Response, int]:
    log.error("%s %s failed", request.method, logged_path(), exc_info=error)
    message = "Something went wrong on the server; see its log."
    return jsonify(_body("internal_error", message, request_id=g.get("request_id"))), 500


def _body(code: str, message: str, **facts: object) -> dict[str, Any]:
    return {"error": {**facts, "code": code, "message": message}}
