"""The marks YouTube asks for: `>>` where the speaker changes, sounds in square brackets.

See https://support.google.com/youtube/answer/2734698.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from editor.captions.rules import Cue

TURN_MARK = ">> "
_ROUND = re.compile(r"\(([^()]*)\)")


def with_youtube_marks(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The same cues with their marks in the text, and none left for a format to add."""
    marked, speaker = [], None
    for cue in cues:
        is_sound = cue.kind == "sound"
        lines = list(cue.lines)
        if is_sound:
            lines = [_ROUND.sub(r"[\1]", line) for line in lines]
        is_change = cue.new_turn or (cue.speaker != speaker and not is_sound)
        if is_change and lines:
            name = f"{' '.join(cue.speaker.split())}: " if cue.speaker else ""
            lines[0] = f"{TURN_MARK}{name}{lines[0]}"
        if is_change or not is_sound:
            speaker = cue.speaker
        marked.append(replace(cue, lines=tuple(lines), speaker=None, new_turn=False))
    return tuple(marked)
