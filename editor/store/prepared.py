"""A change made ready to be written, before anybody has to wait for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from editor.edits import Change
from editor.store.db.codec import columns_from_segment, list_from_splices
from editor.store.db.database import Encoded


class Prepared:
    """A change encoded for writing, before anybody has to wait for it."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self.columns = {
            segment.id: _encoded(columns_from_segment(segment))
            for splice in change.splices
            for segment in splice.inserted
        }
        self._expected = _counted_on(change)
        #: As they will be saved if nobody is faster; to make a segment is to check its words.
        self.segments = {
            segment.id: segment for splice in self._expected.splices for segment in splice.inserted
        }
        self._encoded = Encoded.of(list_from_splices(self._expected.splices))

    def splices(self, saved: Change) -> Encoded:
        """The splices as they are saved, for a step of the history."""
        if saved == self._expected:
            return self._encoded
        return Encoded.of(list_from_splices(saved.splices))


def _encoded(columns: dict[str, Any]) -> dict[str, Any]:
    lists = {name: Encoded.of(columns[name]) for name in ("words", "released")}
    return {**columns, **lists}


def _counted_on(change: Change) -> Change:
    """The change with the revisions that it will have if nobody is faster."""
    splices = []
    for splice in change.splices:
        revisions = {segment.id: segment.revision for segment in splice.removed}
        inserted = (replace(one, revision=revisions.get(one.id, 0) + 1) for one in splice.inserted)
        splices.append(replace(splice, inserted=tuple(inserted)))
    return replace(change, splices=tuple(splices))
