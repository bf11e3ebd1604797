from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from editor.config import Settings
from editor.errors import InvalidValue
from editor.web import Streams, serve
from editor.web.streams import STREAMS

SERVER = """
import sys
from flask import Flask, Response
from editor.config import Settings
from editor.web import Streams, serve
from editor.web.streams import STREAMS

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


def test_port_in_use_is_told(settings: Settings) -> None:
    app = Flask("test")
    app.extensions[STREAMS] = Streams()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = replace(settings, port=taken.getsockname()[1])
        with pytest.raises(InvalidValue, match="port"):
            serve(app, busy, on_ready=lambda address: None)
