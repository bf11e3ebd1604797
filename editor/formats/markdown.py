"""Markdown: a paragraph a line, with its time and, where the speaker changes, the name."""

from __future__ import annotations

import re
from dataclasses import replace

from editor.document import DraftSegment, Kind, Transcript
from editor.errors import UnreadableTranscript
from editor.formats import timestamped
from editor.formats.asides import without_unseen
from editor.formats.bold_names import BOLD, PLAIN, with_colons, without_marks
from editor.formats.labels import known_labels
from editor.formats.layout import lines_of
from editor.formats.publication import USUAL, Choices
from editor.formats.result import Reading
from editor.formats.turn_marks import TurnReader, label_of
from editor.timecode import ms_from_timecode

_CLOCK = re.compile(r"\A\\?\[((?:\d{1,9}:)?\d{1,2}:\d\d)\\?\]\s+")
_NAME = re.compile(r"\*\*((?:[^*\\]|\\.)+?)(?::\*\*|\*\*:)\s*")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*\*|__)|(?<![\\\w])[*_](?=\S)|(?<=\S)(?<!\\)[*_](?!\w)")
_STRONG = re.compile(r"(?<!\\)(?:\*\*|__)(?=\S)(.+?)(?<=\S)(?:\*\*|__)")
_HEAD = re.compile(rf"\A#{{1,6}}\s+([^{BOLD}]+)\Z")
_STANDS_OUT = rf"{BOLD}\1{PLAIN}"
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(https?://[^\s()]{1,2000}\)")
#: A time or a name set like code.
_CODE = re.compile(r"(?<![\\`])`([^`\n]{1,200})`(?!`)")
_RULE = re.compile(r"\A\s{0,3}(?:-(?:\s*-){2,}|\*(?:\s*\*){2,}|_(?:\s*_){2,})\s*\Z")
#: What notes programs keep of a text, above it.
_FRONT_MATTER = re.compile(r"\A---\n(?:[\w -]+:.*\n|[ \t].*\n|- .*\n|\n)++---(?=\n|\Z)")
_HEADING = re.compile(r"\A(?:(?:#{1,6}|>)\s+|>+\Z)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_AT_START = re.compile(r"\A(\d*)([-+=.)])(?=\s|\Z)")


def read(text: str, name: str) -> Reading:
    """Read lines as in plain text, without emphasis, and with names in bold and times in brackets.

    Raises:
        UnreadableTranscript: there is no line with text.
    """
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), without_unseen(text))
    shown = _CODE.sub(r"\1", _LINK.sub(_shown, text)).split("\n")
    lines = _with_names(["" if _RULE.match(line) else line for line in shown])
    plain = "\n".join(map(_plain, lines))
    if not any(map(_CLOCK.match, lines)) and timestamped.is_timestamped(plain):
        return replace(timestamped.read(plain, name), recognised="")
    reader = TurnReader(known_labels(_CLOCK.sub("", _plain(line)) for line in lines))
    drafts = [
        _draft(line, number, reader) for number, line in enumerate(lines, start=1) if line.strip()
    ]
    kept = tuple(draft for draft in drafts if draft.text)
    if not kept:
        raise UnreadableTranscript(name, "the file holds no text")
    return Reading(kept)


def _shown(link: re.Match[str]) -> str:
    """What is shown of a link; a time that leads somewhere stays in brackets."""
    return f"[{link[1]}]" if ms_from_timecode(link[1]) is not None else link[1]


def _with_names(lines: list[str]) -> list[str]:
    """The lines, bold names and headings that are names with a colon, where they have none."""
    marked = [_HEAD.sub(_STANDS_OUT, _STRONG.sub(_STANDS_OUT, line)) for line in lines]
    named = with_colons(marked)
    return lines if named == [without_marks(line) for line in marked] else named


def _draft(line: str, number: int, reader: TurnReader) -> DraftSegment:
    clock = _CLOCK.match(line.strip())
    rest = line.strip()[clock.end() if clock else 0 :]
    named = _NAME.match(rest)
    if named and rest[named.end() :]:
        turn = reader.read_named(_plain(named[1]), _plain(rest[named.end() :]))
    else:
        turn = reader.read(_plain(rest))
    kind: Kind = "sound" if turn.is_sound else "speech"
    start_ms = ms_from_timecode(clock[1]) if clock else None
    return DraftSegment(turn.text, turn.speaker, kind, turn.new_turn, start_ms, line=number)


def _plain(marked_up: str) -> str:
    text = _HEADING.sub("", marked_up.strip(), count=1)
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text)).strip()


def write(transcript: Transcript, choices: Choices = USUAL) -> str:
    """Write the paragraphs, with what Markdown would take for marks escaped."""
    lines, speaker = [], None
    for line in lines_of(transcript, choices):
        turn = line.turn
        at = f"[{line.clock}] " if line.clock else ""
        text = _escaped(turn.text)
        if turn.speaker is not None:
            lead = f"**{_escaped(label_of(turn.speaker))}:** "
            speaker = turn.speaker
        else:
            is_marked = turn.new_turn or (speaker is not None and not turn.is_sound)
            lead = "– " if is_marked else ""
            speaker = None if is_marked else speaker
        lines.append(f"{at}{lead}{text}\n")
        lines += [f"> Note: {_escaped(note)}\n" for note in line.notes]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text), count=1)
