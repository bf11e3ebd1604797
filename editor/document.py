"""The transcript as plain values: segments of words with times, and the rules they obey.

Owns the values and their invariants. How text becomes timed is `align`, how a person changes it
is `edits`. All times are integer milliseconds from the start of the media.

What is cut, and from what: a *chunk* is a part of a recording that is recognised at once, a
*window* one that is aligned at once, an *interval* any (start_ms, end_ms); a *span* are words first
to end - 1 of a text or of what was recognised, a *run* one of them in which all words are alike in
something; a *gap* is what lies between two of either.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, get_args

import regex

from editor.errors import InvariantBroken

#: Where a word's time comes from: matched with a recognised word, put between its neighbours by
#: weight (also where it was recognised, in sound that hides when), found by aligning this very
#: text, taken from the imported file, set by a person. These are the names that are stored and
#: exported; where a kind is called otherwise today, only they stay.
Origin = Literal["heard", "placed", "listened", "imported", "manual"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
#: What found a time in the sound: Whisper's attention; the network that hears phones; PocketSphinx;
#: once the mean of these two, which agreed; a CTC model that somebody named.
AlignerName = Literal["attention", "phones", "pocketsphinx", "both", "ctc"]
ALIGNERS: tuple[AlignerName, ...] = get_args(AlignerName)
Kind = Literal["speech", "sound"]

#: No word is shorter than this.
MIN_WORD_MS = 20

# Scripts written without spaces: there each grapheme cluster is a word of its own.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_HAS_UNSPACED = regex.compile(f"[{_UNSPACED}]")
_UNSPACED_PIECES = regex.compile(
    rf"[\p{{Ps}}\p{{Pi}}]*(?:(?=[{_UNSPACED}])\X[ーｰ々ゝゞ]?|(?:(?![{_UNSPACED}\p{{Ps}}\p{{Pi}}])\X)+)"
    rf"(?:(?![{_UNSPACED}])[\p{{P}}--[\p{{Ps}}\p{{Pi}}]])*|[\p{{Ps}}\p{{Pi}}]+",
    regex.VERSION1,
)
_UNSPACED_SEAM = regex.compile(
    rf"[{_UNSPACED}、。，！？：；「」『』（）ー][{_UNSPACED}、。，！？：；「」『』（）ー]",
    regex.VERSION1,
)
_BRACKETED = regex.compile(
    r"\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|［[^［］]*］|【[^【】]*】|♪[^♪]*♪?"
)
_SOUND_WORD = regex.compile(
    r"\b(?:music|applause|laugh\w*|chuckl\w*|cough\w*|sigh\w*|inaudible|crosstalk|silence|pause"
    r"|cheer\w*|gasp\w*|noise|beep\w*|singing|clears throat|unintelligible|foreign)\b",
    regex.IGNORECASE,
)
_SAYABLE = regex.compile(r"[\p{L}\p{N}]")
_SENTENCE_ENDS = tuple(".!?…。？！")
#: What may stand behind the end of a sentence or clause, and belongs to it.
CLOSERS = "\"'”’»)]」』"


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word as recognition returned it. Never edited.

    `id` counts from 0 within one recognition; `probability` is in [0, 1]; `chunk` is the number
    of the chunk of the recording it was recognised in. `language` (ISO 639-1) is named where it is
    another than the recording's. `aligner` found its time, unless that `is_guessed`: its sound is
    too much drowned to say where in it the word is. `voice` is whose it is, counted from 0
    as in `Turn`, where each person was recognised alone.
    """

    id: int
    text: str
    start_ms: int
    end_ms: int
    probability: float
    chunk: int = 0
    language: str = ""
    aligner: AlignerName = "attention"
    voice: int | None = None
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A written word, its punctuation included, with its time and where the time comes from.

    `confidence` of the time and text is in [0, 1], None where nothing was recognised.
    `recognised_ids` are those of the recognised words it covers. Nothing but the person moves a
    `locked` time. `aligner` found the time, if it was found in the sound: see `aligner_of`. One
    that is `struck` out stays in the text, and goes into no file that people read, hear or cut by.
    `codes` are names of what a researcher says that it is about, each once, in alphabetical order.
    With one that `ends_line` a person ends a line of a caption.
    """

    text: str
    start_ms: int
    end_ms: int
    origin: Origin = "placed"
    confidence: float | None = None
    locked: bool = False
    recognised_ids: tuple[int, ...] = ()
    aligner: AlignerName | None = None
    struck: bool = False
    codes: tuple[str, ...] = ()
    ends_line: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A voice, counted from 0 by who speaks first, speaks in [start_ms, end_ms)."""

    start_ms: int
    end_ms: int
    speaker: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One line or turn of the text.

    Invariants, checked when one is made: starts never decrease; each word lasts at least
    `MIN_WORD_MS`; the words' texts with the white space between them give exactly `text`.

    `new_turn` marks a change of speaker, also where the new one has no name. `revision` counts
    what people changed, not what alignment moved. `released` holds words once written here, whose
    time waits to be taken back when they are typed again. `note` is a person's remark, never shown
    in captions.
    """

    id: str
    text: str
    words: tuple[Word, ...]
    speaker: str | None = None
    kind: Kind = "speech"
    new_turn: bool = False
    reviewed: bool = False
    revision: int = 1
    released: tuple[Word, ...] = field(default=(), compare=False)
    note: str = ""

    def __post_init__(self) -> None:
        check_words(self.id, self.text, self.words)

    @property
    def start_ms(self) -> int | None:
        """Start of the first word; None in a segment without words."""
        return self.words[0].start_ms if self.words else None

    @property
    def end_ms(self) -> int | None:
        """Latest end of its words; None in a segment without words."""
        return max(word.end_ms for word in self.words) if self.words else None


@dataclass(frozen=True, slots=True)
class Media:
    """What is known of a recording."""

    name: str
    duration_ms: int
    has_video: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """Segments in the order of the text. Invariant: starts never decrease across segments."""

    segments: tuple[Segment, ...]

    def __post_init__(self) -> None:
        check_order(self.segments)

    def words(self) -> Iterator[Word]:
        """All words in order."""
        for segment in self.segments:
            yield from segment.words


@dataclass(frozen=True, slots=True)
class DraftSegment:
    """A line or turn as read from a file, before it has word times of its own.

    `start_ms` and `end_ms` are the file's, None where it has none; a start alone is a hint.
    `word_times_ms` gives (start, end) for each word of `split_words(text)`, or is empty. `line`
    counts from 1. `words`, `reviewed` and `note` come from our own JSON only; its words bring
    origin, confidence, lock. `line_ends` are the numbers of the words that end a line of a caption.
    """

    text: str
    speaker: str | None = None
    kind: Kind = "speech"
    new_turn: bool = False
    start_ms: int | None = None
    end_ms: int | None = None
    word_times_ms: tuple[tuple[int, int], ...] = ()
    line: int = 1
    words: tuple[Word, ...] = ()
    reviewed: bool = False
    note: str = ""
    line_ends: tuple[int, ...] = ()


def has_sound_word(text: str) -> bool:
    """Whether a text in brackets names a sound, as "door, laughing" does."""
    return _SOUND_WORD.search(text) is not None


def split_words(text: str) -> list[str]:
    """Split a text into words: at white space, and by grapheme in scripts written without spaces.

    >>> split_words("Hey  listeners, welcome")
    ['Hey', 'listeners,', 'welcome']
    >>> split_words("我用 iPhone手机。")
    ['我', '用', 'iPhone', '手', '机。']
    """
    if text.isascii():
        return text.split()
    words: list[str] = []
    for chunk in text.split():
        if is_unspaced(chunk):
            words += _UNSPACED_PIECES.findall(chunk)
        else:
            words.append(chunk)
    return words


def is_unspaced(text: str) -> bool:
    """Whether there is a letter in a text of a script that is written without spaces."""
    return _HAS_UNSPACED.search(text) is not None


def join_lines(lines: Iterable[str]) -> str:
    """Join lines with a space, or with nothing inside a script written without spaces.

    >>> join_lines(["Hey ", "", "listeners"]), join_lines(["今日", "は"])
    ('Hey listeners', '今日は')
    """
    parts: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        if parts and not _is_seam(parts[-1][-1] + line[0]):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _is_seam(seam: str) -> bool:
    """Whether two characters on both sides of a line end are of scripts without spaces."""
    return not seam.isascii() and _UNSPACED_SEAM.fullmatch(seam) is not None


def spoken_flags(
    text: str, *, kind: Kind = "speech", words: Iterable[str] | None = None
) -> list[bool]:
    """Tell for each word of the text, by default of `split_words(text)`, whether a voice says it.

    Sounds in brackets and lone punctuation are not said. Round brackets count as a sound only
    where their content names one, since people also write asides in them.

    >>> spoken_flags("so [laughs] yes - (as I said) ok")
    [True, False, True, False, True, True, True, True]
    """
    hidden = [
        match.span()
        for match in _BRACKETED.finditer(text)
        if match[0][0] != "(" or _SOUND_WORD.search(match[0])
    ]
    flags = []
    for word, start in word_offsets(text, split_words(text) if words is None else words):
        inside = any(a <= start < b for a, b in hidden)
        flags.append(kind == "speech" and not inside and _SAYABLE.search(word) is not None)
    return flags


def spoken_words(segments: Iterable[Segment]) -> tuple[list[Word], list[bool]]:
    """The words of a text in order, and for each whether a voice would say it."""
    words: list[Word] = []
    flags: list[bool] = []
    for segment in segments:
        words += segment.words
        flags += spoken_flags(segment.text, kind=segment.kind)
    return words, flags


def word_offsets(text: str, words: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Give each word with the offset (in code points) at which it stands in the text."""
    at = 0
    for word in words:
        at = text.index(word, at)
        yield word, at
        at += len(word)


def check_words(segment_id: str, text: str, words: Sequence[Word]) -> None:
    """Check the invariants inside one segment.

    Raises:
        InvariantBroken: naming the first rule that does not hold.
    """
    at, last_start = 0, -1
    for word in words:
        while at < len(text) and text[at].isspace():
            at += 1
        if not word.text or not text.startswith(word.text, at):
            raise InvariantBroken(
                segment_id, f"{word.text!r} does not match the text at its position"
            )
        at += len(word.text)
        if word.start_ms < 0 or word.start_ms < last_start:
            raise InvariantBroken(
                segment_id, f"{word.text!r} starts before the word in front of it"
            )
        if word.end_ms - word.start_ms < MIN_WORD_MS:
            raise InvariantBroken(segment_id, f"{word.text!r} lasts less than {MIN_WORD_MS} ms")
        last_start = word.start_ms
    if text[at:].strip():
        raise InvariantBroken(segment_id, f"the text {text[at:].strip()!r} has no words")


def check_order(segments: Iterable[Segment]) -> None:
    """Check that starts never decrease from segment to segment; those without words do not count.

    Raises:
        InvariantBroken: naming the segment that starts too early.
    """
    last_start = -1
    for segment in segments:
        if not segment.words:
            continue
        if segment.words[0].start_ms < last_start:
            raise InvariantBroken(segment.id, "it starts before the previous segment")
        last_start = segment.words[-1].start_ms


def ends_sentence(text: str) -> bool:
    """Whether a sentence seems to end with a text, behind which quotes and brackets may close.

    >>> ends_sentence("again?”"), ends_sentence("again,")
    (True, False)
    """
    return text.rstrip(CLOSERS + " ").endswith(_SENTENCE_ENDS)


def runs_where(flags: Iterable[bool]) -> list[tuple[int, int]]:
    """The runs [first, end) of indices at which all flags are true, in order.

    >>> runs_where([False, True, True, False, True])
    [(1, 3), (4, 5)]
    """
    runs, first = list[tuple[int, int]](), 0
    for is_true, run in groupby(flags):
        end = first + len(list(run))
        if is_true:
            runs.append((first, end))
        first = end
    return runs


def is_guessed(word: Word) -> bool:
    """Whether a word's time comes from its place in the text alone."""
    return word.origin == "placed" and not word.locked


def aligner_of(word: Word) -> AlignerName | None:
    """What found a word's time in the sound; None where it is a guess, imported or a person's.

    None, too, where it was found before aligners were told apart.
    """
    return word.aligner if word.origin in ("heard", "listened") and not word.locked else None


def has_guesses(segment: Segment) -> bool:
    """Whether aligning again may better the time of a word of a segment."""
    flags = spoken_flags(
        segment.text, kind=segment.kind, words=(word.text for word in segment.words)
    )
    return any(said and is_guessed(word) for word, said in zip(segment.words, flags, strict=True))


def new_segment_id() -> str:
    """A fresh id for a segment: 12 letters, digits, hyphens and underscores."""
    return secrets.token_urlsafe(9)
