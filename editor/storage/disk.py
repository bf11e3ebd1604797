"""The data folder's place on its disk: its owner's alone, and never quite full by our doing."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

#: What uploads leave free for what people save meanwhile: a share of the disk, and at most so much.
RESERVE_SHARE = 20
MOST_RESERVE_BYTES = 1024**3
#: Enough for SQLite to open its database and to delete what nobody needs.
SPARE_BYTES = 4 * 1024 * 1024
_SPARE = "spare"
#: What systems give a new folder; any other mode somebody has chosen.
_UNCHOSEN_MODE = 0o755


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into; one that is there keeps a chosen mode."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name != "nt" and stat.S_IMODE(folder.stat().st_mode) == _UNCHOSEN_MODE:
        folder.chmod(0o700)


def upload_room_bytes(folder: Path) -> int:
    """What uploads may still take of the disk that a folder lies on; below 0 for none."""
    disk = shutil.disk_usage(folder)
    return disk.free - min(MOST_RESERVE_BYTES, disk.total // RESERVE_SHARE)


def ready_to_open(folder: Path) -> None:
    """Make the data folder ready for whoever opens a library in it.

    On a full disk the room of the spare file is given back, so that one can start and clean up;
    where there is room for the file, it is made for the next time.
    """
    private_folder(folder)
    spare, free_bytes = folder / _SPARE, shutil.disk_usage(folder).free
    if free_bytes < SPARE_BYTES:
        spare.unlink(missing_ok=True)
    elif free_bytes > 4 * SPARE_BYTES and not spare.exists():
        # Zeros would take no room on a disk that compresses.
        spare.write_bytes(os.urandom(SPARE_BYTES))
