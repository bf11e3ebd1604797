"""The jobs that follow on recognition where the administrator wants it: results are written into a
folder, and a server is told. Each is tried again until it is done, for a day."""

from __future__ import annotations

from functools import partial

from editor import formats
from editor.config import PREFIX, Settings
from editor.errors import EditorError, InvalidValue, folder_unusable
from editor.formats.bundles import file_name
from editor.formats.exports import Options
from editor.jobs import RetryLater
from editor.library.export import export_file
from editor.library.job_kinds import DELIVER, SPEAKERS, DeliverParams
from editor.library.results import Made, paths_of, told_of, write_results
from editor.library.retries import GIVE_UP_MS, pause_ms
from editor.library.webhook import NotDelivered, Webhook
from editor.store import JobRow, Store, TranscriptRow

#: How often it is looked whether the speakers are found, who belong into the results.
_SPEAKERS_MS = 2_000


def is_wanted(settings: Settings) -> bool:
    """Whether anything is to follow on recognition."""
    return settings.results_dir is not None or bool(settings.webhook_url)


def check_settings(settings: Settings) -> None:
    """See that what is wanted can be done at all.

    Raises:
        InvalidValue: a format is none, or the address of the webhook.
    """
    for name in settings.result_formats:
        if name not in formats.WRITABLE:
            reason = f"{name} is none of {', '.join(formats.WRITABLE)}"
            raise InvalidValue(f"{PREFIX}RESULT_FORMATS", reason)
    _hook(settings)


def deliver_soon(settings: Settings, store: Store, transcript_id: str) -> None:
    """Let what is wanted follow on the recognition of a transcript."""
    if is_wanted(settings):
        _add(store, transcript_id, DeliverParams())


def deliver(settings: Settings, store: Store, job: JobRow) -> None:
    """Write the results of a transcript; or tell of those that are written, which is a job of its
    own, so that nothing is written again where only the telling fails.

    Raises:
        RetryLater: the folder or the server cannot be used now.
        EditorError: it is given up.
    """
    params = DeliverParams.model_validate(job.params)
    row = store.transcript(str(job.transcript_id))
    if row.deleted_ms is not None:
        return
    active = store.jobs(row.id, active_only=True)
    if any(other.kind == SPEAKERS for other in active):
        raise RetryLater(None, _SPEAKERS_MS)
    age_ms = store.now() - job.created_ms
    try:
        if not params.is_written:
            files = _write(settings, store, row)
            if settings.webhook_url:
                _add(store, row.id, DeliverParams(is_written=True, files=files))
        elif hook := _hook(settings):
            hook.send(told_of(row.media_name, params.files, transcript=row.id))
    except OSError as error:
        _try_again(folder_unusable(error), age_ms)
    except NotDelivered as error:
        if error.is_final:
            raise
        _try_again(error, age_ms)


def _try_again(error: EditorError, age_ms: int) -> None:
    if age_ms > GIVE_UP_MS:
        raise error
    raise RetryLater(error, pause_ms(max(0, age_ms)))


def _write(settings: Settings, store: Store, row: TranscriptRow) -> tuple[str, ...]:
    """Write the results anew, whatever is there; gives the names of the files."""
    if settings.results_dir is None:
        return ()
    settings.results_dir.mkdir(parents=True, exist_ok=True)
    # Two transcripts may have one title; one that is recognised again replaces its results.
    stem = file_name(row.title, f" ({row.id})")
    paths = paths_of(settings.results_dir, stem, settings.result_formats)
    content = partial(_content, store, row.id)
    return tuple(one.path.name for one in write_results(paths, content, only_missing=False))


def _content(store: Store, transcript_id: str, format_name: str) -> Made:
    found = export_file(store, transcript_id, format_name=format_name, options=Options())
    return Made(found.data, found.lost)


def _hook(settings: Settings) -> Webhook | None:
    if not settings.webhook_url:
        return None
    return Webhook.signed(settings.webhook_url, settings.webhook_secret_path)


def _add(store: Store, transcript_id: str, params: DeliverParams) -> None:
    # The one that asks for the next is active still.
    step = "tell" if params.is_written else "write"
    store.create_job(
        DELIVER,
        transcript_id,
        params.model_dump(mode="json"),
        unique_key=f"{DELIVER}:{step}:{transcript_id}",
        forgets_ended=True,
    )
