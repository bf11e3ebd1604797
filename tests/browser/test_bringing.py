"""Files chosen and dropped: none vanishes, each is told by its content, none starts too early."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.support.cut_line import cut_line
from tests.support.stand_in import write_recording

pytestmark = pytest.mark.browser


def payload(name: str, data: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="", buffer=data)


def uploads_of(server: Server) -> list[str]:
    folder = server.pipeline.data_dir / "uploads"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def drop(page: Page, files: dict[str, str]) -> None:
    page.evaluate(
        """(files) => {
          const dataTransfer = new DataTransfer();
          for (const [name, text] of Object.entries(files))
            dataTransfer.items.add(new File([text], name));
          for (const type of ["dragover", "drop"]) {
            const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
            document.body.dispatchEvent(event);
            if (!event.defaultPrevented) location.href = "about:blank";
          }
        }""",
        files,
    )


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    write_recording(tmp_path / "sound.wav", 17)
    return (tmp_path / "sound.wav").read_bytes()


def test_several_recordings_and_texts_become_transcripts_each(
    page: Page, server: Server, sound: bytes
) -> None:
    page.goto("/")
    page.locator("#choose").set_input_files(
        [
            payload("b.mp3", sound),
            payload("talk.doc", b"\xd0\xcf\x11\xe0 x"),
            payload("a.wav", sound),
            payload("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHello there\n"),
            payload("notes", b"Good day to all\n"),
        ]
    )
    dialog = page.get_by_role("dialog", name="New transcript")
    expect(
        dialog.get_by_text("talk.doc: this is an office document; save it as plain text first")
    ).to_be_visible()
    start = dialog.get_by_role("button", name="Start")
    expect(dialog.get_by_text("notes has no recording yet")).to_be_visible()
    expect(start).to_be_disabled()
    expect(
        dialog.get_by_text("SubRip captions (SRT) with times · 1 segment · 2 words")
    ).to_be_visible()
    dialog.get_by_label("Recording for notes").select_option("b.mp3")
    expect(dialog.get_by_text("text without times · 1 segment · 4 words")).to_be_visible()
    start.click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".card")).to_have_count(2)
    rows = {row.title: row for row in server.store.list_transcripts()}
    texts = {
        title: [one.segment.text for one in server.store.segments(row.id)]
        for title, row in rows.items()
    }
    assert texts == {"a": ["Hello there"], "b": ["Good day to all"]}
    assert uploads_of(server) == []


def test_a_person_says_how_a_recording_is_to_be_recognised_and_is_told_what_it_takes(
    page: Page, server: Server, sound: bytes
) -> None:
    page.goto("/")
    page.locator("#choose").set_input_files(payload("talk.wav", sound))
    quality = page.get_by_label("Quality")
    # Nothing was recognised here yet.
    expect(quality.locator("option:checked")).to_have_text("Fast · roughly 1 s")
    quality.select_option("small")
    expect(
        page.get_by_text("For most recordings, also with accents. Takes roughly 1 s on")
    ).to_be_visible()
    page.get_by_label("Speakers").select_option("Find 2 speakers")
    expect(page.get_by_text("Lines get Speaker 1, Speaker 2 …")).to_be_visible()
    page.get_by_label("Names and terms").fill("Elad Gil, DeepSeek\nSarah Guo")
    # Escape forgets the files alone, not what was typed.
    page.keyboard.press("Escape")
    asked = list[Route]()
    page.route("**/api/models", lambda route: asked.append(route))
    with page.expect_request("**/api/models"):
        page.locator("#choose").set_input_files(payload("talk.wav", sound))
    expect(page.get_by_label("Names and terms")).to_have_value("Elad Gil, DeepSeek\nSarah Guo")
    # Chosen before the server has said what there is.
    quality.select_option("base")
    with page.expect_response("**/api/models"):
        asked[0].continue_()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile("/t/"))
    (row,) = server.store.list_transcripts()
    assert server.store.glossary(row.id) == ["Elad Gil", "DeepSeek", "Sarah Guo"]
    kinds = {job.kind: job.params for job in server.store.jobs(row.id)}
    assert (kinds["speakers"]["count"], row.model) == (2, "base")


def test_start_waits_for_the_text_and_a_refused_one_costs_no_upload(
    page: Page, server: Server, sound: bytes
) -> None:
    held: list[Route] = []
    page.route("**/preview", lambda route: held.append(route))
    page.goto("/")
    with page.expect_request("**/preview"):
        page.locator("#choose").set_input_files(
            [payload("talk.wav", sound), payload("talk.json", b'{"version": 7, "segments": []}')]
        )
    start = page.get_by_role("button", name="Start")
    expect(page.get_by_text("Reading talk.json …")).to_be_visible()
    expect(start).to_be_disabled()
    held[0].continue_()
    page.unroute("**/preview")
    expect(page.get_by_text("talk.json: version must be 1")).to_be_visible()
    expect(page.get_by_text("remove it or choose another text")).to_be_visible()
    expect(start).to_be_disabled()
    page.get_by_label("Read as").select_option("plain text")
    expect(page.get_by_text("Plain text without times")).to_be_visible()
    expect(start).to_be_enabled()
    page.locator("[data-part=choose-text]").set_input_files(payload("talk.webvtt", b"Hello there"))
    expect(page.get_by_text("talk.json has no recording yet")).to_be_visible()
    page.get_by_role("button", name="Remove talk.json").click()
    expect(start).to_be_enabled()
    page.get_by_label("Names and terms").fill("Elad Gil")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#new [data-part=names]")).to_have_value("")
    page.wait_for_function("() => !document.querySelector('dialog[open]')")
    for _ in range(50):
        if not uploads_of(server):
            break
        page.wait_for_timeout(100)
    assert uploads_of(server) == []


def test_a_cancelled_upload_is_removed_and_the_same_file_comes_from_two_tabs(
    page: Page, server: Server, sound: bytes
) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto("/")
        tab.locator("#choose").set_input_files(payload("talk.wav", sound))
        expect(tab.get_by_role("button", name="Start")).to_be_enabled()
    page.route(re.compile("/api/uploads/"), lambda route: route.abort())
    page.bring_to_front()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("waiting for the server; continues automatically")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    page.unroute(re.compile("/api/uploads/"))
    for _ in range(50):
        if not uploads_of(server):
            break
        page.wait_for_timeout(100)
    assert uploads_of(server) == []
    page.locator("#choose").set_input_files(payload("talk.wav", sound))
    for tab in (page, other):
        tab.bring_to_front()
        tab.get_by_role("button", name="Start").click(no_wait_after=True)
    for tab in (page, other):
        tab.wait_for_url(re.compile("/t/"))
    assert len(server.store.list_transcripts()) == 2
    other.close()


@pytest.fixture
def cut_off(server: Server) -> Iterator[str]:
    """The address of a line that breaks after each 3 MB."""
    with cut_line(int(server.url.rpartition(":")[2]), 3_000_000) as port:
        yield f"http://127.0.0.1:{port}"


# waitress leaves the file open in which it gathers a body that never comes to its end.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_line_that_breaks_again_and_again_brings_a_file_home(
    page: Page, server: Server, cut_off: str, sound: bytes
) -> None:
    large = sound + bytes(7_000_000)
    page.goto(cut_off)
    page.locator("#choose").set_input_files(payload("long.wav", large))
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile("/t/"), timeout=60_000)
    (row,) = server.store.list_transcripts()
    assert (server.pipeline.data_dir / str(row.media_path)).read_bytes() == large


def test_a_drop_begins_transcripts_and_never_leaves_the_editor(
    page: Page, open_editor: Callable[..., Editor]
) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.type("!")
    drop(page, {"talk.mp3": "ID3", "talk.txt": "Hello"})
    expect(page.locator("#toast")).to_contain_text(
        "talk.mp3 and 1 more were not added: to make new transcripts, drop the files on the list"
    )
    editor.type("?")
    expect(editor.box(0)).to_have_text("Hey listeners, welcome back!?")
    editor.expect_saved()
    page.goto("/")
    drop(page, {"talk.mp3": "ID3", "talk.txt": "Hello"})
    expect(page.get_by_text("text without times · 1 segment · 1 word")).to_be_visible()


def test_where_the_browser_keeps_nothing_uploads_go_on(page: Page, sound: bytes) -> None:
    page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(window, name, {
            get() { throw new DOMException("denied", "SecurityError"); },
          });"""
    )
    page.goto("/")
    page.locator("#choose").set_input_files(payload("talk.wav", sound))
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile("/t/"))
