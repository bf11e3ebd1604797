"""Server-sent events: what changes in a transcript or in the library, as it happens.

They look into the store, so they also see what workers and other servers write.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import partial

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from editor.errors import NotFound, StoreBusy
from editor.store import Store
from editor.web.http.auth import lasting_permission, visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.http.sse_limits import Streams, streams
from editor.web.schemas.requests import Since
from editor.web.schemas.responses import Error
from editor.web.schemas.serialize import Json, changes_json, job_json, summaries_json

MayRead = Callable[[], bool]

blueprint = Blueprint("events", __name__, url_prefix="/api")


@blueprint.get("/transcripts/<transcript_id>/events")
@endpoint("events", query=Since, answers={200: None, 503: Error})
def transcript_events(transcript_id: str, query: Since) -> ResponseReturnValue:
    """A stream of `changes` and `job` events, which begins with all changes after `since`.

    It ends with an `end` event when nothing has happened for a while and no job runs.
    """
    store, bounds = services().store, streams()
    store.transcript(transcript_id)
    last_id = request.headers.get("Last-Event-ID", "")
    since = int(last_id) if last_id.isascii() and last_id.isdecimal() else query.since
    who, may_read = visitor(), lasting_permission()
    watched = watch_transcript(
        store, transcript_id, since, bounds, may_read, author=who.name, client=who.client
    )
    return _stream(watched, bounds)


@blueprint.get("/events")
@endpoint("events", answers={200: None, 503: Error})
def library_events() -> ResponseReturnValue:
    """A stream of `jobs` events: the transcripts whose jobs came further, or ended."""
    bounds = streams()
    return _stream(watch_library(services().store, bounds, lasting_permission()), bounds)


def watch_transcript(
    store: Store,
    transcript_id: str,
    since: int,
    bounds: Streams,
    may_read: MayRead = lambda: True,
    *,
    author: str | None = None,
    client: str | None = None,
) -> Iterator[str]:
    """Give the events of one transcript as text/event-stream."""
    look = partial(changes_json, store, transcript_id, author=author, client=client)
    return _watched(_transcript_news(store, transcript_id, since, look), bounds, may_read)


def watch_library(store: Store, bounds: Streams, may_read: MayRead = lambda: True) -> Iterator[str]:
    """Give the events of the library as text/event-stream."""
    return _watched(_library_news(store), bounds, may_read)


#: The messages that one look found, and whether a job is at work.
_Look = tuple[list[str], bool]


def _transcript_news(
    store: Store, transcript_id: str, since: int, look: Callable[[int], Json]
) -> Iterator[_Look]:
    known_jobs: dict[str, Json] = {}
    seq = -1
    while True:
        news: list[str] = []
        if store.transcript(transcript_id).seq != seq:
            changes = look(since)
            seq = since = changes["seq"]
            news.append(_message("changes", changes, event_id=seq))
        jobs = store.jobs(transcript_id)
        for job in reversed(jobs):
            shown = job_json(job)
            if known_jobs.get(job.id) != shown:
                known_jobs[job.id] = shown
                news.append(_message("job", shown))
        yield news, any(job.is_active for job in jobs)


def _library_news(store: Store) -> Iterator[_Look]:
    """Tells of transcripts whose jobs are at work, and once more when these have ended.

    The first look tells in any case: what is not in it has no job at work.
    """
    known: dict[str, Json] = {}
    is_first = True
    while True:
        active = store.jobs(active_only=True)
        busy = {job.transcript_id for job in active if job.transcript_id}
        rows = store.some_transcripts(busy | known.keys())
        shown = {one["id"]: one for one in summaries_json(store, rows)}
        changed = [one for item, one in shown.items() if known.get(item) != one]
        known = {item: one for item, one in shown.items() if item in busy}
        is_news = is_first or bool(changed)
        is_first = False
        yield ([_message("jobs", {"transcripts": changed})] if is_news else []), bool(active)


def _watched(looks: Iterator[_Look], bounds: Streams, may_read: MayRead) -> Iterator[str]:
    """Look again and again.

    It ends when all is quiet, the subject is gone, who listens may not any more, the database is
    away, or the server stops.
    """
    last_news = last_sent = last_asked = time.monotonic()
    while True:
        try:
            if time.monotonic() - last_asked >= bounds.permission_s:
                last_asked = time.monotonic()
                if not may_read():
                    break
            news, is_busy = next(looks)
        except (NotFound, StoreBusy):
            break
        now = time.monotonic()
        if news or is_busy:
            last_news = now
        if not news and now - last_sent >= bounds.keep_alive_s:
            # A comment: the only way to notice that nobody listens any more.
            news = [": still here\n\n"]
        if news:
            last_sent = now
            yield "".join(news)
        if now - last_news >= bounds.idle_s or bounds.stopping.wait(bounds.poll_s):
            break
    yield _message("end", {})


def _message(event: str, data: Json, *, event_id: int | None = None) -> str:
    number = f"id: {event_id}\n" if event_id is not None else ""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event}\n{number}data: {written}\n\n"


def _stream(messages: Iterator[str], bounds: Streams) -> Response:
    bounds.enter()
    response = Response(messages, mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(bounds.leave)
    return response
