"""The job that finds the speakers of a recording and gives them to its text, in one step.

It hears the voices while the recording is recognised, and waits for the words.
"""

from __future__ import annotations

import logging
import shutil
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from editor.asr import PCM_FILE, Progress
from editor.config import Settings
from editor.document import new_segment_id
from editor.edits import Change
from editor.edits.window import Window
from editor.errors import JobCancelled
from editor.library import known_voices
from editor.library.doubt_counts import count_doubts
from editor.library.edits import save_made
from editor.library.find_speakers import PHASE, load_networks, microphones_wanted, speakers_in
from editor.library.job_kinds import SPEAKERS, TRANSCRIBE, SpeakersParams
from editor.library.microphones import Microphones, kept_microphones
from editor.library.recordings import folder_of, let_go, prepared_of, told_as
from editor.library.speakers import Heard, said_by, speakers_change, voiced
from editor.storage.media_files import files_of
from editor.store import JobRow, Store, TranscriptRow

#: The folder of what is heard of voices, beside the recording, until the job has ended.
_VOICES = "voices"
_LOOK_S = 0.5
_CHANNELS_SHARE = 0.1
_WAITING = "words"

log = logging.getLogger(__name__)


def name_speakers(settings: Settings, store: Store, job: JobRow, progress: Progress) -> None:
    """The job: hear the voices chunk by chunk, and give each segment its speaker."""
    row = store.transcript(str(job.transcript_id))
    params = SpeakersParams.model_validate(job.params)
    try:
        heard = _heard(settings, store, row, progress, params)
    except JobCancelled:
        forget_voices(settings, row.id)
        raise
    store.save_voice_turns(row.id, heard.turns)
    is_recognised_text = store.transcript(row.id).generated_until_ms is not None
    save_made(
        store,
        row.id,
        partial(_change, is_recognised_text=is_recognised_text, heard=heard),
        base_revisions={},
        author=params.author,
        client=params.client,
        edit_id=job.id,
    )
    count_doubts(store, row.id)
    forget_voices(settings, row.id)
    let_go(settings, store, row.id, kind=SPEAKERS)


def _heard(
    settings: Settings,
    store: Store,
    row: TranscriptRow,
    progress: Progress,
    params: SpeakersParams,
) -> Heard:
    """Who speaks when, once the words are there."""
    folder = folder_of(settings, row.id)
    pcm_path = _decoded(settings, store, row, progress)
    # By now it is known which track is heard.
    row = store.transcript(row.id)
    with told_as(row.media_name):
        microphones = kept_microphones(folder) if params.by != "voices" else None
        if microphones is None:
            microphones = _microphones(settings, row, progress, params)
    if microphones is not None:
        heard = Heard(microphones.turns, microphones.names)
    else:
        networks = load_networks(settings, progress)
        kept_in = folder / _VOICES
        found = speakers_in(pcm_path, networks, progress, number=params.count, kept_in=kept_in)
        heard = Heard(found.turns)
        owner = params.author or ""
        if known_voices.is_wanted(settings, store, owner):
            voices = known_voices.heard_voices(found.turns, found.voices)
            store.save_heard_voices(row.id, owner, voices)
    while _is_recognised_now(store, row.id):
        progress.checkpoint()
        progress.report(1.0, _WAITING)
        time.sleep(_LOOK_S)
    progress.checkpoint()
    return replace(heard, said_by=said_by(store.recognised_words(row.id)) if microphones else {})


def _microphones(
    settings: Settings, row: TranscriptRow, progress: Progress, params: SpeakersParams
) -> Microphones | None:
    """Who speaks when by channels or tracks, which are not kept."""
    duration_ms = max(1, row.duration_ms or 0)

    def heard(heard_ms: int) -> None:
        progress.report(_CHANNELS_SHARE * min(1, heard_ms / duration_ms), PHASE)
        progress.checkpoint()

    # In there, it goes with what is heard of voices, also after a crash.
    voices = folder_of(settings, row.id) / _VOICES
    voices.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=voices) as folder:
        return microphones_wanted(
            files_of(settings).fetched(str(row.media_path)),
            Path(folder),
            by=params.by,
            number=params.count,
            track=row.track,
            name=row.media_name,
            heard=heard,
            tell=log.info,
        )


def forget_voices(settings: Settings, transcript_id: str) -> None:
    """Remove what was heard of voices in a recording."""
    shutil.rmtree(folder_of(settings, transcript_id) / _VOICES, ignore_errors=True)


def _change(window: Window, *, is_recognised_text: bool, heard: Heard) -> Change:
    parts = voiced(window.segments, heard, is_recognised=is_recognised_text, new_id=new_segment_id)
    return speakers_change(window.segments, parts)


def _decoded(settings: Settings, store: Store, row: TranscriptRow, progress: Progress) -> Path:
    """The sound, which a recognition that is under way decodes for itself."""
    pcm_path = folder_of(settings, row.id) / PCM_FILE
    while not pcm_path.exists() and _is_recognised_now(store, row.id):
        progress.checkpoint()
        progress.report(0.0, "decode")
        time.sleep(_LOOK_S)
    return prepared_of(settings, store, store.transcript(row.id), progress).pcm_path


def _is_recognised_now(store: Store, transcript_id: str) -> bool:
    return any(job.kind == TRANSCRIBE for job in store.jobs(transcript_id, active_only=True))
