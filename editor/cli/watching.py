"""The command that watches a folder."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from editor import captions, formats
from editor.cli.group import cli, settings_now
from editor.cli.languages import SPOKEN
from editor.cli.presets import preset_option
from editor.cli.source import GLOSSARY, SPEAKERS, Source, aligned_of
from editor.cli.terminal import FORMAT, MODEL_HELP, READABLE, Model
from editor.errors import EditorError, InvalidValue
from editor.formats.exports import Options, publish
from editor.library.offline import Aligned
from editor.library.outbox import Outbox
from editor.library.results import Made, paths_of, told_of, write_results
from editor.library.watched import State, Task, Watched
from editor.library.webhook import Webhook

#: With --once, a webhook that is not taken is tried again for so long; the next run goes on.
_MOST_TRIED_S = 40.0
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@cli.command()
@click.argument("folder", type=_FOLDER)
@click.option("--into", "out", type=_FOLDER, help="Folder for the results.  [default: FOLDER]")
@click.option(
    "--format",
    "format_names",
    type=FORMAT,
    metavar="FORMAT",
    multiple=True,
    default=["vtt"],
    help="Format to write; give it again for several.  [default: vtt]",
)
@click.option("--model", type=Model(), default=None, help=MODEL_HELP)
@SPOKEN
@GLOSSARY
@SPEAKERS
@preset_option("lines")
@click.option(
    "--every",
    "every_s",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    default=10.0,
    show_default=True,
    help="How often to look. A file is used once it has stayed the same between two looks.",
)
@click.option("--once", is_flag=True, help="Do what is there, and end; for cron and scripts.")
@click.option("--webhook", metavar="URL", help="Tell this address of each result, as JSON.")
@click.option(
    "--webhook-secret",
    "secret_path",
    type=READABLE,
    metavar="FILE",
    help="File with the secret that signs what is sent.",
)
def watch(
    folder: Path,
    out: Path | None,
    format_names: Sequence[str],
    model: str | None,
    language: str | None,
    glossary: Path | None,
    finds_speakers: bool,
    rules: captions.Rules,
    every_s: float,
    once: bool,
    webhook: str | None,
    secret_path: Path | None,
) -> None:
    """Transcribe or align each recording that comes into FOLDER.

    It is aligned if its text lies beside it under the same name: talk.mp3, talk.txt. A recording
    whose results exist is done; delete them to have it done again. Ctrl+C ends.
    """
    hook = Webhook.signed(webhook, secret_path) if webhook else None
    # A list that cannot be read is told at once, not with the first recording.
    _ = Source(folder, None, model, language, glossary).terms
    out = out or folder
    names = list({formats.FORMATS[name].suffixes[0]: name for name in format_names}.values())
    outbox = Outbox(settings_now().data_dir, out, hook.send) if hook else None
    watching = _Watching(out, names, Options(rules), outbox)
    watched = Watched(folder, out, [formats.FORMATS[name].suffixes[0] for name in names])
    while True:
        try:
            tasks, sentences = watched.look(is_settled=once)
        except OSError as error:
            raise InvalidValue("folder", f"{folder}: {error.strerror}") from error
        for sentence in sentences:
            click.echo(sentence, err=True)
        are_done = True
        for task in tasks:
            source = Source(
                task.recording,
                task.text,
                model,
                language,
                glossary,
                finds_speakers=finds_speakers,
            )
            are_done &= watching.do(task, source, watched)
        is_told = watching.tell(_MOST_TRIED_S if once else 0)
        if once:
            raise SystemExit(0 if are_done and is_told and not sentences else 1)
        time.sleep(every_s)


class _Watching:
    """What is done with each task, and what of it is left: what was recognised but could not be
    written, and what a server was not told yet."""

    def __init__(
        self, out: Path, names: Sequence[str], options: Options, outbox: Outbox | None
    ) -> None:
        self._out, self._names, self._options, self._outbox = out, names, options, outbox
        self._recognised: dict[Path, tuple[State, State | None, Aligned]] = {}
        self._said: dict[Path, str] = {}

    def do(self, task: Task, source: Source, watched: Watched) -> bool:
        """Write the results of a recording; tell of what cannot be done, and go on."""
        recording = task.recording.name
        paths = paths_of(self._out, task.recording.stem, self._names)
        try:
            made = self._aligned(task, source)

            def content(name: str) -> Made:
                found = publish(name, made.transcript, made.media, made.coverage, self._options)
                return Made(found.data, found.lost)

            with self._told(recording, paths):
                for one in write_results(paths, content):
                    click.echo(f"{recording}: {one.path}")
                    for each in one.lost:
                        click.echo(f"{recording}: {one.format_name}: {each}", err=True)
        except InvalidValue as error:
            # A setting or a list that somebody may mend until the next look.
            return self._later(task, error.reason)
        except OSError as error:
            # A full disk, a text that another program holds, or a file that has gone.
            place = f"{error.filename}: " if error.filename else ""
            return self._later(task, f"{place}{error.strerror or error}")
        except EditorError as error:
            said = str(error)
            click.echo(said if said.startswith(recording) else f"{recording}: {said}", err=True)
            watched.failed(task.recording)
            return False
        self._recognised.pop(task.recording, None)
        self._said.pop(task.recording, None)
        self.tell(0)
        return True

    def _told(self, recording: str, paths: Iterable[Path]) -> AbstractContextManager[None]:
        """Have the server told of results once they are written."""
        told = told_of(recording, [path.name for path in paths])
        return nullcontext() if self._outbox is None else self._outbox.kept(told)

    def tell(self, most_s: float) -> bool:
        """Tell the server what it was not told yet, for so long; whether it knows all."""
        if self._outbox is None:
            return True
        end_s = time.monotonic() + most_s
        while True:
            for sentence in self._outbox.send_due():
                click.echo(sentence, err=True)
            wait_s = self._outbox.wait_ms / 1000
            if not len(self._outbox) or time.monotonic() + wait_s > end_s:
                return not self._outbox.refused and not len(self._outbox)
            time.sleep(wait_s)

    def _aligned(self, task: Task, source: Source) -> Aligned:
        """What was recognised, anew only where the recording or its text has changed since."""
        text = task.text_state
        known = self._recognised.get(task.recording)
        if known is not None and known[:2] == (task.state, text):
            return known[2]
        made = aligned_of(source)
        self._recognised[task.recording] = (task.state, text, made)
        return made

    def _later(self, task: Task, reason: str) -> bool:
        """Tell once why a recording waits for the next look."""
        if self._said.get(task.recording) != reason:
            click.echo(f"{task.recording.name}: {reason}", err=True)
        self._said[task.recording] = reason
        return False
