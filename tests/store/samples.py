"""Segments and changes in few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from editor.document import Segment, Word
from editor.edits import Change, Splice
from editor.edits.window import Window
from editor.store import Applied, Store
from tests.support.segments import put_segments


def segment(segment_id: str, text: str, start_ms: int = 0) -> Segment:
    """A segment whose words last 100 ms each, one after the other."""
    words = tuple(
        Word(word, start_ms + 100 * number, start_ms + 100 * number + 100, "heard", 0.9)
        for number, word in enumerate(text.split())
    )
    return Segment(segment_id, text, words)


def new_transcript(store: Store, segments: Iterable[Segment] = ()) -> str:
    """The id of a fresh transcript with these segments."""
    transcript_id = store.create_transcript(title="Talk", media_name="talk.mp3", model="base").id
    put_segments(store, transcript_id, list(segments))
    return transcript_id


def three_lines(store: Store) -> str:
    """The id of a fresh transcript with the lines a, b and c, at 0, 1000 and 2000 ms."""
    return new_transcript(
        store,
        [segment("a", "one two"), segment("b", "three", 1000), segment("c", "four", 2000)],
    )


def many_lines(store: Store, word: str = "word", *, count: int = 1000) -> str:
    """The id of a fresh transcript of many lines, 2 kB each."""
    lines = [segment(f"s{n}", f"{word} " * 20, 3000 * n) for n in range(count)]
    return new_transcript(store, lines)


def put(
    *inserted: Segment, over: Iterable[str] = (), after: str | None
) -> Callable[[Window], Change]:
    """A builder for the change that puts segments in place of others."""
    return lambda window: Change(
        "text", (Splice(after, tuple(window.segment(item) for item in over), inserted),)
    )


def set_reviewed(segment_id: str) -> Callable[[Window], Change]:
    """A builder for the change that marks a segment as reviewed."""

    def build(window: Window) -> Change:
        old, above = window.segment(segment_id), window.above(segment_id)
        splice = Splice(above.id if above else None, (old,), (replace(old, reviewed=True),))
        return Change("set", (splice,))

    return build


def save_edit(
    store: Store,
    transcript_id: str,
    build: Callable[[Window], Change],
    *,
    base_revisions: Mapping[str, int],
    base_seq: int | None = None,
    **who: str | None,
) -> Applied:
    """Save the change that is built of the whole transcript."""
    change = build(store.window(transcript_id, None))
    return store.save(
        transcript_id, change, base_revisions=base_revisions, base_seq=base_seq, **who
    )


def texts(store: Store, transcript_id: str) -> list[str]:
    """The texts of the segments in order."""
    return [stored.segment.text for stored in store.segments(transcript_id)]
