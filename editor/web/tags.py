"""Tags by which people find transcripts in the library."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import TagsChange
from editor.web.schemas.responses import TagList
from editor.web.schemas.serialize import tags_json

blueprint = Blueprint("tags", __name__, url_prefix="/api/tags")


@blueprint.get("")
@endpoint("tags", answers={200: TagList})
def list_tags() -> ResponseReturnValue:
    """All tags, with how many transcripts have each."""
    return jsonify(tags_json(services().store))


@blueprint.post("")
@endpoint("tags", body=TagsChange, answers={200: TagList})
def change_tags(body: TagsChange) -> ResponseReturnValue:
    """Give transcripts tags and take tags from them; gives all tags then.

    A tag in other capital letters than one that is there is that one.
    """
    services().store.change_tags(body.ids, add=body.add, remove=body.remove)
    return list_tags()
