"""What a named server is told: signed, and nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from editor.errors import InvalidValue
from editor.library.webhook import NotDelivered, Webhook, signature
from tests.support.servers import free_port


@contextmanager
def server(*answers: int) -> Iterator[tuple[str, list[tuple[str, bytes, str | None]]]]:
    """A server that gives these answers, one after the other; its address, and what it got."""
    got, left = list[tuple[str, bytes, str | None]](), list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, body, self.headers["X-Signature-256"]))
            self.send_response(left.pop(0))
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/hook", got
        finally:
            running.shutdown()
            thread.join()


def test_a_result_is_told_signed() -> None:
    with server(204) as (url, got):
        Webhook(url, b"secret").send({"recording": "ä.mp3"})
    body = '{"recording": "ä.mp3"}'.encode()
    assert got == [("/hook", body, "sha256=" + signature(body, b"secret"))]
    # As `openssl dgst -sha256 -hmac secret` gives it.
    known = "cf6bc52aefea0ce23b4a10af741858dc96e748e6a0f119c859d38d754cad609c"
    assert signature(b"hi", b"secret") == known


@pytest.mark.parametrize(
    ("answer", "is_final"), [(307, True), (404, True), (429, False), (500, False), (503, False)]
)
def test_what_is_refused_or_sent_elsewhere_is_told(answer: int, is_final: bool) -> None:
    with server(answer) as (url, got):
        with pytest.raises(NotDelivered, match=f"was not told: it answers {answer}") as told:
            Webhook(url).send({})
        assert [(path, sign) for path, _, sign in got] == [("/hook", None)]
    assert told.value.is_final == is_final


def test_a_server_that_is_away_is_told_in_words() -> None:
    with pytest.raises(NotDelivered, match=r"was not told: Connection refused$") as told:
        Webhook(f"http://127.0.0.1:{free_port()}/").send({})
    assert not told.value.is_final


def test_an_address_that_cannot_be_asked_is_refused_for_good() -> None:
    with pytest.raises(NotDelivered, match="check how the address") as told:
        Webhook("http://a..b/").send({})
    assert told.value.is_final


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a/b",
        "https://",
        "localhost",
        "http://[::1/a",
        "http://a:99999",
        "http://a/b c",
    ],
)
def test_only_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(InvalidValue, match="https://"):
        Webhook(url)


def test_a_password_in_the_address_is_refused_and_not_told() -> None:
    with pytest.raises(InvalidValue, match="before @") as told:
        Webhook("https://ann:hunter2@hooks.example/")
    assert "hunter2" not in str(told.value)


def test_an_empty_secret_signs_nothing_and_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n")
    with pytest.raises(InvalidValue, match="is empty"):
        Webhook.signed("https://hooks.example/", tmp_path / "secret")
    with pytest.raises(InvalidValue, match="No such file"):
        Webhook.signed("https://hooks.example/", tmp_path / "missing")
