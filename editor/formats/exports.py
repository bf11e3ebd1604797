"""From a transcript, or a file of one, to a file in any of our formats.

Joins the presets of `captions` with the writers of `formats`; knows no store and no recording.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import RawIOBase
from itertools import chain, count
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from editor import captions, formats
from editor.align.drafts import segments_from_drafts
from editor.document import MIN_WORD_MS, Media, Transcript, Word, new_segment_id
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats.sandbox import read_apart

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: The format that is a person's own file with their corrections in it.
ORIGINAL = "original"
#: The list within a zip of what is not in it.
NOT_EXPORTED = "not exported.txt"
_NOT_IN_FILE_NAMES = set('/\\:*?"<>|')
_LONGEST_NAME = 100
_MOST_NAME_BYTES, _MOST_ENDING_BYTES = 240, 60
#: What Windows takes for devices, with whatever ending.
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789\u00b9\u00b2\u00b3"
}


@dataclass(frozen=True, slots=True)
class Options:
    """How a transcript is written: captions by a preset's rules.

    `offset_ms` moves all times. With `is_retimed` a person's own file gets the words' times, too;
    with `is_mended` its own times are moved by what they are late, and durations stay. `language`
    is a code such as en, which is what None stands for. `keeps_captions` of a file that is written
    in another format: their times, lines, styles and places stay.
    """

    rules: captions.Rules = captions.PRESETS["lines"]
    offset_ms: int = 0
    is_retimed: bool = False
    is_mended: bool = False
    language: str | None = None
    keeps_captions: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to take away: what it holds, how its name ends, and its type."""

    data: bytes
    suffix: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class NamedFile:
    """One file of several transcripts', with a name of its own among them."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A transcript of which there is no file, by its title, and why."""

    title: str
    reason: str


#: Files of several transcripts, one made after the other as they are taken.
Batch = Iterator[NamedFile | Refused]


@dataclass(frozen=True, slots=True)
class Captioned:
    """Captions, and what in them breaks their rules."""

    cues: tuple[captions.Cue, ...]
    violations: tuple[captions.Violation, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """A file written from another, what of that could not be read, and what has no place in it."""

    data: bytes
    problems: tuple[formats.Problem, ...]
    lost: str = ""
    recognised: str = ""


def export(
    format_name: str,
    transcript: Transcript,
    known: Media,
    coverage: formats.Coverage,
    options: Options,
) -> bytes:
    """Write a transcript in a format.

    Raises:
        ExportRefused: there is no such format.
    """
    texts = (segment.text for segment in transcript.segments)
    rules, language = captions.in_language(options.rules, options.language, texts)
    cues = partial(captions.cues_of, rules=rules, language=language)
    moved = shifted(transcript, options.offset_ms)
    if format_name == "txt" and options.rules.turn_mark == captions.YOUTUBE_MARK:
        return _text_for_youtube(cues(moved))
    return formats.export(format_name, moved, media=known, coverage=coverage, cues=cues)


def _text_for_youtube(cues: Iterable[captions.Cue]) -> bytes:
    """What YouTube times by itself: a blank line stands where a caption ends."""
    return "\n".join("".join(f"{line}\n" for line in cue.lines) for cue in cues).encode()


def captioned(transcript: Transcript, rules: captions.Rules, language: str | None) -> Captioned:
    """The captions of a transcript by rules, and what in them breaks these.

    Where the rules also choose the breaks, there are no better ones, and nothing has a fix.
    """
    texts = (segment.text for segment in transcript.segments)
    rules, language = captions.in_language(rules, language, texts)
    cues = captions.cues_of(transcript, rules, language=language)
    found = captions.lint(cues, rules, language=language)
    if not rules.keeps_lines:
        found = [replace(violation, fix=None) for violation in found]
    return Captioned(cues, tuple(found))


def shifted(transcript: Transcript, offset_ms: int) -> Transcript:
    """A transcript with all its times moved; what would lie before 0 lasts but a moment there."""
    if not offset_ms:
        return transcript
    return Transcript(
        tuple(
            replace(segment, words=tuple(_moved(word, offset_ms) for word in segment.words))
            for segment in transcript.segments
        )
    )


def _moved(word: Word, offset_ms: int) -> Word:
    start_ms = max(0, word.start_ms + offset_ms)
    return replace(
        word, start_ms=start_ms, end_ms=max(word.end_ms + offset_ms, start_ms + MIN_WORD_MS)
    )


def lint_file(
    data: bytes,
    name: str,
    rules: captions.Rules,
    *,
    encoding: str | None = None,
    kind: str | None = None,
    language: str | None = None,
) -> tuple[list[captions.Violation], tuple[formats.Problem, ...]]:
    """What in a file of captions breaks the rules, and what of it cannot be read.

    Raises:
        UnreadableTranscript: the file cannot be read, or holds no captions.
    """
    read = read_apart(data, name, encoding=encoding, kind=kind)
    cues = read.cues()
    if not cues and any(draft.word_times_ms for draft in read.drafts):
        cues = captions.cues_from_segments(transcript_of(read, name)[0])
    if read.drafts and not cues:
        raise UnreadableTranscript(name, "it has no times, so no captions")
    texts = (draft.text for draft in read.drafts)
    rules, language = captions.in_language(rules, language, texts)
    return captions.lint(cues, rules, language=language), read.problems


def convert(
    data: bytes,
    name: str,
    *,
    format_name: str,
    options: Options,
    encoding: str | None = None,
    kind: str | None = None,
) -> Converted:
    """Write a file with times in another format, without its recording.

    Raises:
        UnreadableTranscript: the file cannot be read.
        ExportRefused: it has no times and the other format needs them.
    """
    read = read_apart(data, name, encoding=encoding, kind=kind)
    if options.keeps_captions and read.shown and formats.can_write(format_name):
        written, lost = formats.write_captions(
            format_name, read.shown, read.head, options.offset_ms
        )
        return Converted(written, read.problems, lost, read.recognised)
    transcript, known = transcript_of(read, name)
    has_times = not read.drafts or any(draft.start_ms is not None for draft in read.drafts)
    if formats.FORMATS[format_name].is_timed and not has_times:
        raise ExportRefused(format_name, f"{name} has no times; align it with its recording")
    written = export(format_name, transcript, known, None, options)
    return Converted(written, read.problems, recognised=read.recognised)


def transcript_of(read: formats.ReadResult, name: str) -> tuple[Transcript, Media]:
    """A file's own transcript; its recording is as long as its last caption tells."""
    segments = segments_from_drafts(
        read.drafts,
        duration_ms=max((draft.end_ms or 0 for draft in read.drafts), default=0),
        new_id=new_segment_id,
    )
    ends_ms = [segment.end_ms or 0 for segment in segments]
    return Transcript(tuple(segments)), Media(name, max(ends_ms, default=0))


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes, made from a title.

    >>> file_name("../Episode 7: why?", ".srt"), file_name("...", ".vtt"), file_name("nul", ".srt")
    ('_Episode 7_ why_.srt', 'transcript.vtt', '_nul.srt')
    """
    stem, ending = _plain(title).strip(" ."), _plain(suffix).rstrip(" .")
    ending = _cut(ending, _MOST_ENDING_BYTES)
    stem = _cut(stem[:_LONGEST_NAME], _MOST_NAME_BYTES - len(ending.encode())).strip(" .")
    is_reserved = stem.partition(".")[0].rstrip().upper() in _RESERVED
    return f"{'_' if is_reserved else ''}{stem or 'transcript'}{ending}"


def _plain(text: str) -> str:
    return "".join(
        "_" if character in _NOT_IN_FILE_NAMES else character
        for character in text
        if character.isprintable()
    )


def _cut(text: str, most_bytes: int) -> str:
    """As much of a text's beginning as fits; a system counts bytes."""
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


class NamesApart:
    """Makes names, given with their endings apart, of which no system takes two for the same.

    >>> apart = NamesApart()
    >>> [apart.name(stem, ".en.srt") for stem in ("No. 1", "NO. 1")], apart.name("No. 1", ".srt")
    (['No. 1.en.srt', 'NO. 1 2.en.srt'], 'No. 1.srt')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, stem: str, ending: str) -> str:
        """The next name."""
        tries = chain([""], (f" {number}" for number in count(2)))
        names = (file_name(stem, each + ending) for each in tries)
        found = next(name for name in names if _same(name) not in self._taken)
        self._taken.add(_same(found))
        return found


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def zipped(batch: Batch) -> Iterator[bytes]:
    """A zip of the files, and of a list of what could not be written, where there is such.

    It is written as it goes: no more than one file is held at a time.
    """
    written = _Written()
    refused = []
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for each in batch:
            if isinstance(each, Refused):
                refused.append(f"{each.title}: {each.reason}\n")
            else:
                file.writestr(each.name, each.data)
                yield written.taken()
        if refused:
            file.writestr(NOT_EXPORTED, "".join(refused))
    yield written.taken()


class _Written(RawIOBase):
    """What a zip has written since it was last taken; nothing of it can be sought again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        part = bytes(data)
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
