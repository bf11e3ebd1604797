"""Files that take long to make, for people to take away: one of each sort a transcript.

A film with captions in its picture, the sound without what is struck out, and whatever has
pseudonyms in place of names. Beside each lies what is told of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from editor import formats, media
from editor.asr import Progress
from editor.atomic import written_whole
from editor.captions import Rules, preset_named
from editor.config import Settings
from editor.document import Transcript
from editor.edits.kept import cuts_of
from editor.edits.pseudonyms import Pseudonyms
from editor.errors import ExportRefused, NotFound, NotPossible
from editor.formats.bundles import file_name
from editor.formats.exports import ORIGINAL, Options
from editor.library import export as exports
from editor.library.cuts import cut_sentence, write_cut
from editor.library.into_film import Look, export_into
from editor.library.job_kinds import MAKE, Made, MakeParams
from editor.library.recordings import MEDIA, folder_of, let_go, name_in, safe_suffix, told_as
from editor.storage.media_files import files_of
from editor.store import JobRow, Store, TranscriptRow

#: How the names of such files begin; what is told of one has its own ending.
_STEM, _TOLD = "made-", ".told"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made: `file` is its name in the data folder, `name` what it is saved as.

    `report` has sentences: what is cut out, which names were replaced, what is left out.
    """

    made: Made
    file: str
    name: str
    report: list[str]
    made_ms: int


def is_made(name: str) -> bool:
    """Whether a file of a transcript's folder is one of these."""
    return name.startswith(_STEM)


def make_soon(store: Store, transcript_id: str, params: MakeParams) -> JobRow:
    """Queue what makes a file; one of the sort that is being made is given instead.

    Raises:
        NotFound: there is no such transcript.
        NotPossible: nothing is to be made: no recording, no picture, nothing struck out.
        InvalidValue: the list of pseudonyms cannot be read, or there is no such preset.
        ExportRefused: there is no such format of this sort, or it cannot have pseudonyms.
    """
    row, pseudonyms = store.transcript(transcript_id), _pseudonyms(params)
    if params.made != "text" and row.media_path is None:
        raise NotPossible("media", "This transcript has no recording.")
    if params.made == "film" and not row.has_video:
        raise NotPossible("media", "The recording has no picture.")
    if params.made == "sound" and not pseudonyms and not cuts_of(_transcript(store, row.id)):
        raise NotPossible("words", "Strike out words in the page first: nothing is to be cut.")
    if params.made == "text" and params.format == ORIGINAL:
        reason = "your own file may hold names beside its text; export another format"
        raise ExportRefused(ORIGINAL, reason)
    if params.made == "text" and params.format not in formats.WRITABLE:
        raise ExportRefused(params.format, f"the formats are {', '.join(formats.WRITABLE)}")
    if params.made == "sound" and f".{params.format}" not in media.CLIP_TYPES:
        reason = f"name the copy one of *{', *'.join(media.CLIP_TYPES)}"
        raise ExportRefused(params.format, reason)
    preset_named(params.preset, store.presets())
    return store.create_job(
        MAKE[params.made],
        transcript_id,
        params.model_dump(),
        unique_key=f"{MAKE[params.made]}:{transcript_id}",
        forgets_ended=True,
    )


def make_file(settings: Settings, store: Store, job: JobRow, progress: Progress) -> None:
    """The job that makes a file, in the place of the one of its sort that was made before."""
    row, params = store.transcript(str(job.transcript_id)), MakeParams.model_validate(job.params)
    files, folder = files_of(settings), folder_of(settings, row.id)
    folder.mkdir(parents=True, exist_ok=True)
    whole_ms = max(1, row.duration_ms or 0)

    def told(phase: str) -> Callable[[int], None]:
        def at(done_ms: int) -> None:
            progress.report(min(1.0, done_ms / whole_ms), phase)
            progress.checkpoint()

        return at

    stem, pseudonyms = folder / f"{_STEM}{params.made}", _pseudonyms(params)
    rules = preset_named(params.preset, store.presets())
    if params.made == "film":
        path, report = _film(settings, store, row, stem, params, rules, told("burn"))
    elif params.made == "sound":
        path = stem.with_name(f"{stem.name}.{params.format}")
        cut = partial(write_cut, settings, store, row.id, path, pseudonyms=pseudonyms)
        report = [cut_sentence(cut(on_progress=told("cut")))]
    else:
        options = Options(rules, is_cut=params.is_cut, pseudonyms=pseudonyms)
        written = exports.export_file(store, row.id, format_name=params.format, options=options)
        path, report = stem.with_name(f"{stem.name}{written.suffix}"), list(written.lost)
        with written_whole(path) as file:
            file.write(written.data)
    report += exports.pseudonyms_report(store, row.id, pseudonyms)
    title = pseudonyms.in_text(row.title) if pseudonyms else row.title
    ending = path.name.removeprefix(stem.name)
    made = MadeFile(
        params.made, name_in(settings, path), file_name(title, ending), report, store.now()
    )
    told_path = stem.with_suffix(_TOLD)
    with written_whole(told_path) as file:
        file.write(json.dumps(asdict(made)).encode())
    kept = {made.file, name_in(settings, told_path)}
    for one in list(files.kept(f"{MEDIA}/{row.id}")):
        if PurePosixPath(one.name).name.startswith(stem.name) and one.name not in kept:
            files.delete(one.name)
    for name in kept:
        files.keep(name)
    let_go(settings, store, row.id, kind=job.kind)


def made_files(settings: Settings, store: Store, transcript_id: str) -> list[MadeFile]:
    """What was made of a transcript, by sort, with what is told of it."""
    store.transcript(transcript_id)
    return [found for made in MAKE if (found := _made(settings, transcript_id, made))]


def made_file(settings: Settings, store: Store, transcript_id: str, made: str) -> MadeFile:
    """The file of a sort.

    Raises:
        NotFound: none was made, or it was cleaned up.
    """
    for one in made_files(settings, store, transcript_id):
        if one.made == made:
            return one
    raise NotFound("file", made)


def _made(settings: Settings, transcript_id: str, made: str) -> MadeFile | None:
    files = files_of(settings)
    name = f"{MEDIA}/{transcript_id}/{_STEM}{made}{_TOLD}"
    if files.size_bytes(name) is None:
        return None
    try:
        found = MadeFile(**json.loads(b"".join(files.read(name))))
    except (FileNotFoundError, ValueError, TypeError, NotFound):
        # It was taken away meanwhile, or is damaged: to be made again.
        return None
    return found if files.size_bytes(found.file) is not None else None


def _film(
    settings: Settings,
    store: Store,
    row: TranscriptRow,
    stem: Path,
    params: MakeParams,
    rules: Rules,
    on_progress: Callable[[int], None],
) -> tuple[Path, list[str]]:
    """The film in the container that it has, if captions can be drawn there, else in Matroska."""
    suffix = safe_suffix(row.media_name)
    path = stem.with_suffix(suffix if suffix in media.WITH_PICTURE else ".mkv")
    with told_as(row.media_name):
        report = export_into(
            store,
            row.id,
            files_of(settings).fetched(str(row.media_path)),
            path,
            format_name="srt",
            options=Options(rules, pseudonyms=_pseudonyms(params)),
            look=Look(params.has_colours),
            on_progress=on_progress,
        )
    return path, report


def _pseudonyms(params: MakeParams) -> Pseudonyms | None:
    return Pseudonyms.from_lines(params.names.splitlines()) if params.names.strip() else None


def _transcript(store: Store, transcript_id: str) -> Transcript:
    return Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
