"""A small library with one of everything that is saved."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from editor import edits, media
from editor.config import Settings
from editor.document import RecognisedWord
from editor.library import recordings, transcripts
from editor.review import DismissedDoubt
from editor.storage.media_files import files_of
from editor.store import Store
from tests.store.samples import put, save_edit, set_reviewed
from tests.support.stand_in import STEP_MS, WORD_MS, write_recording

LINES = ("Hey listeners, welcome back", "a clevency of scale", "and that is all – grüße 😀")


def settings_for(data_dir: Path) -> Settings:
    return Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(data_dir)})


def add_transcript(settings: Settings, store: Store, *, title: str = "Episode") -> str:
    """A transcript that was heard, edited, undone and named; gives its id."""
    recording = settings.data_dir / "brought.wav"
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    write_recording(recording, 15)
    transcript_id = transcripts.create_transcript(
        settings,
        store,
        media_path=recording,
        media_name="episode.wav",
        text="\n".join(LINES).encode(),
        text_name="episode.txt",
        text_encoding=None,
        title=title,
        model="base",
        language="en",
    )
    texts = " ".join(LINES).replace("clevency", "equivalency").split()
    heard = [
        RecognisedWord(number, text, number * STEP_MS, number * STEP_MS + WORD_MS, 0.9)
        for number, text in enumerate(texts)
    ]
    store.save_chunk(transcript_id, "first", 0, 0, len(texts) * STEP_MS, heard)
    first, second, third = (one.segment for one in store.segments(transcript_id))
    better = edits.edit_text(third, f"{third.text}!", before_ms=0, after_ms=None)
    save_edit(
        store,
        transcript_id,
        put(better, over=[third.id], after=second.id),
        base_revisions={third.id: third.revision},
        edit_id="better",
    )
    save_edit(store, transcript_id, set_reviewed(first.id), base_revisions={}, author="Ann")
    store.name_version(transcript_id, "first look")
    save_edit(store, transcript_id, set_reviewed(second.id), base_revisions={})
    store.undo(transcript_id)
    kept = DismissedDoubt(second.id, "different", "clevency", "equivalency", 1600, 1900)
    store.dismiss_doubt(transcript_id, kept)
    _add_files(settings, store, transcript_id)
    return transcript_id


def _add_files(settings: Settings, store: Store, transcript_id: str) -> None:
    """What the job of a recording leaves beside it."""
    files, folder = files_of(settings), f"{recordings.MEDIA}/{transcript_id}"
    recording = files.fetched(f"{folder}/original.wav")
    work, peaks, duration_ms = _decoded(recording.read_bytes())
    recording.with_name("work.wav").write_bytes(work)
    recording.with_name("peaks").write_bytes(peaks)
    files.keep(f"{folder}/peaks")
    files.release(folder)
    store.update_transcript(transcript_id, duration_ms=duration_ms)


@cache
def _decoded(recording: bytes) -> tuple[bytes, bytes, int]:
    """Work file, peaks and length (ms) of a recording, which is the same in each library."""
    with TemporaryDirectory() as folder:
        path, pcm_path, peaks_path = (Path(folder) / name for name in ("a", "work.wav", "peaks"))
        path.write_bytes(recording)
        duration_ms = media.decode_to_pcm(path, pcm_path).duration_ms
        media.write_peaks(pcm_path, peaks_path)
        return pcm_path.read_bytes(), peaks_path.read_bytes(), duration_ms
