"""The speakers of a recording without a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from editor import media, weights
from editor.asr import PCM_FILE, Progress
from editor.config import Settings
from editor.diarization import (
    SpeakerNetworks,
    Speakers,
    save_voice_spans,
    saved_voice_spans,
    speakers_of,
    voice_spans_by_chunk,
)
from editor.document import Transcript, new_segment_id
from editor.library.job_kinds import By
from editor.library.microphones import Microphones, microphones_of
from editor.library.offline import Aligned, Checked, Report, voice_doubts
from editor.library.speakers import Heard, said_by, voiced
from editor.store import VoiceVector

_DECODE_SHARE = 0.2
PHASE = "speakers"
_WHITE = re.compile(r"\s+")


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
) -> tuple[Heard, Sequence[VoiceVector]]:
    """Who speaks when in a recording, and the vector of each voice, none where channels or tracks
    told; the number of speakers is found, or given.

    `work_dir` gets the decoded sound. What is to be known about it is told in sentences.
    """
    info = media.probe(recording)
    info.check_track(recording.name, track)
    for sentence in media.track_remarks(recording.name, info.tracks, track, info.track):
        tell(sentence)
    duration_ms = max(1, info.duration_ms)

    def decoded(done_ms: int) -> None:
        progress.report(_DECODE_SHARE * min(1, done_ms / duration_ms), "decode")

    microphones = microphones_wanted(
        recording, work_dir, by=by, number=number, track=track, heard=decoded, tell=tell
    )
    if microphones is not None:
        return Heard(microphones.turns, microphones.names), ()
    pcm_path = work_dir / PCM_FILE
    result = media.decode_to_pcm(recording, pcm_path, track=track, on_progress=decoded)
    for sentence in media.decoded_remarks(recording.name, result):
        tell(sentence)
    if cut_off := media.cut_off_sentence(info.promised_ms, result.duration_ms):
        tell(cut_off)
    networks = load_networks(settings, progress)
    found = speakers_in(pcm_path, networks, progress, first=_DECODE_SHARE, number=number)
    return Heard(found.turns), found.voices


def microphones_wanted(
    recording: Path,
    folder: Path,
    *,
    by: By,
    number: int | None,
    track: int | None,
    name: str | None = None,
    heard: Callable[[int], None] = lambda heard_ms: None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> Microphones | None:
    """The people of a recording by its channels or tracks, unless they are told apart by voices;
    see `microphones_of`.

    Raises:
        InvalidValue: its channels are to tell, and cannot.
    """
    if by == "voices":
        return None
    return microphones_of(
        recording,
        folder,
        track=track,
        number=number,
        is_wanted=by == "channels",
        name=name,
        heard=heard,
        tell=tell,
    )


def with_voices(
    checked: Checked,
    microphones: Microphones | None,
    *,
    settings: Settings,
    progress: Progress,
    is_text: bool,
    number: int | None,
) -> Aligned:
    """A transcript with speakers: of a text that a person gave, its turns and names stay."""
    if microphones is not None:
        heard = Heard(microphones.turns, microphones.names, said_by(checked.recognised))
    else:
        networks = load_networks(settings, progress)
        pcm_path = checked.prepared.pcm_path
        heard = Heard(speakers_in(pcm_path, networks, progress, number=number).turns)
    segments = checked.aligned.transcript.segments
    parts = voiced(segments, heard, is_recognised=not is_text, new_id=new_segment_id)
    named = [part for some in parts for part in some]
    return replace(checked.aligned, transcript=Transcript(tuple(named)))


def with_voice_doubts(
    report: Report,
    checked: Checked,
    *,
    settings: Settings,
    progress: Progress,
    number: int | None,
    least_score: float,
) -> Report:
    """A report with the doubts about who speaks among the others, told by voices."""
    networks = load_networks(settings, progress)
    heard = speakers_in(checked.prepared.pcm_path, networks, progress, number=number)
    segments = checked.aligned.transcript.segments
    found = [doubt for doubt in voice_doubts(segments, heard.turns) if doubt.score >= least_score]
    ranked = sorted([*report.doubts, *found], key=lambda doubt: -doubt.score)
    return replace(report, doubts=ranked)


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


def rttm_of(heard: Heard, name: str) -> str:
    """Turns as NIST's Rich Transcription Time Marked lines: start and length in seconds.

    >>> from editor.diarization import Turn
    >>> rttm_of(Heard((Turn(500, 1750, 0),)), "a talk"), rttm_of(Heard(()), "x")
    ('SPEAKER a_talk 1 0.500 1.250 <NA> <NA> Speaker_1 <NA> <NA>\\n', '')
    """
    file_id = _WHITE.sub("_", name) or "recording"
    return "".join(
        f"SPEAKER {file_id} 1 {turn.start_ms / 1000:.3f} "
        f"{(turn.end_ms - turn.start_ms) / 1000:.3f} <NA> <NA> "
        f"{_WHITE.sub('_', heard.name_of(turn.speaker))} <NA> <NA>\n"
        for turn in heard.turns
    )


def json_of(heard: Heard) -> dict[str, Any]:
    """Turns as JSON: the speakers, who speaks first first, and who speaks from when to when."""
    count = 1 + max((turn.speaker for turn in heard.turns), default=-1)
    return {
        "speakers": [heard.name_of(number) for number in range(count)],
        "turns": [
            {
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "speaker": heard.name_of(turn.speaker),
            }
            for turn in heard.turns
        ],
    }
