"""How long recognition takes on this computer, told from the recordings that it did before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from editor.store import Worked

#: What has been measured for one model on two cores of a server, until this computer tells more.
_KNOWN_PACE, _KNOWN_BYTES = 0.05, 147_900_000
#: In shorter recordings, loading the model takes longer than recognition.
_LEAST_MS = 60_000
#: More of the newest recordings are not looked at: the computer may have been another.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a second of a recording takes in seconds; not `measured` where it is a guess."""

    share: float
    measured: bool


def paces(sizes: Mapping[str, int], worked: Iterable[Worked]) -> dict[str, Pace]:
    """The pace of each model.

    Models take time as they are large: those that did nothing yet are told from the others.

    Args:
        sizes: The models with their sizes in bytes.
        worked: What was recognised here, newest first.

    >>> worked = [Worked({"model": "small"}, took_ms=30_000, duration_ms=120_000)]
    >>> paces({"small": 500, "large": 2000}, worked)["large"]
    Pace(share=1.0, measured=False)
    """
    shares: dict[str, list[float]] = {}
    for job in worked:
        is_usual = job.duration_ms >= _LEAST_MS and not job.params.get("trusted")
        model = str(job.params.get("model"))
        if is_usual and model in sizes and len(shares.get(model, ())) < _MOST:
            shares.setdefault(model, []).append(job.took_ms / job.duration_ms)
    known = {model: median(some) for model, some in shares.items()}
    per_byte = (
        median(share / sizes[model] for model, share in known.items())
        if known
        else _KNOWN_PACE / _KNOWN_BYTES
    )
    return {
        model: Pace(known.get(model, size * per_byte), model in known)
        for model, size in sizes.items()
    }
