"""The steps of each job: the product on one page. Knows nothing of threads, queues and HTTP."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from editor import captions, formats, media
from editor.align import Drift
from editor.align.drafts import (
    imported_starts,
    segments_from_drafts,
    segments_from_heard,
    timed_segments,
)
from editor.config import Settings
from editor.document import HeardWord, Media, Segment, Transcript, spoken_words
from editor.edits import Change, retimed
from editor.errors import ExportRefused, InvalidValue, NotFound, UnreadableTranscript
from editor.export import (
    ORIGINAL,
    Batch,
    Captioned,
    Exported,
    NamedFile,
    NamesApart,
    Options,
    Refused,
    captioned,
    export,
    file_name,
)
from editor.files import files_of
from editor.hearing import (
    DECODE_SHARE,
    Piece,
    Prepared,
    Progress,
    RecogniserKeeper,
    Written,
    follow_text,
    hear_pieces,
    load_recogniser,
    prepare,
)
from editor.moves import mended_segments
from editor.recognise import Recogniser
from editor.review import hotwords_of
from editor.scoring import listen_for_doubts
from editor.store import (
    Applied,
    FirstJob,
    JobRow,
    PastReader,
    Store,
    TranscriptRow,
    new_transcript_id,
)

#: A long text is aligned anew only after so many times the time that this takes, which leaves
#: nine tenths of the job to hearing.
_HEARD_PER_ALIGNED = 9
#: The folder of the recordings, and the names in it of what is made of one.
MEDIA, PEAKS, PLAYABLE = "media", "peaks", "playable.m4a"
#: Kinds of jobs: a recording is listened to; its copy for browsers is made again.
TRANSCRIBE, COPY = "transcribe", "copy"
#: Listening for the words in doubt takes the rest of the job.
_UNTIL_HEARD = 0.75


class Hear(Protocol):
    """Gives the pieces that a job hears; others may be heard and saved elsewhere meanwhile."""

    def __call__(
        self,
        store: Store,
        row: TranscriptRow,
        job: JobRow,
        prepared: Prepared,
        recogniser: Recogniser,
        progress: Progress,
    ) -> Iterator[Piece]: ...


@dataclass(frozen=True)
class Part:
    """The progress of a part of a job, which takes it from one fraction to another."""

    whole: Progress
    first: float
    end: float

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Tell how far the part is, in [0, 1]."""
        self.whole.report(self.first + (self.end - self.first) * fraction, phase, message)

    def checkpoint(self) -> None:
        """Let go here if the job is not wanted any more."""
        self.whole.checkpoint()


@dataclass(frozen=True)
class Aligned:
    """A timed transcript, its recording, its coverage, and what of the text could not be read."""

    transcript: Transcript
    media: Media
    coverage: dict[str, Any]
    problems: list[formats.Problem]


def new_id() -> str:
    """A fresh id for a segment."""
    return secrets.token_urlsafe(6)


def folder_of(settings: Settings, transcript_id: str) -> Path:
    """Where the files of a transcript lie."""
    return settings.data_dir / MEDIA / transcript_id


def name_in(settings: Settings, path: Path) -> str:
    """The name of a file: its path relative to the data folder."""
    return path.relative_to(settings.data_dir).as_posix()


def safe_suffix(name: str) -> str:
    """The ending of a recording's name, if it is one that can be kept; else nothing.

    >>> safe_suffix("talk.MP3"), safe_suffix("x.tar.gz"), safe_suffix("x.<b>")
    ('.mp3', '.gz', '')
    """
    suffix = Path(name).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 6 else ""


def create_transcript(
    settings: Settings,
    store: Store,
    *,
    media_path: Path,
    media_name: str,
    text: bytes | None,
    text_name: str | None,
    text_encoding: str | None,
    title: str | None,
    model: str,
    language: str | None,
    first_job: FirstJob | None = None,
    is_ours: bool = True,
) -> str:
    """Store a transcript, its recording and the row of its first job; gives its id.

    The file at `media_path` stays: whoever brought it removes it once this has come to its end.
    One that is not ours is copied, so that what its owner does to it later is not done to ours.

    Raises:
        UnreadableMedia, UnreadableTranscript: nothing is stored then.
    """
    info = media.probe(media_path)
    read = (
        formats.read(text, text_name or "transcript.txt", encoding=text_encoding) if text else None
    )
    files = files_of(settings)
    transcript_id = new_transcript_id()
    kept = folder_of(settings, transcript_id) / f"original{safe_suffix(media_name)}"
    try:
        _keep(media_path, kept, is_ours=is_ours)
        files.keep(name_in(settings, kept))
        store.create_transcript(
            transcript_id=transcript_id,
            title=title or Path(media_name).stem,
            media_name=media_name,
            media_path=name_in(settings, kept),
            duration_ms=info.duration_ms,
            has_video=info.has_video,
            frame_us=info.frame_us,
            model=model,
            language=language,
            imported=text,
            imported_name=text_name,
            imported_format=read.format if read else None,
            imported_encoding=read.encoding if read else None,
            problems=[asdict(problem) for problem in read.problems] if read else [],
            segments=segments_from_drafts(
                read.drafts if read else [], duration_ms=info.duration_ms, new_id=new_id
            ),
            first_job=first_job,
        )
    except BaseException:
        files.delete(name_in(settings, kept.parent))
        raise
    files.release(name_in(settings, kept.parent))
    return transcript_id


def _keep(path: Path, kept: Path, *, is_ours: bool) -> None:
    """Give a file a second name, or copy it, so that the first goes only when all is saved."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not (is_ours and _is_linked(path, kept)):
        shutil.copyfile(path, kept)


def _is_linked(path: Path, kept: Path) -> bool:
    try:
        os.link(path, kept)
    except OSError:
        # Another disk, or one without such names.
        return False
    return True


def transcribe(
    settings: Settings,
    store: Store,
    row: TranscriptRow,
    job: JobRow,
    progress: Progress,
    keeper: RecogniserKeeper,
    *,
    hear: Hear | None = None,
) -> None:
    """The job of a recording: decode, hear piece by piece, time the text, listen for doubts.

    Where the job's `trusted` says that the text is right, it is listened for as it stands, and
    nothing is in doubt. `hear` gives the pieces, all where the job hears them alone.
    """
    hear = hear or hear_alone
    hearing, listening = Part(progress, 0.0, _UNTIL_HEARD), Part(progress, _UNTIL_HEARD, 1.0)
    prepared = prepared_of(settings, store, row, hearing)
    next_s = 0.0
    with keeper.recogniser(model_of(row, job), hearing) as recogniser:
        for piece in hear(store, row, job, prepared, recogniser, hearing):
            bounds = piece.start_ms, piece.end_ms
            store.save_piece(row.id, job.id, piece.number, *bounds, piece.heard)
            settled_ms = _settled_ms(store, job, prepared, piece)
            store.update_transcript(row.id, language=piece.language, settled_ms=settled_ms)
            started_s = monotonic()
            if started_s >= next_s:
                align(store, row.id, prepared, until_ms=piece.end_ms)
                next_s = monotonic() + _HEARD_PER_ALIGNED * (monotonic() - started_s)
        hearing.report(1.0, "align")
        align(store, row.id, prepared, until_ms=prepared.duration_ms)
        store.update_transcript(row.id, settled_ms=prepared.duration_ms)
        if not job.params.get("trusted"):
            language = store.transcript(row.id).language or "en"
            listen_for_doubts(
                store, row.id, job.id, prepared, recogniser, language=language, progress=listening
            )
    files_of(settings).release(f"{MEDIA}/{row.id}")


def _settled_ms(store: Store, job: JobRow, prepared: Prepared, piece: Piece) -> int:
    """How far everything is heard: others may be at pieces before this one."""
    if job.params.get("trusted"):
        return piece.end_ms
    done = store.pieces(str(job.transcript_id), job.id)
    earlier = enumerate(prepared.pieces[: piece.number])
    starts = (start_ms for number, (start_ms, _) in earlier if number not in done)
    return next(starts, piece.end_ms)


def model_of(row: TranscriptRow, job: JobRow) -> str:
    """The model that a job hears with."""
    return job.model or row.model


def is_followed(store: Store, row: TranscriptRow, job: JobRow) -> bool:
    """Whether the job listens for the text as it stands, and recognises nothing."""
    return bool(job.params.get("trusted")) and any(_written_in(store, row)[1])


def hear_alone(
    store: Store,
    row: TranscriptRow,
    job: JobRow,
    prepared: Prepared,
    recogniser: Recogniser,
    progress: Progress,
) -> Iterator[Piece]:
    """What the job has not heard yet, piece by piece."""
    language = job.params.get("language") or row.language
    if is_followed(store, row, job):
        return follow_text(
            prepared,
            recogniser,
            language=language,
            done=store.heard_words(row.id, recognition=job.id),
            written=_written_in(store, row),
            progress=progress,
        )
    return pieces_heard(store, row, job, prepared, recogniser, progress, language=language)


def pieces_heard(
    store: Store,
    row: TranscriptRow,
    job: JobRow,
    prepared: Prepared,
    recogniser: Recogniser,
    progress: Progress,
    *,
    language: str | None,
    numbers: Collection[int] | None = None,
) -> Generator[Piece]:
    """The pieces with these `numbers`, or all, that are not heard yet; recognised in order."""
    everything = range(len(prepared.pieces))
    # First the words: whoever helps may save a piece at any moment.
    heard = store.heard_words(row.id, recognition=job.id)
    todo = set(everything if numbers is None else numbers) - store.pieces(row.id, job.id)
    done: dict[int, list[HeardWord]] = {number: [] for number in everything if number not in todo}
    for word in heard:
        done[word.piece].append(word)
    yield from hear_pieces(
        prepared,
        recogniser,
        language=language,
        done=done,
        written=lambda: _written_in(store, row),
        progress=progress,
        hotwords=hotwords_of(store.glossary(row.id) + store.glossary(None)),
    )


def _written_in(store: Store, row: TranscriptRow) -> Written:
    return _written([stored.segment for stored in store.segments(row.id)])


def align(store: Store, transcript_id: str, prepared: Prepared, *, until_ms: int) -> None:
    """Give the text its times by what was heard so far; where there is none, that is the text."""
    heard = store.heard_words(transcript_id)
    segments = [stored.segment for stored in store.segments(transcript_id)]
    row = store.transcript(transcript_id)
    is_last = until_ms >= prepared.duration_ms
    if not segments:
        if is_last:
            store.replace_all_segments(transcript_id, segments_from_heard(heard, new_id=new_id))
        return
    timed, coverage = timed_segments(
        segments,
        heard,
        duration_ms=prepared.duration_ms,
        silences=prepared.silences,
        imported_ms=_imported_starts(store, row, segments) if is_last else None,
    )
    changed = [
        (new.id, new.revision, new.words)
        for old, new in zip(segments, timed, strict=True)
        if old.words != new.words
    ]
    store.update_times(transcript_id, changed)
    store.update_transcript(transcript_id, coverage=coverage.as_json())


def _imported_starts(
    store: Store, row: TranscriptRow, segments: Sequence[Segment]
) -> list[int | None]:
    """The start each word has in the file it came from; alignment has moved it since."""
    imported = store.imported_text(row.id)
    if imported is None:
        return [None] * sum(len(segment.words) for segment in segments)
    read = formats.read(imported, row.imported_name or "", encoding=row.imported_encoding)
    return imported_starts(read.drafts, segments)


@dataclass(frozen=True)
class Checked:
    """A text timed by its recording, what was heard there, and what it was heard with."""

    aligned: Aligned
    heard: list[HeardWord]
    language: str
    prepared: Prepared
    recogniser: Recogniser


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
) -> Checked:
    """The same without a library: a recording and a text in, a timed transcript out.

    A text that `is_trusted` is listened for as it stands; nothing is recognised. `hotwords` are
    names and terms for recognition to expect.

    `work_dir` holds the work file of the recording, which `Checked.prepared` goes on to need.
    """
    info = media.probe(recording)
    read = formats.read(text.read_bytes(), text.name) if text else None
    prepared = prepare(recording, work_dir, info.duration_ms, progress)
    drafts = segments_from_drafts(
        read.drafts if read else [], duration_ms=prepared.duration_ms, new_id=new_id
    )
    recogniser = load_recogniser(settings, model, progress)
    if is_trusted:
        found = follow_text(
            prepared,
            recogniser,
            language=language,
            done=(),
            written=_written(drafts),
            progress=progress,
        )
    else:
        found = hear_pieces(
            prepared,
            recogniser,
            language=language,
            done={},
            written=lambda: _written(drafts),
            progress=progress,
            hotwords=hotwords,
        )
    pieces = list(found)
    heard = [word for piece in pieces for word in piece.heard]
    if not read:
        drafts = segments_from_heard(heard, new_id=new_id)
    segments, coverage = timed_segments(
        drafts, heard, duration_ms=prepared.duration_ms, silences=prepared.silences
    )
    known = Media(recording.name, prepared.duration_ms, info.has_video)
    problems = list(read.problems) if read else []
    aligned = Aligned(Transcript(tuple(segments)), known, coverage.as_json(), problems)
    spoken_in = pieces[0].language if pieces else language or "en"
    return Checked(aligned, heard, spoken_in, prepared, recogniser)


def export_file(
    store: Store, transcript_id: str, *, format_name: str, options: Options
) -> Exported:
    """A transcript of the library as a file.

    Raises:
        ExportRefused: it cannot be written in this format.
    """
    row = store.transcript(transcript_id)
    transcript = Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
    if format_name == ORIGINAL:
        return _into_original(store, row, transcript, options)
    known = Media(row.media_name, row.duration_ms or 0, row.has_video)
    options = replace(options, language=options.language or row.language)
    data = export(format_name, transcript, known, row.coverage, options)
    chosen = formats.FORMATS[format_name]
    # YouTube's importer and most players take the language from the name.
    language = f".{row.language}" if row.language and chosen.write_cues else ""
    return Exported(data, language + chosen.suffixes[0], chosen.mime_type)


def export_several(
    store: Store, transcript_ids: Sequence[str], *, format_name: str, options: Options
) -> Batch:
    """Transcripts of the library as files with names apart, each made when it is taken.

    Raises:
        NotFound: there is no such transcript.
    """
    titles = {each: store.transcript(each).title for each in transcript_ids}
    return _exported(store, titles, format_name, options)


def _exported(store: Store, titles: Mapping[str, str], format_name: str, options: Options) -> Batch:
    apart = NamesApart()
    for transcript_id, title in titles.items():
        try:
            written = export_file(store, transcript_id, format_name=format_name, options=options)
        except ExportRefused as error:
            yield Refused(title, error.reason)
        except (NotFound, UnreadableTranscript) as error:
            yield Refused(title, str(error))
        else:
            yield NamedFile(apart.name(file_name(title, ""), written.suffix), written.data)


def captions_of(store: Store, transcript_id: str, rules: captions.Rules) -> Captioned:
    """The captions of a transcript by rules, and what in them breaks these."""
    row = store.transcript(transcript_id)
    transcript = Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
    return captioned(transcript, rules, row.language)


def _into_original(
    store: Store, row: TranscriptRow, transcript: Transcript, options: Options
) -> Exported:
    imported = store.imported_text(row.id)
    if imported is None or row.imported_name is None or row.imported_format is None:
        raise ExportRefused(ORIGINAL, "the text did not come from a file")
    data = formats.export_original(
        imported,
        row.imported_name,
        row.imported_encoding,
        transcript,
        is_retimed=options.is_retimed,
        offset_ms=options.offset_ms,
    )
    if options.is_mended:
        data = formats.read_and_retime(data, row.imported_name, _drift_of(row).heard_ms)
    kind = formats.FORMATS[row.imported_format]
    return Exported(data, Path(row.imported_name).suffix or kind.suffixes[0], kind.mime_type)


def mend_times(
    store: Store, transcript_id: str, *, edit_id: str | None, author: str | None = None
) -> Applied:
    """Give words that were not heard the times of their file, without its drift; one edit.

    Raises:
        InvalidValue: the file's times are not known, or too little was heard to mend them.
    """
    row = store.transcript(transcript_id)
    drift = _drift_of(row)

    def build(reader: PastReader) -> Change:
        segments = reader.segments()
        starts = _imported_starts(store, row, segments)
        return retimed(segments, mended_segments(segments, starts, drift.heard_ms))

    return store.edit(transcript_id, build, base_revisions={}, author=author, edit_id=edit_id)


def _drift_of(row: TranscriptRow) -> Drift:
    drift = (row.coverage or {}).get("drift")
    if drift is None:
        raise InvalidValue("text", "how late its captions are is not known")
    return Drift.from_json(drift)


def read_peaks(
    settings: Settings, transcript_id: str, *, level: int, start_ms: int, end_ms: int
) -> bytes:
    """Peaks of a recording; NotFound until they are made."""
    try:
        path = files_of(settings).fetched(f"{MEDIA}/{transcript_id}/{PEAKS}")
    except NotFound:
        raise NotFound("peaks of transcript", transcript_id) from None
    return media.read_peaks(path, level, start_ms, end_ms)


def delete_transcript(settings: Settings, store: Store, transcript_id: str) -> None:
    """Forget a transcript and its files."""
    store.delete_transcript(transcript_id)
    files_of(settings).delete(f"{MEDIA}/{transcript_id}")


def prepared_of(
    settings: Settings, store: Store, row: TranscriptRow, progress: Progress
) -> Prepared:
    """A recording made ready on this machine, with its peaks and its copy for browsers.

    Raises:
        InvalidValue: there is none.
    """
    if row.media_path is None:
        raise InvalidValue("media", "the transcript has no recording")
    files = files_of(settings)
    path = files.fetched(row.media_path)
    info = media.probe(path)
    prepared = prepare(path, path.parent, info.duration_ms, progress)
    peaks = path.parent / PEAKS
    if files.size_bytes(name_in(settings, peaks)) is None:
        media.write_peaks(prepared.work_path, peaks)
        files.keep(name_in(settings, peaks))
    store.update_transcript(row.id, duration_ms=prepared.duration_ms)
    if not info.is_browser_playable:
        playable_path = _copied(settings, path, progress)
        store.update_transcript(row.id, playable_path=playable_path)
    return prepared


def _copied(settings: Settings, path: Path, progress: Progress) -> str:
    """The name of a recording's copy that browsers can play, made where there is none."""
    files, playable = files_of(settings), path.with_name(PLAYABLE)
    name = name_in(settings, playable)
    if files.size_bytes(name) is None:
        progress.report(DECODE_SHARE, "copy")
        media.make_playable_copy(path, playable, on_progress=lambda _: progress.checkpoint())
        files.keep(name)
    return name


def copy_for_browsers(
    settings: Settings, store: Store, transcript_id: str, progress: Progress
) -> None:
    """The job that makes the copy of a recording again, where it was cleaned up."""
    row, files = store.transcript(transcript_id), files_of(settings)
    path = files.fetched(str(row.media_path))
    _copied(settings, path, progress)
    if not any(job.kind == TRANSCRIBE for job in store.jobs(transcript_id, active_only=True)):
        files.release(f"{MEDIA}/{transcript_id}")


def copy_soon(store: Store, transcript_id: str) -> str:
    """See to it that the copy of a recording is made again; gives the id of the job."""
    key = f"{COPY}:{transcript_id}"
    return store.create_job(COPY, transcript_id, unique_key=key, forgets_ended=True).id


def _written(segments: Sequence[Segment]) -> Written:
    words, spoken = spoken_words(segments)
    return [word.text for word in words], spoken
