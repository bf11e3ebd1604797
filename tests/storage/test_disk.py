from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from editor.storage.disk import SPARE_BYTES, private_folder, ready_to_open

KB = 1024


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
@pytest.mark.parametrize(("before", "after"), [(None, 0o700), (0o755, 0o700), (0o2770, 0o2770)])
def test_data_folder_is_its_owners_alone_unless_somebody_chose(
    tmp_path: Path, before: int | None, after: int
) -> None:
    folder = tmp_path / "a" / "data"
    if before is not None:
        folder.mkdir(parents=True)
        folder.chmod(before)
    private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == after


def test_spare_room_is_held_and_given_back_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = shutil.disk_usage(tmp_path)
    sizes = []
    for free in (10**9, 100 * KB, 5 * SPARE_BYTES // 2, 10**9):
        monkeypatch.setattr("shutil.disk_usage", lambda at, f=free: disk._replace(free=f))
        ready_to_open(tmp_path)
        sizes.append(sum(path.stat().st_size for path in tmp_path.iterdir()))
    assert sizes == [SPARE_BYTES, 0, 0, SPARE_BYTES]
