"""Requests made up from the API's own description: none may fail in the server."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok

from editor.web import Services, Streams, create_app
from tests.support.chance import examples


@pytest.mark.hypothesis
def test_no_request_fails_in_the_server(
    services: Services, streams: Streams, client: FlaskClient, transcript_id: str
) -> None:
    document = client.get("/api/openapi.json").json
    assert document
    app = create_app(services, streams=streams)
    # A stream of events ends after one look: with a job at work it would go on.
    streams.stop()
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    statuses: Counter[int] = Counter()
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @examples(4, *HealthCheck)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            # Mostly of a transcript that is there; but it is to stay there.
            if "transcript_id" in case.path_parameters and case.method != "DELETE":
                case.path_parameters["transcript_id"] = transcript_id
            answer = case.call()
            case.validate_response(answer, checks=[not_a_server_error])
            statuses[answer.status_code] += 1

        ask()
    assert statuses.total() > 60
    assert statuses[200] > 10
    assert statuses[422] > 10
