"""What five people come for, with the clicks and keys that it takes: as `docs/stories.md` says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.pages import Editor

pytestmark = pytest.mark.browser

#: A person's row in the page of documentation.
ROW = re.compile(r"^\| \*\*(\w+)\*\*.*?\| (\d+) clicks?, (\d+) keys? \|", re.MULTILINE)
SRT = """1
00:00:00,100 --> 00:00:01,300
Hey listeners, welcome back

2
00:00:01,500 --> 00:00:01,900
it works
suit differently
now

3
00:00:03,100 --> 00:00:04,500
a clevency of scale
"""


class Hand:
    """Does what a person does, and counts it: clicks, and keys other than the letters of a text."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0

    def click(self, *targets: Locator) -> None:
        for target in targets:
            self.clicks += 1
            target.click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def download(self, act: Callable[[], None]) -> Download:
        with self.page.expect_download() as downloading:
            act()
        return downloading.value

    def bring(self, *files: Path) -> None:
        """Choose files in the library and start."""
        self.page.goto("/")
        with self.page.expect_file_chooser() as choosing:
            self.click(self.page.get_by_text("Choose files", exact=True))
        choosing.value.set_files(files)
        self.click(self.button("Start"))
        self.page.wait_for_url(re.compile("/t/"))
        self.page.locator(".box").first.wait_for()
        expect(self.page.locator("#job")).to_be_hidden()

    def expect_as_told(self, who: str) -> None:
        told = (Path(__file__).parents[2] / "docs/stories.md").read_text("utf-8")
        most = {name: (int(clicks), int(keys)) for name, clicks, keys in ROW.findall(told)}
        assert (self.clicks, self.keys) == most[who]


@pytest.fixture
def hand(page: Page) -> Hand:
    return Hand(page)


def test_a_podcaster_brings_corrects_names_and_exports(hand: Hand, files: list[Path]) -> None:
    page = hand.page
    hand.bring(*files)
    hand.press("Alt+q")
    for word in ("sort", "equivalency"):
        expect(page.locator("#queue .readings")).to_contain_text(word)
        hand.press("t")
    expect(page.locator("#queue [data-part=nothing]")).to_be_visible()
    hand.press("Escape")
    for at, name in ((0, "Ann"), (2, "Bob")):
        hand.click(page.locator(".box").nth(at))
        hand.press(*["Alt+t"] * (at > 0), "Alt+s")
        hand.type(name)
        hand.press("Enter")
        expect(hand.button(name)).to_be_visible()
    hand.click(page.locator("[data-part=export] summary"))
    srt = hand.download(lambda: hand.click(page.get_by_role("link", name="SubRip (.srt)")))
    assert "equivalency" in srt.path().read_text("utf-8")
    hand.expect_as_told("podcaster")


def test_a_captioner_mends_what_breaks_rules_in_an_srt(hand: Hand, film: Path) -> None:
    page = hand.page
    srt = film.with_suffix(".srt")
    srt.write_text(SRT, "utf-8")
    hand.bring(film, srt)
    hand.press("Alt+v")
    expect(page.get_by_label("Text of caption 2")).to_be_focused()
    fault = page.locator("#cues").get_by_text("Too many lines: 3 lines, 2 allowed")
    expect(fault).to_be_visible()
    hand.click(page.locator("#cues").get_by_role("button", name="Fix"))
    expect(fault).to_have_count(0)
    hand.click(page.locator("[data-part=export] summary"))
    link = page.get_by_role("link", name="SubRip (.srt)")
    corrected = hand.download(lambda: hand.click(link)).path().read_text("utf-8")
    assert "\nit works suit differently now\n" in corrected
    hand.expect_as_told("captioner")


def test_a_journalist_finds_hears_quotes_and_takes_the_sound(
    hand: Hand, transcript_id: str
) -> None:
    page = hand.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    hand.click(page.get_by_role("searchbox", name="Find"))
    hand.type("clevency")
    hand.click(page.get_by_role("list", name="Found in texts").locator(".place").first)
    page.locator(".box").nth(2).wait_for()
    page.wait_for_function("() => !document.querySelector('video').paused")
    expect(page.locator(".box").nth(2)).to_be_focused()
    hand.press("Home", "Shift+Control+End", "Control+Alt+c")
    copied = "() => navigator.clipboard.readText()"
    expect(page.get_by_text("Copied with speaker and time.")).to_be_visible()
    assert page.evaluate(copied) == "“a clevency of scale and that is all” – 0:03"
    sound = hand.download(lambda: hand.press("Control+Alt+s"))
    assert sound.suggested_filename.endswith(".mp3")
    hand.click(hand.button("More for this line"))
    hand.click(page.get_by_role("menuitem", name="Copy link to this moment"))
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('#t=')")
    hand.expect_as_told("journalist")


def test_a_researcher_codes_notes_and_exports(
    hand: Hand, open_editor: Callable[..., Editor]
) -> None:
    page = hand.page
    open_editor()
    hand.click(page.locator(".box").nth(1))
    hand.press("Home", "Shift+End", "Alt+Shift+k")
    hand.type("Order")
    hand.press("Enter")
    expect(page.get_by_text("Coded: Order")).to_be_attached()
    hand.press("Alt+n")
    hand.type("Ask again")
    hand.press("Enter")
    hand.click(page.locator("[data-part=export] summary"), hand.button("Research"))
    table = page.get_by_role("link", name="Coded passages (CSV)")
    coded = hand.download(lambda: hand.click(table)).path().read_text("utf-8")
    assert "Order" in coded
    assert "it works suit differently now" in coded
    hand.expect_as_told("researcher")


#: What has the focus, as a screen reader tells it: the role and the name.
FOCUS = """() => {
  const { tagName, role, ariaLabel, title, textContent } = document.activeElement;
  return `${role || tagName.toLowerCase()} ${ariaLabel || title || textContent.trim()}`;
}"""


def test_by_keys_and_a_screen_reader_alone(hand: Hand, transcript_id: str) -> None:
    page = hand.page
    live = page.locator("#live")

    def tab_to(name: str) -> None:
        for _ in range(40):
            hand.press("Tab")
            if page.evaluate(FOCUS) == name:
                return
        pytest.fail(f"{name} is not reached")

    page.goto("/")
    page.get_by_role("link", name="Episode", exact=True).wait_for()
    tab_to("a Episode")
    hand.press("Enter")
    page.locator(".box").first.wait_for()
    expect(page.locator("#top [data-part=doubts]")).to_have_text("2 doubts")
    for said in ("sort", "equivalency"):
        hand.press("Control+.")
        expect(live).to_contain_text(said)
        hand.press("Alt+Enter")
    expect(page.locator("#top [data-part=doubts]")).to_have_text("No doubts")
    hand.press("Alt+s")
    hand.type("Ann")
    hand.press("Enter")
    expect(live).to_contain_text("Ann: 2 segments")
    expect(page.get_by_role("textbox", name="Ann, 0:03")).to_be_focused()
    hand.press("Alt+Shift+e")
    assert page.evaluate(FOCUS) == "summary Export"
    tab_to("a SubRip (.srt)")
    srt = hand.download(lambda: hand.press("Enter")).path().read_text("utf-8")
    assert "equivalency of scale" in srt
    # One is back where one was.
    expect(page.get_by_role("textbox", name="Ann, 0:03")).to_be_focused()
    hand.expect_as_told("keyboard")
