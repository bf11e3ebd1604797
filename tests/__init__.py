"""Tests mirror the package: `editor/room/x.py` is tested in `tests/room/test_x.py`."""
