"""The speakers of a recording without a library."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from editor import media, weights
from editor.asr import PCM_FILE, Progress
from editor.config import Settings
from editor.diarization import (
    SpeakerNetworks,
    Speakers,
    Turn,
    save_voice_spans,
    saved_voice_spans,
    speakers_of,
    voice_spans_by_chunk,
)
from editor.document import Transcript, new_segment_id
from editor.library.job_kinds import By
from editor.library.offline import Aligned, Checked
from editor.library.speakers import speaker_name, voiced
from editor.library.speakers_by_channel import turns_by_channel

_DECODE_SHARE = 0.2
_CHANNELS_SHARE = 0.1
PHASE = "speakers"


def find_speakers(
    recording: Path,
    *,
    settings: Settings,
    work_dir: Path,
    progress: Progress,
    number: int | None = None,
    by: By = "auto",
    track: int | None = None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> tuple[Turn, ...]:
    """Who speaks when in a recording; the number of speakers is found, or given.

    `work_dir` gets the decoded sound. What is to be known about it is told in sentences.
    """
    info = media.probe(recording)
    info.check_track(recording.name, track)
    for sentence in media.track_remarks(recording.name, info.tracks, track, info.track):
        tell(sentence)
    pcm_path = work_dir / PCM_FILE

    def decoded(done_ms: int) -> None:
        progress.report(_DECODE_SHARE * min(1, done_ms / max(1, info.duration_ms)), "decode")

    result = media.decode_to_pcm(recording, pcm_path, track=track, on_progress=decoded)
    for sentence in media.decoded_remarks(recording.name, result):
        tell(sentence)
    return who_speaks(
        recording,
        pcm_path,
        settings=settings,
        progress=progress,
        first=_DECODE_SHARE,
        number=number,
        by=by,
        track=result.track,
        tell=tell,
    )


def check_by(recording: Path, *, by: By, number: int | None, track: int | None) -> None:
    """See that speakers can be told apart so, before longer work is begun.

    Raises:
        InvalidValue: the recording's channels are to tell, and cannot.
    """
    if by == "channels":
        turns_by_channel(recording, track=track, number=number, is_wanted=True)


def with_voices(
    checked: Checked,
    recording: Path,
    *,
    settings: Settings,
    progress: Progress,
    is_text: bool,
    number: int | None,
    by: By = "auto",
    tell: Callable[[str], None] = lambda sentence: None,
) -> Aligned:
    """A transcript with speakers: of a text that a person gave, its turns and names stay."""
    decoded = checked.prepared.decoded
    turns = who_speaks(
        recording,
        checked.prepared.pcm_path,
        settings=settings,
        progress=progress,
        number=number,
        by=by,
        track=decoded.track if decoded else None,
        tell=tell,
    )
    segments = checked.aligned.transcript.segments
    parts = voiced(segments, turns, is_recognised=not is_text, new_id=new_segment_id)
    named = [part for some in parts for part in some]
    return replace(checked.aligned, transcript=Transcript(tuple(named)))


def who_speaks(
    recording: Path,
    pcm_path: Path,
    *,
    settings: Settings,
    progress: Progress,
    first: float = 0.0,
    number: int | None = None,
    by: By = "auto",
    track: int | None = None,
    name: str | None = None,
    kept_in: Path | None = None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> tuple[Turn, ...]:
    """Who speaks when in a recording and what was decoded of its `track`, by its channels or by
    voices; see `speakers_in`. Which of them is told where there are two channels.

    Raises:
        InvalidValue: its channels are to tell, and cannot.
    """
    voices_first = first + _CHANNELS_SHARE * (1 - first)
    duration_ms = max(1, media.pcm_duration_ms(pcm_path))

    def heard(heard_ms: int) -> None:
        share = min(1, heard_ms / duration_ms)
        progress.report(first + (voices_first - first) * share, PHASE)
        progress.checkpoint()

    if by != "voices":
        turns = turns_by_channel(
            recording,
            name=name,
            track=track,
            number=number,
            is_wanted=by == "channels",
            heard=heard,
            tell=tell,
        )
        if turns is not None:
            return turns
    networks = load_networks(settings, progress)
    return speakers_in(
        pcm_path, networks, progress, first=voices_first, number=number, kept_in=kept_in
    ).turns


def load_networks(settings: Settings, progress: Progress) -> SpeakerNetworks:
    """Load what tells speakers apart; where it must be downloaded first, that is reported."""

    def waited() -> None:
        progress.checkpoint()
        progress.report(0.0, "download", weights.SPEAKERS)

    folder = weights.ensure_speakers(settings.models_dir, while_waiting=waited)
    return SpeakerNetworks(folder, threads=settings.threads)


def speakers_in(
    pcm_path: Path,
    networks: SpeakerNetworks,
    progress: Progress,
    *,
    first: float = 0.0,
    number: int | None = None,
    kept_in: Path | None = None,
) -> Speakers:
    """Who speaks when in decoded sound; progress goes from `first` to 1.

    With a folder `kept_in` each chunk is saved there, and those that are there are not heard again.
    """

    def heard(fraction: float) -> None:
        progress.report(first + (1 - first) * fraction, PHASE)
        progress.checkpoint()

    heard(0.0)
    spans = saved_voice_spans(kept_in) if kept_in else {}
    for number_of_chunk, some in voice_spans_by_chunk(
        pcm_path, networks, done=set(spans), on_progress=heard
    ):
        spans[number_of_chunk] = some
        if kept_in:
            save_voice_spans(kept_in, number_of_chunk, some)
    ordered = [span for chunk in sorted(spans) for span in spans[chunk]]
    return speakers_of(ordered, number=number)


def rttm_of(turns: tuple[Turn, ...], name: str) -> str:
    """Turns as NIST's Rich Transcription Time Marked lines: start and length in seconds.

    >>> rttm_of((Turn(500, 1750, 0),), "a talk"), rttm_of((), "x")
    ('SPEAKER a_talk 1 0.500 1.250 <NA> <NA> Speaker_1 <NA> <NA>\\n', '')
    """
    file_id = re.sub(r"\s+", "_", name) or "recording"
    return "".join(
        f"SPEAKER {file_id} 1 {turn.start_ms / 1000:.3f} "
        f"{(turn.end_ms - turn.start_ms) / 1000:.3f} <NA> <NA> "
        f"{speaker_name(turn.speaker).replace(' ', '_')} <NA> <NA>\n"
        for turn in turns
    )


def json_of(turns: tuple[Turn, ...]) -> dict[str, Any]:
    """Turns as JSON: the speakers, who speaks first first, and who speaks from when to when."""
    count = 1 + max((turn.speaker for turn in turns), default=-1)
    return {
        "speakers": [speaker_name(number) for number in range(count)],
        "turns": [
            {
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "speaker": speaker_name(turn.speaker),
            }
            for turn in turns
        ],
    }
