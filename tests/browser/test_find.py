"""Finding words in the text, and replacing or deleting them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from editor.document import Segment
from tests.browser.conftest import TEXT
from tests.browser.looks import ON_A_PHONE, check_looks
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.browser.test_segments import words_of
from tests.support.segments import put_segments

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]
LINES = TEXT.splitlines()
#: The text that is marked, and whether it can be seen there.
MARKED = """() => {
  const [range] = CSS.highlights.get("found");
  const { left, top, height } = range.getBoundingClientRect();
  const box = document.elementFromPoint(left + 2, top + height / 2)?.closest(".box");
  return [range.toString(), box?.contains(range.startContainer) ?? false];
}"""


def find(editor: Editor, text: str) -> Locator:
    """Type into the dialog, opened by its key, as fast as the machine can."""
    editor.press("Control+f")
    editor.type(text)
    return editor.page.get_by_role("dialog", name="Find and replace")


def steps(editor: Editor) -> int:
    return len(editor.server.store.revisions(editor.transcript_id))


def test_a_phrase_over_two_lines_is_marked_in_both_and_plays(open_editor: OpenEditor) -> None:
    editor = open_editor()
    dialog = find(editor, "now a cl")
    editor.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("1 of 1")
    marked = "() => [...CSS.highlights.get('found')].map(String)"
    assert editor.page.evaluate(marked) == ["now", "a cl"]
    editor.page.wait_for_function("() => !document.querySelector('video').paused")
    assert editor.time_ms() >= 2000
    expect(dialog.get_by_role("checkbox", name="Replace at 0:")).to_be_disabled()
    dialog.get_by_label("Play what is found").uncheck()
    editor.press("Escape")
    editor.put_caret(3, 0)
    editor.press("Alt+s")
    editor.type("Ann")
    editor.press("Enter")
    editor.expect_saved()
    find(editor, "a")
    dialog.get_by_label("Said by").select_option("Ann")
    expect(dialog.get_by_role("status")).to_have_text("3 places")
    expect(dialog.get_by_role("listitem")).to_contain_text([LINES[3]] * 3)


def test_enter_goes_from_hit_to_hit_and_changes_nothing(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.click_letter(1, 3)
    dialog = find(editor, "IS")
    dialog.get_by_label("Play what is found").uncheck()
    dialog.get_by_label("Find", exact=True).focus()
    count = dialog.get_by_role("status")
    editor.press("Enter")
    expect(count).to_have_text("2 of 2")
    assert editor.page.evaluate(MARKED) == ["is", True]
    editor.press("Enter")
    expect(count).to_have_text("1 of 2")
    editor.press("Shift+Enter", "Shift+Enter")
    expect(count).to_have_text("1 of 2")
    rows = dialog.get_by_role("listitem")
    expect(rows).to_contain_text(["0:00", "0:06"])
    rows.nth(1).locator(".place-go").click()
    expect(count).to_have_text("2 of 2")
    dialog.get_by_label("Replace with").focus()
    editor.press("Enter")
    expect(count).to_have_text("1 of 2")
    editor.press("Escape")
    assert editor.page.evaluate("() => getSelection().toString()") == "is"
    assert editor.caret()[0] == 0
    dialog = find(editor, "Is")
    dialog.get_by_label("Match case").check()
    expect(count).to_have_text("0 places")
    editor.press("Escape")
    editor.page.wait_for_function("() => getSelection().toString() === 'is'")
    editor.expect_texts(*LINES)
    assert steps(editor) == 0
    assert not editor.is_playing()
    # What is corrected here is told of where it stands elsewhere, once the line is left.
    for index in (0, 2):
        editor.edit_end(index)
        editor.type(" zebra")
    editor.press("ArrowUp")
    editor.edit_end(2)
    editor.press("Shift+Control+ArrowLeft")
    editor.type("Zoe")
    editor.box(1).click()
    hint = editor.page.locator(".segment", has_text="Zoe").locator(".also")
    expect(hint).to_contain_text("“zebra” also in 1 other place")
    check_looks(editor.page, ON_A_PHONE)
    hint.get_by_role("button", name="Show").click()
    expect(dialog.get_by_label("Replace with")).to_have_value("Zoe")
    dialog.get_by_role("button", name="Replace 1").click()
    expect(editor.box(0)).to_contain_text("Zoe")
    expect(hint).to_have_count(0)


def test_what_stands_in_the_fields_is_what_is_done(open_editor: OpenEditor) -> None:
    editor = open_editor()

    def late(route: Route) -> None:
        editor.page.wait_for_timeout(120)
        route.continue_()

    editor.page.route("**/search", late)
    editor.edit_end(3)
    for pause_ms in (0, 60, 200):
        dialog = find(editor, "listeners")
        editor.press("Tab")
        editor.page.keyboard.type("folks", delay=pause_ms)
        editor.press("Enter")
        expect(dialog).to_be_hidden()
        expect(editor.page.locator("#toast")).to_contain_text("1 replaced. Undo")
        editor.expect_texts("Hey folks, welcome back", *LINES[1:])
        editor.page.get_by_role("button", name="Undo", exact=True).last.click()
        editor.expect_texts(*LINES)
    assert steps(editor) == 6
    # With the message its button has gone, and keys are the text's, not the player's.
    editor.type("k")
    shown = editor.page.locator(".box").all_text_contents()
    assert "".join(shown).count("k") == "".join(LINES).count("k") + 1
    assert not editor.is_playing()


def test_deleting_has_its_own_button_and_teaches_nothing(open_editor: OpenEditor) -> None:
    editor = open_editor()
    dialog = find(editor, "l")
    expect(dialog.get_by_role("button", name="Delete 7")).to_be_visible()
    expect(dialog.get_by_role("button", name="Replace")).to_be_hidden()
    dialog.get_by_role("listitem").nth(1).get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Delete 6").click()
    expect(editor.page.locator("#toast")).to_contain_text("6 deleted. Undo")
    rest = ("it works suit differenty now", "a cevency of scae", "and that is a")
    editor.expect_texts("Hey isteners, welcome back", *rest)
    assert editor.server.store.glossary(editor.transcript_id) == []
    editor.edit_end(0)
    editor.type(" is")
    editor.press("Shift+Control+ArrowLeft")
    dialog = find(editor, "")
    expect(dialog.get_by_label("Find", exact=True)).to_have_value("is")
    expect(editor.page.get_by_role("button", name="Undo", exact=True)).to_have_count(1)
    editor.type("that")
    dialog.get_by_role("button", name="Delete 1").click()
    editor.expect_texts("Hey isteners, welcome back is", *rest[:2], "and is a")


def test_hits_are_brought_where_nothing_covers_them(server: Server, page: Page) -> None:
    made = server.store.create_transcript(title="Long", media_name="long.wav", model="base")
    texts = [f"line {number}" for number in range(300)]
    put_segments(
        server.store,
        made.id,
        [Segment(text.replace(" ", "-"), text, words_of(text)) for text in texts],
    )
    editor = Editor(page, server, made.id)
    page.goto(f"/t/{made.id}")
    editor.edit_end(0)
    find(editor, "9")
    for width in (390, 1200):
        page.set_viewport_size({"width": width, "height": 700})
        for number in (9, 19, 29):
            editor.press("Enter")
            expect(page.locator("#replace [aria-current]")).to_contain_text(f"line {number}")
            assert page.evaluate(MARKED) == ["9", True]
        editor.press("Shift+Enter", "Shift+Enter", "Shift+Enter")
        expect(page.locator("#replace [aria-current]")).to_contain_text("line 299")
        assert page.evaluate(MARKED) == ["9", True]
