"""Everybody can use it: without a mouse, with a screen reader, on a phone, in the dark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.home import Home
from tests.browser.looks import ON_A_PHONE, TWO_LOOKS, check_looks
from tests.browser.pages import Editor
from tests.browser.server import Server

pytestmark = pytest.mark.browser

#: Modules that the page did not name, and so asked for only where another imported them.
_NOT_ASKED_FOR_AT_ONCE = """
() => {
  const named = [...document.querySelectorAll("link[rel=modulepreload]")].map((link) => link.href);
  const resources = performance.getEntriesByType("resource").map((one) => one.name);
  return resources.filter((name) => name.endsWith(".js") && !named.includes(name));
}
"""


@pytest.fixture
def seen_page(home: Home, server: Server) -> Iterator[Page]:
    """A page on a phone in the dark, in which axe, a script put in from outside, may run."""
    scheme, width = TWO_LOOKS[-1]
    context = home.context(
        server.url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    yield context.new_page()
    home.leave(context)


def test_the_empty_library(seen_page: Page) -> None:
    seen_page.goto("/")
    expect(seen_page.get_by_text("No transcripts yet")).to_be_visible()
    check_looks(seen_page)


def test_the_library_and_its_dialogs(
    seen_page: Page, transcript_id: str, files: list[Path]
) -> None:
    seen_page.goto("/")
    expect(seen_page.get_by_role("link", name="Episode", exact=True)).to_be_visible()
    check_looks(seen_page)
    seen_page.get_by_role("searchbox", name="Find").fill("clevency")
    expect(seen_page.locator("#found mark")).to_be_visible()
    check_looks(seen_page, ON_A_PHONE)
    seen_page.get_by_role("searchbox", name="Find").fill("")
    for opener in ("Storage …", "Tags of Episode"):
        seen_page.get_by_role("button", name=opener).click()
        check_looks(seen_page, ON_A_PHONE)
        seen_page.keyboard.press("Escape")
    seen_page.get_by_label("Choose Episode").check()
    expect(seen_page.get_by_role("group", name="Selected transcripts")).to_be_visible()
    check_looks(seen_page)
    seen_page.locator("#choose").set_input_files(files)
    expect(seen_page.get_by_label("Preview of the text")).to_be_visible()
    seen_page.get_by_label("Quality").select_option("small")
    expect(seen_page.get_by_text(re.compile(r"small \(\d+ MB\)"))).to_be_visible()
    check_looks(seen_page)
    seen_page.get_by_role("button", name="Cancel").click()
    seen_page.get_by_role("button", name="Delete Episode").click()
    check_looks(seen_page)


def test_the_editor_its_doubts_and_its_keys(
    seen_page: Page, server: Server, transcript_id: str
) -> None:
    Editor(seen_page, server, transcript_id).open()
    assert seen_page.evaluate(_NOT_ASKED_FOR_AT_ONCE) == []
    check_looks(seen_page)
    seen_page.get_by_role("button", name="Next doubt").click()
    expect(seen_page.get_by_label("Doubt", exact=True)).to_be_visible()
    check_looks(seen_page)
    seen_page.locator("#more summary").click()
    seen_page.get_by_role("button", name="Keyboard shortcuts …").click()
    expect(seen_page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    check_looks(seen_page)
    seen_page.keyboard.press("Escape")
    seen_page.locator(".box").nth(0).click()
    seen_page.get_by_role("button", name="More for this line").click()
    expect(seen_page.get_by_role("menuitem", name="Play from here")).to_be_focused()
    check_looks(seen_page)
    seen_page.keyboard.press("Escape")
    seen_page.keyboard.press("Control+k")
    expect(seen_page.locator("#palette li").first).to_be_visible()
    check_looks(seen_page)
    seen_page.keyboard.press("Escape")
    for button in ("Times", "Playback"):
        seen_page.get_by_role("button", name=button, exact=True).click()
    # All purposes of an export at once, with what can be chosen of each.
    seen_page.keyboard.press("Alt+Shift+E")
    seen_page.evaluate(
        "() => document.querySelectorAll('.purposes ul').forEach((list) => (list.hidden = false))"
    )
    check_looks(seen_page, ON_A_PHONE)
    seen_page.keyboard.press("Escape")
    seen_page.keyboard.press("Alt+Shift+C")
    seen_page.locator("#captions [data-rule=chars_per_second]").evaluate(
        "field => { field.value = '14'; field.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    expect(seen_page.get_by_text("2 broken rules")).to_be_visible()
    check_looks(seen_page)


def test_the_review_and_find_and_replace(
    seen_page: Page, server: Server, transcript_id: str
) -> None:
    editor = Editor(seen_page, server, transcript_id)
    editor.open()
    editor.press("Alt+q")
    expect(seen_page.get_by_role("heading", name="Review")).to_be_visible()
    check_looks(seen_page)
    editor.press("k", "k")
    expect(seen_page.locator("#queue [data-part=nothing]")).to_be_visible()
    check_looks(seen_page)
    editor.press("Alt+q", "Alt+g")
    expect(seen_page.get_by_label("For all transcripts")).to_be_visible()
    check_looks(seen_page)
    editor.press("Escape", "Control+h")
    seen_page.get_by_label("Find", exact=True).fill("at")
    expect(seen_page.get_by_text("1 place", exact=True)).to_be_visible()
    check_looks(seen_page)


def test_speakers_history_and_the_other_dialogs(
    seen_page: Page, server: Server, transcript_id: str
) -> None:
    editor = Editor(seen_page, server, transcript_id)
    editor.open()
    for index, name in enumerate(("Ann", "Bob", "Cleo")):
        editor.edit_end(index)
        editor.press("Alt+s")
        editor.type(name)
        editor.press("Enter")
        expect(seen_page.get_by_role("button", name=name)).to_be_visible()
    editor.press("Alt+r", "Alt+w")
    check_looks(seen_page)
    editor.press("Escape", "Alt+Shift+ArrowRight")
    for chord, title in (
        ("Alt+Shift+w", "Shift times from here on"),
        ("Alt+Shift+s", "Speakers"),
        ("Alt+Shift+h", "History"),
    ):
        editor.press(chord)
        expect(seen_page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        check_looks(seen_page)
        editor.press("Escape")
    seen_page.locator("#more summary").click()
    check_looks(seen_page)
    seen_page.get_by_role("button", name="Share a link …").click()
    seen_page.get_by_role("button", name="Make a link").click()
    expect(seen_page.get_by_text("not opened yet")).to_be_visible()
    check_looks(seen_page)
    editor.press("Escape")
    seen_page.locator("#more summary").click()
    seen_page.get_by_role("button", name="Recognise again …").click()
    expect(seen_page.get_by_text("base is already installed")).to_be_visible()
    check_looks(seen_page)


def test_the_captions_and_what_breaks_their_rules(
    seen_page: Page, server: Server, transcript_id: str
) -> None:
    editor = Editor(seen_page, server, transcript_id)
    editor.open()
    editor.press("Alt+c")
    seen_page.get_by_label("Characters per line").fill("16")
    seen_page.get_by_label("Lines", exact=True).fill("1")
    expect(seen_page.get_by_role("button", name="Fix all")).to_be_visible()
    editor.page.locator("#captions .place").first.click()
    expect(seen_page.locator(".caption span").first).to_be_visible()
    check_looks(seen_page)


def test_a_transcript_that_is_not_there(seen_page: Page) -> None:
    seen_page.goto("/t/nothing")
    expect(seen_page.get_by_text("cannot be opened")).to_be_visible()
    check_looks(seen_page)


def test_the_story_by_keyboard_alone(
    page: Page, server: Server, transcript_id: str, open_editor: Callable[..., Editor]
) -> None:
    page.goto("/")
    page.get_by_role("link", name="Episode", exact=True).wait_for()
    press_until(page, "Tab", "Episode")
    page.keyboard.press("Enter")
    editor = Editor(page, server, transcript_id)
    editor.box(0).wait_for()
    expect(page.locator("[data-part=doubts]")).to_have_text("2 doubts")
    editor.press("Tab")
    assert focused(page) == "Skip to the text"
    editor.press("Enter", "Tab")
    assert editor.caret()[0] == 0

    editor.press("Control+End")
    editor.type("!")
    editor.press("Control+Home", "Control+.")
    expect(page.get_by_text("“sort”", exact=True)).to_be_visible()
    assert editor.is_playing()
    editor.press("Alt+Enter", "Control+.")
    expect(page.get_by_text("“equivalency”", exact=True)).to_be_visible()
    editor.press("Alt+k")
    expect(page.locator("[data-part=doubts]")).to_have_text("No doubts")
    editor.press("Alt+s")
    editor.type("Elad")
    editor.press("Enter")
    expect(page.get_by_role("button", name="Elad")).to_be_visible()
    editor.expect_texts(
        "Hey listeners, welcome back",
        "it works sort differently now",
        "a clevency of scale",
        "and that is all!",
    )
    was_playing = editor.is_playing()
    editor.press("Control+Space")
    assert editor.is_playing() is not was_playing
    page.reload()
    expect(page.locator("[data-part=doubts]")).to_have_text("No doubts")


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.textContent.trim()"))


def press_until(page: Page, key: str, text: str) -> None:
    for _ in range(30):
        page.keyboard.press(key)
        if focused(page) == text:
            return
    pytest.fail(f"{text} is not reached with {key}")


def test_focus_returns_to_where_it_was_after_each_dialog(
    page: Page, open_editor: Callable[..., Editor]
) -> None:
    editor = open_editor()
    heading = {
        "Names and glossary …": "Names and glossary",
        "Filler words …": "Filler words",
        "Speakers …": "Speakers",
        "History …": "History",
        "Recognise again …": "Recognise again",
        "Keyboard shortcuts …": "Keyboard shortcuts",
        "Captions …": "Captions",
    }
    for item, title in heading.items():
        editor.click_letter(1, 5)
        page.locator("#more summary").click()
        page.get_by_role("button", name=item, exact=True).click()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        editor.press("Escape")
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_hidden()
        page.wait_for_timeout(50)
        assert (item, editor.caret()) == (item, (1, 5))
    page.locator("#more summary").focus()
    editor.press("Enter")
    page.get_by_role("button", name="Speakers …", exact=True).focus()
    editor.press("Enter", "Escape")
    expect(page.locator("#more summary")).to_be_focused()
    editor.click_letter(2, 3)
    for key in ("Alt+Shift+s", "Alt+n", "Alt+s"):
        editor.press(key, "Escape")
        page.wait_for_timeout(50)
        assert (key, editor.caret()) == (key, (2, 3))
    assert not editor.is_playing()


def test_what_has_closed_leaves_the_keys_to_the_text(
    page: Page, open_editor: Callable[..., Editor]
) -> None:
    editor = open_editor()
    export = page.locator("[data-part=export] summary")
    # With the focus in the menu, and nowhere.
    for leave in ("() => {}", "focus => focus.blur()"):
        for menu in (page.locator("#more summary"), export):
            editor.click_letter(1, 5)
            menu.click()
            page.evaluate(f"() => ({leave})(document.activeElement)")
            editor.press("Escape")
            expect(page.locator("details[open]")).to_have_count(0)
            assert editor.caret() == (1, 5)
    export.click()
    page.get_by_role("button", name="Documents").click()
    page.get_by_role("list", name="Documents").get_by_label("Times").select_option("turn")
    page.get_by_label("With line numbers").check()
    with page.expect_download() as download:
        page.get_by_role("link", name="Text (.txt)").click()
    assert download.value.path().read_text("utf-8").startswith("1  [0:00] ")
    editor.type("k ")
    expect(editor.box(1)).to_have_text("it wok rks suit differently now")
    # Outside the text Escape plays nothing, and a key that is held does what it did.
    page.locator("[data-part=speed]").focus()
    editor.press("Escape")
    editor.click_letter(1, 3)
    editor.press("Alt+Shift+h")
    page.get_by_role("heading", name="History").wait_for()
    for _ in range(3):
        page.keyboard.down("Escape")
    page.keyboard.up("Escape")
    expect(page.get_by_role("heading", name="History")).to_be_hidden()
    assert editor.caret() == (1, 3)
    assert not editor.is_playing()


def test_escape_takes_nothing(page: Page, open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.press("Alt+s")
    editor.type("Ann")
    editor.press("Enter")
    expect(page.get_by_role("button", name="Ann")).to_be_visible()
    editor.expect_saved()
    before = len(editor.server.store.revisions(editor.transcript_id))
    editor.press("Alt+Shift+s")
    page.get_by_role("textbox", name="Name of speaker 1").focus()
    editor.type("ie")
    editor.press("Escape", "Alt+g")
    page.get_by_label("For this transcript").fill("half a ter")
    editor.press("Escape", "Alt+n")
    editor.type("half a note")
    editor.press("Escape")
    page.get_by_label("Title").fill("Half a title")
    editor.press("Escape")
    expect(page.get_by_label("Title")).to_have_value("Episode")
    page.wait_for_timeout(300)
    assert len(editor.server.store.revisions(editor.transcript_id)) == before
    assert editor.server.store.glossary(editor.transcript_id) == []
    assert editor.server.store.transcript(editor.transcript_id).title == "Episode"
    assert not editor.is_playing()


def test_same_words_are_said_each_time_and_text_has_its_language(
    page: Page, open_editor: Callable[..., Editor]
) -> None:
    editor = open_editor()
    page.evaluate(
        """() => {
          window.said = [];
          new MutationObserver((changes) => {
            for (const { addedNodes: [one] } of changes) if (one) said.push(one.textContent);
          }).observe(document.querySelector("#live"), { childList: true, subtree: true });
        }"""
    )
    for index in range(3):
        editor.edit_end(index)
        editor.press("Alt+r")
        expect(page.locator("[data-part=reviewed]")).to_have_text(f"{index + 1} of 4 reviewed")
    assert page.evaluate("() => said") == ["Reviewed"] * 3
    assert page.locator(".box[lang=en]").count() == 4
    editor.server.store.update_transcript(editor.transcript_id, language="ja")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator(".box[lang=ja]")).to_have_count(4)
    assert page.locator("#queue .readings").get_attribute("lang") == "ja"
