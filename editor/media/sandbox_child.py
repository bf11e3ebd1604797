"""The process in which strangers' recordings are opened and decoded; `sandbox` starts it.

It writes one JSON list a line: ["at", ms], then ["done", result] or ["refused", name, reason,
advice], ["invalid", field, reason] for what cannot be done with it, or ["failed", number, text] for
an error of the system.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from editor.errors import InvalidValue, UnreadableMedia
from editor.media.browser_copy import make_browser_copy
from editor.media.burn import burn
from editor.media.clip import write_clip
from editor.media.cut import write_cut
from editor.media.decode import decode_to_pcm
from editor.media.limits import FILM_LIMITS, LIMITS, give_way
from editor.media.parts import Part, write_parts
from editor.media.remux import Additions, remux
from editor.media.shots import film_length_ms, shot_changes
from editor.media.source import probe


def main(arguments: list[str]) -> None:
    """Do one thing with a recording: `probe PATH`, `decode PATH OUT MS TRACK`, `parts PATH FOLDER
    PARTS.json`, `copy PATH OUT TRACK[,TRACK] [kept]`, `remux PATH OUT ADDITIONS.json`, `burn
    PATH OUT CAPTIONS.json`, `clip PATH OUT START END TRACK [seeks]`, `cut PATH OUT KEPT.json
    TRACK`, `film PATH`, `shots PATH START END`; the track is 0 where none is chosen."""
    task, path, *more = arguments
    (FILM_LIMITS if task in ("burn", "shots") else LIMITS).hold()
    try:
        result = TASKS[task](Path(path), *more)
    except InvalidValue as error:
        send("invalid", error.field, error.reason)
    except UnreadableMedia as error:
        send("refused", error.name, error.reason, error.advice)
    except MemoryError:
        send("refused", Path(path).name, "decoding it needs too much memory.", "")
    except OSError as error:
        send("failed", error.errno, error.strerror)
    else:
        send("done", result)


def send(*message: object) -> None:
    """One line to the parent."""
    print(json.dumps(message), flush=True)


def _probe(path: Path) -> object:
    return asdict(probe(path))


def _decode(path: Path, out: str, until_ms: str, track: str) -> object:
    decoded = decode_to_pcm(
        path,
        Path(out),
        track=int(track) or None,
        until_ms=int(until_ms),
        on_progress=lambda at_ms: send("at", at_ms),
    )
    return asdict(decoded)


def _parts(path: Path, folder: str, parts: str) -> object:
    told = json.loads(Path(parts).read_text("utf-8"))
    write_parts(
        path,
        Path(folder),
        [Part(**one) for one in told],
        on_progress=lambda at_ms: send("at", at_ms),
    )
    return None


def _copy(path: Path, out: str, tracks: str, *kept: str) -> object:
    give_way()
    track, *others = map(int, tracks.split(","))
    make_browser_copy(
        path,
        Path(out),
        track=track or None,
        together=[track, *others] if others else (),
        keeps_sound=bool(kept),
        on_progress=lambda at_ms: send("at", at_ms),
    )
    return None


def _remux(path: Path, out: str, additions: str) -> object:
    told = json.loads(Path(additions).read_text("utf-8"))
    return remux(path, Path(out), Additions(**told), on_progress=lambda at_ms: send("at", at_ms))


def _burn(path: Path, out: str, captions: str) -> object:
    give_way()
    shown = json.loads(Path(captions).read_text("utf-8"))
    return burn(path, Path(out), shown, on_progress=lambda at_ms: send("at", at_ms))


def _clip(path: Path, out: str, start_ms: str, end_ms: str, track: str, *seeks: str) -> object:
    chosen = int(track) or None
    span = int(start_ms), int(end_ms)
    return write_clip(path, Path(out), *span, track=chosen, seeks=bool(seeks))


def _cut(path: Path, out: str, kept: str, track: str) -> object:
    spans, covered = json.loads(Path(kept).read_text("utf-8"))
    return write_cut(
        path,
        Path(out),
        spans,
        covered_ms=covered,
        track=int(track) or None,
        on_progress=lambda at_ms: send("at", at_ms),
    )


def _film(path: Path) -> object:
    return film_length_ms(path)


def _shots(path: Path, start_ms: str, end_ms: str) -> object:
    give_way()
    span = int(start_ms), int(end_ms)
    return shot_changes(path, *span, on_progress=lambda at_ms: send("at", at_ms))


TASKS: dict[str, Callable[..., object]] = {
    "probe": _probe,
    "decode": _decode,
    "parts": _parts,
    "copy": _copy,
    "remux": _remux,
    "burn": _burn,
    "clip": _clip,
    "cut": _cut,
    "film": _film,
    "shots": _shots,
}

if __name__ == "__main__":
    main(sys.argv[1:])
