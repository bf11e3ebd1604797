"""Our own JSON, which keeps everything: see `transcript.schema.json` beside this module.

JSON of others is told by its form and handed to its reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast, get_args

from editor.document import (
    ALIGNERS,
    ORIGINS,
    AlignerName,
    DraftSegment,
    Kind,
    Media,
    Origin,
    Segment,
    Transcript,
    Word,
    aligner_of,
    check_words,
    split_words,
)
from editor.errors import InvariantBroken, UnreadableTranscript
from editor.formats import otranscribe, speech_json, youtube
from editor.formats.json_shapes import shape_of
from editor.formats.result import Problem, Reading

VERSION = 1
_BEGINS = re.compile(r'\s*(?:\{\s*(?:"[^"\n]*"\s*:|\})|\[\s*(?:[\[{]|\]\s*\Z))')
_MOST_CODE_CHARS = 100
_NEXT = re.compile(r"[\s,]*")
_OF_OTHERS = (
    "this is JSON of a kind that is not read here; bring the captions (SRT, WebVTT) or the plain "
    "text that the same program writes"
)
_CHAPTERS = "it holds chapters: titles that nobody says; bring the file of its captions or words"


def is_json(text: str) -> bool:
    """Whether a text begins as a document of JSON does, and not as words in brackets do."""
    return _BEGINS.match(text) is not None


def read(text: str, name: str) -> Reading:
    """Read a transcript; times that contradict the text or each other are left out and told of.

    Raises:
        UnreadableTranscript: it is not JSON, or not of this form; names the place.
    """
    value = _parsed(text, name)
    if not _is_ours(value):
        return _read_of_others(value, name)
    document = _Value(name, "the file", value)
    version = document.field("version")
    if version.value != VERSION:
        raise version.wrong(f"must be {VERSION}")
    drafts, problems, last_ms = list[DraftSegment](), list[Problem](), 0
    for number, segment in enumerate(document.field("segments").items(), start=1):
        draft, reason = _checked(_draft(segment, number), last_ms)
        last_ms = draft.words[-1].start_ms if draft.words else last_ms
        if reason:
            problems.append(Problem(number, draft.text, reason))
        drafts.append(draft)
    if drafts and not any(draft.text.strip() for draft in drafts):
        raise UnreadableTranscript(name, "the file holds no text")
    return Reading(tuple(drafts), tuple(problems))


def _is_ours(value: object) -> bool:
    """Others have a version, too: of theirs, as a text, or beside what is none of ours."""
    version = value.get("version") if isinstance(value, dict) else None
    if not isinstance(version, int):
        return False
    keys = cast(dict[str, object], value).keys()
    return "segments" in keys or (version == VERSION and shape_of(value) is None)


def _read_of_others(value: object, name: str) -> Reading:
    if isinstance(value, dict) and youtube.is_json3(value):
        return replace(youtube.read_json3(value, name), recognised="YouTube's json3 captions")
    reading = otranscribe.read(value, name) or speech_json.read(value, name)
    if reading is None and value in ([], {}):
        raise UnreadableTranscript(name, "the file holds no text")
    if reading is None:
        is_of_chapters = isinstance(value, dict) and isinstance(value.get("chapters"), list)
        raise UnreadableTranscript(name, _CHAPTERS if is_of_chapters else _OF_OTHERS)
    return reading


def _parsed(text: str, name: str) -> object:
    """One value of JSON, or several one after the other as a list."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if (values := _several(text)) is not None:
            return values
        raise UnreadableTranscript(name, f"not JSON: {error.msg}", line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableTranscript(name, "not JSON that can be read") from error


def _several(text: str) -> list[object] | None:
    """JSON in lines, or the results of a recogniser, one behind the other."""
    decoder, values, at = json.JSONDecoder(), list[object](), 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at = _NEXT.match(text, at).end()  # type: ignore[union-attr]
    except (ValueError, RecursionError):
        return None
    return values


def write(transcript: Transcript, media: Media, coverage: Mapping[str, object] | None) -> str:
    """Write everything a person may want back: words, times, origins, speakers, marks."""
    document = {
        "version": VERSION,
        "media": {
            "name": media.name,
            "duration_ms": media.duration_ms,
            "has_video": media.has_video,
        },
        "coverage": None if coverage is None else dict(coverage),
        "segments": [],
    }
    # One after the other: the objects of ten hours would take ten times the memory of their text.
    segments = ",\n".join("  " + _json(_segment(one), "  ") for one in transcript.segments)
    filled = f"[\n{segments}\n ]" if segments else "[]"
    return _json(document).removesuffix("[]\n}") + f"{filled}\n}}\n"


def _json(value: dict[str, object], indent: str = "") -> str:
    """JSON whose lines but the first begin with an `indent`."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return text.replace("\n", f"\n{indent}")


def _segment(segment: Segment) -> dict[str, object]:
    return {
        "id": segment.id,
        "speaker": segment.speaker,
        "kind": segment.kind,
        "new_turn": segment.new_turn,
        "reviewed": segment.reviewed,
        "note": segment.note,
        "text": segment.text,
        "words": [_word(word) for word in segment.words],
    }


def _word(word: Word) -> dict[str, object]:
    return {
        "text": word.text,
        "start_ms": word.start_ms,
        "end_ms": word.end_ms,
        "origin": word.origin,
        "aligner": aligner_of(word),
        "confidence": word.confidence,
        "locked": word.locked,
        **({"struck": True} if word.struck else {}),
        **({"codes": list(word.codes)} if word.codes else {}),
        **({"ends_line": True} if word.ends_line else {}),
    }


class _Value:
    """A value of the document with its place, which every complaint names."""

    def __init__(self, name: str, place: str, value: object) -> None:
        self._name, self._place, self.value = name, place, value

    def wrong(self, reason: str) -> UnreadableTranscript:
        return UnreadableTranscript(self._name, f"{self._place} {reason}")

    def field(self, key: str, default: object = ...) -> _Value:
        if not isinstance(self.value, dict):
            raise self.wrong("must be an object")
        place = key if self._place == "the file" else f"{self._place}.{key}"
        if key not in self.value and default is ...:
            raise _Value(self._name, place, None).wrong("is missing")
        return _Value(self._name, place, self.value.get(key, default))

    def items(self) -> list[_Value]:
        if not isinstance(self.value, list):
            raise self.wrong("must be a list")
        return [_Value(self._name, f"{self._place}[{n}]", v) for n, v in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("must be a text")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("must be true or false")
        return self.value

    def ms(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.wrong("must be a whole number of milliseconds, 0 or more")
        return self.value

    def share(self) -> float | None:
        if self.value is None:
            return None
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if not is_number or not 0 <= cast(float, self.value) <= 1:
            raise self.wrong("must be null or a number from 0 to 1")
        return cast(float, self.value)

    def one_of(self, *choices: str) -> str:
        if self.value not in choices:
            raise self.wrong(f"must be one of {', '.join(choices)}")
        return str(self.value)


def _draft(value: _Value, number: int) -> DraftSegment:
    speaker = value.field("speaker", None)
    return DraftSegment(
        text=value.field("text").text(),
        speaker=None if speaker.value is None else speaker.text(),
        kind=cast(Kind, value.field("kind", "speech").one_of(*get_args(Kind))),
        new_turn=value.field("new_turn", False).flag(),
        line=number,
        words=tuple(_word_of(word) for word in value.field("words", []).items()),
        reviewed=value.field("reviewed", False).flag(),
        note=value.field("note", "").text(),
    )


def _word_of(value: _Value) -> Word:
    return Word(
        value.field("text").text(),
        value.field("start_ms").ms(),
        value.field("end_ms").ms(),
        cast(Origin, value.field("origin", "imported").one_of(*ORIGINS)),
        value.field("confidence", None).share(),
        value.field("locked", False).flag(),
        aligner=_aligner_of(value.field("aligner", None)),
        struck=value.field("struck", False).flag(),
        codes=_codes_of(value.field("codes", [])),
        ends_line=value.field("ends_line", False).flag(),
    )


def _codes_of(value: _Value) -> tuple[str, ...]:
    """Names on one line each, as the page takes them."""
    names = (" ".join(one.text().split())[:_MOST_CODE_CHARS].rstrip() for one in value.items())
    return tuple(sorted(set(filter(None, names))))


def _aligner_of(value: _Value) -> AlignerName | None:
    return None if value.value is None else cast(AlignerName, value.one_of(*ALIGNERS))


def _checked(draft: DraftSegment, last_ms: int) -> tuple[DraftSegment, str]:
    """Fill a draft's times from its words, or drop words that cannot be right and say why."""
    if not draft.words:
        return draft, ""
    reason = _contradiction(draft, last_ms)
    if reason:
        return replace(draft, words=()), f"its word times were left out: {reason}"
    times = tuple((word.start_ms, word.end_ms) for word in draft.words)
    end_ms = max(end for _, end in times)
    return replace(draft, start_ms=times[0][0], end_ms=end_ms, word_times_ms=times), ""


def _contradiction(draft: DraftSegment, last_ms: int) -> str:
    if [word.text for word in draft.words] != split_words(draft.text):
        return "the words are not those of the text"
    if draft.words[0].start_ms < last_ms:
        return "it starts before the previous segment"
    try:
        check_words(str(draft.line), draft.text, draft.words)
    except InvariantBroken as broken:
        return broken.reason
    return ""
