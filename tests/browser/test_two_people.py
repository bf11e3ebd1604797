from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.pages import Editor
from tests.browser.server import Server

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]
FIRST, SECOND, THIRD, LAST = (
    "Hey listeners, welcome back",
    "it works suit differently now",
    "a clevency of scale",
    "and that is all",
)


@pytest.fixture
def ann(open_editor: OpenEditor) -> Editor:
    return open_editor()


@pytest.fixture
def ben(home: Home, server: Server, transcript_id: str, ann: Editor) -> Iterator[Editor]:
    """Somebody else at the same transcript, in a browser of their own."""
    context = home.context(server.url)
    editor = Editor(context.new_page(), server, transcript_id)
    editor.open()
    yield editor
    home.leave(context)


def test_a_title_that_somebody_else_changed_is_shown_and_not_overwritten(
    ann: Editor, ben: Editor
) -> None:
    mine = ann.page.get_by_role("textbox", name="Title")
    mine.click()
    ann.press("Control+a")
    ann.type("My title")
    theirs = ben.page.get_by_role("textbox", name="Title")
    theirs.fill("Ben's title")
    theirs.press("Enter")
    expect(ann.page.locator("h1")).to_have_text("Ben's title")
    mine.press("Enter")
    told = ann.page.get_by_role("alert")
    expect(told).to_contain_text("title to “Ben's title” in the meantime. Yours is “My title”.")
    expect(mine).to_have_value("Ben's title")
    ann.page.route("**/api/transcripts/*", lambda question: question.abort())
    told.get_by_role("button", name="Use mine").click()
    expect(told).to_contain_text("The server cannot be reached. You typed “My title”.")
    ann.page.unroute("**/api/transcripts/*")
    told.get_by_role("button", name="Try again").click()
    expect(theirs).to_have_value("My title")
    expect(mine).to_have_value("My title")


def test_undo_takes_back_what_one_did_oneself(ann: Editor, ben: Editor) -> None:
    ann.edit_end(0)
    ann.type(" one")
    ann.expect_saved()
    ann.edit_end(1)
    ann.type(" two")
    ann.expect_saved()
    expect(ben.box(1)).to_have_text(f"{SECOND} two")
    expect(ben.page.locator("[data-part=undo]")).to_be_disabled()
    ben.edit_end(3)
    ben.type(" ben")
    ben.edit_end(1)
    ben.type(" three")
    ben.expect_saved()
    expect(ann.box(1)).to_have_text(f"{SECOND} two three")
    ann.press("Control+z")
    expect(ann.page.locator("#toast")).to_contain_text("Someone else has changed this text since")
    ann.press("Control+z")
    ann.expect_texts(FIRST, f"{SECOND} two three", THIRD, f"{LAST} ben")
    ann.page.reload()
    ann.page.get_by_role("button", name="Redo").click()
    ann.expect_texts(f"{FIRST} one", f"{SECOND} two three", THIRD, f"{LAST} ben")
    # What goes from under one's eyes is told, of oneself it is not.
    redone = f"Redone by someone else (text): “{FIRST} one”"
    expect(ben.page.locator("#toast")).to_contain_text(redone)
    ben.press("Control+z", "Control+z")
    ben.expect_texts(f"{FIRST} one", f"{SECOND} two", THIRD, LAST)
    told = ann.page.locator("#toast .has-offer")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("Undone by someone else (text): “and that is all”")
    told.get_by_role("button", name="Show").click()
    assert ann.caret() == (3, 0)
    expect(ben.page.locator("#toast")).not_to_contain_text("Undone")


def test_what_is_being_typed_as_its_segment_is_deleted_is_put_back_whole(
    ann: Editor, ben: Editor
) -> None:
    ann.page.route("**/changes?*", lambda question: None)
    ann.edit_end(3)
    ben.edit_end(3)
    ben.press("Alt+Delete")
    ben.expect_texts(FIRST, SECOND, THIRD)
    ann.type(" one")
    mine = ann.page.locator(".choice")
    expect(mine).to_contain_text("deleted in the meantime")
    # Some browsers tell nothing of a box that goes while it has the focus.
    ann.page.evaluate("() => addEventListener('focusout', (e) => e.stopPropagation(), true)")
    ann.type(" two")
    ann.page.unroute("**/changes?*")
    ann.page.evaluate("() => void document.dispatchEvent(new Event('visibilitychange'))")
    ann.page.wait_for_function("() => document.querySelectorAll('.box').length === 3")
    ann.type("!")
    expect(ann.page.locator("#orphans .choice")).to_contain_text(f"{LAST} one two")
    mine.get_by_role("button", name="Restore mine").click()
    ann.expect_texts(FIRST, SECOND, f"{THIRD}!", f"{LAST} one two")


def test_an_old_state_is_not_brought_back_over_what_was_not_seen(ann: Editor, ben: Editor) -> None:
    ann.edit_end(0)
    ann.type(" one")
    ann.expect_saved()
    dialog = ann.page.get_by_role("dialog", name="History")
    ann.press("Alt+Shift+H")
    expect(dialog).to_contain_text("1 segment differs from the current version")
    # A page that nobody looks at hears of nothing.
    ann.page.evaluate("() => Object.defineProperty(document, 'hidden', { get: () => true })")
    ben.edit_end(1)
    ben.type(" two")
    ben.expect_saved()
    whole = dialog.get_by_role("button", name="Restore all")
    whole.click()
    expect(ann.page.get_by_role("alert")).to_contain_text("in another tab or by someone else")
    expect(dialog).to_contain_text("2 segments differ from the current version")
    assert ann.saved_texts()[1] == f"{SECOND} two"
    whole.click()
    expect(dialog).to_contain_text("Same as the current version")
    assert ann.saved_texts() == [FIRST, SECOND, THIRD, LAST]

    other_tab = Editor(ann.page.context.new_page(), ann.server, ann.transcript_id)
    other_tab.open()
    other_tab.edit_end(2)
    other_tab.type(" three")
    other_tab.expect_saved()
    ann.page.get_by_role("alert").get_by_role("button").click()
    dialog.get_by_label("Versions").get_by_role("button", name="Text").first.click()
    whole.click()
    expect(ann.page.get_by_role("alert")).to_contain_text("in another tab or by someone else")
    expect(ann.box(2)).to_have_text(f"{THIRD} three")
    other_tab.type(" four")
    other_tab.expect_saved()
    ann.press("Escape")
    ann.press("Control+z")
    told = ann.page.locator("#toast").get_by_text("Undone: your last change, made in another tab.")
    told.get_by_role("button", name="Redo").click()
    ann.expect_texts(FIRST, SECOND, f"{THIRD} three four", LAST)


def test_what_is_being_typed_beside_the_text_stays_whatever_others_do(
    ann: Editor, ben: Editor
) -> None:
    ann.edit_end(0)
    ann.press("Alt+s")
    ann.type("Ann")
    ann.press("Enter", "Alt+Shift+s")
    first, second = (ann.page.get_by_label(f"Name of speaker {number}") for number in (1, 2))
    first.press("End")
    ann.type("ie")
    expect(ben.page.get_by_role("button", name="Ann")).to_be_visible()
    ben.edit_end(2)
    ben.press("Alt+s")
    ben.type("Ben")
    ben.press("Enter")
    expect(second).to_have_value("Ben")
    ann.type(" A.")
    ann.press("Enter")
    expect(ben.page.get_by_role("button", name="Annie A.")).to_be_visible()
    expect(first).to_be_focused()
    second.press("End")
    ann.type("no")
    ben.press("Alt+Shift+s")
    ben.page.get_by_label("Name of speaker 2").fill("Bea")
    ben.press("Enter", "Escape")
    expect(second).to_have_value("Bea")
    expect(ann.page.get_by_label("Name of speaker 3")).to_be_focused()
    ann.press("Enter")
    expect(ann.page.get_by_role("alert")).to_contain_text("“Benno” was not used")

    ann.press("Escape")
    ann.edit_end(3)
    ann.press("Alt+n")
    ann.type("half")
    ben.put_caret(1, 3)
    ben.press("Control+Enter")
    expect(ann.page.locator(".box")).to_have_count(5)
    ann.type(" a note")
    ann.press("Enter")
    expect(ben.page.locator(".note")).to_have_text("half a note")
    ann.edit_end(4)
    ann.press("Alt+n", "End")
    ann.type(" more")
    ben.edit_end(4)
    ben.press("Alt+Delete")
    expect(ann.page.locator(".box")).to_have_count(4)
    expect(ann.page.get_by_role("alert").last).to_contain_text("no longer exists: half a note more")
    ann.edit_end(3)
    ann.press("Alt+s")
    ann.type("Cleo")
    ben.edit_end(3)
    ben.press("Alt+Delete")
    expect(ann.page.get_by_role("alert").last).to_contain_text("no longer exists: Cleo")


def test_a_name_and_a_note_given_while_the_server_is_away_are_kept_also_over_a_reload(
    ann: Editor, ben: Editor
) -> None:
    ann.page.route("**/edits", lambda edit: edit.abort())
    for index, name in ((3, "Anne"), (1, "Ann")):
        ann.edit_end(index)
        ann.press("Alt+s")
        ann.type(name)
        ann.press("Enter")
    ann.edit_end(3)
    ann.press("Alt+n")
    ann.type("ask her")
    ann.press("Enter")
    for index, name in ((3, "Anne"), (1, "Ann")):
        expect(ann.page.locator(".speaker").nth(index)).to_have_text(name)
    ben.edit_end(3)
    ben.press("Alt+s")
    ben.type("Ben")
    ben.press("Enter")
    ben.expect_saved()
    ben.edit_end(1)
    ben.type(" too")
    ben.expect_saved()
    ann.edit_end(0)
    ann.press("Alt+n")
    ann.type("half a no")
    ann.page.reload()
    expect(ann.page.locator(".speaker").nth(3)).to_have_text("Anne")
    ann.page.unroute("**/edits")
    told = ann.page.get_by_role("alert")
    both = "the speaker to “Ben” in the meantime. Yours is “Anne”."
    # What is kept goes out again after a wait that grows, and once the page hears of the server.
    expect(told).to_contain_text(both, timeout=20_000)
    ann.expect_saved()
    expect(ben.page.locator(".note")).to_have_text(["half a no", "ask her"])
    expect(ben.page.locator(".speaker").nth(1)).to_have_text("Ann")
    told.get_by_role("button", name="Use mine").click()
    expect(ben.page.locator(".speaker").nth(3)).to_have_text("Anne")
    ann.expect_texts(FIRST, f"{SECOND} too", THIRD, LAST)
