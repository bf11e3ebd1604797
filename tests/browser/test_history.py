"""The history: what was changed, named versions, and bringing things back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.browser.test_typing import FIRST, LAST, SECOND, THIRD

pytestmark = pytest.mark.browser


def choose(page: Page, state: str) -> None:
    page.get_by_label("Versions").get_by_role("button", name=state).first.click()


def rows(page: Page) -> list[list[str]]:
    table = page.locator(".difference tbody tr")
    return [row.locator("td").all_inner_texts()[:2] for row in table.all()]


def test_changes_are_listed_compared_named_and_brought_back(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page = editor.page
    editor.edit_end(0)
    editor.type(" again")
    editor.expect_saved()
    editor.press("Alt+Shift+h")
    expect(page.get_by_text("1 segment differs from the current version")).to_be_visible()
    assert rows(page) == [[FIRST, FIRST + " again"]]
    expect(page.locator(".difference ins")).to_have_text(" again")
    page.get_by_label("Name for the current version").fill("Once read")
    editor.press("Enter")
    expect(page.get_by_role("button", name="Once read just now")).to_be_visible()
    editor.press("Escape")

    editor.edit_end(2)
    editor.press("Control+Backspace", "Control+Backspace")
    editor.type("size")
    editor.expect_texts(FIRST + " again", SECOND, "a clevency size", LAST)
    editor.press("Alt+Shift+h")
    expect(page.get_by_text("1 segment differs from the current version")).to_be_visible()
    assert rows(page) == [[THIRD, "a clevency size"]]
    choose(page, "Original")
    expect(page.get_by_text("2 segments differ from the current version")).to_be_visible()
    page.get_by_role("button", name=f"Restore: {FIRST}").click()
    expect(page.get_by_text("1 segment differs from the current version")).to_be_visible()
    editor.expect_texts(FIRST, SECOND, "a clevency size", LAST)
    page.get_by_role("button", name="Restore all").click()
    expect(page.get_by_text("Same as the current version")).to_be_visible()
    editor.press("Escape")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)
    editor.press("Control+z")
    editor.expect_texts(FIRST, SECOND, "a clevency size", LAST)


def test_a_join_is_taken_apart_again_long_after(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.box(1).click()
    editor.press("Home", "Backspace")
    editor.expect_texts(f"{FIRST} {SECOND}", THIRD, LAST)
    editor.page.reload()
    editor.page.locator("#more summary").click()
    editor.page.get_by_role("button", name="History …").click()
    expect(editor.page.get_by_text("2 segments differ from the current version")).to_be_visible()
    editor.page.get_by_role("button", name="Restore all").click()
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)
    starts = [one.segment.start_ms for one in editor.server.store.segments(editor.transcript_id)]
    assert starts == [0, 1600, 3600, 5200]


def test_what_was_done_to_the_whole_is_listed_with_who_did_it(
    server: Server, transcript_id: str, open_editor: Callable[..., Editor]
) -> None:
    server.store.rename_transcript(transcript_id, "Episode 8 <b>", author="Ann")
    server.store.name_version(transcript_id, "Once read", author="Bob")
    server.store.move_to_trash(transcript_id, author="Ann")
    server.store.move_to_trash(transcript_id, is_deleted=False, author="Bob")
    page = open_editor().page
    page.keyboard.press("Alt+Shift+h")
    items = page.get_by_label("Versions").get_by_role("listitem")
    expect(items).to_contain_text(
        [
            re.compile("Once readBob . just now"),
            re.compile("Restored from the trashBob . just now"),
            re.compile("Moved to the trashAnn . just now"),
            re.compile("TitleAnn . just nowEpisode 8 <b>"),
            "Original",
        ]
    )
