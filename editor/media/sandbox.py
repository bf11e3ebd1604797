"""Opens and decodes recordings in a process of their own, with limits.

A file made to crash a decoder, or to fill memory, disk or time, ends that process and nothing else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from editor.errors import InvalidValue, UnreadableMedia
from editor.media.burn import Shown
from editor.media.clip import check_clip
from editor.media.decode import Decoded
from editor.media.limits import MOST_MS, PROBE_S, SILENT_S
from editor.media.parts import Part, part_path
from editor.media.pcm import partial_path
from editor.media.remux import Additions
from editor.media.source import MediaInfo
from editor.sandbox import Child, Silent, python

_CHILD = python("-m", "editor.media.sandbox_child")
_ADVICE = "The file is probably damaged. If it plays elsewhere, save it as MP3, M4A or WAV."

log = logging.getLogger(__name__)


def probe(path: Path) -> MediaInfo:
    """Tell what a recording is, from its content; its name does not matter.

    Raises:
        UnreadableMedia: the file is missing, empty, no recording, has no audio track, or asks for
            more than any recording does.
    """
    decoded = _run(["probe", str(path)], path, PROBE_S, lambda at_ms: None)
    return MediaInfo(**_with_tuples(decoded))


def decode_to_pcm(
    path: Path,
    pcm_path: Path,
    *,
    track: int | None = None,
    until_ms: int = MOST_MS,
    on_progress: Callable[[int], None] = lambda decoded_ms: None,
) -> Decoded:
    """Write the sound of a recording, up to about `until_ms`, to a PCM file.

    Where no `track` is chosen and the usual one is silent throughout, it is the first with sound.
    `on_progress` is called with the milliseconds written so far; what it raises ends the work and
    leaves no file. Of a damaged recording all that can be read is written.

    Raises:
        UnreadableMedia: nothing can be heard in it, or it asks for too much; see `probe`.
    """
    arguments = ["decode", str(path), str(pcm_path), str(until_ms), str(track or 0)]
    return Decoded(**_with_tuples(_run(arguments, path, SILENT_S, on_progress)))


def write_parts(
    path: Path,
    folder: Path,
    parts: Sequence[Part],
    *,
    on_progress: Callable[[int], None] = lambda heard_ms: None,
) -> list[Path]:
    """Write the sound of each part of a recording to a PCM file in a folder; gives their paths.

    `on_progress` is called with the milliseconds heard so far; what it raises ends the work. The
    folder is the caller's, also with what is left of work that ended early.

    Raises:
        UnreadableMedia: nothing can be heard in one of them, or it asks for too much.
    """
    with _told([asdict(part) for part in parts]) as told:
        _run(["parts", str(path), str(folder), told], path, SILENT_S, on_progress)
    return [part_path(folder, number) for number in range(len(parts))]


def make_browser_copy(
    path: Path,
    out_path: Path,
    *,
    track: int | None = None,
    together: Sequence[int] = (),
    keeps_sound: bool = False,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> None:
    """Write what browsers play of a recording to `out_path`; see `browser_copy`.

    Other processes go first. `on_progress` is called with the milliseconds written so far; what it
    raises ends the work, no file is left.

    Raises:
        UnreadableMedia: nothing can be heard in the recording, or it asks for too much.
    """
    kept = ["kept"] if keeps_sound else []
    tracks = ",".join(map(str, together)) or str(track or 0)
    arguments = ["copy", str(path), str(out_path), tracks, *kept]
    _run(arguments, path, SILENT_S, on_progress)


def remux(
    path: Path,
    out_path: Path,
    additions: Additions,
    *,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy of a recording with captions or chapters in it; see `editor.media.remux`.

    Raises:
        UnreadableMedia: it is no recording, or the container does not take its streams.
    """
    with _told(asdict(additions)) as told:
        arguments = ["remux", str(path), str(out_path), told]
        left_out: list[str] = _run(arguments, path, SILENT_S, on_progress)
    return left_out


def burn(
    path: Path,
    out_path: Path,
    captions: Sequence[Shown],
    *,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy of a film with captions drawn into its picture; see `editor.media.burn`.

    Other processes go first.

    Raises:
        InvalidValue: no font of this computer has letters of the captions.
        UnreadableMedia: it has no picture, or the container does not take its sound.
    """
    with _told(list(captions)) as told:
        arguments = ["burn", str(path), str(out_path), told]
        lacks: list[str] = _run(arguments, path, SILENT_S, on_progress)
    return lacks


def write_clip(
    path: Path,
    out_path: Path,
    start_ms: int,
    end_ms: int,
    *,
    track: int | None = None,
    seeks: bool = False,
) -> int:
    """Write a part of a recording to a sound file; see `editor.media.clip`.

    Raises:
        InvalidValue: the range is empty, too long, or behind the end of the recording.
        UnreadableMedia: nothing can be heard in the recording, or it asks for too much.
    """
    check_clip(start_ms, end_ms)
    span = [str(start_ms), str(end_ms), str(track or 0), *(["seeks"] if seeks else [])]
    length_ms: int = _run(["clip", str(path), str(out_path), *span], path, SILENT_S, _unheard)
    return length_ms


def write_cut(
    path: Path,
    out_path: Path,
    kept_ms: Sequence[tuple[int, int]],
    *,
    covered_ms: Sequence[tuple[int, int]] = (),
    track: int | None = None,
    on_progress: Callable[[int], None] = lambda read_ms: None,
) -> int:
    """Write a copy of a recording's sound with only some spans in it; see `editor.media.cut`.

    Raises:
        UnreadableMedia: nothing can be heard in the recording, or it asks for too much.
    """
    with _told([list(kept_ms), list(covered_ms)]) as told:
        arguments = ["cut", str(path), str(out_path), told, str(track or 0)]
        length_ms: int = _run(arguments, path, SILENT_S, on_progress)
    return length_ms


def film_length_ms(path: Path) -> int:
    """How long a film says that it is, in ms; it needs no sound.

    Raises:
        UnreadableMedia: it has no moving picture that can be decoded, or is no film at all.
    """
    length_ms: int = _run(["film", str(path)], path, PROBE_S, lambda at_ms: None)
    return length_ms


def shot_changes(
    path: Path,
    start_ms: int,
    end_ms: int,
    *,
    on_progress: Callable[[int], None] = lambda at_ms: None,
) -> list[int]:
    """When shots begin in a part of a film; see `editor.media.shots`.

    Other processes go first.

    Raises:
        UnreadableMedia: it has no moving picture that can be decoded, or asks for too much.
    """
    arguments = ["shots", str(path), str(start_ms), str(end_ms)]
    found: list[int] = _run(arguments, path, SILENT_S, on_progress)
    return found


def _unheard(_at_ms: int) -> None:
    """Nothing is told of how far a short work is."""


def _with_tuples(decoded: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in decoded.items()}


@contextmanager
def _told(what: object) -> Iterator[str]:
    """A file that tells the child as JSON what is too long for its command line; gives its path."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "told.json")
        path.write_text(json.dumps(what), "utf-8")
        yield str(path)


def _run(
    arguments: list[str], path: Path, silent_s: float, on_progress: Callable[[int], None]
) -> Any:
    with _child(arguments) as child:
        try:
            for message in child.messages(silent_s):
                kind, *facts = message
                if kind == "at":
                    on_progress(facts[0])
                elif kind == "done":
                    return facts[0]
                elif kind == "invalid":
                    raise InvalidValue(*facts)
                elif kind == "refused":
                    raise UnreadableMedia(*facts)
                else:
                    raise OSError(facts[0], facts[1], (arguments[2:] or arguments[1:])[0])
        except Silent:
            reason = f"the decoder stopped responding for {silent_s:.0f} s."
            raise UnreadableMedia(path.name, reason, _ADVICE) from None
        log.warning("the decoder ended with %s: %s", child.ending(), child.last_words())
        reason = f"the decoder crashed ({child.ending()})."
        raise UnreadableMedia(path.name, reason, _ADVICE)


@contextmanager
def _child(arguments: list[str]) -> Iterator[Child]:
    """The process; it is gone at the end, and what it left half done."""
    with Child([*_CHILD, *arguments]) as child:
        try:
            yield child
        finally:
            child.end()
            for out in arguments[2:3]:
                partial_path(Path(out), child.process.pid).unlink(missing_ok=True)
