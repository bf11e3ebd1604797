"""Long paragraphs of a text that is brought in, cut at their sentences.

Nobody plays, times or reviews a whole page at once.
"""

from __future__ import annotations

from editor import edits
from editor.captions.costs import sentence_starts
from editor.document import Segment, new_segment_id, word_offsets
from editor.edits import Change, Splice
from editor.edits.window import Window
from editor.errors import EditConflict, InvariantBroken
from editor.library.edits import save_made
from editor.store import Store

#: About a minute of speech.
MOST_WORDS = 150


def cut_long_paragraphs(
    store: Store, transcript_id: str, *, language: str | None, author: str | None = None
) -> int:
    """Cut each segment of more than `MOST_WORDS` words; gives how many were.

    It is an edit of `author`'s, so that one step of undo brings the paragraphs back. Where somebody
    else edits the text already, it stays as it is.
    """
    if all(len(one.segment.words) <= MOST_WORDS for one in store.segments(transcript_id)):
        return 0
    made = Change("break", ())

    def make(window: Window) -> Change:
        nonlocal made
        made = cut_at_sentences(window, language)
        return made

    try:
        save_made(store, transcript_id, make, base_revisions={}, author=author)
    except (EditConflict, InvariantBroken):
        return 0
    return len(made.splices)


def cut_at_sentences(window: Window, language: str | None) -> Change:
    """The change that cuts the long segments of a transcript before each of their sentences."""
    splices = list[Splice]()
    above: str | None = None
    for segment in window.segments:
        parts = _sentences(segment, language) if len(segment.words) > MOST_WORDS else [segment]
        if len(parts) > 1:
            splices.append(Splice(above, (segment,), tuple(parts)))
        above = parts[-1].id
    return Change("break", tuple(splices))


def _sentences(segment: Segment, language: str | None) -> list[Segment]:
    begins = sentence_starts(segment.text, language)
    offsets = [at for _, at in word_offsets(segment.text, (one.text for one in segment.words))]
    starts = [number for number, at in enumerate(offsets) if number and at in begins]
    return edits.cut(segment, starts, [(new_segment_id(), 1) for _ in starts])
