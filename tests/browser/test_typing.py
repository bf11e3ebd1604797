"""Every kind of typing, with real keys: what is shown is what is saved, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from editor.document import Segment
from tests.browser.pages import Editor

pytestmark = pytest.mark.browser

FIRST = "Hey listeners, welcome back"
SECOND = "it works suit differently now"
THIRD = "a clevency of scale"
LAST = "and that is all"

OpenEditor = Callable[..., Editor]


def words_of(editor: Editor, index: int) -> list[tuple[str, int]]:
    return timed(editor.stored()[index])


def timed(segment: Segment) -> list[tuple[str, int]]:
    return [(word.text, word.start_ms) for word in segment.words]


def test_typing_is_saved_after_a_short_rest_and_keeps_the_caret(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.type(" home")
    editor.expect_texts(FIRST + " home", SECOND, THIRD, LAST)
    assert editor.caret() == (0, len(FIRST + " home"))


def test_a_word_deleted_and_typed_again_has_its_time_again(open_editor: OpenEditor) -> None:
    editor = open_editor()
    before = words_of(editor, 2)
    editor.box(2).dblclick(position={"x": 60, "y": 12})
    editor.press("Delete")
    editor.expect_stored(lambda them: len(timed(them[2])), 3)
    editor.type("clevency")
    editor.expect_stored(lambda them: timed(them[2]), before)


def test_a_first_word_deleted_leaves_its_space_for_another(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.put_caret(0, 0)
    editor.press("Shift+Control+ArrowRight", "Delete")
    editor.expect_saved()
    # Before that space there is nothing to split off.
    editor.press(SPLIT, "ArrowRight", *["ArrowRight"] * len("listeners,"), SPLIT)
    editor.expect_texts("listeners,", "welcome back", SECOND, THIRD, LAST)
    expect(editor.page.locator("#toast .is-problem")).to_have_count(0)
    editor.press("Control+z", "Home", "Shift+Control+ArrowRight", "Delete")
    editor.expect_saved()
    editor.type("So")
    editor.expect_texts("So, welcome back", SECOND, THIRD, LAST)


def test_undo_and_redo_go_back_and_forth(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.type("!")
    editor.expect_texts(FIRST + "!", SECOND, THIRD, LAST)
    editor.press("Control+z")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)
    editor.press("Control+Shift+z")
    editor.expect_texts(FIRST + "!", SECOND, THIRD, LAST)


def test_split_takes_what_is_typed_at_once_behind_it(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(0).click()
    editor.press("Home", *["ArrowRight"] * len("Hey listeners, "), "Control+Enter")
    editor.type("so ")
    editor.expect_texts("Hey listeners,", "so welcome back", SECOND, THIRD, LAST)
    assert editor.caret() == (1, 3)


SPLIT = "Control+Enter"
#: Keys, pressed without waiting from the second word of the first segment on, and the text then.
KEYS: dict[str, tuple[list[str], list[str]]] = {
    "split twice": ([SPLIT, SPLIT], ["Hey", "listeners, welcome back"]),
    "split, word right, split": (
        [SPLIT, "Control+ArrowRight", "ArrowRight", SPLIT],
        ["Hey", "listeners,", "welcome back"],
    ),
    "split, undo": ([SPLIT, "Control+z"], [FIRST]),
    "split, type, undo, redo": (
        [SPLIT, "a", "b", " ", "Control+z", "Control+Shift+z"],
        ["Hey", "ab listeners, welcome back"],
    ),
    "split, undo, type": ([SPLIT, "Control+z", "x", " "], ["Hey x listeners, welcome back"]),
    "split, delete, join, type": (
        [SPLIT, "Delete", "End", "Backspace", "Home", "Backspace", "s", "o", " "],
        ["Hey so isteners, welcome bac"],
    ),
    "split, paste, cut": (
        [SPLIT, "Control+v", "Control+Shift+ArrowRight", "Control+x", "End", "Control+v"],
        ["Hey", "and so , welcome backlisteners"],
    ),
    "split, note, go on": (
        [SPLIT, "Alt+n", "n", "o", "Enter", "o", "k", " "],
        ["Hey", "ok listeners, welcome back"],
    ),
    "type, join, type": (
        ["x", " ", "Home", "ArrowDown", "Backspace", "y", " "],
        ["Hey x listeners, welcome back y " + SECOND],
    ),
    "delete, type": (["Alt+Delete", "z", " "], ["z " + SECOND]),
}


def test_keys_on_a_slow_line_do_what_they_say_however_quickly_they_come(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.slow_down(60)
    for name, (keys, first) in KEYS.items():
        editor.page.evaluate("() => navigator.clipboard.writeText('and so\\n')")
        editor.put_caret(0, len("Hey "))
        editor.press(*keys)
        rest = [SECOND, THIRD, LAST][SECOND in first[-1] :]
        try:
            editor.expect_texts(*first, *rest)
            editor.undo_all()
        except AssertionError as error:
            error.add_note(name)
            raise


def test_a_key_held_down_splits_once_and_a_click_meanwhile_counts(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    editor.slow_down(500)
    editor.put_caret(0, len("Hey "))
    keyboard = editor.page.keyboard
    keyboard.down("Control")
    for _ in range(6):
        keyboard.down("Enter")
    keyboard.up("Control")
    editor.type("so ")
    asks = "() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert editor.page.evaluate(asks), "what waits would be lost by leaving"
    editor.click_letter(2, 4)
    editor.type("x")
    editor.expect_texts("Hey", "so listeners, welcome back", SECOND, "a clxevency of scale", LAST)
    assert editor.caret() == (3, 5)


def test_backspace_and_delete_at_the_edges_join(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(1).click()
    editor.press("Home", "Backspace")
    editor.expect_texts(f"{FIRST} {SECOND}", THIRD, LAST)
    assert editor.caret() == (0, len(FIRST) + 1)
    editor.press("End", "Delete")
    editor.expect_texts(f"{FIRST} {SECOND} {THIRD}", LAST)
    editor.press("Control+z")
    editor.expect_texts(f"{FIRST} {SECOND}", THIRD, LAST)
    editor.press("Control+z")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)


def test_what_is_selected_over_segments_comes_back_and_an_emptied_one_says_so(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    page = editor.page
    for key in ("Delete", "x", "Control+x"):
        editor.put_caret(0, 4)
        page.evaluate(
            """() => getSelection().setBaseAndExtent(getSelection().anchorNode, 4,
              document.querySelectorAll(".box")[2].firstChild, 3)"""
        )
        editor.press(key)
        expect(page.locator(".box")).to_have_text(
            ["Hey x" if key == "x" else "Hey", THIRD[3:], LAST]
        )
        editor.press("Control+z")
        editor.expect_texts(FIRST, SECOND, THIRD, LAST)
    editor.put_caret(2, 0)
    editor.press("Shift+End", "Delete")
    said = "() => getComputedStyle(document.querySelectorAll('.box')[2], '::before').content"
    assert page.evaluate(said) == '"(empty)"'
    editor.type("so")
    assert page.evaluate(said) == "none"
    editor.press("Control+z")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)


def test_enter_goes_to_the_next_segment_and_arrows_cross_edges(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.press("Enter")
    assert editor.caret() == (1, 0)
    editor.press("ArrowLeft")
    assert editor.caret() == (0, len(FIRST))
    editor.press("ArrowRight")
    assert editor.caret() == (1, 0)
    editor.press("ArrowDown", "ArrowDown", "ArrowUp")
    assert editor.caret()[0] == 2
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)


def test_pasted_lines_become_spaces(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.page.evaluate("() => navigator.clipboard.writeText(' one\\r\\ntwo\\n three')")
    editor.edit_end(3)
    editor.press("Control+v")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST + " one two three")


def test_nothing_is_saved_while_composing(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(3)
    devtools = editor.page.context.new_cdp_session(editor.page)
    devtools.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    editor.page.wait_for_timeout(900)
    assert editor.saved_texts()[3] == LAST
    devtools.send("Input.insertText", {"text": "日本"})
    editor.expect_texts(FIRST, SECOND, THIRD, LAST + "日本")
    editor.slow_down(100)
    editor.put_caret(0, len("Hey "))
    editor.press(SPLIT)
    devtools.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    editor.page.wait_for_timeout(300)
    devtools.send("Input.insertText", {"text": "日 "})
    editor.type("x ")
    rest = (SECOND, THIRD, LAST + "日本")
    editor.expect_texts("Hey", "日 x listeners, welcome back", *rest)


def test_the_same_segment_edited_twice_shows_both_texts(open_editor: OpenEditor) -> None:
    here, there = open_editor(), open_editor(in_new_tab=True)
    there.page.route("**/changes?*", lambda _: None)  # never answered: it hears of no other tab
    here.edit_end(0)
    here.type(" here")
    here.expect_saved()
    expect(here.page.locator("[data-part=undo]")).to_be_enabled()
    there.edit_end(0)
    there.type(" there")
    choice = there.page.get_by_role("region", name="Choose a version")
    expect(choice.get_by_text(FIRST + " there")).to_be_visible()
    expect(choice.get_by_text(FIRST + " here")).to_be_visible()
    choice.get_by_role("button", name="Keep mine").click()
    expect(there.box(0)).to_be_focused()
    there.expect_texts(FIRST + " there", SECOND, THIRD, LAST)


def test_what_is_typed_without_a_server_is_sent_after_a_reload(open_editor: OpenEditor) -> None:
    editor = open_editor()
    gone: Any = "**/api/transcripts/*/edits"
    editor.page.route(gone, lambda route: route.abort())
    editor.edit_end(1)
    editor.type(" offline")
    save = editor.page.locator("[data-part=save]")
    expect(save).to_have_text(
        "The server cannot be reached. What you typed is kept in this browser"
    )
    assert editor.saved_texts()[1] == SECOND
    editor.page.on("dialog", lambda dialog: dialog.accept())
    editor.page.unroute(gone)
    editor.page.reload()
    editor.expect_texts(FIRST, SECOND + " offline", THIRD, LAST)


def test_a_rest_after_a_space_is_no_step_of_its_own(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(1)
    editor.type(" ")
    editor.expect_saved()
    editor.type("more")
    editor.press("Enter")
    editor.expect_texts(FIRST, f"{SECOND} more", THIRD, LAST)
    editor.press("Control+z")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)
    expect(editor.page.locator("[data-part=undo]")).to_be_disabled()
