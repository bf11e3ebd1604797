"""The colours in which captions show who speaks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from editor.captions.rules import Cue

#: As broadcasters have them, in this order, on a dark ground (BBC Subtitle Guidelines, "Colours").
SPEAKER_COLOURS = ("#ffffff", "#ffff00", "#00ffff", "#00ff00")


def speaker_colours(cues: Iterable[Cue]) -> Mapping[str, str]:
    """The colour of each speaker, by who speaks first; none where only one speaks.

    Of more than four, every fifth has the same again.
    """
    speakers = list(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
    if len(speakers) < 2:
        return {}
    return {name: SPEAKER_COLOURS[at % len(SPEAKER_COLOURS)] for at, name in enumerate(speakers)}
