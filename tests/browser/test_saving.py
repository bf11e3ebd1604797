"""What is typed reaches the server, whatever the browser's store, the line or others do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

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
EDITS: Any = "**/api/transcripts/*/edits"
NOT_KEPT = "This browser stores nothing for this page."
KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("transcript-editor");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("edits").objectStore("edits").getAll();
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result.map(({ entry }) => entry.edit.text));
    };
  };
})"""
#: What browsers do to a page's store without asking.
DELETE = """() => new Promise((resolve) => {
  indexedDB.deleteDatabase("transcript-editor").onsuccess = resolve;
})"""
CLOSE_ONCE = """() => {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function () {
    IDBDatabase.prototype.transaction = transaction;
    throw new DOMException("The database connection is closing.", "InvalidStateError");
  };
}"""
FILL = """() => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""
NEVER_OPEN = "indexedDB.open = () => ({});"
BLOCK = """
for (const name of ["localStorage", "indexedDB"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
}
"""


def test_a_store_that_goes_away_or_fills_up_keeps_no_edit_from_the_server(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    texts = [FIRST, SECOND, THIRD, LAST]
    for index, harm in enumerate((DELETE, CLOSE_ONCE)):
        editor.page.evaluate(harm)
        editor.edit_end(index)
        editor.type(" more")
        texts[index] += " more"
        editor.expect_texts(*texts)
    # The store is opened again: without the server what is typed is kept there.
    editor.page.route(EDITS, lambda route: route.abort())
    editor.edit_end(2)
    editor.type(" kept")
    save = editor.page.locator("[data-part=save]")
    expect(save).to_have_text(
        "The server cannot be reached. What you typed is kept in this browser"
    )
    assert editor.page.evaluate(KEPT) == [f"{THIRD} kept"]
    editor.page.evaluate(FILL)
    editor.edit_end(3)
    editor.type(" unkept")
    expect(editor.page.locator("#toast")).to_contain_text(NOT_KEPT)
    expect(save).to_contain_text("kept only while this page is open")
    editor.page.unroute(EDITS)
    editor.expect_texts(*texts[:2], f"{THIRD} kept", f"{LAST} unkept")
    editor.page.get_by_role("button", name="Dismiss").click()
    expect(editor.page.locator("#toast")).to_be_empty()


def test_a_page_whose_store_never_answers_or_is_blocked_opens_and_saves(
    context: BrowserContext, server: Server, transcript_id: str, files: list[Path]
) -> None:
    texts = [FIRST, SECOND, THIRD, LAST]
    for index, harm in enumerate((NEVER_OPEN, BLOCK)):
        page = context.new_page()
        page.add_init_script(harm)
        editor = Editor(page, server, transcript_id)
        editor.open()
        editor.edit_end(index)
        editor.type(" more")
        texts[index] += " more"
        editor.expect_texts(*texts)
        expect(page.locator("#toast")).to_contain_text(NOT_KEPT)
    page.goto("/")
    page.locator("#choose").set_input_files(files)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/t/*")


def answering(page: Page, *answers: tuple[int, dict[str, str]]) -> list[str]:
    """Let the next edits be refused so; gives the texts that were sent."""
    left, sent = list(answers), list[str]()

    def answer(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "")["text"])
        if not left:
            return route.continue_()
        status, headers = left.pop(0)
        return route.fulfill(status=status, headers=headers, body="<html>not now</html>")

    page.route(EDITS, answer)
    return sent


def test_a_refusal_that_may_pass_is_tried_again_by_itself(open_editor: OpenEditor) -> None:
    editor = open_editor()
    sent = answering(editor.page, (500, {}), (429, {"Retry-After": "1"}))
    editor.edit_end(0)
    editor.type(" once")
    editor.press("ArrowDown", "End")
    editor.type(" twice")
    editor.expect_texts(f"{FIRST} once", f"{SECOND} twice", THIRD, LAST)
    assert sent == [f"{FIRST} once"] * 3 + [f"{SECOND} twice"]


def test_doubts_are_asked_for_until_they_come(
    page: Page, server: Server, transcript_id: str
) -> None:
    left = [500, 429]

    def answer(route: Route) -> None:
        if left:
            route.fulfill(status=left.pop(0), body="{}")
        else:
            route.continue_()

    page.route("**/doubts", answer)
    Editor(page, server, transcript_id).open()
    assert left == []


def test_deleted_elsewhere_is_told_and_what_was_typed_stays(
    open_editor: OpenEditor, server: Server
) -> None:
    editor = open_editor()
    page = editor.page
    server.store.move_to_trash(editor.transcript_id)
    deleted = page.get_by_role("region", name="Deleted")
    expect(deleted).to_contain_text("This transcript is in the trash")
    editor.edit_end(0)
    editor.type(" still")
    editor.expect_saved()
    deleted.get_by_role("button", name="Restore").click()
    expect(deleted).to_be_hidden()
    assert server.store.transcript(editor.transcript_id).deleted_ms is None
    server.store.delete_transcript(editor.transcript_id)
    editor.edit_end(1)
    editor.type(" unsaved")
    expect(deleted).to_contain_text("deleted permanently")
    expect(page.locator("[data-part=save]")).to_have_text("Deleted: changes are not saved")
    editor.type(" words")
    with page.expect_download() as saving:
        deleted.get_by_role("button", name="Save as a file").click()
    lines = Path(saving.value.path()).read_text("utf-8").splitlines()
    assert lines[:2] == [f"{FIRST} still", f"{SECOND} unsaved words"]
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#failed")).to_contain_text(f"{SECOND} unsaved")


def test_a_fault_of_the_page_and_a_refused_export_are_told_in_the_page(
    context: BrowserContext, server: Server, transcript_id: str
) -> None:
    page = context.new_page()
    editor = Editor(page, server, transcript_id)
    editor.open()
    page.route("**/export?**", lambda route: route.fulfill(status=503, body="busy"))
    page.get_by_text("Export", exact=True).click()
    page.get_by_role("link", name="SubRip").click()
    toast = page.locator("#toast")
    expect(toast).to_contain_text("The server cannot be reached.")
    page.unroute("**/export?**")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="SubRip").click()
    assert saving.value.suggested_filename == "Episode.en.srt"
    page.evaluate("() => void Promise.reject(new TypeError('x is not a function'))")
    expect(toast).to_contain_text("Something went wrong in this page. What you typed is kept.")
    page.goto("/")
    page.get_by_role("checkbox", name="Choose Episode").check()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Export", exact=True).click()
    assert saving.value.suggested_filename == "transcripts.zip"
    with page.expect_download() as saving:
        page.get_by_role("link", name="Download Episode as one file").click()
    assert saving.value.suggested_filename == "Episode.transcript"
    server.store.delete_transcript(transcript_id)
    page.get_by_role("button", name="Export", exact=True).click()
    expect(toast).to_contain_text("This transcript does not exist. It may have been deleted.")


def test_a_split_that_is_never_answered_is_sent_again_and_holds_nothing_up(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    sent = list[Any]()

    def answer(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or ""))
        if len(sent) > 1:
            return route.continue_()
        # It arrives, and is done; only the answer never comes.
        route.fetch()
        return None

    editor.page.clock.install()
    editor.page.route(EDITS, answer)
    editor.put_caret(0, FIRST.index(" welcome"))
    editor.press("Control+Enter")
    editor.edit_end(3)
    editor.type(" more")
    expect(editor.page.locator("[data-part=save]")).to_have_text("Saving …")
    editor.page.clock.fast_forward(31_000)
    editor.expect_texts("Hey listeners,", "welcome back", SECOND, THIRD, f"{LAST} more")
    assert sent[0] == sent[1]
    assert [edit["kind"] for edit in sent] == ["split", "split", "text"]
