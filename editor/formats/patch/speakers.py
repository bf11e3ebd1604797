"""Speakers of a person's own file under the names they have now: in voice tags and labels."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence

from editor.document import DraftSegment, Segment

_VOICE = re.compile(r"(<v(?:\.[^\s<>]*)?\s++)([^<>]*)(>)", re.IGNORECASE)
#: What may stand before a label: spaces, tags, codes, marks of a turn.
LEAD = r"^((?:[^\S\n]|<[^<>]*>|\{\\[^{}]*\}|>|&gt;|[-–—])*)"


def renames_of(drafts: Sequence[DraftSegment], segments: Sequence[Segment]) -> dict[str, str]:
    """Names in the file and what they are now, for speakers renamed wherever their text stands."""
    now: dict[str, set[str | None]] = {}
    for segment in segments:
        now.setdefault(segment.text, set()).add(segment.speaker)
    names: dict[str, set[str | None]] = {}
    for draft in drafts:
        if draft.speaker is not None and len(found := now.get(draft.text, set())) == 1:
            names.setdefault(draft.speaker, set()).update(found)
    return {
        old: new
        for old, (new, *others) in ((old, list(found)) for old, found in names.items())
        if new is not None and not others and new != old
    }


def has_voice(text: str) -> bool:
    """Whether a WebVTT caption tells by a tag who speaks; then no label does in its file."""
    return _VOICE.search(text) is not None


def voice_renamer(renames: Mapping[str, str]) -> Callable[[str], str]:
    """What puts the new names into the voice tags of a WebVTT caption.

    >>> voice_renamer({"Ann": "Anna & Co"})("<v.loud Ann>So I said, Ann: no")
    '<v.loud Anna &amp; Co>So I said, Ann: no'
    """

    def in_tag(voice: re.Match[str]) -> str:
        new = renames.get(" ".join(html.unescape(voice[2]).split()))
        return voice[0] if new is None else f"{voice[1]}{html.escape(new, quote=False)}{voice[3]}"

    return lambda text: _VOICE.sub(in_tag, text)


def label_renamer(
    renames: Mapping[str, str], escaped: Callable[[str], str]
) -> Callable[[str], str]:
    """What puts the new names, `escaped` for the file, into the labels of a caption's lines.

    >>> label_renamer({"ANN": "Anna"}, str)("- ANN: So I said, ANN: no")
    '- Anna: So I said, ANN: no'
    """
    old = "|".join(re.escape(name) for name in sorted(renames, key=len, reverse=True))
    label = re.compile(rf"{LEAD}({old})(?=[ \u00a0\u202f]?[:：])", re.MULTILINE)
    return lambda text: label.sub(lambda found: found[1] + escaped(renames[found[2]]), text)
