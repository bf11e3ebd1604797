"""The editor page as the tests speak of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from playwright.sync_api import Locator, Page, expect

from editor.document import Segment
from tests.browser.server import Server

#: So long the server may take until it has what was done in a page.
STORED_S = 8.0


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
            self.expect_saved()
            assert len(self.saved_steps()) > before

    def saved_steps(self) -> list[int]:
        return [step.id for step in self.server.store.revisions(self.transcript_id, limit=100)]

    def edit_end(self, index: int) -> None:
        """Put the caret at the end of a segment."""
        self.box(index).click()
        self.press("End")

    def drawn(self) -> None:
        """Wait until what was pressed last is shown, which the page does with the next frame."""
        self.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(drawn))")

    def save_state(self) -> str | None:
        """What the page says of all that was done so far."""
        self.drawn()
        return self.page.locator("[data-part=save]").get_attribute("data-state")

    def expect_saved(self) -> None:
        """All that was done so far is with the server, and the page says so."""
        self.drawn()
        expect(self.page.locator("[data-part=save]")).to_have_attribute("data-state", "saved")

    def expect_texts(self, *texts: str) -> None:
        """These texts are shown, and, once saved, they are what the server has."""
        expect(self.page.locator(".box")).to_have_text(list(texts), use_inner_text=False)
        self.expect_stored(lambda segments: [one.text for one in segments], list(texts))
        expect(self.page.locator(".box")).to_have_text(list(texts), use_inner_text=False)

    def expect_stored(self, read: Callable[[list[Segment]], object], wanted: object) -> None:
        """Once all is saved, the server's segments read so: at once, or after a while."""
        end = time.monotonic() + STORED_S
        self.expect_saved()
        while read(self.stored()) != wanted and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        # What was on its way besides changes nothing of it.
        self.expect_saved()
        found = read(self.stored())
        assert found == wanted, f"the server has {found!r}, not {wanted!r}"

    def stored(self) -> list[Segment]:
        """The segments as the server has them now."""
        return [one.segment for one in self.server.store.segments(self.transcript_id)]

    def saved_texts(self) -> list[str]:
        return [one.text for one in self.stored()]

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
