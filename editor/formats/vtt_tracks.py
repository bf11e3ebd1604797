"""What a WebVTT file is for: captions, captions within JSON, or what nobody says in it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from editor.errors import UnreadableTranscript
from editor.formats.caption import Caption
from editor.formats.json_values import View, speaker_of, text_of, view

_KIND = re.compile(r"\s*kind\s*[:=]\s*(chapters|metadata)\b", re.IGNORECASE)
_NAMED = re.compile(r"WEBVTT\b.*\b(chapters|metadata)\b", re.IGNORECASE)
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp")
_QUERY = re.compile(r"[?#]")
#: Words in brackets tell of a sound; lists of data hold other brackets, quotation marks, numbers.
_DATA = re.compile(r"\s*(?:\{.*\}|\[\s*[{\[\"\d-].*\]|data:\S+;base64,\S+)\s*", re.DOTALL)
_JSON_CUE = re.compile(r'-->[^\n]*\n\s*\{\s*"')
#: So many of the captions tell what all are.
_MOST = 0.8
_ADVICE = "bring the file of its captions"


def holds_json(head: str) -> bool:
    """Whether a file's beginning is that of WebVTT whose captions are JSON."""
    return head.startswith("WEBVTT") and _JSON_CUE.search(head) is not None


def spoken_captions(
    lines: Sequence[str], captions: Sequence[Caption], name: str
) -> Sequence[Caption]:
    """The captions with the words that JSON in them says, where they hold such.

    Raises:
        UnreadableTranscript: they are chapters, pictures or data, of which nothing is said.
    """
    texts = [caption.text for caption in captions]
    inner = [_object(text) for text in texts]
    if _is_most([bool(each) for each in inner]) and any(map(text_of, inner)):
        return [_said(c, i) for c, i in zip(captions, inner, strict=True) if text_of(i)]
    if _is_most([_is_picture(text) for text in texts]):
        raise UnreadableTranscript(
            name, f"its captions are preview pictures (thumbnails) of a player; {_ADVICE}"
        )
    if _is_most([_DATA.fullmatch(text) is not None for text in texts]):
        raise UnreadableTranscript(name, f"its captions are metadata for programs; {_ADVICE}")
    if kind := _told(lines):
        what = "chapters: titles that nobody says" if kind == "chapters" else "metadata"
        raise UnreadableTranscript(name, f"it says that it holds {what}; {_ADVICE}")
    return captions


def _is_picture(text: str) -> bool:
    """Whether a caption is no more than the address of a picture, or of a part of one."""
    words = text.split(maxsplit=1)
    if len(words) != 1:
        return False
    return "#xywh=" in words[0] or _QUERY.split(words[0].lower(), 1)[0].endswith(_PICTURES)


def _is_most(flags: Sequence[bool]) -> bool:
    return bool(flags) and sum(flags) >= _MOST * len(flags)


def _told(lines: Sequence[str]) -> str:
    """What the lines of the header say that the file holds, where that is not captions."""
    if lines and (named := _NAMED.match(lines[0])):
        return named[1].lower()
    for line in lines[1:20]:
        if not line.strip() or "-->" in line:
            break
        if found := _KIND.match(line):
            return found[1].lower()
    return ""


def _object(text: str) -> View:
    if not text.lstrip().startswith("{"):
        return {}
    try:
        return view(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _said(caption: Caption, inner: View) -> Caption:
    who = speaker_of(inner)
    return Caption(
        caption.line,
        caption.start_ms,
        caption.end_ms,
        text_of(inner),
        voices=((0, who),) if who else (),
    )
