"""The page of its own that a transcript is exported as, opened as a file beside its recording."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect

from editor.document import Media, Transcript
from editor.formats.exports import Options, publish
from tests.browser.looks import check_looks
from tests.formats.talk import TALK, said
from tests.support.clock import wait_for
from tests.support.media_files import write_sound

HOSTILE = '</script><img src=x onerror="window.isHit=1">&amp;'
#: The word over which a highlight lies.
LIT = "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString().trim())"


def click_word(page: Page, word: str) -> None:
    """Click where a word stands in the text."""
    place = page.evaluate(
        """word => {
            for (const { firstChild: node } of document.querySelectorAll(".said")) {
              const at = node.data.indexOf(word);
              if (at < 0) continue;
              const range = document.createRange();
              range.setStart(node, at + 1);
              range.setEnd(node, at + 2);
              node.parentElement.scrollIntoView({ block: "center" });
              const { x, y, width, height } = range.getBoundingClientRect();
              return [x + width / 2, y + height / 2];
            }
        }""",
        word,
    )
    page.mouse.click(*place)


def until(page: Page, claim: str) -> None:
    """Wait until something holds; Playwright's own waiting evaluates what the policy forbids."""
    claim = f"(audio => {claim})(document.querySelector('audio'))"
    wait_for(lambda: bool(page.evaluate(claim)), 10)


def test_a_page_of_its_own_plays_searches_and_shares(browser: Browser, tmp_path: Path) -> None:
    talk = Transcript((*TALK.segments[:-1], said(f"Also {HOSTILE} end", 24_000, 28_000, HOSTILE)))
    options = Options(language="en", title=HOSTILE)
    media = Media("my talk.wav", 30_000)
    (tmp_path / "a.html").write_bytes(publish("html", talk, media, None, options).data)
    write_sound(tmp_path / "my talk.wav", np.zeros((1, 30 * 8000), np.int16), 8000)
    context = browser.new_context(bypass_csp=False, viewport={"width": 390, "height": 700})
    page = context.new_page()
    complaints = list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{(tmp_path / 'a.html').as_uri()}#t=9.5")
    expect(page).to_have_title(HOSTILE)
    assert page.evaluate("document.querySelector('audio').currentTime") == 9.5
    assert page.evaluate(LIT, "now") == ["Žluť,"]

    click_word(page, "glad")
    until(page, "!audio.paused")
    assert 6.2 < page.evaluate("document.querySelector('audio').currentTime") < 9
    page.evaluate("document.querySelector('audio').pause()")
    click_word(page, "مرحبا")
    until(page, "audio.currentTime > 20")
    page.evaluate("document.querySelector('audio').pause()")

    page.get_by_label("Search the text").fill("THAN")
    expect(page.get_by_role("status")).to_have_text("1 found")
    page.keyboard.press("Enter")
    assert page.evaluate(LIT, "this-found") == ["Than"]
    page.get_by_role("link", name="Play from 0:12").click()
    until(page, "audio.currentTime >= 12.5")
    page.evaluate("document.querySelector('audio').pause()")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("moment|copied"))
    assert "#t=12." in page.url
    page.get_by_role("link", name="Food & drink").click()
    until(page, "audio.currentTime === 9")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.isHit") is None
    assert page.locator(".said img, b img, h1 img").count() == 0
    assert {url.partition("#")[0] for url in asked} == {
        (tmp_path / name).as_uri() for name in ("a.html", "my talk.wav")
    }
    assert complaints == []
    context.close()

    # axe comes in from outside, which the page's own policy forbids.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((tmp_path / "a.html").as_uri())
    check_looks(page)
    context.close()
