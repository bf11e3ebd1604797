"""What a person decides about doubts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Editor

pytestmark = pytest.mark.browser


def test_a_kept_doubt_is_kept_in_the_other_tab_and_when_listened_to_again(
    open_editor: Callable[..., Editor],
) -> None:
    here, there = open_editor(), open_editor(in_new_tab=True)
    count = there.page.locator("[data-part=doubts]")
    expect(count).to_have_text("2 doubts")
    here.press("Control+.", "Alt+k")
    expect(here.page.locator("[data-part=doubts]")).to_have_text("1 doubt")
    expect(count).to_have_text("1 doubt", timeout=6_000)
    there.server.pipeline.heard["suit"] = "suits"
    there.server.pipeline.start_transcription(there.transcript_id, model="base", language=None)
    expect(there.page.locator("#job")).to_be_hidden()
    there.page.reload()
    expect(count).to_have_text("1 doubt")


def test_a_doubt_kept_without_a_server_is_sent_later(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.page.route("**/kept-doubts", lambda route: route.abort())
    editor.press("Control+.", "Alt+k")
    expect(editor.page.locator("[data-part=doubts]")).to_have_text("1 doubt")
    editor.page.unroute("**/kept-doubts")
    assert editor.server.store.kept_doubts(editor.transcript_id) == []
    editor.page.reload()
    expect(editor.page.locator("[data-part=doubts]")).to_have_text("1 doubt")
    editor.page.wait_for_timeout(300)
    (kept,) = editor.server.store.kept_doubts(editor.transcript_id)
    assert (kept.written, kept.heard) == ("suit", "sort")
