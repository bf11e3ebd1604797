"""Playing: pause and rewind, selection, loop, silence, speed, keys, and video."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from editor.library import jobs_browser_copy
from editor.library.recordings import copy_soon
from tests.browser.conftest import TEXT
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.library.test_opening import Quiet
from tests.support.library import settings_for
from tests.support.media_files import write_sound

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]


def test_how_it_plays_looks_and_is_exported_stays_as_set_after_a_reload(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    page = editor.page
    page.get_by_role("button", name="Playback", exact=True).click()
    page.get_by_label("On pause").select_option("1 s back")
    page.locator("#player [data-part=speed]").select_option("0.75×")
    page.get_by_role("button", name="Times", exact=True).click()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    page.locator("[data-part=export] summary").click()
    page.get_by_label("Caption preset").select_option("bbc")
    with page.expect_request("**/peaks?*start=0&end=2000"):
        editor.open()
    expect(page.locator("#player [data-part=speed]")).to_have_value("0.75")
    expect(page.get_by_role("button", name="Word timing")).to_be_visible()
    expect(page.get_by_label("Caption preset")).to_have_value("bbc")
    editor.click_letter(2, 4)
    assert editor.time_ms() == 4000
    editor.press("Escape", "Control+Space")
    page.wait_for_timeout(300)
    editor.press("Control+Space")
    page.wait_for_timeout(100)
    assert not editor.is_playing()
    assert 3000 <= editor.time_ms() <= 3900


def test_a_selection_is_played_and_playback_stops_behind_it(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(1)
    editor.press("Shift+Control+ArrowLeft", "Alt+p")
    assert editor.is_playing()
    assert 3200 <= editor.time_ms() < 3500
    editor.page.wait_for_timeout(700)
    assert not editor.is_playing()
    assert 3490 <= editor.time_ms() < 3650
    # A hidden tab has no frames.
    editor.page.evaluate(
        """() => {
          window.requestAnimationFrame = () => 0;
          Object.defineProperty(document, "hidden", {get: () => true});
        }"""
    )
    editor.press("Alt+p")
    assert editor.is_playing()
    editor.page.wait_for_function("() => document.querySelector('video').paused", polling=50)


def test_a_segment_is_played_again_and_again_until_told_otherwise(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.click_letter(0, 7)
    editor.page.get_by_role("button", name="Loop").click()
    expect(editor.page.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    times = []
    for _ in range(12):
        editor.page.wait_for_timeout(200)
        times.append(editor.time_ms())
    assert any(b < a for a, b in pairwise(times))
    assert 1200 < max(times) < 1700
    editor.press("Alt+l")
    assert not editor.is_playing()


def test_a_copy_that_was_cleaned_up_plays_once_it_is_made_again(
    open_editor: OpenEditor,
    server: Server,
    transcript_id: str,
) -> None:
    recording = server.pipeline.data_dir / str(server.store.transcript(transcript_id).media_path)
    copy = recording.with_name("playable.wav")
    name = copy.relative_to(server.pipeline.data_dir).as_posix()
    editor = open_editor()
    server.store.update_transcript(transcript_id, browser_copy_path=name)
    editor.page.reload()
    unplayable = editor.page.locator("#unplayable")
    expect(unplayable).to_be_visible()
    editor.click_letter(2, 4)

    def asked() -> list[str]:
        jobs = server.store.jobs(transcript_id, active_only=True)
        return [job.id for job in jobs if job.kind == "copy"]

    def job_ends_as(end: Callable[[str, int], None]) -> None:
        """The page looks only when it is over."""
        job = server.store.claim_job(job_id, "test", 60_000)
        assert job
        end(job.id, job.fence)
        editor.page.evaluate("dispatchEvent(new Event('online'))")

    (job_id,) = asked()
    job_ends_as(lambda job_id, fence: server.store.fail_job(job_id, fence, {"code": "internal"}))
    editor.page.wait_for_timeout(300)
    assert asked() == []
    server.store.retry_job(job_id)
    shutil.copyfile(recording, copy)
    job_ends_as(server.store.finish_job)
    expect(unplayable).to_be_hidden()
    assert editor.time_ms() == 4000
    editor.press("Control+Space")
    assert editor.is_playing()


def test_silence_is_skipped(open_editor: OpenEditor) -> None:
    editor = open_editor()
    page = editor.page

    def only_the_end_is_loud(route: Route) -> None:
        level, start, end = (
            int(route.request.url.split(f"{name}=")[1].split("&")[0])
            for name in ("level", "start", "end")
        )
        times = np.arange(start * level // 1000, end * level // 1000) * 1000 // level
        loud = np.where(times > 5000, 60, 0).astype(np.int8)
        route.fulfill(body=np.stack([-loud, loud], axis=1).tobytes())

    page.route("**/peaks?*", only_the_end_is_loud)
    page.reload()
    editor.box(0).wait_for()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Playback", exact=True).click()
    page.get_by_role("button", name="Skip silence").click()
    editor.click_letter(0, 0)
    editor.press("Control+Space")
    page.wait_for_timeout(400)
    assert 4700 <= editor.time_ms() < 6000


def test_speed_changes_and_keeps_the_pitch(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.press(*["Alt+ArrowUp"] * 9)
    rate = "() => [document.querySelector('video')].map(v => [v.playbackRate, v.preservesPitch])[0]"
    assert editor.page.evaluate(rate) == [3, True]
    editor.press(*["Alt+ArrowDown"] * 12)
    assert editor.page.evaluate(rate) == [0.25, True]


def test_j_k_l_play_outside_the_text_and_are_letters_in_it(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.type(" jkl")
    editor.expect_saved()
    assert not editor.is_playing()
    expect(editor.box(0)).to_have_text("Hey listeners, welcome back jkl")
    editor.page.evaluate("() => document.activeElement.blur()")
    editor.press("k")
    assert editor.is_playing()
    editor.press("k", "l")
    assert not editor.is_playing()
    at = editor.time_ms()
    editor.press("j")
    assert editor.time_ms() < at


def test_a_key_is_changed_and_taken_keys_are_refused(open_editor: OpenEditor) -> None:
    editor = open_editor()
    page = editor.page
    page.keyboard.press("Control+/")
    page.get_by_role("button", name="Change shortcut: Mark the segment as reviewed").click()
    editor.press("Alt+m")
    expect(page.get_by_text("Already used: Mark the segment as sound")).to_be_visible()
    editor.press("x")
    expect(page.get_by_text("this key types a character")).to_be_visible()
    editor.press("F9", "Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.reload()
    editor.edit_end(1)
    editor.press("Alt+r", "F9")
    expect(page.locator("[data-part=reviewed]")).to_have_text("1 of 4 reviewed")
    page.keyboard.press("Control+/")
    page.get_by_role("button", name="Reset all shortcuts").click()
    editor.press("Escape")
    editor.edit_end(1)
    editor.press("F9", "Alt+r")
    expect(page.locator("[data-part=reviewed]")).to_have_text("0 of 4 reviewed")


def test_a_film_is_shown_beside_the_text_or_above_it(
    page: Page, server: Server, video_id: str
) -> None:
    editor = Editor(page, server, video_id)
    editor.open()
    expect(page.locator("#screen video")).to_be_visible()
    # Both at one moment: what is told above them comes and goes.
    apart = "film.left >= text.right", "film.bottom <= text.top"
    for width, is_apart, line, time_ms in ((1400, apart[0], 2, 4000), (600, apart[1], 1, 2000)):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(
            f"""() => {{
              const [film, text] = ["#screen video", ".box"].map(
                (one) => document.querySelector(one).getBoundingClientRect());
              return {is_apart};
            }}"""
        )
        editor.click_letter(line, 4)
        assert editor.time_ms() == time_ms
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def unplayable_id(server: Server, tmp_path: Path) -> str:
    """A transcript of a film that no browser plays as it is, and whose picture none shows."""
    tone = np.zeros((1, 48_000 * 7), dtype=np.int16)
    film = write_sound(
        tmp_path / "film.mkv",
        tone,
        48_000,
        codec="ac3",
        container_format="matroska",
        video_s=7.0,
        video_codec="mpeg4",
    )
    transcript_id = server.pipeline.create_transcript(
        film, "film.mkv", TEXT.encode(), "film.txt", "utf-8", "Film", "base", "en"
    )
    server.store.update_transcript(transcript_id, has_video=True)
    return transcript_id


def test_what_a_browser_cannot_play_it_asks_for_and_takes_without_a_reload(
    page: Page, server: Server, unplayable_id: str
) -> None:
    editor = Editor(page, server, unplayable_id)
    editor.open()
    expect(page.locator("#unplayable")).to_be_visible()
    settings = settings_for(server.pipeline.data_dir)
    until_s = time.monotonic() + 10
    while not (jobs := server.store.jobs(unplayable_id, active_only=True)):
        assert time.monotonic() < until_s
        page.wait_for_timeout(50)
    job = server.store.claim_job(jobs[0].id, "test", 60_000)
    assert job
    assert (job.kind, job.params) == ("copy", {"keeps_sound": False, "keeps_film": False})
    jobs_browser_copy.copy_for_browsers(settings, server.store, job, Quiet())
    server.store.finish_job(job.id, job.fence)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#unplayable")).to_be_hidden()
    expect(page.locator("#unshown")).to_have_text(
        "Browsers cannot show this video; only its sound is played."
    )
    editor.click_letter(2, 4)
    assert editor.time_ms() == 4000
    assert page.evaluate("() => document.querySelector('video').duration") >= 6.9


def test_a_copy_is_taken_while_the_recording_plays(
    open_editor: OpenEditor, server: Server, transcript_id: str
) -> None:
    recording = server.pipeline.data_dir / str(server.store.transcript(transcript_id).media_path)
    copy = recording.with_name("playable.wav")
    editor = open_editor()
    editor.click_letter(2, 4)
    editor.press("Control+Space", *["Alt+ArrowDown"] * 12)
    shutil.copyfile(recording, copy)
    name = copy.relative_to(server.pipeline.data_dir).as_posix()
    server.store.update_transcript(transcript_id, browser_copy_path=name)
    job = server.store.claim_job(copy_soon(server.store, transcript_id).id, "test", 60_000)
    assert job
    server.store.finish_job(job.id, job.fence)
    editor.page.evaluate("dispatchEvent(new Event('online'))")
    taken = "() => document.querySelector('video').src.includes('made=')"
    editor.page.wait_for_function(taken)
    editor.page.wait_for_timeout(300)
    assert editor.is_playing()
    assert 4000 <= editor.time_ms() < 6000
    assert editor.page.evaluate("() => document.querySelector('video').playbackRate") == 0.25
