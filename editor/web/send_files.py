"""Files as answers, handed to the server itself: a slow client holds none of its threads."""

from __future__ import annotations

from io import FileIO
from pathlib import Path

from flask import Response, request, send_file
from werkzeug.wsgi import wrap_file


class _Span(FileIO):
    """A file from `first` to before `end`, in bytes; it closes itself where that is reached."""

    def __init__(self, path: Path, first: int, end: int) -> None:
        super().__init__(path)
        self.seek(first)
        self._end = end

    def read(self, size: int | None = -1, /) -> bytes:
        left = max(0, self._end - self.tell())
        read = super().read(left if size is None or size < 0 else min(size, left))
        if not read and size != 0:
            self.close()
        return read


class _OnceFile(_Span):
    """A file that is deleted once it is closed, however much of it was read."""

    def close(self) -> None:
        super().close()
        Path(str(self.name)).unlink(missing_ok=True)


def send_recording(path: Path, content_type: str) -> Response:
    """A file, or the one range of it that is asked for; the whole, where several are."""
    asked = request.range
    if asked is not None and len(asked.ranges) > 1:
        del request.environ["HTTP_RANGE"]
    response = send_file(path, mimetype=content_type, conditional=True)
    response.cache_control.private = True
    if response.status_code == 206:
        # werkzeug reads a range in the thread that answers, for as long as its client listens.
        first, end = response.content_range.start or 0, response.content_range.stop or 0
        response.close()
        response.response = wrap_file(request.environ, _Span(path, first, end))
    return response


def send_once(path: Path, content_type: str) -> Response:
    """A whole file, which is deleted once it is sent or its client has gone."""
    size_bytes = path.stat().st_size
    response = Response(mimetype=content_type, direct_passthrough=True)
    response.content_length = size_bytes
    response.response = wrap_file(request.environ, _OnceFile(path, 0, size_bytes))
    return response
