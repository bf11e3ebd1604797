"""Each request as seen from outside: its id, a log line, and counts for Prometheus."""

from __future__ import annotations

import logging
import os
import re
import secrets
import time
from collections.abc import Iterator
from typing import get_args

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from editor.logs import REQUEST
from editor.store import JobState, Store
from editor.web.http.logged_path import logged_path
from editor.web.http.services import services

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NAMES = ("method", "route", "status")
_ANSWERS = Counter("transcript_editor_requests", "Requests answered", _NAMES)
_SECONDS = Histogram("transcript_editor_request_seconds", "Time to answer", ("method", "route"))
#: Others are counted together, since a stranger can make up any number of them.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
log = logging.getLogger(__name__)

blueprint = Blueprint("metrics", __name__)


def register(app: Flask) -> None:
    """Observe every request of an app."""
    app.before_request(_begin)
    app.after_request(_end)


@blueprint.get("/metrics")
def tell_metrics() -> ResponseReturnValue:
    """Counts of this server's processes together, and how the jobs stand."""
    registry: CollectorRegistry = CollectorRegistry()
    if SHARED_FOLDER in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry = REGISTRY
    jobs = CollectorRegistry()
    jobs.register(_Jobs(services().store))
    return Response(generate_latest(registry) + generate_latest(jobs), mimetype=CONTENT_TYPE_LATEST)


class _Jobs:
    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The jobs by state, and how long the first of those that wait has been due."""
        states, longest_wait_ms = self._store.job_counts()
        counted = GaugeMetricFamily("transcript_editor_jobs", "Jobs by state", labels=["state"])
        for state in get_args(JobState):
            counted.add_metric([state], states.get(state, 0))
        yield counted
        yield GaugeMetricFamily(
            "transcript_editor_longest_wait_seconds",
            "How long the job waits that has waited longest",
            value=longest_wait_ms / 1000,
        )


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
    g.began_s = time.monotonic()
    REQUEST.set({"request_id": g.request_id, "method": request.method, "path": logged_path()})


def _end(response: Response) -> Response:
    took_s = time.monotonic() - g.began_s
    route = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in _METHODS else "other"
    _ANSWERS.labels(method, route, response.status_code).inc()
    _SECONDS.labels(method, route).observe(took_s)
    response.headers["X-Request-ID"] = g.request_id
    facts = {
        "status": response.status_code,
        "ms": round(1000 * took_s),
        "address": request.remote_addr,
        "user": g.visitor.name if "visitor" in g else None,
    }
    log.info("%s %s", request.method, logged_path(), extra={"facts": facts})
    return response
