"""Keys without a wait, on a slow line, with the browser's store closed, by one person and by two.

Runs come in series, each with a seed and a text of its own; a run goes on with what the one before
left. `FUZZ=40` tries 40 times as many; `HURRY_SEED` one series by its seed.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser.hurry import SLOW_LINE, Hurried, Lines, Text, after, saved
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.support.chance import FUZZ, seeds

pytestmark = [pytest.mark.browser, pytest.mark.hypothesis, pytest.mark.timeout(120 + 60 * FUZZ)]

ONE_SEED = os.environ.get("HURRY_SEED")
#: What one does in a run.
ACTIONS = 7
SLOWEST_MS = (0, 5, 20, 60)
#: What no key that a person presses may come to.
FAULTS = ("The server does not understand", "Something went wrong")


def series(count: int) -> Sequence[int]:
    """The seeds of series."""
    return [int(ONE_SEED)] if ONE_SEED else seeds(count)


@pytest.fixture
def open_pages(
    browser: Browser, server: Server, new_transcript: Callable[[], str]
) -> Iterator[Callable[[int], list[Editor]]]:
    """Opens a new transcript as so many people."""
    contexts: list[BrowserContext] = []

    def open_it(count: int) -> list[Editor]:
        while contexts:
            contexts.pop().close()
        transcript_id = new_transcript()
        editors = []
        for _ in range(count):
            context = browser.new_context(
                base_url=server.url, viewport={"width": 1600, "height": 700}
            )
            contexts.append(context)
            context.add_init_script(SLOW_LINE)
            editors.append(Editor(context.new_page(), server, transcript_id))
            editors[-1].open()
        return editors

    yield open_it
    for context in contexts:
        context.close()


def in_short(keys: Iterable[str]) -> str:
    """Keys as they are written fast: "Enter*3 a b"."""
    runs = [(key, len(list(group))) for key, group in groupby(keys)]
    return " ".join(key if count == 1 else f"{key}*{count}" for key, count in runs)


def begin(page: Page, chance: random.Random) -> None:
    line = {"seed": chance.randrange(1, 10**6), "most": chance.choice(SLOWEST_MS)}
    page.evaluate("line => void Object.assign(window.line, line)", line)
    if chance.random() < 0.2:
        page.evaluate("() => window.store?.close()")


def rest(page: Page) -> None:
    """Wait until nothing is on its way; what is done shows from the next frame on."""
    page.evaluate(
        "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
    )
    page.wait_for_function(
        """() => ["saved", "choice"].includes(
          document.querySelector("[data-part=save]").dataset.state)""",
        timeout=20_000,
    )


def shown(page: Page) -> Lines:
    return saved(page.locator(".box").all_text_contents())


@contextmanager
def telling(where: str, editors: Sequence[Editor], pressed: Sequence[list[str]]) -> Iterator[None]:
    """Says of a failure what was pressed, on what, and what the server refused."""
    refused: list[str] = []

    def listen(response: Response) -> None:
        if response.status >= 400:
            refused.append(f"{response.status} {response.request.post_data}")

    before = saved(editors[0].saved_texts())
    for editor in editors:
        editor.page.on("response", listen)
    try:
        yield
        assert not any(fault in told(editor) for fault in FAULTS for editor in editors)
    except Exception as error:
        error.add_note(f"{where} from {before}")
        for editor, keys in zip(editors, pressed, strict=True):
            error.add_note(f"{in_short(keys)}\n-> {shown(editor.page)}\n{told(editor)}")
        error.add_note(f"refused: {refused}")
        raise
    finally:
        for editor in editors:
            editor.page.remove_listener("response", listen)


def told(editor: Editor) -> str:
    """What the page says went wrong, since it was opened, and what is to be chosen."""
    return " ".join(editor.page.locator("#toast .is-problem, .choice").all_text_contents())


def test_one_in_a_hurry(open_pages: Callable[[int], list[Editor]]) -> None:
    """Whatever is pressed, page and server have what the keys say."""
    for seed in series(2):
        [editor], chance = open_pages(1), random.Random(seed)
        for number in range(20):
            pressed: list[str] = []
            with telling(f"HURRY_SEED={seed}, run {number}", [editor], [pressed]):
                press_alone(editor, chance, pressed)


def press_alone(editor: Editor, chance: random.Random, pressed: list[str]) -> None:
    begin(editor.page, chance)
    hurried = Hurried(editor.page, chance, chance.choice("abcdefgh"))
    texts = [Text(saved(editor.saved_texts()))]
    editor.put_caret(0, 0)
    for _ in range(ACTIONS):
        for key in hurried.keys(texts[0]):
            if key == "Control+z" and not all(text.done for text in texts):
                continue
            if key == "Control+Shift+z" and not all(text.undone for text in texts):
                continue
            texts = after(texts, key)
            pressed.append(key)
            editor.press(key)
    editor.press("Enter")
    rest(editor.page)
    assert saved(editor.saved_texts()) in {saved(text.lines) for text in texts}
    assert shown(editor.page) == saved(editor.saved_texts())


def typed_words(lines: Iterable[str]) -> list[str]:
    """The words that somebody typed; a space between two may be gone."""
    return re.findall(r"[ab][c-z]\d+x", " ".join(lines))


def is_in(word: str, text: str) -> bool:
    """Whether a word stands there, or both its parts: its segment may go while it is typed."""
    cuts = range(1, len(word) + 1)
    return any(word[:cut] in text and word[cut:] in text for cut in cuts)


def learn(page: Page) -> None:
    """Ask what others did, as every page does every few seconds."""
    page.evaluate("() => void document.dispatchEvent(new Event('visibilitychange'))")


def take_theirs(page: Page) -> None:
    """Let all that waits for a choice go."""
    learn(page)
    while page.evaluate(
        """() => {
          const buttons = document.querySelectorAll(".choice button:last-child");
          buttons.forEach((button) => button.click());
          return buttons.length;
        }"""
    ):
        rest(page)


def agree(pages: Sequence[Page], editor: Editor) -> None:
    """All pages show what the server has."""
    for page in pages:
        learn(page)
        wanted: Any = list(saved(editor.saved_texts()))
        page.wait_for_function(
            """wanted => JSON.stringify(wanted) === JSON.stringify(
              [...document.querySelectorAll(".box")].map((box) => box.textContent.trim()))""",
            arg=wanted,
            timeout=8_000,
        )


def hurry(chance: random.Random, who: str, number: int, *, undoes: bool) -> Iterator[str]:
    """What one of two does: no word of one's own or another's is deleted but by undo."""
    count = 0
    for _ in range(ACTIONS):
        yield from chance.choice((["Control+Home"], ["Control+End"], []))
        yield from ["Enter"] * chance.randint(0, 3)
        yield from chance.choice((["End"], ["Control+ArrowRight"], ["Home"]))
        kind = chance.random()
        if kind < 0.6:
            count += 1
            yield from f" {who}{chr(ord('b') + count)}{number}x "
        elif kind < 0.8:
            yield from ["Control+Enter"] * chance.randint(1, 2)
        elif kind < 0.95:
            yield from ("Control+Home", *["Enter"] * chance.randint(1, 4), "Backspace")
        elif undoes:
            yield "Control+z"
    yield "Enter"


def test_two_in_a_hurry(open_pages: Callable[[int], list[Editor]]) -> None:
    """Nothing that one of them typed is lost: it is in the text, or shown to choose."""
    for seed in series(1):
        editors, chance = open_pages(2), random.Random(seed)
        for number in range(10):
            undoes = chance.random() < 0.3
            keys = [list(hurry(chance, who, number, undoes=undoes)) for who in "ab"]
            with telling(f"HURRY_SEED={seed}, run {number}", editors, keys):
                press_together(editors, chance, keys)


def press_together(
    editors: Sequence[Editor], chance: random.Random, keys: Sequence[list[str]]
) -> None:
    pages = [editor.page for editor in editors]
    before = saved(editors[0].saved_texts())
    todo = [list(each) for each in keys]
    for editor in editors:
        begin(editor.page, chance)
        editor.put_caret(chance.randrange(len(before)), 0)
    while any(todo):
        which = chance.choice([number for number, each in enumerate(todo) if each])
        editors[which].press(todo[which].pop(0))
        if chance.random() < 0.05:
            learn(pages[which])
    for page in pages:
        rest(page)
    there = editors[0].saved_texts()
    for page, each in zip(pages, keys, strict=True):
        choices = page.locator(".choice .version:first-child").all_text_contents()
        everything = " ".join([*there, *choices])
        mine = typed_words(["".join(key for key in each if len(key) == 1)])
        lost = [word for word in mine if not is_in(word, everything)]
        assert not lost or "Control+z" in each, lost
    for page in pages:
        take_theirs(page)
    agree(pages, editors[0])
    now = typed_words(editors[0].saved_texts())
    assert len(now) == len(set(now)), "a word stands there twice"
    assert set(typed_words(before)) <= set(now) or "Control+z" in keys[0] + keys[1]
