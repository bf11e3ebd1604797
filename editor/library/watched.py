"""A folder that is watched: which recordings in it are whole, and still lack a result."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import EditorError
from editor.library.file_kinds import HEAD_BYTES, kind_of

#: Names that programs give files which they have not finished yet.
_UNFINISHED = frozenset({".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart"})
#: What a text beside a recording is called, the first that there is.
_TEXTS = (".txt", ".docx", ".odt", ".rtf", ".md", ".srt", ".vtt", ".json")

#: Size and time of change, by which one sees whether a file still grows.
State = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Task:
    """A recording, the text beside it under the same name, if there is one, and what is missing.

    Their states tell whether either has changed since.
    """

    recording: Path
    text: Path | None
    missing: tuple[Path, ...]
    state: State = (0, 0)
    text_state: State | None = None


class Watched:
    """Finds tasks in `folder`; results go into `out`, one for each of `suffixes`.

    What is done is told by the results themselves, so that nothing is lost or done twice after a
    crash. A recording that failed is tried again once it changes, or after a restart.
    """

    def __init__(self, folder: Path, out: Path, suffixes: Sequence[str]) -> None:
        self._folder, self._out, self._suffixes = folder, out, tuple(suffixes)
        self._seen: dict[Path, State] = {}
        self._passed_over: dict[Path, State] = {}
        self._unreadable: dict[Path, State] = {}

    def look(self, *, is_settled: bool = False) -> tuple[list[Task], list[str]]:
        """What is to be done now, by name, and sentences about files that cannot be used.

        A file is whole if it is as it was at the look before, or with `is_settled` at once.

        Raises:
            OSError: the folder cannot be read.
        """
        tasks, sentences = list[Task](), list[str]()
        files = {path: state for path in sorted(self._folder.iterdir()) if (state := _state(path))}
        results, stems = set(self._results(files)), dict[str, Path]()
        for path, state in files.items():
            if path.suffix.lower() in _UNFINISHED or path.name.startswith("."):
                continue
            if self._passed_over.get(path) == state or path in results:
                continue
            try:
                missing = tuple(one for one in self._results([path]) if not _is_there(one))
                if not missing or not (is_settled or self._seen.get(path) == state):
                    continue
                if not _is_recording(path):
                    self._passed_over[path] = state
                    continue
            except EditorError as error:
                self._passed_over[path] = state
                sentences.append(str(error))
                continue
            except OSError as error:
                # Another program may let go of it without a change; it is told once all the same.
                if self._unreadable.get(path) != state:
                    sentences.append(f"{path.name}: {error.strerror}")
                self._unreadable[path] = state
                continue
            if path.stem in stems:
                self._passed_over[path] = state
                sentences.append(
                    f"{path.name}: {stems[path.stem].name} has the same name; rename one"
                )
                continue
            stems[path.stem] = path
            text = self._text_of(path)
            text_state = _state(text) if text else None
            tasks.append(Task(path, text, missing, state, text_state))
        self._seen = files
        return tasks, sentences

    def failed(self, recording: Path) -> None:
        """A recording cannot be used as it is."""
        if recording in self._seen:
            self._passed_over[recording] = self._seen[recording]

    def _results(self, recordings: Iterable[Path]) -> list[Path]:
        return [self._out / (one.stem + end) for one in recordings for end in self._suffixes]

    def _text_of(self, recording: Path) -> Path | None:
        texts = (recording.with_suffix(suffix) for suffix in _TEXTS)
        results = self._results([recording])
        return next((one for one in texts if os.path.isfile(one) and one not in results), None)


def _state(path: Path) -> State | None:
    """None where it is no file, or gone by now."""
    try:
        known = path.stat()
    except OSError:
        return None
    return (known.st_size, known.st_mtime_ns) if path.is_file() and known.st_size else None


def _is_there(path: Path) -> bool:
    """Whether there is such a file.

    Raises:
        OSError: there cannot be one, as its name is too long, or what is written to it would lie
            elsewhere.
    """
    try:
        path.stat()
    except FileNotFoundError as error:
        if path.is_symlink():
            reason = f"{path.name} is a link that leads nowhere; remove it"
            raise OSError(errno.ENOENT, reason) from error
        return False
    return True


def _is_recording(path: Path) -> bool:
    with path.open("rb") as file:
        return kind_of(file.read(HEAD_BYTES), path.name) == "recording"
