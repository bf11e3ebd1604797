"""CHAT of the TalkBank: a line for each utterance, who says it before it, its times behind it."""

from __future__ import annotations

import re

from editor.formats.annotations import Passage, reading_of
from editor.formats.result import Reading

_TIMES = re.compile(r"[\x15\u2022\u00b7](\d{1,10})_(\d{1,10})[\x15\u2022\u00b7]")
_SAID_BY = re.compile(r"\*([^\s:]{1,12}):\s*(.*)", re.DOTALL)
#: What the transcriber tells of words: codes in brackets, sounds, pauses, other marks.
_CODES = re.compile(
    r"\[[^\[\]]*\]|&[=~+*][^\s]*|\(\.+\)|\((?:\d+:)?[\d.]+\)|[<>\u2039\u203a↑↓≠‡„]|\+[^\s\w]*(?=\s|\Z)|\+[\"^,+<]"
)
_FILLER = re.compile(r"&-(?=\w)")
_FORM = re.compile(r"(?<=\w)@[a-z]+(?::[a-z]+)?")
_OMITTED = re.compile(r"(?<=\w)\(([^\W\d]+)\)|\(([^\W\d]+)\)(?=\w)")
_UNCLEAR = re.compile(r"\b(?:xxx|yyy|www)\b")
_BEFORE_END = re.compile(r"(?<!\s)\s+(?=[.?!,;](?:\s|\Z))")


def is_chat(sample: str) -> bool:
    """Whether a text begins as such a file does."""
    return re.match(r"@(?:UTF8|Begin|Font|PID|Window|ColorWords)\b", sample) is not None


def read(text: str, name: str) -> Reading:
    """Read the utterances; lines that depend on one, and those without times, are left out.

    Raises:
        UnreadableTranscript: no utterance has times.
    """
    people, passages, last_ms = dict[str, str](), list[Passage](), 0
    for number, line in _joined(text):
        if line.startswith("@Participants:"):
            people = _participants(line.partition(":")[2])
        said = _SAID_BY.match(line)
        if said is None:
            continue
        times = _TIMES.findall(said[2])
        start_ms = int(times[0][0]) if times else last_ms
        end_ms = int(times[-1][1]) if times else None
        last_ms = end_ms or last_ms
        who = people.get(said[1], said[1])
        passages.append(Passage(number, start_ms, end_ms, _plain(said[2]), who))
    if not _TIMES.search(text):
        passages = []
    return reading_of(passages, name, "a CHAT transcript")


def _joined(text: str) -> list[tuple[int, str]]:
    """The lines with those that go on with them, and their numbers."""
    lines = list[tuple[int, str]]()
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] in ("\t", " ") and lines:
            lines[-1] = lines[-1][0], f"{lines[-1][1]} {line.strip()}"
        else:
            lines.append((number, line))
    return lines


def _participants(listed: str) -> dict[str, str]:
    """Names by code, as in `MOT Ana Mother, CHI Target_Child`; the code where there is none."""
    words = (one.split() for one in listed.split(","))
    return {each[0]: each[1] if len(each) > 2 else each[0] for each in words if each}


def _plain(said: str) -> str:
    text = _CODES.sub(" ", _TIMES.sub(" ", said))
    text = _OMITTED.sub(lambda part: part[1] or part[2], _FORM.sub("", _FILLER.sub("", text)))
    return _BEFORE_END.sub("", " ".join(_UNCLEAR.sub("[unintelligible]", text).split()))
