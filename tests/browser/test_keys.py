"""Keys as other keyboards than ours send them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Editor

pytestmark = pytest.mark.browser

ON_A_MAC = "Object.defineProperty(Navigator.prototype, 'platform', {get: () => 'MacIntel'});"


def is_typed(editor: Editor, key: str, code: str, *, with_control: bool = False) -> bool:
    """Press Option with a key; tell whether the browser may go on and type the sign."""
    return bool(
        editor.page.evaluate(
            """([key, code, ctrlKey]) => document.activeElement.dispatchEvent(new KeyboardEvent(
              "keydown", {key, code, ctrlKey, altKey: true, bubbles: true, cancelable: true}))""",
            [key, code, with_control],
        )
    )


def test_on_a_mac_option_types_letters_and_with_control_it_is_a_key(
    page: Page, open_editor: Callable[..., Editor]
) -> None:
    page.add_init_script(ON_A_MAC)
    editor = open_editor()
    editor.edit_end(1)
    for key, code in (("å", "KeyA"), ("ß", "KeyS"), ("ç", "KeyC"), ("®", "KeyR"), ("@", "KeyL")):
        assert is_typed(editor, key, code)
    for dead in ("KeyE", "KeyU", "KeyN"):
        assert is_typed(editor, "Dead", dead)
    assert not editor.is_playing()
    assert not is_typed(editor, "®", "KeyR", with_control=True)
    expect(editor.page.locator("[data-part=reviewed]")).to_have_text("1 of 4 reviewed")
    assert not is_typed(editor, "Dead", "KeyN", with_control=True)
    expect(editor.page.locator(".note-input")).to_be_focused()
    editor.press("Escape")


def test_on_a_mac_keys_are_written_as_its_keyboard_has_them(
    page: Page, open_editor: Callable[..., Editor]
) -> None:
    page.add_init_script(ON_A_MAC)
    editor = open_editor()
    button = editor.page.get_by_role("button", name="Undo", exact=True)
    expect(button).to_have_attribute("title", "Undo (⌘Z)")
    editor.press("Control+/")
    row = editor.page.locator("#keys tr", has_text="Name the speaker")
    expect(row.locator("kbd")).to_have_text(["⌃", "⌥", "S"])


def test_a_changed_key_is_named_beside_its_button(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    button = editor.page.get_by_role("button", name="Loop", exact=True)
    expect(button).to_have_attribute("title", "Loop the selection or the segment (Alt+L)")
    editor.press("Control+/")
    editor.page.get_by_role("button", name="Change shortcut: Loop the selection").click()
    editor.press("F8", "Escape")
    expect(button).to_have_attribute("title", "Loop the selection or the segment (F8)")
    # A page that is left for good does nothing more; one that may be come back to goes on.
    leave = "persisted => void dispatchEvent(new PageTransitionEvent('pagehide', {persisted}))"
    editor.page.evaluate(leave, True)
    editor.press("Control+/")
    expect(editor.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    editor.press("Escape")
    editor.page.evaluate(leave, False)
    editor.press("Control+/")
    expect(editor.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


CONFIRM = """code => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
  {key: "Enter", isComposing: code === 0, keyCode: code, bubbles: true, cancelable: true}))"""


def test_enter_that_confirms_a_composed_word_is_no_enter_of_a_field(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page = editor.page
    for key, field in (("Alt+s", ".speaker-input"), ("Alt+n", ".note-input")):
        editor.edit_end(1)
        editor.press(key)
        # Safari has ended composing by then: only the key's code tells.
        for code in (0, 229):
            page.evaluate(CONFIRM, code)
            expect(page.locator(field)).to_be_focused()
        editor.press("Enter")
        expect(page.locator(field)).to_have_count(0)
    title = page.get_by_label("Title")
    title.focus()
    for code in (0, 229):
        page.evaluate(CONFIRM, code)
        expect(title).to_be_focused()
    editor.edit_end(1)
    page.evaluate(CONFIRM, 229)
    assert editor.caret()[0] == 1
