"""Turns of a text that follow the voices, wherever these say otherwise. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from editor.document import Segment
from editor.edits import Change
from editor.edits.split_merge import cut
from editor.library.speakers import speakers_change
from editor.review import Doubt


@dataclass(frozen=True)
class _Renamed:
    """Lines that go on under `was` are said by another, until the next turn."""

    was: str | None
    speaker: str | None


def voices_followed(
    segments: Sequence[Segment],
    doubts: Mapping[str, Sequence[Doubt]],
    *,
    new_id: Callable[[], str],
) -> Change:
    """The one step that accepts doubts about who speaks, by the segments' ids.

    A turn begins where another voice does, in the midst of a segment, too; none where the same
    voice goes on. What follows until the next turn is said by the same.
    """
    made, renamed = list[list[Segment]](), None
    for segment in segments:
        if segment.kind == "sound" and segment.speaker is None and not segment.new_turn:
            made.append([segment])
            continue
        if renamed and (segment.new_turn or segment.speaker != renamed.was):
            renamed = None
        starts = [doubt for doubt in doubts.get(segment.id, ()) if doubt.first_word > 0]
        further = [(new_id(), segment.revision) for _ in starts]
        first, *rest = cut(segment, [doubt.first_word for doubt in starts], further)
        if renamed:
            first = replace(first, speaker=renamed.speaker)
        for doubt in doubts.get(segment.id, ()):
            renamed = _Renamed(segment.speaker, doubt.heard or None)
            is_turn = doubt.kind == "another_voice"
            if doubt.first_word == 0:
                first = replace(first, speaker=renamed.speaker, new_turn=is_turn)
        rest = [
            replace(part, speaker=doubt.heard or None, new_turn=True)
            for part, doubt in zip(rest, starts, strict=True)
        ]
        made.append([first, *rest])
    return speakers_change(segments, made)
