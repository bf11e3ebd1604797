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
    there.server.pipeline.start_transcription(there.transcript_id)
    expect(there.page.locator("#job")).to_be_hidden()
    there.page.reload()
    expect(count).to_have_text("1 doubt")


def test_a_doubt_kept_without_a_server_is_sent_later(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.page.route("**/kept-doubts", lambda route: route.abort())
    editor.press("Control+.", "Alt+k")
    expect(editor.page.locator("[data-part=doubts]")).to_have_text("1 doubt")
    editor.page.unroute("**/kept-doubts")
    assert editor.server.store.dismissed_doubts(editor.transcript_id) == []
    editor.page.reload()
    expect(editor.page.locator("[data-part=doubts]")).to_have_text("1 doubt")
    editor.expect_saved()
    (kept,) = editor.server.store.dismissed_doubts(editor.transcript_id)
    assert (kept.written, kept.recognised) == ("suit", "sort")


def test_the_recording_is_listened_to_again_and_what_was_typed_stays(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    page, pipeline = editor.page, editor.server.pipeline
    names = ["Anna, ger", ""]
    editor.server.store.update_transcript(editor.transcript_id, track=1, tracks=names)
    page.reload()
    coverage = page.locator("#top [data-part=coverage]")
    expect(coverage).to_contain_text("Audio track 1 (Anna, ger) of 2 is used.")
    editor.edit_end(0)
    editor.type(" today")
    page.locator("#more summary").click()
    page.get_by_role("button", name="Recognise again …").click()
    expect(page.get_by_text("base is already installed")).to_be_visible()
    page.get_by_label("Quality").select_option("small")
    page.get_by_label("Language").select_option("German")
    expect(page.get_by_label("Audio track")).to_have_value("1")
    page.get_by_label("Audio track").select_option("2")
    pipeline.heard["scale"] = "sail"
    pipeline.hold()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("#job [data-part=phase]")).to_contain_text("Transcribing · 40 %")
    editor.edit_end(3)
    editor.type("!")
    pipeline.may_finish.set()
    expect(page.locator("#job")).to_be_hidden()
    expect(page.locator("[data-part=doubts]")).to_have_text("3 doubts")
    editor.expect_texts(
        "Hey listeners, welcome back today",
        "it works suit differently now",
        "a clevency of scale",
        "and that is all!",
    )
    job, *_ = editor.server.store.jobs(editor.transcript_id)
    asked = {"model": "small", "language": "de", "trusted": False, "track": 2}
    assert job.params == {**asked, "speakers_by": None, "speaker_count": None}


def test_many_tabs_that_follow_a_job_leave_room_for_saving(
    open_editor: Callable[..., Editor],
) -> None:
    tabs = [open_editor(), *(open_editor(in_new_tab=True) for _ in range(6))]
    pipeline = tabs[0].server.pipeline
    pipeline.hold()
    pipeline.start_transcription(tabs[0].transcript_id)
    for tab in tabs:
        tab.page.reload()
        expect(tab.page.locator("#job")).to_be_visible(timeout=6_000)
    tabs[6].edit_end(0)
    tabs[6].type(" today")
    tabs[6].expect_saved()
    expect(tabs[0].box(0)).to_have_text("Hey listeners, welcome back today", timeout=6_000)
    pipeline.may_finish.set()
    for tab in (tabs[0], tabs[6]):
        expect(tab.page.locator("#job")).to_be_hidden(timeout=6_000)
