"""Words struck out in the page: by key and menu, painted, undone, and skipped while it plays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from editor.document import Segment, Word
from tests.browser.conftest import TEXT
from tests.browser.looks import ON_A_PHONE, check_looks
from tests.browser.pages import Editor
from tests.support.segments import put_segments

pytestmark = pytest.mark.browser

LINES = TEXT.splitlines()


def struck(editor: Editor) -> list[list[int]]:
    editor.expect_saved()
    return [[n for n, word in enumerate(one.words) if word.struck] for one in editor.stored()]


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


def test_filler_words_are_listed_heard_and_struck_out_in_one_step(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page = editor.page
    texts = ["well um you know it works", "ummm yes um"]
    lines = [
        Segment(
            f"s{line}",
            text,
            tuple(
                Word(word, 2000 * line + 250 * n, 2000 * line + 250 * n + 200)
                for n, word in enumerate(text.split())
            ),
        )
        for line, text in enumerate(texts)
    ]
    put_segments(editor.server.store, editor.transcript_id, lines)
    editor.server.store.update_transcript(editor.transcript_id, language="en")
    editor.open()
    page.locator("#more summary").click()
    page.get_by_role("button", name="Filler words …").click()
    dialog = page.get_by_role("dialog", name="Filler words")
    strike = dialog.get_by_role("button", name="Strike out")
    expect(strike).to_have_text("Strike out 3 places")
    dialog.get_by_role("button", name="Play the next: um", exact=True).click()
    page.wait_for_function("() => !document.querySelector('video').paused")
    dialog.get_by_role("button", name="Places").first.click()
    dialog.get_by_label("yes um").uncheck()
    expect(strike).to_have_text("Strike out 2 places")
    expect(dialog.get_by_role("checkbox", name="um 2 ×")).to_be_checked(indeterminate=True)
    check_looks(page, ON_A_PHONE)
    dialog.get_by_role("checkbox", name="you know 1 ×").check()
    strike.click()
    expect(dialog).to_be_hidden()
    expect_painted(page, 4)
    assert struck(editor) == [[1, 2, 3], [0]]
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect_painted(page, 0)
    assert struck(editor) == [[], []]

    # Until they are found again, none of before can be struck out.
    page.route("**/fillers*", lambda route: None)
    page.locator("#more summary").click()
    page.get_by_role("button", name="Filler words …").click()
    expect(strike).to_be_disabled()


def test_a_text_with_pseudonyms_is_made_told_of_and_downloaded(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page = editor.page
    editor.server.pipeline.make_files()
    export = page.locator("[data-part=export] summary")
    export.click()
    # The recording has no picture, so nothing can be drawn into it.
    expect(page.get_by_role("button", name="Captions into the film …")).to_be_disabled()
    page.get_by_role("button", name="Text with pseudonyms …").click()
    dialog = page.get_by_role("dialog", name="Text with pseudonyms")
    dialog.get_by_label("Format").select_option("txt")
    start = dialog.get_by_role("button", name="Start")
    start.click()
    names = dialog.get_by_label("Names to replace")
    expect(names).to_be_focused()
    names.fill("listeners = Group A")
    start.click()
    link = dialog.get_by_role("link", name="Download")
    expect(link).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_text(["Group A: 1 ×"])
    with page.expect_download() as download:
        link.click()
    assert "Hey Group A, welcome back" in download.value.path().read_text("utf-8")

    dialog.get_by_role("button", name="Close").click()
    export.click()
    page.get_by_role("button", name="Sound without struck-out words …").click()
    dialog = page.get_by_role("dialog", name="Sound without")
    dialog.get_by_label("Names to replace").fill("")
    dialog.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Strike out words in the page first")).to_be_visible()
