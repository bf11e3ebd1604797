"""What a worker does: the body of each kind of job, and help with those of other workers."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from editor.asr import ModelCache
from editor.config import Settings
from editor.jobs import (
    Handler,
    JobContext,
    Postponed,
    Queue,
    RetryLater,
    WorkerStopping,
    run_worker,
)
from editor.library.job_kinds import (
    COPY,
    DELIVER,
    LISTEN,
    MAKE,
    SHOTS,
    SPEAKERS,
    TERMS,
    TRANSCRIBE,
)
from editor.library.jobs_browser_copy import copy_for_browsers, let_go_of_left
from editor.library.jobs_deliver import deliver, is_wanted
from editor.library.jobs_make import make_file
from editor.library.jobs_realign import listen_again
from editor.library.jobs_shared import help_others
from editor.library.jobs_shots import find_shots
from editor.library.jobs_speakers import name_speakers
from editor.library.jobs_terms import look_for_terms
from editor.library.jobs_transcribe import transcribe
from editor.library.recordings import let_go
from editor.store import Store

#: Further workers of a data folder have folders of their own in it, by number.
WORKER_DIR = "worker-"


def run_jobs(
    settings: Settings,
    store: Store,
    queue: Queue,
    stopping: threading.Event,
    *,
    number: int = 1,
) -> None:
    """Be the worker of this number in a data folder, until `stopping` is set."""
    own_dir = settings.data_dir if number == 1 else settings.data_dir / f"{WORKER_DIR}{number}"
    if settings.files_url:
        settings = replace(settings, data_dir=own_dir)
    model_cache = ModelCache(settings)
    models = settings.worker_models
    run_worker(
        store,
        queue,
        handlers_for(settings, store, model_cache),
        data_dir=own_dir,
        stopping=stopping,
        models=models,
        helps=partial(help_others, settings, store, model_cache, stopping, models=models),
        beside=[
            *(COPY, SPEAKERS, SHOTS, *MAKE.values()),
            *([DELIVER] if is_wanted(settings) else []),
        ],
        tidies=partial(let_go_of_left, settings, store),
    )


def handlers_for(
    settings: Settings, store: Store, model_cache: ModelCache
) -> Mapping[str, Handler]:
    """The bodies of all kinds of jobs, which share one model in memory.

    Where one ends before it is done, what was fetched for it is let go of.
    """

    def run(context: JobContext) -> None:
        job = context.job
        try:
            if job.kind == TRANSCRIBE:
                transcribe(settings, store, job, context, model_cache)
            elif job.kind == LISTEN:
                listen_again(settings, store, job, context, model_cache)
            elif job.kind == TERMS:
                look_for_terms(settings, store, job, context)
            elif job.kind == SPEAKERS:
                name_speakers(settings, store, job, context)
            elif job.kind in MAKE.values():
                make_file(settings, store, job, context)
            elif job.kind == DELIVER:
                deliver(settings, store, job)
            elif job.kind == SHOTS:
                find_shots(settings, store, job, context)
            else:
                copy_for_browsers(settings, store, job, context)
        except (WorkerStopping, Postponed, RetryLater):
            # It goes on here, most likely.
            raise
        except BaseException:
            let_go(settings, store, str(job.transcript_id), kind=job.kind)
            raise

    kinds = (TRANSCRIBE, LISTEN, COPY, SPEAKERS, TERMS, DELIVER, SHOTS, *MAKE.values())
    return dict.fromkeys(kinds, run)
