"""A line to a server of this machine on which each connection breaks after so many bytes sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_BLOCK_BYTES = 64 * 1024


@contextmanager
def cut_line(server_port: int, most_bytes: int) -> Iterator[int]:
    """Give the port to connect to instead of the server's."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(
            target=_accept, args=(listening, server_port, most_bytes), daemon=True
        ).start()
        yield int(listening.getsockname()[1])


def _accept(listening: socket.socket, server_port: int, most_bytes: int) -> None:
    # It ends when the listening socket is closed.
    with suppress(OSError):
        while True:
            near, _ = listening.accept()
            try:
                far = socket.create_connection(("127.0.0.1", server_port))
            except OSError:
                # The page asks once more when the test's server has gone.
                near.close()
                continue
            for source, target, most in ((near, far, most_bytes), (far, near, None)):
                threading.Thread(target=_carry, args=(source, target, most), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket, most_bytes: int | None) -> None:
    carried = 0
    with suppress(OSError):
        while block := source.recv(_BLOCK_BYTES):
            carried += len(block)
            if most_bytes is not None and carried > most_bytes:
                break
            target.sendall(block)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
