"""The page while the recording is being recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from editor.document import RecognisedWord, Segment, Word
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.support.stand_in import STEP_MS, WORD_MS, write_recording

pytestmark = pytest.mark.browser


@pytest.fixture
def unfinished(server: Server) -> Iterator[Server]:
    """A server whose jobs end when they may."""
    server.pipeline.hold()
    yield server
    server.pipeline.may_finish.set()


def heard(texts: list[str], first: int = 0, probability: float = 0.9) -> list[RecognisedWord]:
    starts = range(first * STEP_MS, 10**9, STEP_MS)
    return [
        RecognisedWord(first + n, text, start_ms, start_ms + WORD_MS, probability)
        for n, (text, start_ms) in enumerate(zip(texts, starts, strict=False))
    ]


def test_only_what_is_recognised_is_doubted_and_the_rest_says_so(
    unfinished: Server, open_page: Callable[[str], Editor], transcript_id: str
) -> None:
    store = unfinished.store
    editor = open_page(transcript_id)
    page, top = editor.page, editor.page.locator("#top")
    doubts, ahead = top.locator("[data-part=doubts]"), page.locator(".is-ahead")
    expect(doubts).to_have_text("Not recognised yet")
    expect(ahead).to_have_count(4)

    said = ["Hey", "listeners,", "welcome", "back", "it", "works", "sort", "differently", "now"]
    store.save_chunk(transcript_id, "early", 0, 0, 3600, heard(said))
    first_two = [one.segment for one in store.segments(transcript_id)][:2]
    ids = iter(range(len(said)))
    timed = [
        (
            one.id,
            one.revision,
            tuple(replace(w, origin="heard", recognised_ids=(next(ids),)) for w in one.words),
        )
        for one in first_two
    ]
    store.update_times(transcript_id, timed)
    store.set_recognised_until(transcript_id, len(said) * STEP_MS)
    expect(doubts).to_have_text("1 doubt so far")
    expect(ahead).to_have_count(2)
    page.get_by_text("Export", exact=True).click()
    expect(
        top.get_by_text("Times are provisional: the recording is recognised up to 0:03.")
    ).to_be_visible()
    editor.press("Escape")

    editor.press("Alt+q")
    panel = page.locator("#queue")
    expect(panel.locator("[data-part=written]")).to_have_text("suit")
    editor.press("t")
    expect(panel.get_by_text("No doubts so far.")).to_be_visible()
    unfinished.pipeline.may_finish.set()
    expect(panel.locator("[data-part=written]")).to_have_text("clevency")
    expect(doubts).to_have_text("1 doubt")
    expect(ahead).to_have_count(0)
    expect(top.locator("[data-part=provisional]")).to_have_text("")


def test_a_recording_alone_fills_the_page_and_doubts_what_was_heard_unsurely(
    unfinished: Server, open_page: Callable[[str], Editor], tmp_path: Path
) -> None:
    store, recording = unfinished.store, tmp_path / "alone.wav"
    write_recording(recording, 20)
    transcript_id = unfinished.pipeline.create_transcript(
        recording, "alone.wav", None, None, None, "Alone", "base", "en"
    )
    store.update_transcript(transcript_id, duration_ms=20 * STEP_MS, generated_until_ms=0)
    editor = open_page(transcript_id)
    page = editor.page
    expect(page.get_by_text("The transcript will appear here as it is recognised.")).to_be_visible()

    def fill(name: str, texts: list[str], first: int, number: int) -> None:
        words = heard(texts, first, 0.3 if number else 0.9)
        store.save_chunk(transcript_id, "job", number, words[0].start_ms, words[-1].end_ms, words)
        line = tuple(
            Word(
                one.text,
                one.start_ms,
                one.end_ms,
                "heard",
                one.probability,
                recognised_ids=(one.id,),
            )
            for one in words
        )
        until_ms = (first + len(texts)) * STEP_MS
        store.fill(transcript_id, [Segment(name, " ".join(texts), line)], until_ms=until_ms)
        store.set_recognised_until(transcript_id, until_ms)

    fill("a", ["Good", "morning."], 0, 0)
    expect(page.locator(".box")).to_have_text(["Good morning."])
    editor.edit_end(0)
    editor.type(" Anna")
    fill("b", ["It", "rained"], 2, 1)
    expect(page.locator(".box")).to_have_text(["Good morning. Anna", "It rained"])
    editor.expect_saved()
    doubts = page.locator("#top [data-part=doubts]")
    expect(doubts).to_have_text("3 doubts so far")
    editor.press("Alt+q")
    expect(page.get_by_role("button", name="Not sure")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#top [data-part=coverage]")).to_have_text("")


@pytest.fixture
def open_page(server: Server, page: Page) -> Callable[[str], Editor]:
    """Opens a transcript that may be recognised yet."""

    def open_it(transcript_id: str) -> Editor:
        page.goto(f"/t/{transcript_id}")
        page.locator("#top [data-part=doubts]:not(:has-text('Doubts …'))").wait_for()
        return Editor(page, server, transcript_id)

    return open_it
