"""The words of the HTML pages, which stand there in English, in other languages.

A page is written anew in each language when the server starts; which one a browser gets is
what the person chose in the page, else what the browser asks for. Words that come later are the
page's own (`static/js/*/strings.js`), in the language that `<html lang>` names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from flask import Request

#: In which the pages are; the first is the one that they are written in.
LANGUAGES = ("en", "de")
#: Set by the page, see `static/js/shared/language.js`.
_COOKIE = "language"
_TAG = re.compile(r"""(<!--.*?(?:-->|\Z)|<(?:[^"'<>]|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_ATTRIBUTE = re.compile(r'(?<=\s)(aria-label|title|placeholder|alt|data-says)="([^"]*)"')
_LETTER = re.compile(r"[^\W\d_]")
_HTML = re.compile(r'(<html lang=")en"')


def language_of(request: Request) -> str:
    """The language for who asks."""
    chosen = request.cookies.get(_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    # Not the library's best match, which prefers de to en-GB for whoever asks for en-GB, then de.
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)
    return next((tag for tag in asked if tag in LANGUAGES), LANGUAGES[0])


def words_of(html: str) -> Iterator[str]:
    """What a person reads in a page, each run of text between tags and each label, as written."""
    for at, part in enumerate(_TAG.split(html)):
        found = [match[2] for match in _ATTRIBUTE.finditer(part)] if at % 2 else [part]
        yield from (_plain(text) for text in found if _LETTER.search(unescape(text)))


def in_language(html: str, language: str, words: Mapping[str, str]) -> str:
    """A page in another language.

    Args:
        html: The page in English.
        words: From `words_of` to the same in `language`; what is not there stays.
    """

    def of_text(text: str) -> str:
        there = words.get(_plain(text))
        if there is None:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}{escape(there, quote=False)}{after}"

    def of_tag(tag: str) -> str:
        def attribute(match: re.Match[str]) -> str:
            return f'{match[1]}="{escape(words.get(_plain(match[2]), unescape(match[2])))}"'

        return _HTML.sub(rf'\g<1>{language}"', _ATTRIBUTE.sub(attribute, tag))

    return "".join(
        of_tag(part) if at % 2 else of_text(part) for at, part in enumerate(_TAG.split(html))
    )


def with_server_words(html: str, table: bytes) -> str:
    """A page with the sentences of the server in its language, for `shared/server-words.js`.

    Args:
        html: The page.
        table: JSON, from what the server says to what the page shows.
    """
    # As data: nothing in it is run, and nothing in it ends it.
    words = json.dumps(json.loads(table), ensure_ascii=False, separators=(",", ":"))
    inert = words.replace("<", r"\u003c")
    block = f'<script type="application/json" id="server-words">{inert}</script>'
    return html.replace("</head>", f"{block}</head>", 1)


def _plain(text: str) -> str:
    """As it is read: without the breaks of lines that only the file has."""
    return " ".join(unescape(text).split())
