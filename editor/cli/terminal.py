"""What commands share: options, the progress bar, where results go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from editor import formats, weights
from editor.atomic import written_whole
from editor.errors import InvalidValue

FORMAT = click.Choice(formats.WRITABLE)
#: What each purpose of a format is called.
_PURPOSES = {
    "captions": "Captions",
    "broadcast": "Broadcast",
    "podcast": "Podcasts",
    "editing": "Editors of sound and film, tables",
    "research": "Research",
    "documents": "Documents and data",
}


def formats_by_purpose() -> str:
    """The formats that can be written, for the end of a command's help."""
    lines = ["\b", "Formats:"]
    for purpose in formats.PURPOSES:
        lines += ["\b", f"{_PURPOSES[purpose]}:"]
        for name in formats.WRITABLE:
            if formats.FORMATS[name].purpose == purpose:
                lines.append(f"  {name:17} {formats.FORMATS[name].called}")
    return "\n".join(lines)


#: What a person chooses of a file, as options that hand in `choices`.
_CHOICES = (
    click.option(
        "--times",
        metavar="WHERE",
        help="Times in documents: none, segment, turn, or every N seconds.  [default: by format]",
    ),
    click.option(
        "--speakers/--no-speakers",
        default=True,
        help="Names of speakers in documents, markers and show notes.  [default: with]",
    ),
    click.option(
        "--notes",
        is_flag=True,
        help="Notes and codes in documents, notes in markers; in Word as comments.",
    ),
    click.option("--line-numbers", is_flag=True, help="Number the lines (Word, text)."),
    click.option(
        "--columns",
        metavar="A,B,...",
        help=f"Columns of a table: {', '.join(formats.COLUMNS)}.",
    ),
    click.option(
        "--frame-rate",
        type=click.Choice(formats.FRAME_RATES),
        default="25",
        show_default=True,
        help="Frames a second (STL, SCC, IMSC, EDL, FCPXML, OTIO); df is drop-frame.",
    ),
    click.option(
        "--on-frames",
        is_flag=True,
        help="Captions begin and end on frames of --frame-rate.",
    ),
)


def choices_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of `formats.Choices`, handed in as one value."""

    @wraps(command)
    def with_choices(
        *,
        times: str | None,
        speakers: bool,
        notes: bool,
        line_numbers: bool,
        columns: str | None,
        frame_rate: str,
        on_frames: bool,
        **others: Any,
    ) -> None:
        named = tuple(filter(None, (each.strip() for each in (columns or "").split(","))))
        choices = formats.Choices(
            times or "", speakers, notes, line_numbers, named, frame_rate, on_frames
        )
        command(choices=choices, **others)

    for option in reversed(_CHOICES):
        with_choices = option(with_choices)
    return with_choices


class Readable(click.Path):
    """A file to read, or where it is read once, a pipe; other devices than a terminal never end."""

    def __init__(self, *, takes_pipes: bool) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)
        self._takes_pipes = takes_pipes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or the end of the command with a sentence."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        is_null = str(path) == os.devnull
        if path.is_block_device() or (path.is_char_device() and not is_null and not _is_tty(path)):
            self.fail(f"{path} is a device, not a file", param, ctx)
        if not self._takes_pipes and path.is_fifo():
            self.fail(f"{path} is a pipe; save what it gives to a file first", param, ctx)
        return path


def _is_tty(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.isatty()
    except OSError:
        return False


READABLE = Readable(takes_pipes=True)
#: Recordings and archives, which are read from several places.
SEEKABLE = Readable(takes_pipes=False)
#: No recording is longer than a day.
_MOST_OFFSET_MS = 86_400_000
OFFSET = click.option(
    "--offset",
    type=click.IntRange(-_MOST_OFFSET_MS, _MOST_OFFSET_MS),
    default=0,
    metavar="MS",
    help="Shift all times by this many milliseconds.",
)
TRACK = click.option(
    "--track",
    type=click.IntRange(1),
    metavar="N",
    help="Audio track to use if there are several; 1 is the first.",
)
SPEAKERS_BY = click.option(
    "--speakers-by",
    "by",
    type=click.Choice(["auto", "channels", "voices"]),
    default="auto",
    show_default=True,
    help="Tell speakers apart by the channels or audio tracks of the recording, or by their voices;"
    " auto takes channels and tracks only where each certainly has one person.",
)
MODEL_HELP = "Recognition model: tiny.en, base, small ... or a folder.  [default: base]"
OUTPUT_HELP = "File to write.  [default: standard output]"


class Renamed(click.Option):
    """An option that is also taken by its former name, `was`, which the help leaves out."""

    def __init__(self, declarations: Sequence[str], *, was: str, **attributes: Any) -> None:
        super().__init__([*declarations, was], **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The line of the help."""
        every = self.opts
        self.opts = every[:-1]
        try:
            return super().get_help_record(ctx)
        finally:
            self.opts = every


class Output(click.Path):
    """A file to write; refused before any work is done if its folder does not exist."""

    def __init__(self, *, dir_okay: bool = False) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or the end of the command with a sentence."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not self.dir_okay and not path.absolute().parent.is_dir():
            self.fail(f"{path}: folder {path.parent} does not exist", param, ctx)
        return path


class Model(click.ParamType[str]):
    """A model by its name, or the folder of one."""

    name = "model"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The same, or the end of the command with a sentence."""
        if value not in weights.MODELS and not Path(value).is_dir():
            known = ", ".join(weights.MODELS)
            self.fail(f"{value!r} is neither a folder nor one of {known}", param, ctx)
        return value


OUTPUT = Output()
KIND = click.option(
    "--from",
    "kind",
    type=click.Choice(formats.READ_AS),
    metavar="KIND",
    help=f"Read the text as {', '.join(formats.READ_AS)}.  [default: detected from its content]",
)

#: What is being done, by the name of its phase.
_PHASES = {
    "decode": "Preparing sound",
    "download": "Downloading model",
    "load": "Loading model",
    "hear": "Transcribing",
    "align": "Aligning",
    "listen": "Checking doubts",
    "speakers": "Finding speakers",
    "copy": "Copying",
    "burn": "Drawing captions",
    "shots": "Finding shots",
    "done": "Done",
}


class Bar:
    """A progress bar on stderr for a command; plain lines where that is no terminal."""

    def __init__(self) -> None:
        self._is_drawn = sys.stderr.isatty()
        self._told: tuple[str, int] | None = None
        self._bar = tqdm(
            total=100,
            file=sys.stderr,
            bar_format="{desc:17} {percentage:3.0f}% |{bar}| {elapsed}, {remaining} left",
            disable=not self._is_drawn,
        )

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Show how far it is, in [0, 1]."""
        percent = round(100 * fraction)
        if self._is_drawn:
            self._bar.set_description_str(_PHASES.get(phase, phase))
            self._bar.n = percent
            self._bar.refresh()
        elif self._told != (phase, percent // 10):
            # A log gets a line for each phase and each tenth.
            self._told = (phase, percent // 10)
            click.echo(f"{_PHASES.get(phase, phase):17} {percent:3}%", err=True)

    def checkpoint(self) -> None:
        """Nothing stops it but Ctrl+C."""

    def close(self) -> None:
        """Leave the finished bar on the screen."""
        self._bar.close()


def format_name_for(given: str | None, output: Path | None, default: str) -> str:
    """The format a person named, else the one of the output's ending; `default` without one.

    Raises:
        InvalidValue: no format has that ending.
    """
    named = given or (output and formats.format_named(output.name))
    if named is None and output and output.suffix:
        reason = f"no format has the ending {output.suffix}; name the format with --format"
        raise InvalidValue("output", f"{output.name}: {reason}")
    return named or default


def write(data: bytes | Iterable[bytes], output: Path | None) -> None:
    """Put a result into a file, which then has all of it or stays as it was, or on standard output.

    Raises InvalidValue where it cannot be written.
    """
    parts = [data] if isinstance(data, bytes) else data
    try:
        if output is None:
            _write_out(parts)
        else:
            with written_whole(output) as file:
                file.writelines(parts)
    except BrokenPipeError:
        # Whoever read it has seen enough.
        raise
    except OSError as error:
        raise InvalidValue("output", f"{output or 'standard output'}: {error.strerror}") from error


def _write_out(parts: Iterable[bytes]) -> None:
    """Write to standard output, which takes a part of each only where Python does not buffer it."""
    for part in parts:
        left = memoryview(part)
        while left:
            left = left[sys.stdout.buffer.write(left) :]
    sys.stdout.buffer.flush()


def tell(name: Path, problems: Sequence[formats.Problem]) -> None:
    """List on stderr the lines of a file that cannot be read."""
    for problem in problems:
        click.echo(f"{name}, line {problem.line}: {problem.reason}: {problem.text}", err=True)
