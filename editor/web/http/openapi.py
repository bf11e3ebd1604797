"""What a view takes and gives, said once: checks requests by it, and describes the API with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from threading import Lock
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from spectree import Response, SpecTree
from werkzeug.exceptions import BadRequest

from editor import __version__
from editor.web.schemas.responses import Error

View = Callable[..., ResponseReturnValue]

_tree = SpecTree(
    "flask",
    mode="strict",
    # Routes below this path are left out; nothing is served there.
    path="documentation",
    title="Transcript Editor",
    version=__version__,
    page_templates={},
    annotations=False,
    validation_error_model=Error,
    # All views share one name space: no two shapes have the same name.
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
)
#: Views that are not described yet. To describe all takes longer than the rest of their import,
#: and few ask.
_undescribed: list[tuple[View, Callable[[], View]]] = []
_describing = Lock()
blueprint = Blueprint("description", __name__)


@blueprint.get("/api/openapi.json")
def describe_api() -> ResponseReturnValue:
    """The OpenAPI document."""
    with _describing:
        while _undescribed:
            checked, described = _undescribed.pop()
            checked.__dict__["__wrapped__"] = described()
        return jsonify(_tree.spec)


def endpoint(
    tag: str,
    *,
    answers: Mapping[int, type[BaseModel] | None],
    body: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
) -> Callable[[View], View]:
    """Check a view's JSON body and query, hand them in as `body` and `query`, and describe it.

    `answers` gives the shape of each status, None for one without JSON. Errors that every view
    may give need not be named.
    """
    shapes = {f"HTTP_{status}": shape for status, shape in answers.items()}

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**given: Any) -> ResponseReturnValue:
            if query is not None:
                given["query"] = query.model_validate(request.args.to_dict())
            if body is not None:
                given["body"] = body.model_validate(_json_body())
            return view(**given)

        # Only the description is spectree's: its wrapper would read a file or an event stream
        # whole, and take malformed JSON for {}. It is found again through `__wrapped__`.
        def described() -> View:
            validated: View = _tree.validate(
                json=body,
                query=query,
                resp=Response(**{"HTTP_404": Error, **shapes}),
                tags=[tag],
                skip_validation=True,
            )(view)
            return validated

        _undescribed.append((checked, described))
        return checked

    return decorate


def _json_body() -> object:
    """The body as JSON; 415 when it claims to be something else, 400 when it is malformed.

    A DELETE may come without one.
    """
    if request.method == "DELETE" and not request.get_data():
        return {}
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest("the JSON is nested too deeply") from None
