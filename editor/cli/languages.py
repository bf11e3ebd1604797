"""The option that names the language spoken, alike in all commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from editor.errors import InvalidValue
from editor.languages import language_code


class Language(click.ParamType[str]):
    """A language by its code or name; the command gets Whisper's code."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code, or the end of the command with a sentence."""
        try:
            return language_code(value)
        except InvalidValue as error:
            self.fail(error.reason, param, ctx)


def language_option(unless: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--language`; `unless` names the default."""
    says = f"Language code or name, e.g. en, pt-BR or german.  {unless}"
    return click.option("--language", type=Language(), default=None, help=says)


SPOKEN = language_option("[default: detected]")
