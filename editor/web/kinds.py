"""What chosen files are, told before they are uploaded, and what texts can be read as."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.formats import FORMATS, READ_AS
from editor.library.file_kinds import kind_of
from editor.web.http.openapi import endpoint
from editor.web.schemas.requests import FileHead
from editor.web.schemas.responses import Error, FileKind, TextKinds

blueprint = Blueprint("kinds", __name__, url_prefix="/api/kinds")


@blueprint.post("")
@endpoint("uploads", body=FileHead, answers={200: FileKind, 422: Error})
def tell_kind(body: FileHead) -> ResponseReturnValue:
    """Tell by its first 64 kB whether a file is a recording, a text or a project; else say why."""
    return jsonify({"kind": kind_of(body.head, body.name)})


@blueprint.get("/texts")
@endpoint("uploads", answers={200: TextKinds})
def list_text_kinds() -> ResponseReturnValue:
    """What a text can be read as, where it is not what its content looks like."""
    kinds = [{"name": name, "called": FORMATS[name].called} for name in READ_AS]
    return jsonify({"kinds": kinds})
