"""On paper, from right to left, at 200 % zoom, without motion, and in German."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.pages import Editor
from tests.browser.server import STATIC, Server
from tests.support.stand_in import write_recording

pytestmark = pytest.mark.browser

HEBREW = "שלום לכולם וברוכים הבאים\nwelcome back\nתודה רבה\n"
BOUNDS = "() => [document.querySelector('#top').getBoundingClientRect().bottom,"
BOUNDS += " document.querySelector('#player').getBoundingClientRect().top]"


def test_only_the_text_is_printed_dark_on_white(
    browser: Browser, server: Server, transcript_id: str
) -> None:
    context = browser.new_context(base_url=server.url, color_scheme="dark")
    page = context.new_page()
    editor = Editor(page, server, transcript_id)
    editor.open()
    editor.edit_end(1)
    page.emulate_media(media="print")
    for bar in ("#top", "#player", "#doubt", ".tick >> nth=1"):
        expect(page.locator(bar)).to_be_hidden()
    expect(editor.box(3)).to_be_visible()
    color = "() => getComputedStyle(document.querySelector('.box')).color"
    assert page.evaluate(color) == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")
    context.close()


@pytest.fixture
def hebrew(server: Server, page: Page, tmp_path: Path) -> Editor:
    recording = tmp_path / "hebrew.wav"
    write_recording(recording, len(HEBREW.split()))
    transcript_id = server.pipeline.create_transcript(
        recording, "h.wav", HEBREW.encode(), "h.txt", "utf-8", "Hebrew", "base", "he"
    )
    editor = Editor(page, server, transcript_id)
    editor.open()
    return editor


def test_right_to_left_text_has_its_own_direction_and_keys(hebrew: Editor) -> None:
    first, second, third = HEBREW.splitlines()
    direction = "boxes => boxes.map((box) => getComputedStyle(box).direction)"
    directions: Any = hebrew.page.locator(".box").evaluate_all(direction)
    assert directions == ["rtl", "ltr", "rtl"]
    hebrew.edit_end(0)
    hebrew.press("ArrowLeft")
    assert hebrew.caret() == (1, 0)
    hebrew.press("ArrowLeft")
    assert hebrew.caret() == (0, len(first))
    hebrew.type(" עוד")
    hebrew.press("Control+End")
    hebrew.type("!")
    hebrew.expect_texts(f"{first} עוד", second, f"{third}!")
    hebrew.edit_end(0)
    hebrew.press("Home", "Alt+Shift+ArrowRight")
    hebrew.expect_saved()
    word = hebrew.stored()[0].words[0]
    assert (word.text, word.start_ms, word.locked) == ("שלום", 10, True)
    # Over lines, too, the left arrow leads on, and what is written beside has its own direction.
    hebrew.edit_end(1)
    hebrew.press("Shift+ArrowRight", "ArrowLeft")
    assert hebrew.caret() == (2, 0)
    hebrew.press("Alt+N")
    hebrew.type("לבדוק Radio (דחוף).")
    hebrew.press("Enter")
    note = hebrew.page.locator(".note")
    expect(note).to_have_css("direction", "rtl")
    around, line = note.bounding_box(), hebrew.box(2).bounding_box()
    assert around is not None
    assert line is not None
    assert around["x"] > line["x"] + line["width"] / 2
    title = hebrew.page.get_by_role("textbox", name="Title", exact=True)
    expect(title).to_have_css("unicode-bidi", "plaintext")


def test_at_twice_the_size_all_is_reached_and_the_text_has_room(
    context: BrowserContext, page: Page, open_editor: Callable[..., Editor]
) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    editor = open_editor()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    editor.press("Control+End")
    editor.edit_end(3)
    ceiling, floor = page.evaluate(BOUNDS)
    around = editor.box(3).bounding_box()
    assert around is not None
    assert max(0, ceiling) <= around["y"]
    assert around["y"] + around["height"] <= floor
    assert floor >= 250
    editor.press("Alt+Shift+h")
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


#: What the page says to those who see it and to those who hear it, but for the transcript itself.
SAID = """() => [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".box, .spoken, .word-time, #page-language"))
  .flatMap((one) => [
    ...["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)),
    ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
  ])
  .map((text) => text?.trim().replace(/\\s+/g, " "))
  .filter((text) => text)"""
ENGLISH = re.compile(r"\b(all|and|are|at|from|is|of|or|the|this|to|with|your)\b", re.IGNORECASE)


def check_german(page: Page) -> None:
    """Nothing of the page is English any more, seen or not."""
    words = json.loads((STATIC / "pages.de.json").read_text("utf-8"))
    english = {text for text, german in words.items() if text not in words.values()}
    said = set(page.evaluate(SAID))
    assert len(said) > 80
    assert {text for text in said if text in english or ENGLISH.search(text)} == set()


def test_nothing_moves_for_those_who_want_no_motion_and_a_german_browser_gets_german(
    browser: Browser, server: Server, transcript_id: str
) -> None:
    context = browser.new_context(base_url=server.url, reduced_motion="reduce", locale="de-DE")
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("link", name="Episode", exact=True)).to_be_visible()
    text = b"1\n00:00:01,000 --> 00:00:02,000\nHello\n"
    page.locator("#choose").set_input_files({"name": "a.srt", "mimeType": "", "buffer": text})
    expect(page.get_by_text(re.compile("^SubRip-Untertitel.* mit Zeiten · "))).to_be_visible()
    check_german(page)
    page.add_init_script(
        "window.scrolls = []; window.scrollBy = ({behavior}) => scrolls.push(behavior);"
    )
    editor = Editor(page, server, transcript_id)
    editor.open()
    moving: Any = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const {transitionDuration, animationName} = getComputedStyle(one);
          return transitionDuration !== "0s" || animationName !== "none";
        }).length"""
    )
    assert moving == 0
    editor.press("Control+k")
    expect(page.get_by_role("option", name="Rückgängig")).to_be_visible()
    check_german(page)
    expect(page.locator("#top [data-part=doubts]")).to_have_text(re.compile(r"\d Zweifel"))
    editor.press("Escape", "Alt+q", "Alt+c")
    expect(page.locator("#captions [data-part=counts]")).to_contain_text("4 Untertitel")
    # What the server says, too: a reason, and a broken rule.
    expect(page.locator("#queue [data-part=why]")).to_contain_text("gehört, sicher (90 %)")
    check_german(page)
    page.get_by_label("Zeichen je Zeile").fill("8")
    expect(page.locator("#captions")).to_contain_text("10 Zeichen, 8 erlaubt")
    page.locator("#more summary").click()
    page.get_by_label("Diese Seite auf").select_option("en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.set_viewport_size({"width": 500, "height": 270})
    page.get_by_role("button", name="Play from 0:01").click()
    page.wait_for_function("() => window.scrolls.length > 0", timeout=8_000)
    assert set(page.evaluate("() => window.scrolls")) == {"instant"}
    context.close()


#: Which items of an open menu the pointer does not reach, or lie outside of the window.
COVERED = """(menu) => {
  const items = [...document.querySelectorAll(`${menu} .panel :is(button, a, select)`)];
  const isReached = (item) => {
    item.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = item.getBoundingClientRect();
    const reached = document.elementFromPoint(left + width / 2, top + height / 2);
    return left >= 0 && left + width <= innerWidth && item.contains(reached);
  };
  const shown = items.filter((item) => item.offsetParent);
  return shown.filter((item) => !isReached(item)).map((one) => one.textContent);
}"""


def test_menus_and_progress_lie_above_the_video_at_every_width(
    browser: Browser, server: Server, video_id: str
) -> None:
    # German words are longer.
    context = browser.new_context(base_url=server.url, locale="de-DE")
    page = context.new_page()
    server.pipeline.hold()
    server.pipeline.start_transcription(video_id)
    page.goto(f"/t/{video_id}")
    expect(page.locator("#screen video")).to_be_visible()
    cancel = page.get_by_role("button", name="Abbrechen")
    widths = (320, 390, 640, 820, 1000, 1024, 1100, 1280, 1366, 1440, 1920)
    for height, width in product((640, 480), widths):
        page.set_viewport_size({"width": width, "height": height})
        # The look at the menus scrolled, as whoever reads on does, which makes the bar small.
        page.evaluate("scrollTo(0, 0)")
        cancel.click(trial=True)
        for menu in ("#more", "[data-part=export]"):
            page.locator(f"{menu} summary").click()
            covered = page.evaluate(COVERED, menu)
            assert (height, width, menu, covered) == (height, width, menu, [])
            page.keyboard.press("Escape")
    server.pipeline.may_finish.set()
    context.close()
