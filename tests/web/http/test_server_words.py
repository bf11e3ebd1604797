"""What the server says to people is there in each language of the page."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import editor
from editor.formats import FORMATS
from editor.web.http.page_words import LANGUAGES, with_server_words
from editor.web.http.pages import static_folder

PACKAGE = Path(editor.__file__).parent
#: The modules whose sentences are shown in the page, all but what is named below.
SPEAKING = """
    errors storage/upload_errors review/reasons review/speakers review/style captions/lint
    align/remarks
    align/drift edits/shift edits/split_merge edits/strike edits/times edits/utf16
    library/changes library/cuts library/jobs_make library/align library/file_kinds store/leases
    document media/boxes media/burn edits/pseudonyms media/clip media/limits media/source
    media/tracks media/sandbox review/find_replace storage/uploads store/order store/presets
    weights/hub weights/folder formats/encoding formats/limits formats/unsupported
    formats/sandbox formats/sanity formats/blocks formats/pdf formats/vtt_tracks formats/drafts
    web/http/errors library/shared_links media/promise
    edits/line_ends formats/as_captions formats/chapters formats/frames formats/kind
    formats/patch/original formats/patch/retimed formats/patch/reworded
    formats/patch/ttml_times formats/sami formats/scc_write formats/xml_text
    formats/stl library/export library/retime library/outbox library/watched library/sounds
    store/steps library/project_file library/zip_members store/project_shapes store/project_values
    store/projects store/tags
"""
#: What only logs, terminals and programs are told, and what is no sentence.
NOT_SHOWN = {
    "recording of transcript",
    "Check that it is running and that {} is correct.",
    "Install them: pip install 'transcript-editor[{}]'",
    "{} cannot be reached: {}. {}",
    "{} needs libraries that are not installed. {}",
    "Speaker [1-9][0-9]?",
    "no change for {}",
    "name “{}”",
    "the reader ended with %s: %s",
    "the decoder ended with %s: %s",
    "{}.{} is no part of a text",
    "Person {}",
    "{} MB",
    "{} GB",
    "{} s",
    "%s %s failed",
    "there is no {} {}",
    "file or transcript",
    "each attempt returns or raises",
    "account of",
    "sound of transcript",
}


#: Kinds of files that are called alike in each language.
ONE_NAME = {"JSON", "Markdown", "CTM", "STM"}
#: What programs send and only they are told of, what an operator is told, and what nobody is.
UNSEEN = """
    __init__ cli/ asr/ weights/ config jobs/ store/db/ timecode web/http/auth web/http/openapi
    web/uploads
"""


def said_in(path: Path) -> Iterator[str]:
    """What stands in a module as text of more than one word; `{}` where an f-string differs."""
    tree = tree_of(path)
    silent = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    yield from texts_in(tree, silent)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def texts_in(tree: ast.AST, silent: set[int]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            silent |= set(map(id, node.values))
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in silent:
            yield node.value if isinstance(node.value, str) else ""


@cache
def table(language: str) -> dict[str, str]:
    text = (static_folder() / f"server.{language}.json").read_text("utf-8")
    return dict(json.loads(text))


def pattern_of(text: str) -> str:
    """What matches a sentence that may be a part of another, or have others in it."""
    return r"[^\n]*".join(re.escape(part) for part in text.strip().split("{}"))


def refusals_in(path: Path) -> Iterator[str]:
    """The texts with which a module raises, and tells of what in a file it could not use."""
    for node in ast.walk(tree_of(path)):
        is_problem = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Problem")
        if is_problem or isinstance(node, ast.Raise):
            yield from texts_in(node, set())


def is_sentence(text: str) -> bool:
    return (
        " " in text.strip()
        and not {"\\", "\n"} & set(text)
        and any(map(str.isalpha, text.replace("{}", "")))
    )


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("module", SPEAKING.split())
def test_every_sentence_of_the_server_is_there_in_each_language(module: str, language: str) -> None:
    known = "\n".join(table(language))
    said = {text for text in said_in(PACKAGE / f"{module}.py") if is_sentence(text)}
    missing = [one for one in said - NOT_SHOWN if not re.search(pattern_of(one), known)]
    assert missing == [], "not translated"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_refusal_of_any_module_is_there_in_each_language(language: str) -> None:
    known, unseen = "\n".join(table(language)), tuple(UNSEEN.split())
    said = {
        text
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).as_posix().startswith(unseen)
        for text in refusals_in(path)
        if is_sentence(text)
    }
    missing = [one for one in said - NOT_SHOWN if not re.search(pattern_of(one), known)]
    assert missing == [], "not translated"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_kind_of_file_has_a_name_in_each_language(language: str) -> None:
    names = {kind.called for kind in FORMATS.values()} - ONE_NAME
    assert names - table(language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_sentences_differ_in_as_many_places_in_each_language(language: str) -> None:
    assert [
        one for one, there in table(language).items() if one.count("{}") != there.count("{}")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_sentence_is_there_that_the_server_does_not_say(language: str) -> None:
    said = "\n".join(text for path in PACKAGE.rglob("*.py") for text in said_in(path))
    unsaid = [one for one in table(language) if len(list(seams_of(one, said))) > 3]
    assert unsaid == []


def seams_of(sentence: str, said: str) -> Iterator[str]:
    """Where a sentence goes on as no text of the server does: it is put together there."""
    for part in sentence.split("{}"):
        yield from (pair for pair in map(" ".join, pairwise(part.split())) if pair not in said)


def test_a_page_holds_them_as_data_that_nothing_ends() -> None:
    html = with_server_words("<head></head><body>", b'{"a {}": "</script><b>"}')
    assert html == (
        '<head><script type="application/json" id="server-words">'
        '{"a {}":"\\u003c/script>\\u003cb>"}</script></head><body>'
    )
