"""What is made of a recording, written into a folder and told a server: by `watch`, and by the
server's jobs. Each is told its own part: which formats, and what a format's content is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from editor import formats
from editor.atomic import written_whole


@dataclass(frozen=True, slots=True)
class Made:
    """A file's content, and in sentences what of the transcript has no place in it."""

    data: bytes
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written in a format, and what it lacks."""

    path: Path
    format_name: str
    lost: tuple[str, ...]


def paths_of(folder: Path, stem: str, format_names: Iterable[str]) -> dict[Path, str]:
    """Where the results of one recording go, each with its format."""
    return {folder / (stem + formats.FORMATS[name].suffixes[0]): name for name in format_names}


def write_results(
    paths: Mapping[Path, str], make: Callable[[str], Made], *, only_missing: bool = True
) -> Iterator[Written]:
    """Write the results that are not there yet, one after the other, each whole or not at all.

    Raises:
        OSError: a file cannot be written; those before it are there.
        ExportRefused: there is nothing to write in this format.
    """
    for path, name in paths.items():
        if only_missing and path.exists():
            continue
        made = make(name)
        try:
            with written_whole(path) as file:
                file.write(made.data)
        except OSError as error:
            # By the name that people know, not that of the half of it.
            raise OSError(error.errno, error.strerror, str(path)) from error
        yield Written(path, name, made.lost)


def told_of(recording: str, files: Iterable[str], **more: str) -> dict[str, object]:
    """What a webhook is sent: names, no texts."""
    names = list(files)
    event = "written" if names else "recognised"
    return {"event": event, "recording": recording, **more, "files": names}
