"""The page's files as they are sent: read, addressed by their content and compressed once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath

from editor.web.http import compress
from editor.web.http.page_words import LANGUAGES, in_language, with_server_words

#: Not left to the system's table: some Windows machines call JavaScript text/plain.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
#: Compressed already.
_PACKED_TYPES = ("image/png", "font/woff2", "application/octet-stream")
_HASH_CHARS = 16
_HASH = re.compile(rf"[0-9a-f]{{{_HASH_CHARS}}}")
_IMPORT = re.compile(rb"""^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"(\.[^"]+)";""", re.MULTILINE)
_SCRIPT = re.compile(rb"""<script type="module" src="/static/([^"]+)"></script>""")
_ADDRESS = b'"/static/'


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file as it is sent; `packed` by gzip where that makes it shorter."""

    data: bytes
    packed: bytes | None
    content_type: str


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files by their paths within the folder; `hash` is one of all they hold.

    The pages name the hash in all their addresses, so modules and styles lie under it and find
    each other by relative paths; a browser may keep them for good, and asks for none again.
    """

    hash: str
    files: Mapping[str, PageFile]

    def found(self, path: str) -> tuple[PageFile | None, bool]:
        """The file at a path below /static/, and whether it is the same there for all time.

        Under the hash of another version, as after an update, is what there is now.
        """
        first, _, rest = path.partition("/")
        if not _HASH.fullmatch(first):
            return self.files.get(path), False
        return self.files.get(rest), first == self.hash

    def page(self, name: str, language: str) -> PageFile | None:
        """A page in one of `LANGUAGES`."""
        return self.files.get(_in(language, name)) or self.files.get(name)


@cache
def page_files(folder: Path) -> PageFiles:
    """The files in `folder`, as they are when this is called first."""
    read = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    digest = sha256()
    for name, data in read.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    content_hash = digest.hexdigest()[:_HASH_CHARS]
    files = {
        name: _sent(_page(data, content_hash, read) if name.endswith(".html") else data, name)
        for name, data in read.items()
    }
    for language in LANGUAGES[1:]:
        words = json.loads(read.get(f"pages.{language}.json", b"{}"))
        for name in [name for name in read if name.endswith(".html")]:
            html = in_language(files[name].data.decode(), language, words)
            html = with_server_words(html, read.get(f"server.{language}.json", b"{}"))
            files[_in(language, name)] = _sent(html.encode(), name)
    return PageFiles(content_hash, files)


def _in(language: str, name: str) -> str:
    """Where a page in another language than its own stands among the files."""
    return name if language == LANGUAGES[0] else f"{language}/{name}"


def _sent(data: bytes, name: str) -> PageFile:
    content_type = CONTENT_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    packed = None if content_type in _PACKED_TYPES else compress.packed(data)
    is_shorter = packed is not None and len(packed) < len(data)
    return PageFile(data, packed if is_shorter else None, content_type)


def _page(html: bytes, content_hash: str, files: Mapping[str, bytes]) -> bytes:
    """A page with addresses under the hash, whose modules are asked for at once, not in turn."""

    def with_preloads(script: re.Match[bytes]) -> bytes:
        modules = _imported(script[1].decode(), files)
        links = [f'<link rel="modulepreload" href="/static/{name}">' for name in modules]
        return "\n  ".join(links).encode() + b"\n  " + script[0]

    addressed = f'"/static/{content_hash}/'.encode()
    return _SCRIPT.sub(with_preloads, html).replace(_ADDRESS, addressed)


def _imported(entry: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """A module and all that it imports, each once."""
    found = {entry: None} if entry in files else {}
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        for path in _IMPORT.findall(files[name]):
            imported = normpath(join(dirname(name), path.decode()))
            if imported in files and imported not in found:
                found[imported] = None
                waiting.append(imported)
    return iter(found)
