from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_document_describes_every_route_of_the_api(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    assert document
    described = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    app: Flask = client.application
    routes = {
        (method, re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.rule != "/api/openapi.json"
    }
    assert described == routes


def test_document_holds_together(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    assert document
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    found = set(references(document))
    assert found <= {f"#/components/schemas/{name}" for name in schemas}
    names = [op["operationId"] for path in document["paths"].values() for op in path.values()]
    assert len(names) == len(set(names))
    assert all(
        op["summary"] and op["responses"]
        for path in document["paths"].values()
        for op in path.values()
    )


def test_no_documentation_page_loads_code_from_elsewhere(client: FlaskClient) -> None:
    for path in ("/api/swagger/", "/api/redoc/", "/api/scalar/", "/apidoc/swagger/"):
        assert client.get(path).status_code == 404
