"""The whole story, as a person lives it: bring files, wait, hear, fix, reload, export."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from editor.captions import Rules
from editor.document import Segment, Word
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.support.clock import wait_for
from tests.support.segments import put_segments

pytestmark = pytest.mark.browser


def bring(page: Page, files: list[Path]) -> None:
    page.goto("/")
    expect(page.get_by_text("No transcripts yet")).to_be_visible()
    page.locator("#choose").set_input_files(files)
    expect(page.get_by_text("Plain text without times · 4 segments · 17 words")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile("/t/"))


def editor_of(page: Page, server: Server) -> Editor:
    return Editor(page, server, page.url.rpartition("/")[2])


def test_a_right_text_is_only_given_its_times(
    page: Page, server: Server, files: list[Path]
) -> None:
    page.goto("/")
    trust = page.get_by_role("checkbox", name="The text is correct")
    page.locator("#choose").set_input_files(files[:1])
    expect(page.get_by_text("base is already installed")).to_be_visible()
    expect(trust).to_be_hidden()
    page.get_by_role("button", name="Cancel").click()
    page.locator("#choose").set_input_files(files)
    expect(page.get_by_text("Plain text without times · 4 segments · 17 words")).to_be_visible()
    trust.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile("/t/"))
    editor = editor_of(page, server)
    editor.box(0).wait_for()
    (job,) = server.store.jobs(editor.transcript_id)
    assert job.params["trusted"] is True
    expect(page.locator("#job")).to_be_hidden()
    page.locator("#more summary").click()
    page.get_by_role("button", name="Recognise again …").click()
    trust.check()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_timeout(300)
    expect(page.locator("#job")).to_be_hidden()
    assert [job.params["trusted"] for job in server.store.jobs(editor.transcript_id)] == [True] * 2


#: The tab is hidden, and the system's notifications are kept in the window.
LOOKS_ELSEWHERE = """() => {
  window.notified = [];
  window.Notification = class {
    static permission = "default";
    static async requestPermission() {
      return (Notification.permission = "granted");
    }
    constructor(title) {
      window.notified.push(title);
    }
  };
  let isHidden = true;
  Object.defineProperty(document, "hidden", {get: () => isHidden});
  window.look = () => {
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  };
}"""


def test_a_recording_and_its_text_become_captions(
    page: Page, server: Server, files: list[Path]
) -> None:
    server.pipeline.hold()
    bring(page, files)
    editor = editor_of(page, server)
    expect(editor.box(2)).to_have_text("a clevency of scale")
    progress = page.get_by_role("region", name="Progress")
    expect(
        progress.get_by_text(re.compile(r"Transcribing · 40 % · about \d s left"))
    ).to_be_visible()
    expect(page).to_have_title("40 % · episode")
    page.evaluate(LOOKS_ELSEWHERE)
    progress.get_by_role("button", name="Notify me").click()
    expect(page.get_by_text("You will be notified")).to_be_visible()
    server.pipeline.may_finish.set()
    expect(page.get_by_text("96 % of the text was recognised")).to_be_visible()
    expect(page.locator("#job")).to_be_hidden()
    expect(page).to_have_title("✓ episode")
    assert page.evaluate("() => window.notified") == ["episode"]
    page.evaluate("() => window.look()")
    expect(page).to_have_title("episode · Transcript Editor")
    page.reload()
    expect(editor.box(2)).to_have_text("a clevency of scale")
    expect(page.locator("#top [data-part=doubts]")).to_have_text("2 doubts")

    editor.click_letter(2, 4)
    assert editor.time_ms() == 10 * 400
    assert not editor.is_playing()
    expect(page.get_by_text("“equivalency”", exact=True)).to_be_visible()
    page.get_by_role("button", name="Use heard").click()
    editor.edit_end(3)
    editor.type(", folks")
    fixed = (
        "Hey listeners, welcome back",
        "it works suit differently now",
        "a equivalency of scale",
        "and that is all, folks",
    )
    editor.expect_texts(*fixed)
    page.reload()
    editor.expect_texts(*fixed)

    server.store.save_preset(Rules("Slow", line_chars=42, chars_per_second=14))
    counts = page.locator("[data-part=lint]")
    menu = page.locator("[data-part=export]")
    before = menu.evaluate(
        "menu => (menu.open = true, menu.querySelector('a').getBoundingClientRect().top)"
    )
    expect(counts).to_have_text("No rules broken")
    assert menu.evaluate("menu => menu.querySelector('a').getBoundingClientRect().top") == before
    page.get_by_label("Caption preset").select_option("Slow")
    expect(counts).to_have_text("1 broken rule")
    expect(page.get_by_role("link", name="Your own file")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="SubRip").click()
    exported = download.value.path().read_text("utf-8")
    said = [line for line in exported.splitlines() if line[:1].isalpha()]
    assert " ".join(said) == " ".join(fixed)


def test_an_upload_goes_on_after_a_lost_piece(
    page: Page, server: Server, files: list[Path]
) -> None:
    losses = iter([True])

    def lose_one(route: Route) -> None:
        if route.request.method == "PATCH" and next(losses, False):
            route.abort()
        else:
            route.continue_()

    page.goto("/")
    page.route(re.compile("/api/uploads/"), lose_one)
    page.locator("#choose").set_input_files(files[:1])
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile("/t/"))
    assert len(server.store.list_transcripts()) == 1


def test_a_transcript_is_deleted_only_after_asking(
    page: Page, server: Server, transcript_id: str
) -> None:
    page.goto("/")
    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Keep it").click()
    assert len(server.store.list_transcripts()) == 1
    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No transcripts yet")).to_be_visible()
    assert server.store.list_transcripts() == []


def test_a_job_is_cancelled_from_the_editor(page: Page, server: Server, files: list[Path]) -> None:
    server.pipeline.hold()
    bring(page, files)
    page.get_by_role("button", name="Cancel").click()
    (row,) = server.store.list_transcripts()
    wait_for(lambda: server.store.jobs(row.id)[0].cancel_requested, 10)
    server.pipeline.may_finish.set()


def test_two_tabs_converge(open_editor: Callable[..., Editor]) -> None:
    here, there = open_editor(), open_editor(in_new_tab=True)
    here.edit_end(0)
    here.type(" again")
    expect(there.box(0)).to_have_text("Hey listeners, welcome back again", timeout=6_000)


def test_the_title_is_renamed(
    page: Page, server: Server, open_editor: Callable[..., Editor]
) -> None:
    editor = open_editor()
    page.get_by_label("Title").fill("Number 100")
    editor.press("Enter")
    expect(page).to_have_title("Number 100 · Transcript Editor")
    assert server.store.transcript(editor.transcript_id).title == "Number 100"
    page.get_by_label("Title").fill("Number 101")
    page.reload()
    expect(page).to_have_title("Number 101 · Transcript Editor")


def test_a_project_is_saved_as_a_file_and_brought_back(
    page: Page, server: Server, transcript_id: str
) -> None:
    page.goto("/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download Episode as one file").click()
    assert download.value.suggested_filename == "Episode.transcript"
    saved = download.value.path().read_bytes()
    page.locator("#choose").set_input_files(
        FilePayload(name="Episode.transcript", mimeType="", buffer=saved)
    )
    expect(page.get_by_text("Episode.transcript is in the library.")).to_be_visible()
    expect(page.get_by_role("link", name="Episode", exact=True)).to_have_count(2)
    first, second = (row.id for row in server.store.list_transcripts())
    assert [one.segment for one in server.store.segments(first)] == [
        one.segment for one in server.store.segments(second)
    ]


def test_a_file_that_is_no_project_is_refused_with_a_reason(page: Page, server: Server) -> None:
    page.goto("/")
    broken = FilePayload(name="x.transcript", mimeType="", buffer=b"no archive")
    page.locator("#choose").set_input_files(broken)
    expect(
        page.get_by_text("x.transcript: it is not a ZIP archive, or it is incomplete.")
    ).to_be_visible()
    assert server.store.list_transcripts() == []


def test_several_transcripts_are_taken_away_as_one_file(
    page: Page, server: Server, transcript_id: str
) -> None:
    server.store.save_preset(Rules("Ours", line_chars=20, turn_mark=">> "))
    other = server.store.create_transcript(title="Episode", media_name="b.mp3", model="base").id
    put_segments(server.store, other, [Segment("a", "Hi", (Word("Hi", 0, 900),))])
    page.goto("/")
    bar = page.get_by_role("group", name="Selected transcripts")
    expect(bar).to_be_hidden()
    page.get_by_label("Choose Episode").first.check()
    expect(bar.get_by_text("1 transcript", exact=True)).to_be_visible()
    bar.get_by_role("button", name="All").click()
    expect(bar.get_by_text("2 transcripts", exact=True)).to_be_visible()
    bar.locator("[data-part=preset]").select_option("Ours")
    with page.expect_download() as download:
        bar.get_by_role("button", name="Export").click()
    with ZipFile(download.value.path()) as file:
        assert sorted(file.namelist()) == ["Episode.en.srt", "Episode.srt"]
    bar.get_by_role("button", name="None").click()
    expect(bar).to_be_hidden()
    assert server.store.transcript(other).title == "Episode"
