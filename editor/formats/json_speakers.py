"""Who speaks, in JSON: names in place of ids, and of numbers, where the file has any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from editor.formats.json_values import view

_NOBODY = {"uu", "unknown", "none", "null", "undefined", "unidentified"}
_ID = ("id", "speakerid", "spkid", "speaker", "key", "label")
_NAME = ("name", "displayname", "speakername", "fullname", "title")
_DEEPEST = 3


def names_of(document: object, labels: Iterable[str]) -> dict[str, str]:
    """The name for each of the labels that name somebody.

    >>> names_of({}, ["0", "1", "S2", "A", "UU"])
    {'0': 'Speaker 1', '1': 'Speaker 2', 'S2': 'S2', 'A': 'Speaker A'}
    """
    told = dict(_told(document, 0))
    used = [label for label in dict.fromkeys(labels) if label and label.lower() not in _NOBODY]
    numbers = [int(_number(label)) for label in used if _number(label)]
    shift = 1 if numbers and min(numbers) == 0 else 0
    return {label: told.get(label) or _shown(label, shift) for label in used}


def _shown(label: str, shift: int) -> str:
    if number := _number(label):
        return f"Speaker {int(number) + shift}"
    return f"Speaker {label}" if len(label) == 1 and label.isupper() else label


def _number(label: str) -> str:
    bare = label.removeprefix("channel ").removeprefix("ch_")
    return bare if bare.isascii() and bare.isdecimal() and len(bare) < 6 else ""


def _told(value: object, depth: int) -> Iterator[tuple[str, str]]:
    """(id, name) of those in a list or an object of speakers."""
    if not isinstance(value, Mapping) or depth > _DEEPEST:
        return
    for key, within in view(value).items():
        if key in ("speakers", "participants", "speakernames", "speakermapping"):
            yield from _of_list(within)
        else:
            # Video Indexer has a list of its videos, which mostly is of one.
            one = within[0] if isinstance(within, list) and len(within) == 1 else within
            yield from _told(one, depth + 1)


def _of_list(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            name = each if isinstance(each, str) else _first(view(each), _NAME)
            if name.strip():
                yield str(key), name.strip()
    elif isinstance(value, list):
        for seen in map(view, value):
            label, name = _first(seen, _ID), _first(seen, _NAME)
            if label and name:
                yield label, name


def _first(seen: Mapping[str, object], keys: Iterable[str]) -> str:
    values = (seen.get(key) for key in keys)
    found = (value for value in values if isinstance(value, str | int) and str(value).strip())
    return next((str(value).strip() for value in found if not isinstance(value, bool)), "")
