"""Run as `python -m tests.bench [FOLDER]`.

FOLDER may hold `*.txt` beside a recording of the same name and a `*.starts.json` with the true
start of each word in ms (null where unknown), and recordings with the true turns of their speakers
as `*.rttm`.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

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


def groups(speech: Path | None) -> list[Callable[[], Iterable[tuple[str, str]]]]:
    """What measures one thing each, in the order in which it is told."""
    return [
        starts.rows,
        linking.rows,
        linking.passage_rows,
        lambda: [linking.order_row(), linking.number_row()],
        captions.rows,
        captions.fixing_rows,
        captions.list_rows,
        reading.rows,
        page.rows,
        editors.rows,
        lambda: listening.rows(speech),
        languages.rows,
        lambda: speakers.rows(speech),
        realistic.rows,
        sharing.rows,
        hours.rows,
        lambda: [("peak memory", f"{getrusage(RUSAGE_SELF).ru_maxrss // 1024} MB")],
        faults.rows,
    ]


def main() -> int:
    """Print each row as it is measured; one that fails costs no other, and the exit code tells."""
    speech = Path(sys.argv[1]) if sys.argv[1:] and sys.argv[1] else None
    failed = 0
    for group in groups(speech):
        try:
            for name, figures in group():
                print(f"{name:44} {figures}", flush=True)
        except Exception:
            failed += 1
            traceback.print_exc()
    if failed:
        print(f"{failed} of the measurements above failed.", file=sys.stderr)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
