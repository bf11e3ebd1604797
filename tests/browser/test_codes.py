"""A researcher codes passages by keyboard, looks at them, and exports them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.looks import FOUR_LOOKS, check_looks
from tests.browser.pages import Editor

pytestmark = pytest.mark.browser


def coded(editor: Editor) -> list[list[str]]:
    """The words of each code, by the text they are in."""
    editor.expect_saved()
    return [
        [f"{word.text}:{'+'.join(word.codes)}" for word in one.words if word.codes]
        for one in editor.stored()
    ]


def test_passages_are_coded_by_keyboard_listed_and_exported(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page = editor.page
    dialog = page.get_by_role("dialog", name="Codes")
    editor.put_caret(1, len("it works suit "))
    editor.press("Shift+Control+ArrowRight", "Shift+ArrowDown", "Alt+Shift+K")
    expect(dialog.get_by_text("“differently now a clevency of")).to_be_visible()
    editor.type(" Scale ")
    editor.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("[aria-label*='coded Scale']")).to_have_count(2)
    assert [len(words) for words in coded(editor)][::3] == [0, 0]
    assert coded(editor)[1] == ["differently:Scale", "now:Scale"]
    painted = "() => CSS.highlights.get('code-0').size"
    assert page.evaluate(painted) == 2

    # What is typed among coded words belongs to them; the same code again is taken away.
    editor.put_caret(1, len("it works suit differently"))
    editor.type(" so")
    editor.expect_saved()
    assert coded(editor)[1] == ["differently:Scale", "so:Scale", "now:Scale"]
    editor.put_caret(3, 1)
    editor.press("Alt+Shift+K", "Control+a")
    editor.type("scale")
    editor.press("Enter")
    expect(page.locator("[aria-label*='coded Scale']")).to_have_count(3)
    editor.press("Control+z")
    expect(page.locator("[aria-label*='coded Scale']")).to_have_count(2)

    editor.press("Alt+Shift+K")
    expect(dialog.get_by_role("textbox", name="Name of the code Scale")).to_have_value("Scale")
    dialog.get_by_role("button", name="Show the passages with Scale").click()
    passages = dialog.locator("[data-part=passages] button")
    expect(passages).to_have_count(1)
    check_looks(page, FOUR_LOOKS)
    dialog.get_by_role("button", name="Another colour for Scale").click()
    colours = "() => [0, 1].map((n) => CSS.highlights.get(`code-${n}`).size)"
    assert page.evaluate(colours) == [0, 2]
    # Another browser shows the same.
    other = open_editor(in_new_tab=True).page
    expect(other.locator("[aria-label*='coded Scale']")).to_have_count(2)
    other.wait_for_function(f"() => `${{({colours})()}}` === '0,2'")
    other.close()
    passages.click()
    expect(dialog).to_be_hidden()
    assert editor.caret() == (1, len("it works suit "))

    page.get_by_text("Export", exact=True).click()
    page.get_by_role("button", name="Research").click()
    with page.expect_download() as file:
        page.get_by_role("link", name="Coded passages (CSV)").click()
    rows = file.value.path().read_text("utf-8").splitlines()
    assert rows[0] == "code,start,end,speaker,text,note"
    assert rows[1].startswith("Scale,00:00:0")
    assert rows[1].split(",")[4].startswith("differently so now a clevency of")


def test_a_code_is_given_to_what_was_shown_and_not_to_what_another_put_there(
    open_editor: Callable[..., Editor],
) -> None:
    editor, other = open_editor(), open_editor(in_new_tab=True)
    dialog = editor.page.get_by_role("dialog", name="Codes")
    editor.put_caret(2, 2)
    editor.press("Shift+Control+ArrowRight", "Alt+Shift+K")
    expect(dialog.get_by_text("“clevency")).to_be_visible()
    other.put_caret(2, 0)
    other.type("what a turn, ")
    expect(editor.box(2)).to_have_text("what a turn, a clevency of scale")
    editor.type("Scale")
    editor.press("Enter")
    expect(dialog.get_by_text("“at a tu")).to_be_visible()
    editor.press("Escape")
    assert coded(editor) == [[], [], [], []]
