from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from editor.config import Settings
from editor.errors import InvalidValue
from editor.web import Streams, serve
from editor.web.http.serve import THREADS
from editor.web.http.sse_limits import STREAMS
from tests.support.clock import wait_for

SERVER = """
import sys
from pathlib import Path
from flask import Flask, Response
from editor.config import Settings
from editor.web import Streams, serve
from editor.web.send_files import send_once, send_recording
from editor.web.http.sse_limits import STREAMS

streams = Streams()
app = Flask("test")
app.extensions[STREAMS] = streams

@app.get("/events")
def events():
    def wait():
        yield "started"
        streams.stopping.wait(60)
        yield "ended"
    return Response(wait())

@app.get("/recording")
def recording():
    return send_recording(Path(sys.argv[1], "recording"), "audio/wav")

@app.get("/once")
def once():
    return send_once(Path(sys.argv[1], "once"), "application/zip")

settings = Settings.from_env(
    {"TRANSCRIPT_EDITOR_DATA": sys.argv[1], "TRANSCRIPT_EDITOR_PORT": "0"}
)
serve(app, settings, on_ready=lambda address: print(address, flush=True))
print("clean", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_signal_ends_streams_and_server_soon(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        connection = http.client.HTTPConnection(address.split("/")[2], timeout=10)
        connection.request("GET", "/events")
        response = connection.getresponse()
        assert response.read(7) == b"started"
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - asked < 4
        assert process.stdout.read() == "clean\n"
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_many_idle_connections_keep_nobody_out(tmp_path: Path) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", SERVER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as process,
        ExitStack() as idle,
    ):
        assert process.stdout
        host, port = process.stdout.readline().split("/")[2].split(":")
        for _ in range(200):
            idle.enter_context(socket.create_connection((host, int(port))))
        connection = http.client.HTTPConnection(host, int(port), timeout=10)
        connection.request("GET", "/nothing")
        assert connection.getresponse().status == 404
        connection.close()
        process.send_signal(signal.SIGTERM)


@contextmanager
def running_server(folder: Path) -> Iterator[tuple[str, int]]:
    """The server above, in a process of its own: host and port."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        host, port = process.stdout.readline().split("/")[2].split(":")
        try:
            yield host, int(port)
        finally:
            process.kill()


def test_listeners_who_read_slowly_keep_nobody_out(tmp_path: Path) -> None:
    size_bytes = 40 * 1024 * 1024
    with (tmp_path / "recording").open("wb") as file:
        file.truncate(size_bytes)
        file.seek(size_bytes - 4)
        file.write(b"last")
    asked = b"GET /recording HTTP/1.1\r\nHost: localhost\r\nRange: bytes=1-\r\n\r\n"
    with running_server(tmp_path) as (host, port), ExitStack() as listeners:
        for _ in range(THREADS + 4):
            listener = listeners.enter_context(socket.create_connection((host, port)))
            listener.sendall(asked)
            assert listener.recv(12) == b"HTTP/1.1 206"
        connection = http.client.HTTPConnection(host, port, timeout=20)
        connection.request("GET", "/recording", headers={"Range": "bytes=-4"})
        assert connection.getresponse().read() == b"last"
        connection.close()


def test_file_to_be_sent_once_is_gone_also_when_its_client_leaves(tmp_path: Path) -> None:
    once = tmp_path / "once"
    with once.open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    with running_server(tmp_path) as (host, port):
        with socket.create_connection((host, port)) as leaving:
            leaving.sendall(b"GET /once HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert leaving.recv(12) == b"HTTP/1.1 200"
            assert once.exists()
        wait_for(lambda: not once.exists())


def test_body_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (
        running_server(tmp_path) as (host, port),
        socket.create_connection((host, port), timeout=20) as sending,
    ):
        sending.sendall(
            b"POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 19000000000\r\n\r\nab"
        )
        assert b" 413 " in sending.recv(40)


def test_port_in_use_is_told(settings: Settings) -> None:
    app = Flask("test")
    app.extensions[STREAMS] = Streams()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = replace(settings, port=taken.getsockname()[1])
        told = rf"{busy.port} cannot be used: [^(]+; set TRANSCRIPT_EDITOR_PORT to another, such as"
        with pytest.raises(InvalidValue, match=told):
            serve(app, busy, on_ready=lambda address: None)
