"""CHAT of the TalkBank: a line for each utterance, who says it before it, its times behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from editor.document import join_lines
from editor.formats.annotations import Annotation, reading_of
from editor.formats.publication import Publication, Published
from editor.formats.result import Reading
from editor.languages import ISO_639_3

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
    people, annotations, last_ms = dict[str, str](), list[Annotation](), 0
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
        annotations.append(Annotation(number, start_ms, end_ms, _plain(said[2]), who))
    if not _TIMES.search(text):
        annotations = []
    return reading_of(annotations, name, "a CHAT transcript")


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
    return {
        each[0]: each[1].replace("_", " ") if len(each) > 2 else each[0] for each in words if each
    }


def _plain(said: str) -> str:
    text = _CODES.sub(" ", _TIMES.sub(" ", said))
    text = _OMITTED.sub(lambda part: part[1] or part[2], _FORM.sub("", _FILLER.sub("", text)))
    return _BEFORE_END.sub("", " ".join(_UNCLEAR.sub("[unintelligible]", text).split()))


_MARKED_SOUND = re.compile(r"\[([^\[\]]*)\]|（([^（）]*)）|［([^［］]*)］")
_NOT_SAID = re.compile(r"[<>\[\]\x15\u2022@^↑↓≠‡„\u2039\u203a]|&(?!=)")
_ENDED = re.compile(r"(?<!\s)\s*([.?!])\Z")
_MOST_CODES = 26**3


def write(publication: Publication) -> Published:
    """Write the utterances. Sounds within one become `&=`; what CHAT takes for codes goes.

    Each ends with a sign of CHAT's: where the text has none, with `.`.
    """
    segments = [each for each in publication.segments if each.kind == "speech"]
    codes = _codes(segment.speaker for segment in segments)
    lines, lost = list[str](), dict[str, None]()
    for segment in segments:
        said = _MARKED_SOUND.sub(_event, join_lines(segment.text.splitlines()))
        plain = " ".join(_NOT_SAID.sub(" ", said).split())
        if _NOT_SAID.search(said):
            lost["signs that CHAT takes for codes (< > [ ] & @) are left out"] = None
        ended = _ENDED.sub(r" \1", plain) if _ENDED.search(plain) else f"{plain} ."
        times = f"\x15{segment.start_ms}_{segment.end_ms}\x15"
        lines.append(f"*{codes[_name(segment.speaker)]}:\t{ended} {times}\n")
    language = ISO_639_3.get(publication.language or "en", "und")
    people = ", ".join(f"{code} {name} Unidentified" for name, code in codes.items())
    ids = (f"@ID:\t{language}|corpus|{code}|||||Unidentified|||\n" for code in codes.values())
    recording = "_".join(PurePath(publication.media.name).stem.replace(",", " ").split())
    kind = "video" if publication.media.has_video else "audio"
    head = (
        f"@UTF8\n@Begin\n@Languages:\t{language}\n@Participants:\t{people}\n{''.join(ids)}"
        f"@Media:\t{recording or 'recording'}, {kind}\n"
    )
    return Published(f"{head}{''.join(lines)}@End\n", tuple(lost))


def _event(sound: re.Match[str]) -> str:
    named = "_".join("".join(filter(None, sound.groups())).split())
    return f" &={named} " if named else " "


def _name(speaker: str | None) -> str:
    """A name as one word, without what parts participants."""
    return "_".join(re.sub(r"[,:*|]", " ", speaker or "").split()) or "Speaker"


def _codes(speakers: Iterable[str | None]) -> dict[str, str]:
    """Three letters for each name, of the name where no other has them.

    >>> _codes(["Ann Berg", "Anna", None])
    {'Ann_Berg': 'ANN', 'Anna': 'ANO', 'Speaker': 'SPE'}
    """
    codes = dict[str, str]()
    for name in dict.fromkeys(map(_name, speakers)):
        letters = "".join(re.findall("[A-Z]", name.upper()))[:3].ljust(3, "X")
        number = sum(26**at * (ord(letter) - 65) for at, letter in enumerate(letters[::-1]))
        while (code := _letters(number)) in codes.values() and len(codes) < _MOST_CODES:
            number = (number + 1) % _MOST_CODES
        codes[name] = code
    return codes


def _letters(number: int) -> str:
    return "".join(chr(65 + number // 26**at % 26) for at in (2, 1, 0))
