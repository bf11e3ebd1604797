"""Keep a data folder as this release makes it; every later release must open it.

Run as `python -m tests.tools.make_release` before a release; it writes
`tests/releases/VERSION.zip`.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from editor import __version__
from editor.asr import WORK_FILES
from editor.store import open_store
from tests.support.library import add_transcript, settings_for

RELEASES = Path(__file__).resolve().parents[1] / "releases"


def unpack_release(folder: Path, version: str = "0.1.0") -> None:
    """Lay the data folder of a release out again."""
    with zipfile.ZipFile(RELEASES / f"{version}.zip") as archive:
        archive.extractall(folder)


def main() -> None:
    RELEASES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder) / "data")
        store = open_store(settings.database_url)
        add_transcript(settings, store)
        store.close()
        with zipfile.ZipFile(RELEASES / f"{__version__}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(settings.data_dir.rglob("*")):
                if path.is_file() and path.name not in WORK_FILES:
                    archive.write(path, path.relative_to(settings.data_dir))


if __name__ == "__main__":
    main()
