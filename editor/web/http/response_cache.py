"""Answers about a whole transcript, encoded once for as long as nothing is written."""

from __future__ import annotations

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import cast

from flask import Response, current_app

from editor.store import Store
from editor.web.http import compress
from editor.web.schemas.serialize import Json, job_json, whole_json

KEPT = "transcript-editor-kept"
#: A long transcript takes about a megabyte.
_MOST = 32

#: What was asked for, the transcript, its `seq`, and what changes without being counted there.
_Key = tuple[str, str, int, str]


class KeptAnswers:
    """The answers given last, compressed. What is written changes `seq`, and so the key."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._making = [threading.Lock() for _ in range(_MOST)]

    def made_once(self, key: _Key) -> threading.Lock:
        """Held by who makes an answer, so that whoever asks for the same meanwhile waits for it."""
        return self._making[hash(key[:2]) % len(self._making)]

    def get(self, key: _Key) -> bytes | None:
        """The answer, if it is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: _Key, answer: bytes) -> None:
        """Keep an answer in place of older ones to the same question."""
        with self._lock:
            for older in [one for one in self._kept if one[:2] == key[:2]]:
                del self._kept[older]
            self._kept[key] = answer
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


def whole_response(
    store: Store,
    transcript_id: str,
    *,
    listens_again: bool,
    author: str | None = None,
    client: str | None = None,
) -> Response:
    """A transcript with all its segments.

    It is encoded once for all who may undo something, and for all who may not.

    Raises:
        NotFound: there is no such transcript.
    """
    kept = cast(KeptAnswers, current_app.extensions[KEPT])
    seq = store.transcript(transcript_id).seq
    jobs = [job_json(job) for job in store.jobs(transcript_id)]
    may = store.can_revert(transcript_id, author=author, client=client)
    key = _key(transcript_id, seq, jobs, listens_again, may)
    with kept.made_once(key):
        packed = kept.get(key)
        if packed is None:
            whole = whole_json(store, transcript_id, author=author, client=client)
            packed = compress.packed(_encoded({**whole, "listens_again": listens_again}))
            may = whole["can_undo"], whole["can_redo"]
            kept.put(_key(transcript_id, whole["seq"], whole["jobs"], listens_again, may), packed)
    return _sent(packed)


def kept_response(
    store: Store,
    transcript_id: str,
    what: str,
    make: Callable[[Store, str], Json],
    *,
    asked: str = "",
) -> Response:
    """An answer that nothing changes but what is written to a transcript, and what is `asked`.

    Raises:
        NotFound: there is no such transcript.
    """
    kept = cast(KeptAnswers, current_app.extensions[KEPT])
    key = (what, transcript_id, store.transcript(transcript_id).seq, asked)
    with kept.made_once(key):
        packed = kept.get(key)
        if packed is None:
            packed = compress.packed(_encoded(make(store, transcript_id)))
            # What is written meanwhile may be in the answer, but makes the next one new.
            kept.put(key, packed)
    return _sent(packed)


def _key(
    transcript_id: str, seq: int, jobs: list[Json], listens_again: bool, may: tuple[bool, bool]
) -> _Key:
    return "whole", transcript_id, seq, json.dumps([jobs, listens_again, may])


def _encoded(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sent(packed: bytes) -> Response:
    is_taken = compress.is_taken()
    response = Response(
        packed if is_taken else gzip.decompress(packed), mimetype="application/json"
    )
    if is_taken:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response
