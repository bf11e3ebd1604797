from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.home import Home
from tests.browser.pages import Editor
from tests.browser.server import Server, running_server
from tests.support.media_files import write_sound
from tests.support.stand_in import write_recording
from tests.tools.programs import find_or_install

TEXT = """Hey listeners, welcome back
it works suit differently now
a clevency of scale
and that is all
"""
HEARD = {"clevency": "equivalency", "suit": "sort"}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one context share a process, and so what was compiled of the page's modules.
    "--process-per-site",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_or_install("chromium"), args=CHROMIUM_ARGS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def home(browser: Browser) -> Iterator[Home]:
    """Contexts that go on; what is put into all pages of one (`add_init_script`) needs its own."""
    home = Home(browser)
    yield home
    home.close()


@pytest.fixture
def server(home: Home, tmp_path: Path) -> Iterator[Server]:
    with running_server(tmp_path / "data", dict(HEARD), port=home.port()) as server:
        yield server


@pytest.fixture
def context(home: Home, server: Server) -> Iterator[BrowserContext]:
    context = home.context(server.url, viewport={"width": 1200, "height": 800})
    yield context
    home.leave(context)


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: any script error or refused content fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    assert complaints == []


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A recording and its text."""
    recording, text = tmp_path / "episode.wav", tmp_path / "episode.txt"
    write_recording(recording, len(TEXT.split()))
    text.write_text(TEXT, "utf-8")
    return [recording, text]


@pytest.fixture
def new_transcript(server: Server, files: list[Path], tmp_path: Path) -> Callable[[], str]:
    """Makes a transcript that has been listened to, and gives its id."""

    def new() -> str:
        copy = tmp_path / "uploaded"
        copy.write_bytes(files[0].read_bytes())
        return server.pipeline.create_transcript(
            copy, "episode.wav", TEXT.encode(), "episode.txt", "utf-8", "Episode", "base", "en"
        )

    return new


@pytest.fixture
def transcript_id(new_transcript: Callable[[], str]) -> str:
    """A transcript that has been listened to."""
    return new_transcript()


@pytest.fixture
def open_editor(
    server: Server, transcript_id: str, context: BrowserContext, page: Page
) -> Callable[..., Editor]:
    """Opens the transcript, in the page or in another tab."""

    def open_it(*, in_new_tab: bool = False) -> Editor:
        editor = Editor(context.new_page() if in_new_tab else page, server, transcript_id)
        editor.open()
        return editor

    return open_it


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A real small film."""
    tone = np.zeros((1, 48_000 * 7), dtype=np.int16)
    return write_sound(
        tmp_path / "film.webm",
        tone,
        48_000,
        codec="libopus",
        container_format="webm",
        video_s=7.0,
        video_codec="libvpx",
    )


@pytest.fixture
def video_id(server: Server, film: Path) -> str:
    """A transcript of it."""
    return server.pipeline.create_transcript(
        film, "film.webm", TEXT.encode(), "film.txt", "utf-8", "Film", "base", "en"
    )
