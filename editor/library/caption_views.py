"""Captions of the transcripts that people look at: made anew only where the text has changed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from editor import captions
from editor.document import Transcript
from editor.formats.exports import Captioned, captioned
from editor.store import Store, StoredSegment

#: So many transcripts are kept in mind: one of ten hours takes about 100 MB.
_MOST = 2


@dataclass
class _View:
    """What is known of a transcript since it was looked at last."""

    stored: dict[str, StoredSegment] = field(default_factory=dict)
    runs: captions.KnownRuns = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


class CaptionViews:
    """The captions of transcripts by rules, the few that were looked at last without much work."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, _View] = OrderedDict()
        self._lock = Lock()

    def captions_of(self, store: Store, transcript_id: str, rules: captions.Rules) -> Captioned:
        """The captions of a transcript by rules, and what in them breaks these.

        Raises:
            NotFound: there is no such transcript.
        """
        row = store.transcript(transcript_id)
        view = self._view(transcript_id)
        with view.lock:
            stored = store.segments_again(transcript_id, view.stored)
            view.stored = {one.segment.id: one for one in stored}
            transcript = Transcript(tuple(one.segment for one in stored))
            if len(view.runs) > 3 * len(stored) + 100:
                view.runs.clear()
            _, shots_ms = store.shot_changes(transcript_id)
            return captioned(transcript, rules, row.language, known=view.runs, shots_ms=shots_ms)

    def _view(self, transcript_id: str) -> _View:
        with self._lock:
            view = self._views.pop(transcript_id, None) or _View()
            self._views[transcript_id] = view
            while len(self._views) > _MOST:
                self._views.popitem(last=False)
            return view
