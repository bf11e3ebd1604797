"""What a transcription does before it recognises each person alone who has a channel or track."""

from __future__ import annotations

import logging

from editor.asr import DECODE_SHARE, PCM_FILE, Progress
from editor.config import Settings
from editor.library.find_speakers import microphones_wanted
from editor.library.job_kinds import CopyParams, TranscribeParams
from editor.library.microphones import Microphones, forget_microphones, kept_microphones
from editor.library.recordings import copy_soon, folder_of, forget_made, told_as
from editor.storage.media_files import files_of
from editor.store import Store, TranscriptRow

log = logging.getLogger(__name__)


def microphones_for(
    settings: Settings,
    store: Store,
    row: TranscriptRow,
    params: TranscribeParams,
    progress: Progress,
    *,
    is_begun: bool,
) -> Microphones | None:
    """The people of a recording whom a job recognises each alone, with the sound of each.

    Where they have a track each, the sound of all together takes the place of one track's, for the
    waveform and the browser, too. A job that `is_begun` goes on with what it found.
    """
    folder = folder_of(settings, row.id)
    before = kept_microphones(folder)
    is_wanted = params.speakers_by not in (None, "voices") and not params.trusted
    if is_begun and is_wanted and before is not None and before.have_sounds:
        return before
    if before is not None and before.tracks:
        forget_made(settings, row)
        store.update_transcript(row.id, browser_copy_path=None)
    forget_microphones(folder)
    if not is_wanted or row.media_path is None:
        return None
    duration_ms = max(1, row.duration_ms or 0)

    def heard(heard_ms: int) -> None:
        progress.report(DECODE_SHARE * min(1, heard_ms / duration_ms), "decode")
        progress.checkpoint()

    with told_as(row.media_name):
        found = microphones_wanted(
            files_of(settings).fetched(row.media_path),
            folder,
            by=params.speakers_by or "auto",
            number=params.speaker_count,
            track=params.track,
            name=row.media_name,
            heard=heard,
            tell=log.info,
        )
    if found is None:
        return None
    if found.tracks:
        forget_made(settings, row)
        store.update_transcript(row.id, browser_copy_path=None)
        found.mix_path.replace(folder / PCM_FILE)
        copy_soon(store, row.id, CopyParams())
    else:
        found.mix_path.unlink()
    found.save()
    store.save_voice_turns(row.id, found.turns)
    return found
