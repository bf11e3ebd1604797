"""Tests mirror the package: `editor/x.py` is tested in `tests/test_x.py`."""
