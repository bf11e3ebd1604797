"""Sends long JSON compressed to clients that take it: a whole transcript is mostly digits."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

#: Below this a packet carries it anyway.
SHORTEST_BYTES = 1000
#: Higher levels take three times as long for a few percent.
LEVEL = 4


def packed(data: bytes) -> bytes:
    """Data as `gzip` has it, always the same for the same."""
    return gzip.compress(data, LEVEL, mtime=0)


def is_taken() -> bool:
    """Whether the client takes packed answers."""
    return request.accept_encodings.quality("gzip") > 0


def register(app: Flask) -> None:
    """Compress the JSON answers of an app; recordings and event streams go as they are."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    is_answer = response.mimetype == "application/json" and not response.direct_passthrough
    if not is_answer or response.is_streamed or response.content_encoding:
        return response
    response.vary.add("Accept-Encoding")
    is_long = (response.content_length or 0) > SHORTEST_BYTES
    if is_long and is_taken():
        response.data = packed(response.data)
        response.content_encoding = "gzip"
    return response
