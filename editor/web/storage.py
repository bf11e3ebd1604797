"""What the library takes on its disk, and cleaning up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.library import disk_usage
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import Cleaning, StorageQuery
from editor.web.schemas.responses import Cleaned, StorageAnswer
from editor.web.schemas.serialize import Json

blueprint = Blueprint("storage", __name__, url_prefix="/api/storage")


@blueprint.get("")
@endpoint("storage", query=StorageQuery, answers={200: StorageAnswer})
def show_storage(query: StorageQuery) -> ResponseReturnValue:
    """What is there in bytes, the largest transcripts, and what can go of each kind."""
    found = disk_usage.look(services().settings, services().store, days=query.days)
    held = found.transcripts
    return jsonify(
        {
            "recording_bytes": sum(one.recording_bytes for one in held),
            "copy_bytes": sum(one.copy_bytes for one in held),
            "peaks_bytes": sum(one.peaks_bytes for one in held),
            "work_bytes": sum(one.work_bytes for one in held),
            "uploads_bytes": found.uploads_bytes,
            "database_bytes": found.database_bytes,
            "total_bytes": found.total_bytes,
            "transcripts": [_held_json(one) for one in held[: query.limit]],
            "removable": _by_kind(found.removable),
        }
    )


@blueprint.post("/clean")
@endpoint("storage", body=Cleaning, answers={200: Cleaned})
def clean(body: Cleaning) -> ResponseReturnValue:
    """Remove what can go of some kinds."""
    gone = disk_usage.clean(services().settings, services().store, body.kinds, days=body.days)
    return jsonify({"removed": _by_kind(gone)})


def _held_json(held: disk_usage.Held) -> Json:
    return {**asdict(held), "total_bytes": held.total_bytes}


def _by_kind(removable: Sequence[disk_usage.Removable]) -> list[Json]:
    sizes = {
        kind: [one.size_bytes for one in removable if one.kind == kind] for kind in disk_usage.KINDS
    }
    return [
        {"kind": kind, "count": len(found), "size_bytes": sum(found)}
        for kind, found in sizes.items()
        if found
    ]
