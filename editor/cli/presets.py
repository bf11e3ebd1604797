"""The option that names caption rules: a preset's name, or a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from editor import captions
from editor.cli.group import opened_library
from editor.errors import InvalidValue

_HELP = f"Caption rules: {', '.join(captions.PRESETS)}, a preset of yours, or FILE.json."


def preset_option(default: str | None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option --preset, which hands in `rules`; None where none is given, nor a default."""
    return click.option(
        "--preset",
        "rules",
        default=default,
        metavar="PRESET",
        shell_complete=lambda _context, _option, begun: [
            CompletionItem(name) for name in captions.PRESETS if name.startswith(begun)
        ],
        callback=lambda _context, _option, given: given and rules_given(given),
        help=f"{_HELP}  [default: {default or 'captions stay as they are'}]",
    )


def rules_given(preset: str) -> captions.Rules:
    """The rules a person names: a preset's, or those in a JSON file.

    Raises:
        InvalidValue: there is no such preset, or the file holds no rules.
    """
    if preset.lower().endswith(".json"):
        try:
            text = Path(preset).read_text("utf-8-sig")
        except (OSError, ValueError) as error:
            raise InvalidValue("preset", f"{preset}: {error}") from error
        return captions.rules_from_file(text, Path(preset).stem)
    if preset in captions.PRESETS:
        return captions.PRESETS[preset]
    # A library of its own to import, half of what a command on a file takes to start.
    with opened_library() as store:
        return captions.preset_named(preset, store.presets())
