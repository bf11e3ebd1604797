"""What the commands on a recording work on: it and its text, recognised and aligned."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import click

from editor.cli.group import settings_now
from editor.cli.terminal import (
    READABLE,
    Bar,
    tell,
)
from editor.diarization import MOST_SPEAKERS
from editor.errors import UnreadableTranscript
from editor.formats.encoding import decode
from editor.library.find_speakers import microphones_wanted, with_voices
from editor.library.job_kinds import By
from editor.library.microphones import Microphones
from editor.library.offline import Aligned, Checked, check_files
from editor.library.sounds import without_sounds
from editor.review import hotwords_of, terms_of

#: Recognition takes far fewer terms than fit into this.
_MOST_GLOSSARY_BYTES = 1_000_000


@dataclass(frozen=True)
class Source:
    """What a command works on: a recording, its text, and how it is recognised."""

    recording: Path
    text: Path | None
    model: str | None
    language: str | None
    glossary: Path | None = None
    is_trusted: bool = False
    track: int | None = None
    kind: str | None = None
    finds_speakers: bool = False
    speaker_count: int | None = None
    by: By = "auto"

    @cached_property
    def terms(self) -> list[str]:
        """The names and terms of the glossary.

        Raises:
            UnreadableTranscript: the file is not text, or larger than any glossary.
        """
        if self.glossary is None:
            return []
        if self.glossary.stat().st_size > _MOST_GLOSSARY_BYTES:
            reason = f"a glossary has {_MOST_GLOSSARY_BYTES} bytes at most"
            raise UnreadableTranscript(self.glossary.name, reason)
        read = decode(self.glossary.read_bytes(), self.glossary.name)
        return terms_of(read.text.splitlines())


SPEAKERS = click.option(
    "--speakers",
    "finds_speakers",
    is_flag=True,
    help="Tell speakers apart; names and turns that TEXT has stay.",
)
NUMBER = click.option(
    "--number",
    "speaker_count",
    type=click.IntRange(1, MOST_SPEAKERS),
    metavar="N",
    help="Number of speakers for --speakers, 1 to 10.  [default: detected]",
)
GLOSSARY = click.option(
    "--glossary", type=READABLE, help="Text file of names and terms to expect, one per line."
)


def aligned_of(source: Source) -> Aligned:
    """Align without a library; report the lines of the text that cannot be read."""
    with checked_source(source) as (checked, microphones, bar):
        if not source.finds_speakers:
            return checked.aligned
        return with_voices(
            checked,
            microphones,
            settings=settings_now(),
            progress=bar,
            is_text=source.text is not None,
            number=source.speaker_count,
        )


@contextmanager
def checked_source(source: Source) -> Iterator[tuple[Checked, Microphones | None, Bar]]:
    """Recognise a recording and align its text; the decoded sound is kept until the end.

    Where speakers are wanted, and each has a channel or track, each is recognised alone.
    """
    settings = settings_now()
    bar = Bar()
    with tempfile.TemporaryDirectory() as folder:
        microphones = None
        if source.finds_speakers:
            bar.report(0.0, "decode")
            microphones = microphones_wanted(
                source.recording,
                Path(folder),
                by=source.by,
                number=source.speaker_count,
                track=source.track,
                tell=partial(click.echo, err=True),
            )
        checked = check_files(
            source.recording,
            source.text,
            model=source.model or settings.model,
            language=source.language,
            settings=settings,
            work_dir=Path(folder),
            progress=bar,
            is_trusted=source.is_trusted,
            hotwords=hotwords_of(source.terms),
            track=source.track,
            kind=source.kind,
            microphones=microphones,
            tell=partial(click.echo, err=True),
        )
        yield checked, microphones, bar
    bar.report(1.0, "done")
    bar.close()
    if sentence := without_sounds(checked.language):
        click.echo(sentence, err=True)
    if source.text:
        click.echo(f"{source.text}: {checked.aligned.recognised}", err=True)
        tell(source.text, checked.aligned.problems)
