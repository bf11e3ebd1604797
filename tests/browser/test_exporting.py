"""What a person chooses of an exported file in the page, beside the formats of each purpose."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from editor.document import Segment, Word
from tests.browser.pages import Editor
from tests.support.clock import wait_for
from tests.support.segments import put_segments

pytestmark = pytest.mark.browser


def exported(page: Page, purpose: str, link: str) -> str:
    page.locator("[data-part=export] summary").click()
    head = page.get_by_role("button", name=purpose)
    if head.get_attribute("aria-expanded") == "false":
        head.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name=link).click()
    return downloading.value.path().read_text("utf-8")


def test_documents_and_tables_are_exported_as_a_person_chooses(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    said = tuple(
        Word(text, 10_000 * n, 10_000 * n + 500, struck=text == "um")
        for n, text in enumerate(["so", "um", "we", "begin"])
    )
    segment = Segment("a", "so um we begin", said, speaker="Ann", note="ask")
    put_segments(editor.server.store, editor.transcript_id, [segment])
    page = editor.page
    assert exported(page, "Documents", "Text (.txt)") == ">> Ann: so we begin\n"
    page.locator("[data-part=export] summary").click()
    documents = page.get_by_role("list", name="Documents")
    documents.get_by_label("Times").select_option(label="every 15 seconds")
    documents.get_by_label("With speakers").uncheck()
    documents.get_by_label("With notes").check()
    documents.get_by_label("With struck-out words").check()
    page.keyboard.press("Escape")
    chosen = exported(page, "Documents", "Text (.txt)")
    assert chosen == "[0:00] so um [0:20] we [0:30] begin\n[Note: ask]\n"
    page.locator("[data-part=export] summary").click()
    page.get_by_role("button", name="Editing, tables").click()
    tables = page.get_by_role("list", name="Editing, tables")
    tables.get_by_role("button", name="Columns of tables").click()
    for column in ("Speaker", "Start in ms"):
        tables.get_by_label(column, exact=True).check()
    page.keyboard.press("Escape")
    table = exported(page, "Editing, tables", "Table (.csv)")
    assert list(csv.reader(table.splitlines()))[1:] == [["0", "Ann"]]


def test_a_link_is_made_opened_by_a_stranger_and_removed(
    browser: Browser, open_editor: Callable[..., Editor]
) -> None:
    page = open_editor().page
    page.locator("#more summary").click()
    page.get_by_role("button", name="Share a link").click()
    dialog = page.get_by_role("dialog", name="Share a link")
    expect(dialog).to_contain_text("Only this computer reaches this editor")
    dialog.get_by_label("Link lasts").select_option("a month")
    # Pressed twice, it makes one link.
    dialog.get_by_role("button", name="Make a link").dblclick()
    field = dialog.get_by_label("Copy the link now")
    server = re.escape(page.url.partition("/t/")[0])
    expect(field).to_have_value(re.compile(rf"^{server}/s/[\w-]{{43}}$"))
    address = field.input_value()
    expect(dialog.get_by_role("listitem")).to_contain_text("not opened yet")

    stranger = browser.new_context(viewport={"width": 320, "height": 640})
    other = stranger.new_page()
    complaints = list[str]()
    other.on("console", lambda message: complaints.append(message.text))
    other.on("pageerror", lambda error: complaints.append(str(error)))
    other.goto(address)
    expect(other.get_by_role("main")).to_contain_text("it works suit differently now")
    sound = "document.querySelector('audio, video')"
    wait_for(lambda: other.evaluate(f"{sound}.readyState") > 0, 10)
    assert other.evaluate(f"{sound}.error") is None
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert stranger.cookies() == []
    assert complaints == []

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("#more summary").click()
    page.get_by_role("button", name="Share a link").click()
    expect(dialog.get_by_role("listitem")).to_contain_text("opened 1 time, last just now")
    expect(dialog.get_by_label("Copy the link now")).to_be_hidden()
    dialog.get_by_role("button", name="Remove the link").click()
    expect(dialog).to_contain_text("No links yet.")
    expect(dialog.get_by_role("button", name="Make a link")).to_be_focused()
    other.reload()
    expect(other.get_by_role("heading")).to_have_text("This link leads nowhere")
    stranger.close()
