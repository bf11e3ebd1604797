"""What a person does first, in Firefox and in WebKit too: all other tests have Chromium alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from unittest import mock

import pytest

from editor.library import export
from tests.browser.drivers import Driver, firefox, webkit
from tests.browser.server import Server
from tests.support.clock import wait_for

pytestmark = pytest.mark.browser

#: WebKit's driver of other systems drives Safari, with the person's own windows.
BROWSERS = ["firefox", *(["webkit"] if sys.platform == "linux" else [])]
TEXTS = "[...document.querySelectorAll('.box')].map((box) => box.textContent).join('|')"
VIDEO = "document.querySelector('video')"
TIME = f"{VIDEO}.currentTime"
FIRST = "Hey listeners, welcome back"
REST = ["it works suit differently now", "a clevency of scale", "and that is all"]


@pytest.fixture(params=BROWSERS)
def driver(request: pytest.FixtureRequest, server: Server) -> Iterator[Driver]:
    opened: AbstractContextManager[Driver]
    opened = firefox(server.url) if request.param == "firefox" else webkit()
    with opened as driver:
        yield driver


def test_a_project_is_edited_heard_reviewed_and_exported(
    driver: Driver, server: Server, transcript_id: str
) -> None:
    def shows(*texts: str) -> None:
        driver.until(TEXTS, "|".join(texts))
        wait_for(lambda: saved_texts(server, transcript_id) == list(texts), 30)

    driver.open(f"{server.url}/t/{transcript_id}")
    shows(FIRST, *REST)
    driver.until("document.querySelector('[data-part=doubts]').textContent", "2 doubts")

    driver.click(".box")
    driver.until("document.activeElement.matches('.box')")
    driver.press("End", *"!")
    shows(f"{FIRST}!", *REST)
    driver.press("Home", *["ArrowRight"] * 4, "Control+Enter")
    shows("Hey", "listeners, welcome back!", *REST)
    driver.press("Backspace")
    shows(f"{FIRST}!", *REST)
    driver.press("Control+z", "Control+z")
    shows(f"{FIRST}!", *REST)
    driver.press("Control+z")
    shows(FIRST, *REST)

    # A system without decoders plays nothing; the rest of the page is there all the same.
    driver.until("(({ readyState, error }) => readyState >= 2 || error !== null)(" + VIDEO + ")")
    if driver.run(f"return {VIDEO}.error === null"):
        before_s = driver.run(f"return {TIME}")
        driver.press("Escape")
        driver.until(f"{TIME} > {before_s} + 0.3")
        driver.press("Escape")
        driver.until(f"{VIDEO}.paused")

    driver.press("Alt+q")
    driver.until("document.querySelector('#queue').contains(document.activeElement)")
    driver.press("t")
    wait_for(lambda: "clevency" not in " ".join(saved_texts(server, transcript_id)), 30)
    driver.press("k", "Alt+q")
    driver.until("document.querySelector('#queue').hidden")

    driver.click("[data-part=export] summary")
    # What breaks the rules is told above the formats, which move down then.
    driver.until("document.querySelector('[data-part=lint]').textContent.includes('broken')")
    with mock.patch.object(export, "export_file", wraps=export.export_file) as exported:
        driver.click("[data-format=srt]")
        wait_for(lambda: exported.call_count == 1, 30)
    driver.until("document.querySelector('[data-part=save]').dataset.state", "saved")
    assert driver.run("return document.querySelectorAll('.is-problem').length") == 0
    assert driver.errors() == []


def saved_texts(server: Server, transcript_id: str) -> list[str]:
    return [one.segment.text for one in server.store.segments(transcript_id)]
