"""Words struck out in the page: by key and menu, painted, undone, and skipped while it plays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TEXT
from tests.browser.pages import Editor

pytestmark = pytest.mark.browser

LINES = TEXT.splitlines()


def struck(editor: Editor) -> list[list[int]]:
    editor.expect_saved()
    stored = editor.server.store.segments(editor.transcript_id)
    return [[n for n, word in enumerate(one.segment.words) if word.struck] for one in stored]


def expect_painted(page: Page, count: int) -> None:
    page.wait_for_function("count => CSS.highlights.get('struck').size === count", arg=count)


def test_words_and_lines_are_struck_out_restored_and_undone(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page = editor.page
    editor.edit_end(1)
    editor.type(" um")
    editor.press("Alt+Shift+X")
    last = len(LINES[1].split())
    expect_painted(page, 1)
    assert struck(editor)[1] == [last]
    row = page.get_by_role("group", name="Segment at 0:01, 1 word struck out")
    expect(row).to_be_visible()
    page.locator(".segment").nth(2).hover()
    page.get_by_role("button", name="More for this line").click()
    page.get_by_role("menuitem", name="Strike out or restore").click()
    words = len(LINES[2].split())
    expect_painted(page, 1 + words)
    assert struck(editor)[2] == list(range(words))
    editor.press("Control+z")
    expect_painted(page, 1)
    assert struck(editor)[1:3] == [[last], []]
    exported = page.request.get(
        f"{editor.server.url}/api/transcripts/{editor.transcript_id}/export?format=txt"
    )
    assert "um" not in exported.text().split()
