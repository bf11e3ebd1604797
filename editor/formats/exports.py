"""From a transcript, or a file of one, to a file in any of our formats.

Joins the presets of `captions` with the writers of `formats`; knows no store and no recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import PurePath

from editor import captions, formats
from editor.align.drafts import segments_from_drafts
from editor.document import MIN_WORD_MS, Media, Transcript, Word, new_segment_id
from editor.edits.kept import cuts_of, kept_spans, on_clock_of_cut
from editor.edits.pseudonyms import Pseudonyms
from editor.edits.without_struck import struck_count, without_struck
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats.frame_rate import RATES
from editor.formats.publication import USUAL, Choices, Cut
from editor.formats.sandbox import read_apart

#: The format that is a person's own file with their corrections in it.
ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Options:
    """How a transcript is written: captions by a preset's rules.

    `offset_ms` moves all times. With `is_retimed` a person's own file gets the words' times, too;
    with `is_mended` its own times are moved by what they are late, and durations stay. `language`
    is a code such as en, which is what None stands for. `keeps_captions` of a file that is written
    in another format: their times, lines, styles and places stay. `title` is what people call it,
    `recording_name` its recording, where it is known by another name than the file's. Captions have
    segments that the recording does not say only with `has_unsaid`, and files words that are struck
    out only with `has_struck`. With `is_cut` times are those of a copy of the sound without these.
    Names have their `pseudonyms`, if there are. Captions are judged by `shots_ms`, when the shots
    of a film begin.
    """

    rules: captions.Rules = captions.PRESETS["lines"]
    offset_ms: int = 0
    is_retimed: bool = False
    is_mended: bool = False
    language: str | None = None
    keeps_captions: bool = False
    title: str = ""
    recording_name: str = ""
    choices: Choices = USUAL
    has_unsaid: bool = True
    has_struck: bool = False
    is_cut: bool = False
    pseudonyms: Pseudonyms | None = None
    shots_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to take away: what it holds, how its name ends, its type, and what it cannot hold."""

    data: bytes
    suffix: str
    mime_type: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Captioned:
    """Captions, and what in them breaks their rules; `chars` are the characters of each."""

    cues: tuple[captions.Cue, ...]
    violations: tuple[captions.Violation, ...]
    chars: tuple[float, ...]


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
        ExportRefused: there is no such format, or nothing to write.
    """
    return publish(format_name, transcript, known, coverage, options).data


def publish(
    format_name: str,
    transcript: Transcript,
    known: Media,
    coverage: formats.Coverage,
    options: Options,
) -> formats.Published:
    """Write a transcript in a format, and tell what that cannot hold.

    Captions go by the rules of the options; own lines by what the format asks for, if it does.

    Raises:
        ExportRefused: there is no such format, or nothing to write.
    """
    publication = publication_of(format_name, transcript, known, coverage, options)
    if format_name == "txt" and options.rules.turn_mark == captions.YOUTUBE_MARK:
        text = _text_for_youtube(publication.cues)
        return formats.Published(text, tuple(publication.left_out()))
    return formats.export(format_name, publication)


def publication_of(
    format_name: str,
    transcript: Transcript,
    known: Media,
    coverage: formats.Coverage,
    options: Options,
) -> formats.Publication:
    """A transcript as a format writes it: its captions by the rules, its times moved."""
    chosen, rules = formats.FORMATS.get(format_name), options.rules
    title = options.title or PurePath(known.name).stem
    # Before pseudonyms, as in copies of the sound: one may stand for a name half struck out.
    cuts_ms = tuple(cuts_of(transcript))
    source_ms = max([known.duration_ms, *(segment.end_ms or 0 for segment in transcript.segments)])
    if options.pseudonyms:
        name = options.pseudonyms.in_file_name(known.name)
        transcript = options.pseudonyms.in_transcript(transcript)
        known, title = replace(known, name=name), options.pseudonyms.in_text(title)
        coverage = None
    struck = struck_count(transcript)
    if options.has_struck or (chosen and chosen.has_struck):
        struck = 0
    elif struck:
        transcript = without_struck(transcript)
        if options.pseudonyms and options.pseudonyms.are_none_of_names:
            # Words struck out may have parted a name.
            transcript = options.pseudonyms.in_transcript(transcript)
    if options.is_cut:
        kept = kept_spans(cuts_ms, known.duration_ms)
        transcript = on_clock_of_cut(transcript, kept)
        known = replace(known, duration_ms=sum(end - start for start, end in kept))
    # A cut names places in the recording, which stay where they are.
    transcript = shifted(transcript, options.offset_ms)
    if chosen and chosen.rules and rules == captions.PRESETS["lines"]:
        rules = chosen.rules
    texts = (segment.text for segment in transcript.segments)
    rules, language = captions.in_language(rules, options.language, texts)
    rules = chosen.fitted(rules) if chosen else rules
    return formats.Publication(
        transcript,
        known,
        partial(captions.cues_of, rules=rules, language=language),
        coverage,
        title,
        language,
        options.choices,
        options.has_unsaid,
        struck,
        Cut(cuts_ms, source_ms, options.offset_ms),
    )


def _text_for_youtube(cues: Iterable[captions.Cue]) -> bytes:
    """What YouTube times by itself: a blank line stands where a caption ends."""
    return "\n".join("".join(f"{line}\n" for line in cue.lines) for cue in cues).encode()


def captioned(
    transcript: Transcript,
    rules: captions.Rules,
    language: str | None,
    *,
    known: captions.KnownRuns | None = None,
    shots_ms: Sequence[int] = (),
) -> Captioned:
    """The captions of a transcript by rules, and what in them breaks these.

    As in exports, words that are struck out are in none; a caption's parts go around them.

    Where the rules also choose the breaks, there are no better ones, and nothing has a fix. What is
    `known` of the very same segments is not found out again.
    """
    shown = without_struck(transcript) if struck_count(transcript) else transcript
    texts = (segment.text for segment in shown.segments)
    rules, language = captions.in_language(rules, language, texts)
    cues = captions.cues_of(shown, rules, language=language, known=known)
    if shown is not transcript:
        cues = tuple(_around_struck(cues, transcript))
    found = captions.lint(cues, rules, language=language, shots_ms=shots_ms)
    if not rules.keeps_lines:
        found = [one if one.rule == "shot" else replace(one, fix=None) for one in found]
    chars = tuple(captions.chars_of(cue, language) for cue in cues)
    return Captioned(cues, tuple(found), chars)


def _around_struck(cues: Iterable[captions.Cue], transcript: Transcript) -> Iterator[captions.Cue]:
    """Cues of a transcript without what is struck out, with parts of the transcript with it."""
    kept = {
        segment.id: [at for at, word in enumerate(segment.words) if not word.struck]
        for segment in transcript.segments
        if any(word.struck for word in segment.words)
    }
    for cue in cues:
        if kept.keys().isdisjoint(part.segment_id for part in cue.parts):
            yield cue
            continue
        parts = list[captions.Part]()
        for part in cue.parts:
            words = kept.get(part.segment_id)
            if words is None:
                parts.append(part)
                continue
            words = words[part.first_word : part.last_word + 1]
            ends = [a for a, b in pairwise([*words, -1]) if b != a + 1]
            starts = [b for a, b in pairwise([-2, *words]) if b != a + 1]
            runs = zip(starts, ends, strict=True)
            parts += (replace(part, first_word=first, last_word=last) for first, last in runs)
        yield replace(cue, parts=tuple(parts))


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
    shots_ms: Sequence[int] = (),
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
    return captions.lint(cues, rules, language=language, shots_ms=shots_ms), read.problems


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
        choices = options.choices
        rate = RATES[choices.frame_rate] if choices.is_on_frames else None
        written, lost = formats.write_captions(
            format_name, read.shown, read.head, options.offset_ms, rate
        )
        return Converted(written, read.problems, lost, read.recognised)
    transcript, known = transcript_of(read, name)
    known = replace(known, name=options.recording_name or known.name)
    has_times = not read.drafts or any(draft.start_ms is not None for draft in read.drafts)
    if formats.FORMATS[format_name].is_timed and not has_times:
        raise ExportRefused(format_name, f"{name} has no times; align it with its recording")
    published = publish(format_name, transcript, known, None, options)
    return Converted(
        published.data, read.problems, "; ".join(published.lost), recognised=read.recognised
    )


def transcript_of(read: formats.ReadResult, name: str) -> tuple[Transcript, Media]:
    """A file's own transcript; its recording is as long as its last caption tells."""
    segments = segments_from_drafts(
        read.drafts,
        duration_ms=max((draft.end_ms or 0 for draft in read.drafts), default=0),
        new_id=new_segment_id,
    )
    ends_ms = [segment.end_ms or 0 for segment in segments]
    return Transcript(tuple(segments)), Media(name, max(ends_ms, default=0))
