"""What a person is told of a recording that ends before it says that it does."""

from __future__ import annotations

from dataclasses import replace

from editor import media
from editor.align.remarks import Remark
from editor.align.report import Coverage


def with_cut_off(coverage: Coverage, promised_ms: int, duration_ms: int) -> Coverage:
    """A coverage that says first where a recording was cut off; see `media.cut_off_sentence`."""
    text = media.cut_off_sentence(promised_ms, duration_ms)
    if text is None:
        return coverage
    remark = Remark("cut_off", 0, 0, duration_ms, promised_ms, text)
    return replace(coverage, remarks=(remark, *coverage.remarks))
