"""One step of the history as the JSON the API gives."""

from __future__ import annotations

from typing import Any

from editor.edits import Change
from editor.store import RevisionRow

#: Segments of a step that are told in full.
_TOLD = 5


def step_json(step: RevisionRow) -> dict[str, Any]:
    """A step, with what it changed in the first few segments."""
    texts = _texts(step.change)
    return {
        "id": step.id,
        "action": step.action,
        "kind": step.kind,
        "state": step.state,
        "author": step.author,
        "created_ms": step.created_ms,
        "segment_count": len(texts),
        "changes": [
            {"segment_id": segment_id, "before": before, "after": after}
            for segment_id, (before, after) in list(texts.items())[:_TOLD]
        ],
    }


def _texts(change: Change) -> dict[str, tuple[str | None, str | None]]:
    """For each segment its text before and after."""
    texts: dict[str, tuple[str | None, str | None]] = {}
    for splice in change.splices:
        texts |= {one.id: (one.text, None) for one in splice.removed}
        for one in splice.inserted:
            texts[one.id] = (texts.get(one.id, (None, None))[0], one.text)
    return texts
