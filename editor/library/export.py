"""Transcripts of the library as files, one or many, and as captions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from editor import formats, media
from editor.config import Settings
from editor.document import Media, Transcript
from editor.edits.pseudonyms import Pseudonyms
from editor.edits.without_struck import without_struck
from editor.errors import ExportRefused, NotFound, UnreadableTranscript
from editor.formats.bundles import Batch, NamedFile, NamesApart, Refused
from editor.formats.exports import (
    ORIGINAL,
    Exported,
    Options,
    publish,
)
from editor.formats.sandbox import by_start, export_original_apart, retimed_apart
from editor.languages import LANGUAGE_NAMES
from editor.library.align import drift_of
from editor.storage.media_files import files_of
from editor.store import Store, TranscriptRow
from editor.timecode import clock_from_ms

#: What is put into a page grows by a third, and the page is read as a whole.
_MOST_EMBEDDED_BYTES = 64 * 1024**2


def export_file(
    store: Store, transcript_id: str, *, format_name: str, options: Options
) -> Exported:
    """A transcript of the library as a file.

    Raises:
        ExportRefused: it cannot be written in this format, or there is nothing to write.
    """
    row = store.transcript(transcript_id)
    transcript = Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
    if not any(transcript.words()):
        raise ExportRefused(format_name, formats.NOTHING)
    if format_name == ORIGINAL and options.pseudonyms:
        reason = "your own file may hold names beside its text; export another format"
        raise ExportRefused(ORIGINAL, reason)
    if format_name == ORIGINAL:
        return _into_original(store, row, transcript, options)
    known = Media(row.media_name, row.duration_ms or 0, row.has_video)
    options = replace(options, language=options.language or row.language, title=row.title)
    published = publish(format_name, transcript, known, row.coverage, options)
    chosen = formats.FORMATS[format_name]
    # YouTube's importer and most players take the language from the name.
    language = f".{row.language}" if row.language in LANGUAGE_NAMES and chosen.write_cues else ""
    return Exported(published.data, language + chosen.suffixes[0], chosen.mime_type, published.lost)


def recording_in(path: Path) -> tuple[str, bytes]:
    """A recording to put into a page: its type and its bytes.

    Raises:
        ExportRefused: it is larger than a page should be.
    """
    size_bytes = path.stat().st_size
    if size_bytes > _MOST_EMBEDDED_BYTES:
        size, most = (round(bytes_ / 1024**2) for bytes_ in (size_bytes, _MOST_EMBEDDED_BYTES))
        reason = f"the recording has {size} MB, a page takes {most}; put the recording beside it"
        raise ExportRefused("html", reason)
    return media.content_type_of(path), path.read_bytes()


def recording_of(settings: Settings, store: Store, transcript_id: str) -> tuple[str, bytes]:
    """The recording of a transcript, as browsers play it, to put into a page.

    Raises:
        ExportRefused: it is larger than a page should be, or is not there.
    """
    row = store.transcript(transcript_id)
    name = row.browser_copy_path or row.media_path
    if name is None:
        raise ExportRefused("html", "the recording is not in the library")
    return recording_in(files_of(settings).fetched(name))


def pseudonyms_report(store: Store, transcript_id: str, pseudonyms: Pseudonyms | None) -> list[str]:
    """In sentences, how often each pseudonym stands for a name, and what like a name is left."""
    if pseudonyms is None:
        return []
    transcript = Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
    return pseudonyms.report(transcript)


def provisional_sentence(store: Store, transcript_id: str) -> str | None:
    """What a person should know who exports a transcript before it is recognised to its end."""
    row = store.transcript(transcript_id)
    if row.is_recognised:
        return None
    return (
        f"{row.title}: times are provisional, the recording is recognised up to"
        f" {clock_from_ms(row.recognised_until_ms)}."
    )


def export_several(
    store: Store, transcript_ids: Sequence[str], *, format_name: str, options: Options
) -> Batch:
    """Transcripts of the library as files with names apart, each made when it is taken.

    Those that were deleted meanwhile are told of as refused.

    Raises:
        NotFound: none of them is there.
    """
    titles: dict[str, str] = {}
    gone: list[NotFound] = []
    for each in transcript_ids:
        try:
            titles[each] = store.transcript(each).title
        except NotFound as error:
            gone.append(error)
    if gone and not titles:
        raise gone[0]
    return _exported(store, titles, gone, format_name, options)


def _exported(
    store: Store,
    titles: Mapping[str, str],
    gone: Sequence[NotFound],
    format_name: str,
    options: Options,
) -> Batch:
    yield from (Refused(str(error.sought_id), str(error)) for error in gone)
    apart = NamesApart()
    for transcript_id, title in titles.items():
        try:
            written = export_file(store, transcript_id, format_name=format_name, options=options)
        except ExportRefused as error:
            yield Refused(title, error.reason)
        except (NotFound, UnreadableTranscript) as error:
            yield Refused(title, str(error))
        else:
            yield NamedFile(apart.name(title, written.suffix), written.data)


def _into_original(
    store: Store, row: TranscriptRow, transcript: Transcript, options: Options
) -> Exported:
    imported = store.imported_text(row.id)
    if imported is None or row.imported_name is None or row.imported_format is None:
        raise ExportRefused(ORIGINAL, "the text did not come from a file")
    if not options.has_struck:
        transcript = without_struck(transcript)
    data = export_original_apart(
        imported,
        row.imported_name,
        row.imported_encoding,
        transcript,
        kind=row.imported_format,
        is_retimed=options.is_retimed,
        offset_ms=options.offset_ms,
    )
    if options.is_mended:
        move = by_start(drift_of(row).media_ms)
        data = retimed_apart(
            data,
            row.imported_name,
            move,
            encoding=row.imported_encoding,
            kind=row.imported_format,
        )
    kind = formats.chosen_kind(row.imported_format)
    return Exported(data, Path(row.imported_name).suffix or kind.suffixes[0], kind.mime_type)
