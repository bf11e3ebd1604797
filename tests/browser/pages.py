"""The editor page as the tests speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server


@dataclass(frozen=True)
class Editor:
    page: Page
    server: Server
    transcript_id: str

    def open(self) -> None:
        self.page.goto(f"/t/{self.transcript_id}")
        self.box(0).wait_for()
        expect(self.page.locator("#job")).to_be_hidden()
        expect(self.page.locator("[data-part=doubts]")).not_to_have_text("Doubts …")

    def box(self, index: int) -> Locator:
        return self.page.locator(".box").nth(index)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def slow_down(self, wait_ms: int) -> None:
        """From now on each question to the server takes so much longer."""
        self.page.evaluate(
            """wait_ms => {
              const ask = window.fetch;
              window.fetch = async (...asked) => {
                await new Promise((go) => setTimeout(go, wait_ms));
                return ask(...asked);
              };
            }""",
            wait_ms,
        )

    def put_caret(self, index: int, offset: int) -> None:
        """Put the caret anywhere, as a click would."""
        self.page.evaluate(
            """([index, offset]) => {
              const box = document.querySelectorAll(".box")[index];
              box.focus();
              getSelection().collapse(box.firstChild ?? box, box.firstChild ? offset : 0);
            }""",
            [index, offset],
        )

    def undo_all(self) -> None:
        """Bring back the text as it came."""
        undo = self.page.locator("[data-part=undo]")
        self.expect_saved()
        while undo.is_enabled():
            before = len(self.saved_steps())
            undo.click()
            self.page.wait_for_timeout(20)
            self.expect_saved()
            assert len(self.saved_steps()) > before

    def saved_steps(self) -> list[int]:
        return [step.id for step in self.server.store.revisions(self.transcript_id, limit=100)]

    def edit_end(self, index: int) -> None:
        """Put the caret at the end of a segment."""
        self.box(index).click()
        self.press("End")

    def expect_saved(self) -> None:
        expect(self.page.locator("[data-part=save]")).to_have_attribute("data-state", "saved")

    def expect_texts(self, *texts: str) -> None:
        """These texts are shown, and, once saved, they are what the server has."""
        expect(self.page.locator(".box")).to_have_text(list(texts), use_inner_text=False)
        self.expect_saved()
        self.page.wait_for_timeout(100)
        self.expect_saved()
        assert self.saved_texts() == list(texts)

    def saved_texts(self) -> list[str]:
        stored = self.server.store.segments(self.transcript_id)
        return [one.segment.text for one in stored]

    def caret(self) -> tuple[int, int]:
        """Index of the segment with the caret, and where in it."""
        found: Any = self.page.evaluate(
            "() => [[...document.querySelectorAll('.box')].indexOf(document.activeElement),"
            " getSelection().anchorOffset]"
        )
        return cast("tuple[int, int]", tuple(found))

    def time_ms(self) -> int:
        return time_ms(self.page)

    def is_playing(self) -> bool:
        return bool(self.page.evaluate("() => !document.querySelector('video').paused"))

    def click_letter(self, index: int, offset: int) -> None:
        click_letter(self.page, index, offset)


def time_ms(page: Page) -> int:
    """Where the sound is."""
    return int(page.evaluate("() => document.querySelector('video').currentTime * 1000"))


def click_letter(page: Page, index: int, offset: int) -> None:
    """Click on a letter of a segment's text."""
    x, y = page.evaluate(
        """([index, offset]) => {
          const text = document.querySelectorAll(".box")[index].firstChild;
          const range = new Range();
          range.setStart(text, offset);
          range.setEnd(text, offset + 1);
          const {left, top, width, height} = range.getBoundingClientRect();
          return [left + width / 3, top + height / 2];
        }""",
        [index, offset],
    )
    page.mouse.click(x, y)
