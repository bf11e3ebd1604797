"""A second speaker in a caption of SubStation Alpha, which has a field for one name only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from editor.formats.caption import Caption

_LABEL = re.compile(r"(?<=\n)([^:\n]{1,60}): (?=\S)")


def with_inner_voices(captions: Sequence[Caption]) -> list[Caption]:
    """Captions in which a line that begins with a name of the file, as in "Ana: ", is hers."""
    names = {name for caption in captions for _, name in caption.voices}
    return [_with_voices(caption, names) if names else caption for caption in captions]


def _with_voices(caption: Caption, names: set[str]) -> Caption:
    if not caption.voices or "\n" not in caption.text:
        return caption
    found = [label for label in _LABEL.finditer(caption.text) if label[1] in names]
    inner = tuple((label.start(), label[1]) for label in found)
    voiced = replace(caption, voices=(*caption.voices, *inner))
    return voiced.without([label.span() for label in found]) if found else caption
