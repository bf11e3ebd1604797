"""The page against the real program: server, worker process and recognition, killed in between."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from editor.formats import read
from tests.speech import joined, silence, speak, write_wav

pytestmark = [pytest.mark.browser, pytest.mark.model]

SAID = "The keeper of the lighthouse wrote every morning in his logbook."
WRITTEN = "The keeper of the lighthouse wrote every morning in his lockbook."


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


def test_upload_fix_kill_restart_export(browser: Browser, tmp_path: Path) -> None:
    recording, text = tmp_path / "talk.wav", tmp_path / "talk.txt"
    write_wav(joined([speak(SAID), silence(500), speak(SAID)]), recording)
    text.write_text(f"{WRITTEN}\n{SAID}\n", "utf-8")
    page = browser.new_page()
    page.set_default_timeout(20_000)
    with program(tmp_path / "data") as (process, address):
        page.goto(address)
        page.locator("#choose").set_input_files([recording, text])
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(re.compile("/t/"))
        expect(page.get_by_text("of the text was heard")).to_be_visible(timeout=60_000)
        where = page.url.removeprefix(address)
        box = page.get_by_text(WRITTEN)
        box.click()
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
        page.keyboard.type("!")
        expect(page.locator("[data-part=save]")).to_have_attribute("data-state", "saved")
        page.wait_for_timeout(1500)
        expect(page.locator("[data-part=save]")).to_have_attribute("data-state", "saved")
        process.kill()
        process.wait(30)
    with program(tmp_path / "data") as (_, address):
        page.goto(address + where)
        expect(page.get_by_text(WRITTEN[:-1] + "!")).to_be_visible()
        answer = page.request.get(f"{address}api/transcripts/{where[2:]}/export?format=srt")
        drafts = read(answer.body(), "a.srt").drafts
        assert [draft.text for draft in drafts] == [WRITTEN[:-1] + "!", SAID]
        start_ms = drafts[1].start_ms
        assert start_ms is not None
        assert start_ms > 3000
    page.close()
    time.sleep(0.2)
