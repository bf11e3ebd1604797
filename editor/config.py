"""The settings of the program; the only reader of the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from editor.errors import InvalidValue

PREFIX = "TRANSCRIPT_EDITOR_"


@dataclass(frozen=True)
class Settings:
    """Where data lies and how the server and recognition run.

    `threads` is the number of processor cores recognition uses, 0 for all. `device` is "auto",
    "cpu" or "cuda". `upload_max_bytes` bounds one uploaded file. Edited words are listened to again
    where a model is at hand, unless `listens_again` is False.
    """

    data_dir: Path
    database_url: str
    models_dir: Path
    host: str = "127.0.0.1"
    port: int = 8765
    model: str = "base"
    device: str = "auto"
    threads: int = 0
    upload_max_bytes: int = 20 * 1024**3
    listens_again: bool = True

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read `TRANSCRIPT_EDITOR_DATA`, `_DATABASE_URL`, `_MODELS`, `_HOST`, `_PORT`, `_MODEL`,
        `_DEVICE`, `_THREADS`, `_UPLOAD_MAX_BYTES`, `_LISTEN_AGAIN` (on or off); all are optional.

        Raises:
            InvalidValue: a number is not a number, a switch neither on nor off.
        """
        data_dir = Path(
            environ.get(PREFIX + "DATA") or user_data_path("transcript-editor", appauthor=False)
        ).absolute()
        return cls(
            data_dir=data_dir,
            database_url=environ.get(PREFIX + "DATABASE_URL")
            or f"sqlite:///{data_dir / 'transcripts.db'}",
            models_dir=Path(environ.get(PREFIX + "MODELS") or data_dir / "models").absolute(),
            host=environ.get(PREFIX + "HOST") or cls.host,
            port=_number(environ, "PORT", cls.port),
            model=environ.get(PREFIX + "MODEL") or cls.model,
            device=environ.get(PREFIX + "DEVICE") or cls.device,
            threads=_number(environ, "THREADS", cls.threads),
            upload_max_bytes=_number(environ, "UPLOAD_MAX_BYTES", cls.upload_max_bytes),
            listens_again=_switch(environ, "LISTEN_AGAIN", cls.listens_again),
        )


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(PREFIX + name)
    if not text:
        return default
    if not text.isdecimal():
        raise InvalidValue(PREFIX + name, f"a whole number is needed, not {text!r}")
    return int(text)


def _switch(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = (environ.get(PREFIX + name) or ("on" if default else "off")).lower()
    if text not in ("on", "off"):
        raise InvalidValue(PREFIX + name, f"on or off is needed, not {text!r}")
    return text == "on"
