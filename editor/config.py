"""The settings of the program; the only reader of the environment."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

from platformdirs import user_data_path

from editor.errors import InvalidValue

PREFIX = "TRANSCRIPT_EDITOR_"
#: How the addresses of databases that are known begin.
DATABASES = {"sqlite", "postgresql", "postgresql+psycopg"}
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,7}")
_ON, _OFF = ("on", "1", "yes", "true"), ("off", "0", "no", "false")
LOGS: tuple[Literal["text", "json"], ...] = ("text", "json")
_Choice = TypeVar("_Choice", bound=str)


@dataclass(frozen=True)
class Settings:
    """Where data lies and how the server and recognition run.

    `threads` is the number of processor cores recognition uses, 0 for all. `device` is "auto",
    "cpu" or "cuda". `upload_max_bytes` bounds one uploaded file. `url` is the address that other
    computers use, where there is one, and `proxies` the number of proxies in front of the server
    that name the asker's address. `login` asks for accounts on this machine, too. `queue_url` is
    a Redis server (`redis://host/0`) where one carries the jobs, `files_url` a bucket
    (`s3://bucket/folder`) where one keeps the recordings. `log` is "text" or "json";
    `worker_models` are the only ones whose jobs a worker takes, where any are named;
    `processes` is the number of server processes where gunicorn runs them. Edited words are
    listened to again where a model is at hand, unless `listens_again` is False. `ctc_model` is the
    folder of a CTC model, where one is the forced aligner. Of what was recognised, files of
    `result_formats` are written to `results_dir`, where there is one, and `webhook_url` is told,
    signed with the secret in `webhook_secret_path`.
    """

    data_dir: Path
    database_url: str
    models_dir: Path
    host: str = "127.0.0.1"
    port: int = 8765
    model: str = "base"
    device: str = "auto"
    threads: int = 0
    upload_max_bytes: int = 20 * 10**9
    url: str = ""
    proxies: int = 0
    login: bool = False
    queue_url: str = ""
    files_url: str = ""
    log: Literal["text", "json"] = "text"
    processes: int = 2
    listens_again: bool = True
    worker_models: tuple[str, ...] = ()
    ctc_model: Path | None = None
    results_dir: Path | None = None
    result_formats: tuple[str, ...] = ("vtt",)
    webhook_url: str = ""
    webhook_secret_path: Path | None = None

    @property
    def queue_at(self) -> Path | str:
        """Where the queue is: a file, or the address of a server."""
        return self.queue_url or self.data_dir / "queue.db"

    @property
    def needs_login(self) -> bool:
        """Whether strangers could reach the server, so that it asks who somebody is."""
        return self.login or bool(self.url) or not is_loopback(self.host)

    @property
    def public_host(self) -> str | None:
        """The host name in `url`; None where others' computers use no name we know."""
        return urlsplit(self.url).hostname

    @property
    def is_encrypted(self) -> bool:
        """Whether people reach the server by https."""
        return urlsplit(self.url).scheme == "https"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read `TRANSCRIPT_EDITOR_DATA`, `_DATABASE_URL`, `_MODELS`, `_HOST`, `_PORT`, `_MODEL`,
        `_DEVICE`, `_THREADS`, `_UPLOAD_MAX_BYTES`, `_URL`, `_PROXIES`, `_LOGIN`,
        `_QUEUE_URL`, `_FILES_URL`, `_LOG`, `_PROCESSES`, `_LISTEN_AGAIN` (on or off),
        `_CTC_MODEL`, `_WORKER_MODELS` and `_RESULT_FORMATS` (names with commas between),
        `_RESULTS`, `_WEBHOOK` and `_WEBHOOK_SECRET_FILE`; all are optional.

        Raises:
            InvalidValue: a number is none or out of range, an address none, a switch neither on
                nor off, a word none of those known, a folder a file.
        """
        data_dir = _folder(environ, "DATA") or user_data_path("transcript-editor", appauthor=False)
        return cls(
            data_dir=data_dir,
            database_url=_server_address(environ, "DATABASE_URL", DATABASES)
            or f"sqlite:///{data_dir / 'transcripts.db'}",
            models_dir=_folder(environ, "MODELS") or data_dir / "models",
            host=_host(environ, "HOST", cls.host),
            port=_number(environ, "PORT", cls.port, most=65_535),
            model=environ.get(PREFIX + "MODEL") or cls.model,
            device=_choice(environ, "DEVICE", ("auto", "cpu", "cuda")),
            threads=_number(environ, "THREADS", cls.threads, most=1_024),
            upload_max_bytes=_number(environ, "UPLOAD_MAX_BYTES", cls.upload_max_bytes),
            url=_web_address(environ, "URL"),
            proxies=_number(environ, "PROXIES", cls.proxies, most=100),
            login=_switch(environ, "LOGIN", cls.login),
            queue_url=_server_address(environ, "QUEUE_URL", {"redis", "rediss", "unix"}),
            processes=_number(environ, "PROCESSES", cls.processes, least=1, most=1_024),
            log=_choice(environ, "LOG", LOGS),
            files_url=_server_address(environ, "FILES_URL", {"s3"}),
            listens_again=_switch(environ, "LISTEN_AGAIN", cls.listens_again),
            worker_models=_names(environ, "WORKER_MODELS"),
            ctc_model=_folder(environ, "CTC_MODEL"),
            results_dir=_folder(environ, "RESULTS"),
            result_formats=_names(environ, "RESULT_FORMATS") or cls.result_formats,
            webhook_url=_server_address(environ, "WEBHOOK", {"http", "https"}),
            webhook_secret_path=_file(environ, "WEBHOOK_SECRET_FILE"),
        )


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(PREFIX + name)
    path = Path(text).expanduser().absolute() if text else None
    if path is not None and path.exists() and not path.is_dir():
        raise InvalidValue(PREFIX + name, f"{path} is a file, not a folder")
    return path


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(PREFIX + name)
    path = Path(text).expanduser().absolute() if text else None
    if path is not None and not path.is_file():
        raise InvalidValue(PREFIX + name, f"{path} is no file")
    return path


def _number(
    environ: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int = 2**53
) -> int:
    text = environ.get(PREFIX + name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal()):
        raise InvalidValue(PREFIX + name, f"must be a whole number (got {text!r}")
    if len(text) > len(str(2**53)) or not least <= int(text) <= most:
        raise InvalidValue(PREFIX + name, f"must be a number from {least} to {most}")
    return int(text)


def _choice(environ: Mapping[str, str], name: str, choices: tuple[_Choice, ...]) -> _Choice:
    """One of some words, in any case; the first where none is given."""
    text = environ.get(PREFIX + name) or choices[0]
    for choice in choices:
        if text.lower() == choice:
            return choice
    raise InvalidValue(PREFIX + name, f"must be one of {', '.join(choices)} (got {text!r})")


def _host(environ: Mapping[str, str], name: str, default: str) -> str:
    """A name or number of a network's end, as programs listen on."""
    text = environ.get(PREFIX + name) or default
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        if not _HOST.fullmatch(text):
            reason = f"must be an address or a host name of this computer (got {text!r})"
            raise InvalidValue(PREFIX + name, reason) from None
    return text


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens on `host`.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _server_address(environ: Mapping[str, str], name: str, schemes: set[str]) -> str:
    return checked_address(PREFIX + name, environ.get(PREFIX + name, ""), schemes)


def checked_address(field: str, text: str, schemes: set[str]) -> str:
    """An address of a server, or none.

    Raises:
        InvalidValue: it is that of another kind of server.
    """
    parts = _parts(text)
    if text and (parts is None or text.partition("://")[0] not in schemes):
        wanted = " or ".join(f"{scheme}://..." for scheme in sorted(schemes))
        raise InvalidValue(field, f"must be an address such as {wanted}")
    if parts and parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
        raise InvalidValue(field, "must name a file: sqlite:////folder/file.db")
    if parts and parts.scheme == "s3" and not parts.netloc:
        raise InvalidValue(field, "must name a bucket: s3://bucket/folder")
    return text


def _parts(text: str) -> SplitResult | None:
    """The parts of an address; None where it has a host or a port that cannot be."""
    try:
        parts = urlsplit(text)
        # Only when it is asked for, a port is looked at.
        return parts if parts.port is None or parts.hostname else None
    except ValueError:
        return None


def _web_address(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(PREFIX + name, "").rstrip("/")
    parts = _parts(text)
    if text and (
        not parts or parts.scheme not in ("http", "https") or not parts.hostname or parts.path
    ):
        reason = f"must be an address such as https://host (got {text!r})"
        raise InvalidValue(PREFIX + name, reason)
    return text


def _names(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    parts = (part.strip() for part in environ.get(PREFIX + name, "").split(","))
    return tuple(part for part in parts if part)


def _switch(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = (environ.get(PREFIX + name) or ("on" if default else "off")).lower()
    if text not in _ON + _OFF:
        raise InvalidValue(PREFIX + name, f"must be on or off (got {text!r})")
    return text in _ON
