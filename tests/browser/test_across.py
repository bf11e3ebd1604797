"""Text selected over several segments: copied, quoted, heard, replaced."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import TEXT
from tests.browser.pages import Editor

pytestmark = pytest.mark.browser

LINES = TEXT.splitlines()
FROM_A_MENU = """(inputType) => {
  const { anchorNode } = getSelection();
  const edited = [...document.querySelectorAll("[contenteditable=plaintext-only]")];
  const host = edited.find((one) => one.contains(anchorNode));
  host.dispatchEvent(new InputEvent("beforeinput", { inputType, bubbles: true, cancelable: true }));
}"""


def selected(editor: Editor) -> str:
    """What copying gives."""
    editor.press("Control+c")
    return str(editor.page.evaluate("() => navigator.clipboard.readText()"))


def drag(editor: Editor, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw the mouse from a letter of a segment to one of another."""
    at = """([index, offset]) => {
      const text = document.querySelectorAll(".box")[index].firstChild;
      const range = new Range();
      range.setStart(text, offset);
      range.setEnd(text, offset + 1);
      const { left, top, height } = range.getBoundingClientRect();
      return [left + 1, top + height / 2];
    }"""
    (x, y), (to_x, to_y) = (editor.page.evaluate(at, list(place)) for place in (start, end))
    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(to_x, (y + to_y) / 2)
    editor.page.mouse.move(to_x, to_y)
    editor.page.mouse.up()


def test_text_is_selected_over_segments_and_replaced_in_one_step(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    drag(editor, (0, 4), (2, 2))
    assert selected(editor) == f"listeners, welcome back\n{LINES[1]}\na "
    editor.press("Control+Alt+c")
    expect(editor.page.get_by_text("Copied with speaker and time.")).to_be_visible()
    quote = editor.page.evaluate("() => navigator.clipboard.readText()")
    assert quote == f"“listeners, welcome back {LINES[1]} a” – 0:00"

    # Back into one segment, it is edited as ever.
    editor.press("ArrowLeft", "Shift+End")
    assert selected(editor) == "listeners, welcome back"
    editor.press("Shift+ArrowRight", "Shift+ArrowDown", "Shift+Control+ArrowRight")
    assert selected(editor) == f"listeners, welcome back\n{LINES[1]}\na"
    with editor.page.expect_download() as sound:
        editor.press("Control+Alt+s")
    assert sound.value.suggested_filename == "Episode 0.00.mp3"

    editor.type("all xy")
    editor.expect_texts("Hey all xy", "clevency of scale", LINES[3])
    assert editor.caret() == (0, 10)
    editor.press("Control+z")
    editor.expect_texts("Hey a", "clevency of scale", LINES[3])
    editor.press("Control+z")
    editor.expect_texts(*LINES)

    # Undo in a browser's own menu is the page's, too.
    editor.edit_end(3)
    editor.type("!")
    editor.expect_texts(*LINES[:3], f"{LINES[3]}!")
    for asked, last in (("historyUndo", LINES[3]), ("historyRedo", f"{LINES[3]}!")):
        drag(editor, (0, 4), (2, 2))
        editor.page.evaluate(FROM_A_MENU, asked)
        editor.expect_texts(*LINES[:3], last)
    editor.press("Control+z")
    editor.expect_texts(*LINES)

    # What an input method composes, too; given up, it takes nothing.
    drag(editor, (0, 4), (2, 2))
    devtools = editor.page.context.new_cdp_session(editor.page)
    for composed in ("に", "", "に", "日本"):
        caret = len(composed)
        given = {"text": composed, "selectionStart": caret, "selectionEnd": caret}
        devtools.send("Input.imeSetComposition", given)
        kept = f"Hey {composed}" if composed else LINES[0]
        expect(editor.box(0)).to_have_text(kept)
    devtools.send("Input.insertText", {"text": "日本"})
    editor.type("!")
    editor.expect_texts("Hey 日本!", "clevency of scale", LINES[3])
    editor.press("Control+z", "Control+z")
    editor.expect_texts(*LINES)

    editor.put_caret(1, 3)
    editor.press("Control+a", "Control+a", "Control+x")
    expect(editor.page.locator(".box")).to_have_count(0)
    editor.press("Control+z")
    editor.expect_texts(*LINES)
    assert editor.page.evaluate("() => navigator.clipboard.readText()") == "\n".join(LINES)


def test_a_selection_over_segments_is_struck_out_and_stays_where_others_write(
    open_editor: Callable[..., Editor],
) -> None:
    editor, other = open_editor(), open_editor(in_new_tab=True)
    editor.page.bring_to_front()
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    drag(editor, (0, 4), (2, 2))
    editor.press("Alt+Shift+x")
    rows = editor.page.locator(".segment")
    expect(rows.nth(0)).to_have_attribute("aria-label", re.compile("3 words struck out"))
    expect(rows.nth(2)).to_have_attribute("aria-label", re.compile("1 word struck out"))

    # What another person writes before it moves it along, and widens it not.
    other.page.bring_to_front()
    expect(other.page.locator(".segment").first).to_have_attribute("aria-label", re.compile("out"))
    other.put_caret(0, 0)
    other.type("Oh, ")
    expect(other.box(0)).to_have_text(f"Oh, {LINES[0]}")
    other.expect_saved()
    editor.page.bring_to_front()
    expect(editor.box(0)).to_have_text(f"Oh, {LINES[0]}")
    assert selected(editor) == f"listeners, welcome back\n{LINES[1]}\na "
    editor.press("Shift+Delete")
    editor.expect_texts("Oh, Hey", "clevency of scale", LINES[3])
    cut = editor.page.evaluate("() => navigator.clipboard.readText()")
    assert cut == f"listeners, welcome back\n{LINES[1]}\na "
