"""A recording and its text without a library: timed, and the doubts about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from editor import formats, media
from editor.align.drafts import segments_from_drafts, segments_from_recognised, timed_segments
from editor.asr import (
    PCM_FILE,
    Prepared,
    Progress,
    align_trusted_text,
    as_recognised,
    load_recogniser,
    prepare,
    recognise_chunks,
    score_words,
    written_of,
)
from editor.asr.recogniser import Recogniser
from editor.config import Settings
from editor.document import (
    Media,
    RecognisedWord,
    Segment,
    Transcript,
    Turn,
    new_segment_id,
    spoken_words,
)
from editor.formats.sandbox import read_apart
from editor.library.cut_off import with_cut_off
from editor.library.microphones import Microphones
from editor.library.soundings import soundings
from editor.review import Doubt, Evidence, Named, Voices, doubts_of, speaker_doubts


@dataclass(frozen=True)
class Aligned:
    """A timed transcript, its recording, its coverage, and what of the text could not be read.

    `recognised` says what the text was read as.
    """

    transcript: Transcript
    media: Media
    coverage: dict[str, Any]
    problems: list[formats.Problem]
    recognised: str = ""


@dataclass(frozen=True)
class Checked:
    """A text timed by its recording, what was recognised there, and what loads the model."""

    aligned: Aligned
    recognised: list[RecognisedWord]
    language: str
    prepared: Prepared
    load: Callable[[], Recogniser]


@dataclass(frozen=True)
class Report:
    """Doubts, the worst first, and how many words they are about.

    The doubts count words from 0 through the whole text split at white space, without sounds and
    marks of speakers.
    """

    doubts: list[Doubt]
    word_count: int


def check_files(
    recording: Path,
    text: Path | None,
    *,
    model: str,
    language: str | None,
    settings: Settings,
    work_dir: Path,
    progress: Progress,
    is_trusted: bool = False,
    hotwords: str | None = None,
    track: int | None = None,
    kind: str | None = None,
    microphones: Microphones | None = None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> Checked:
    """A recording and a text in, a timed transcript out.

    `kind` is what the text is to be read as, where it is not as it looks.
    A text that `is_trusted` is listened for as it stands; nothing is recognised. `hotwords` are
    names and terms for recognition to expect. Of several audio tracks the one in use is told in
    sentences; `track` chooses one. With `microphones` each person is recognised alone.

    `work_dir` holds the work file of the recording, which `Checked.prepared` goes on to need.
    """
    info = media.probe(recording)
    info.check_track(recording.name, track)
    if microphones is None or not microphones.tracks:
        for sentence in media.track_remarks(recording.name, info.tracks, track, info.track):
            tell(sentence)
    read = read_apart(text.read_bytes(), text.name, kind=kind) if text else None
    if microphones is not None:
        microphones.mix_path.replace(work_dir / PCM_FILE)
    prepared = prepare(recording, work_dir, info.duration_ms, progress, track=track)
    if microphones is not None:
        prepared = replace(prepared, own_sounds=microphones.own_sounds())
    for sentence in media.decoded_remarks(recording.name, prepared.decoded):
        tell(sentence)
    drafts = segments_from_drafts(
        read.drafts if read else [], duration_ms=prepared.duration_ms, new_id=new_segment_id
    )
    load = cache(partial(load_recogniser, settings, model, progress))
    if is_trusted:
        found = align_trusted_text(
            prepared,
            load,
            language=language,
            done=(),
            written=written_of(drafts),
            progress=progress,
        )
    else:
        found = recognise_chunks(
            prepared,
            load(),
            language=language,
            is_named=language is not None,
            done={},
            written=lambda: written_of(drafts),
            progress=progress,
            hotwords=hotwords,
        )
    chunks = list(found)
    recognised = [word for chunk in chunks for word in chunk.words]
    if not read:
        names = microphones.names if microphones else ()
        drafts = segments_from_recognised(recognised, new_id=new_segment_id, names=names)
    segments, coverage = timed_segments(
        drafts, recognised, duration_ms=prepared.duration_ms, silences=prepared.silences
    )
    coverage = with_cut_off(coverage, info.promised_ms, prepared.duration_ms)
    known = Media(recording.name, prepared.duration_ms, info.has_video)
    problems = list(read.problems) if read else []
    read_as = read.recognised if read else ""
    aligned = Aligned(Transcript(tuple(segments)), known, coverage.as_json(), problems, read_as)
    spoken_in = chunks[0].language if chunks else language or "en"
    return Checked(aligned, recognised, spoken_in, prepared, load)


def report_of(
    checked: Checked,
    *,
    least_score: float,
    progress: Progress,
    with_style: bool = False,
    terms: Sequence[str] = (),
) -> Report:
    """Listen to a text that was timed, and tell what is doubtful in it; see `doubts_of`."""
    segments = checked.aligned.transcript.segments
    evidence = evidence_of(checked, progress, terms)
    numbers = list(word_numbers(segments))
    doubts = doubts_of(evidence, least_score=least_score, with_style=with_style)
    return Report([_numbered(doubt, numbers) for doubt in doubts], numbers[-1])


def voice_doubts(segments: Sequence[Segment], turns: Sequence[Turn]) -> list[Doubt]:
    """The doubts about who speaks; they count words as those of a `Report` do."""
    named = [
        Named(one.speaker, one.words[0].start_ms, one.words[-1].start_ms)
        for one in segments
        if one.speaker is not None and one.words
    ]
    found = speaker_doubts(segments, Voices(turns, named))
    numbers, first = list(word_numbers(segments)), 0
    doubts = list[Doubt]()
    for segment in segments:
        for doubt in found.get(segment.id, ()):
            here = replace(
                doubt, first_word=first + doubt.first_word, last_word=first + doubt.last_word
            )
            doubts.append(_numbered(here, numbers))
        first += len(segment.words)
    return doubts


def evidence_of(checked: Checked, progress: Progress, terms: Sequence[str] = ()) -> Evidence:
    """All that is known about a text: what was recognised, and how likely its words are there.

    And which of the `terms` of a glossary was said where something else is written.
    """
    segments = checked.aligned.transcript.segments
    words, spoken = spoken_words(segments)
    said = [word for word, is_spoken in zip(words, spoken, strict=True) if is_spoken]
    written_logs, recognised_logs = score_words(
        checked.prepared,
        checked.load(),
        [list(map(as_recognised, said)), checked.recognised],
        language=checked.language,
        progress=progress,
    )
    told = iter(written_logs)
    logs = [next(told) if is_spoken else None for is_spoken in spoken]
    evidence = Evidence(
        words, spoken, checked.recognised, logs, recognised_logs, language=checked.language
    )
    found = soundings(
        evidence,
        evidence.spans,
        terms,
        checked.prepared,
        language=checked.language,
        progress=progress,
    )
    return replace(evidence, soundings=found)


def word_numbers(segments: Sequence[Segment]) -> Iterator[int]:
    """The number of each word as people count them, sounds too, and at last how many there are.

    Words that stand together without white space have one number.
    """
    number = 0
    for segment in segments:
        at = 0
        for word in segment.words:
            start = segment.text.index(word.text, at)
            number -= int(0 < start == at)
            at = start + len(word.text)
            yield number
            number += 1
    yield number


def _numbered(doubt: Doubt, numbers: Sequence[int]) -> Doubt:
    first = numbers[doubt.first_word]
    is_missing = doubt.last_word < doubt.first_word
    return replace(
        doubt, first_word=first, last_word=first - 1 if is_missing else numbers[doubt.last_word]
    )
