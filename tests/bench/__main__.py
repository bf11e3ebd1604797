"""Run as `python -m tests.bench [FOLDER]`.

FOLDER may hold `*.txt` beside a recording of the same name and a `*.starts.json` with the true
start of each word in ms (null where unknown), and recordings with the true turns of their speakers
as `*.rttm`.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import (
    captions,
    editors,
    faults,
    hours,
    languages,
    linking,
    listening,
    page,
    reading,
    realistic,
    sharing,
    speakers,
    starts,
)


def rows(speech: Path | None) -> Iterator[tuple[str, str]]:
    """What was measured, with its name."""
    yield from starts.rows()
    yield from linking.rows()
    yield from linking.passage_rows()
    yield linking.number_row()
    yield from captions.rows()
    yield from captions.fixing_rows()
    yield from captions.list_rows()
    yield from reading.rows()
    yield from page.rows()
    yield from editors.rows()
    yield from listening.rows(speech)
    yield from languages.rows()
    yield from speakers.rows(speech)
    yield from realistic.rows()
    yield from sharing.rows()
    yield from hours.rows()
    yield "peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    yield from faults.rows()


def main() -> None:
    speech = Path(sys.argv[1]) if sys.argv[1:] and sys.argv[1] else None
    for name, figures in rows(speech):
        print(f"{name:44} {figures}", flush=True)


if __name__ == "__main__":
    main()
