"""Uploads as a tus client makes them."""

from __future__ import annotations

import base64

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TYPE = "application/offset+octet-stream"


def begin(client: FlaskClient, length: int, name: str) -> str:
    response = client.post(
        "/api/uploads",
        headers={
            "Upload-Length": str(length),
            "Upload-Metadata": "filename " + base64.b64encode(name.encode()).decode(),
            "Tus-Resumable": "1.0.0",
        },
    )
    assert response.status_code == 201, response.text
    return response.headers["Location"].removeprefix("/api/uploads/")


def send_piece(client: FlaskClient, upload_id: str, offset: int, data: bytes) -> TestResponse:
    return client.patch(
        f"/api/uploads/{upload_id}",
        data=data,
        content_type=TYPE,
        headers={"Upload-Offset": str(offset)},
    )
