"""The page against the real program: server, worker process and recognition, killed in between."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from editor.formats import read
from tests.browser.pages import click_letter, time_ms
from tests.support.speech import joined, silence, speak, write_wav

pytestmark = [pytest.mark.browser, pytest.mark.model]

SAID = "The keeper of the lighthouse wrote every morning in his logbook."
WRITTEN = "The keeper of the lighthouse wrote every morning in his lockbook."
FIXED = "The keeper of the lighthouse wrote every morning in his lockbook!"


@contextmanager
def program(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environ = {
        **os.environ,
        "TRANSCRIPT_EDITOR_DATA": str(data_dir),
        "TRANSCRIPT_EDITOR_MODEL": "tiny.en",
    }
    command = [sys.executable, "-m", "editor", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        try:
            yield process, address[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def expect_saved(page: Page) -> None:
    """What was typed is committed after a short idle, and then saved."""
    page.wait_for_timeout(1500)
    expect(page.locator("[data-part=save]")).to_have_attribute("data-state", "saved")


def wait_for(page: Page, condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited in vain")


def exported(page: Page, link: str, purpose: str = "") -> bytes:
    """Export as a person does, by the menu; what a format is for is unfolded first."""
    page.get_by_text("Export", exact=True).click()
    if purpose:
        page.get_by_role("button", name=purpose).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return download.value.path().read_bytes()


def test_bring_hear_fix_reload_kill_and_export(browser: Browser, tmp_path: Path) -> None:
    recording, text = tmp_path / "talk.wav", tmp_path / "talk.txt"
    spoken = joined([speak(SAID), silence(500), speak(SAID)])
    write_wav(spoken, recording)
    text.write_text(f"{WRITTEN}\n{SAID}\n", "utf-8")
    page = browser.new_page()
    page.set_default_timeout(60_000)
    with program(tmp_path / "data") as (process, address):
        page.goto(address)
        page.locator("#choose").set_input_files([recording, text])
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(re.compile("/t/"))
        expect(page.get_by_text("of the text was recognised")).to_be_visible(timeout=60_000)
        expect(page.locator("#job")).to_be_hidden(timeout=60_000)

        # Hear a word: the second sentence's "lighthouse".
        click_letter(page, 1, SAID.index("lighthouse") + 4)
        at_ms = time_ms(page)
        (start_ms,) = [start for word, start, _ in timed_words(page, 1) if word == "lighthouse"]
        assert abs(at_ms - start_ms) <= 1
        truly_ms = [start for word, start, _ in spoken.words if word == "lighthouse"][1]
        assert abs(at_ms - truly_ms) <= 250
        page.get_by_role("button", name="Play", exact=True).click()
        wait_for(page, lambda: time_ms(page) > at_ms + 300)
        page.get_by_role("button", name="Pause", exact=True).click()

        page.get_by_text(WRITTEN).click()
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
        page.keyboard.type("!")
        expect_saved(page)
        page.reload()
        expect(page.locator(".box")).to_have_text([FIXED, SAID])
        where = page.url.removeprefix(address)
        process.kill()
        process.wait(30)

    with program(tmp_path / "data") as (_, address):
        page.goto(address + where)
        expect(page.locator(".box")).to_have_text([FIXED, SAID])
        times = [
            (words[0][1], words[-1][2]) for words in (timed_words(page, 0), timed_words(page, 1))
        ]
        for name, link in (("a.srt", "SubRip"), ("a.vtt", "WebVTT (.vtt)")):
            drafts = read(exported(page, link), name).drafts
            assert [draft.text for draft in drafts] == [FIXED, SAID]
            assert [(draft.start_ms, draft.end_ms) for draft in drafts] == times
        assert exported(page, "Text (.txt)", "Documents").decode() == f"{FIXED}\n{SAID}\n"
        assert exported(page, "Your own file").decode() == f"{FIXED}\n{SAID}\n"
    page.close()


def timed_words(page: Page, index: int) -> list[tuple[str, int, int]]:
    """The words of a segment as the server has them, with start and end in ms."""
    answer = page.request.get(page.url.replace("/t/", "/api/transcripts/"))
    segment = answer.json()["segments"][index]
    return [
        (segment["text"][offset : offset + length], start_ms, end_ms)
        for offset, length, start_ms, end_ms, *_ in segment["words"]
    ]
