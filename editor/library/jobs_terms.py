"""A glossary that was changed is used at once: its terms are looked for where the text is in doubt.

Recognition knew the glossary of its day. What was recognised stays; the sound of the places in
doubt alone is heard again, as phones.
"""

from __future__ import annotations

from bisect import bisect_left

from editor.asr import PCM_FILE, Prepared, Progress
from editor.asr.forced.pronunciations import can_be_said
from editor.config import Settings
from editor.document import spoken_words
from editor.library.doubt_counts import count_doubts
from editor.library.job_kinds import TERMS
from editor.library.jobs_realign import is_decoded
from editor.library.recordings import folder_of
from editor.library.soundings import soundings
from editor.review import Evidence
from editor.store import JobRow, Store

#: Terms that are given within this time are looked for together.
REST_MS = 1_500


def look_for_terms_soon(store: Store, transcript_id: str) -> JobRow | None:
    """See to it that the glossary's terms are looked for; None where they cannot be.

    They cannot in a language without phones here, nor before the recording is recognised: then
    recognition does it.
    """
    row = store.transcript(transcript_id)
    if not can_be_said(row.language or "") or not row.recognition:
        return None
    if not store.scored_chunks(transcript_id, row.recognition):
        return None
    job = None
    # A change beside a job that runs already waits in the next one.
    for key in (f"{TERMS}:{transcript_id}", f"{TERMS}:{transcript_id}:next"):
        job = store.create_job(
            TERMS, transcript_id, {}, unique_key=key, wait_ms=REST_MS, forgets_ended=True
        )
        if job.state == "queued":
            break
    return job


def look_for_terms(settings: Settings, store: Store, job: JobRow, progress: Progress) -> None:
    """The job: tell which of the terms were said where something else is written, by chunk."""
    row = store.transcript(str(job.transcript_id))
    pcm_path = folder_of(settings, row.id) / PCM_FILE
    if row.recognition is None or not is_decoded(settings, row, pcm_path, progress):
        return
    prepared = Prepared(pcm_path, row.duration_ms or 0, [], [])
    words, spoken = spoken_words([stored.segment for stored in store.segments(row.id)])
    recognised = store.recognised_words(row.id, recognition=row.recognition)
    language = row.language or ""
    evidence = Evidence(words, spoken, recognised, language=language)
    terms, starts = store.terms_known(row.id), [word.start_ms for word in words]
    for number, start_ms, end_ms in store.scored_pieces(row.id, row.recognition):
        progress.checkpoint()
        progress.report(start_ms / max(1, prepared.duration_ms), "listen")
        inside = range(bisect_left(starts, start_ms), bisect_left(starts, end_ms))
        spans = [span for span in evidence.spans if span.first in inside]
        found = soundings(evidence, spans, terms, prepared, language=language, progress=progress)
        store.save_soundings(row.id, row.recognition, number, found)
    count_doubts(store, row.id)
