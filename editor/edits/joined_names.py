"""Names that begin in one segment and end in the next, brought together in the first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editor.document import Segment, Transcript, join_lines, word_offsets

#: Where names stand among words: the first word and the one behind the last, of each.
Places = Callable[[Sequence[str]], Iterator[tuple[int, int]]]


def with_joined_names(transcript: Transcript, places: Places, longest: int) -> Transcript:
    """The transcript with each name whole in the segment in which it begins.

    Only within what one person says in one go. A segment of which nothing is left is gone, its note
    stands with the name. `longest` is how many words a name has at most.
    """
    kept, speaker = list[Segment](), None
    for segment in transcript.segments:
        goes_on = bool(kept) and _goes_on(kept[-1], segment, speaker)
        # A segment without a name is said by whoever spoke before, unless it begins a turn.
        speaker = segment.speaker or (None if segment.new_turn else speaker)
        if goes_on:
            first, rest = _joined(kept[-1], segment, places, longest)
            kept[-1] = first
            if rest is None:
                continue
            segment = rest
        kept.append(segment)
    return Transcript(tuple(kept))


def _goes_on(first: Segment, second: Segment, speaker: str | None) -> bool:
    """Whether `speaker`, who says the first, goes on in the second."""
    is_same = second.speaker in (speaker, None) and not second.new_turn
    return is_same and first.kind == second.kind == "speech" and bool(first.words)


def _joined(
    first: Segment, second: Segment, places: Places, longest: int
) -> tuple[Segment, Segment | None]:
    """Two segments, of which the first has the whole of a name that is in both."""
    tail = first.words[len(first.words) - min(longest - 1, len(first.words)) :]
    words = [*tail, *second.words[: longest - 1]]
    # A name that begins further in front may end within this, which is for `places` to see.
    before = first.words[: len(first.words) - len(tail)][-longest:]
    texts = [word.text for word in (*before, *words)]
    seam = len(before) + len(tail)
    taken = next((end - seam for start, end in places(texts) if start < seam < end), 0)
    if not taken:
        return first, second
    moved = second.words[:taken]
    offsets = [at for _, at in word_offsets(second.text, [word.text for word in moved])]
    cut = offsets[-1] + len(moved[-1].text)
    text = join_lines([first.text, second.text[:cut].lstrip()])
    whole = replace(first, text=text, words=(*first.words, *moved), released=())
    if taken == len(second.words):
        note = "\n".join(filter(None, (first.note, second.note)))
        return replace(whole, note=note), None
    rest = second.text[cut:].lstrip()
    return whole, replace(second, text=rest, words=second.words[taken:], released=())
