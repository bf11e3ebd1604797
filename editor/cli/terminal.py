"""What all commands share: the group, options, the progress bar, where results go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from tqdm import tqdm

from editor import formats
from editor.config import Settings
from editor.errors import InvalidValue

FORMAT = click.Choice(formats.WRITABLE)
EXISTING = click.Path(path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
OFFSET = click.option("--offset", type=int, default=0, help="Move all times by this many ms.")


@click.group()
@click.version_option(package_name="transcript-editor")
def cli() -> None:
    """Time an existing transcript by its recording, fix it in the browser, export captions."""


class Bar:
    """A progress bar on stderr for what runs in the foreground."""

    def __init__(self) -> None:
        self._bar = tqdm(
            total=100,
            file=sys.stderr,
            bar_format="{desc:8} {percentage:3.0f}% |{bar}| {elapsed}, {remaining} left",
        )

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Show how far it is, in [0, 1]."""
        self._bar.set_description_str(phase)
        self._bar.n = round(100 * fraction)
        self._bar.refresh()

    def checkpoint(self) -> None:
        """Nothing stops it but Ctrl+C."""

    def close(self) -> None:
        """Leave the finished bar on the screen."""
        self._bar.close()


def format_name_for(given: str | None, output: Path | None, default: str) -> str:
    """The format a person named, else the one of the output's ending, else `default`."""
    return given or (output and formats.format_named(output.name)) or default


def write(data: bytes | Iterable[bytes], output: Path | None) -> None:
    """Put a result, whole or in parts as they come, into a file or on standard output.

    Raises InvalidValue where the file cannot be written.
    """
    parts = [data] if isinstance(data, bytes) else data
    if output is None:
        sys.stdout.buffer.writelines(parts)
    else:
        try:
            with output.open("wb") as file:
                file.writelines(parts)
        except OSError as error:
            raise InvalidValue("output", f"{output}: {error.strerror}") from error


def tell(name: Path, problems: Sequence[formats.Problem]) -> None:
    """List on stderr what of a file could not be read, by line."""
    for problem in problems:
        click.echo(f"{name}, line {problem.line}: {problem.reason}: {problem.text}", err=True)


def settings_now() -> Settings:
    """The settings of this process's environment."""
    return Settings.from_env(os.environ)
