"""Many segments at once by touch, as on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.browser.test_chosen import chosen

pytestmark = pytest.mark.browser

#: A finger needs so much.
LEAST_PX = 44


@pytest.fixture
def phone(browser: Browser, server: Server, transcript_id: str) -> Iterator[Editor]:
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 390, "height": 800},
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(10_000)
    editor = Editor(context.new_page(), server, transcript_id)
    editor.open()
    yield editor
    context.close()


def hold(page: Page, target: Locator, *, move_px: int = 0) -> None:
    """Press a finger on something for longer than a tap."""
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = page.context.new_cdp_session(page)
    fingers.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    if move_px:
        moved = [{"x": x + move_px, "y": y}]
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
    page.wait_for_timeout(700)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(100)


def test_segments_are_chosen_from_the_menu_and_changed_together(phone: Editor) -> None:
    page = phone.page
    page.locator("#more summary").tap()
    page.get_by_role("button", name="Select segments").tap()
    bar = page.get_by_role("region", name="Selected segments")
    expect(bar.get_by_text("Tap segments to select them")).to_be_visible()
    expect(bar.get_by_role("button", name="Join")).to_be_disabled()
    phone.box(1).tap(force=True)
    phone.box(3).tap(force=True)
    phone.box(3).tap(force=True)
    phone.box(2).tap(force=True)
    assert chosen(page) == [1, 2]
    assert page.evaluate("() => !document.activeElement.matches('.box')")
    assert not phone.is_playing()
    for target in (*bar.get_by_role("button").all(), *page.locator(".segment").all()):
        around = target.bounding_box()
        assert around is not None
        assert min(around["width"], around["height"]) >= LEAST_PX
        assert around["x"] >= 0
        assert around["x"] + around["width"] <= 390
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/picking.png")
    bar.get_by_role("button", name="Reviewed").tap()
    expect(page.locator("[data-part=reviewed]")).to_have_text("2 of 4 reviewed")
    bar.get_by_role("button", name="Join").tap()
    expect(bar).to_be_hidden()
    phone.expect_stored(lambda them: [one.reviewed for one in them], [False, True, False])
    phone.box(0).tap()
    expect(phone.box(0)).to_be_focused()


def test_a_long_press_beside_the_text_begins_to_choose(phone: Editor) -> None:
    page = phone.page
    count = page.locator("#chosen [data-part=count]")
    hold(page, page.locator(".time").nth(1), move_px=40)
    assert chosen(page) == []
    hold(page, page.locator(".time").nth(1))
    expect(count).to_have_text("1 segment selected")
    assert not phone.is_playing()
    page.locator(".segment").nth(2).tap(force=True)
    expect(count).to_have_text("2 segments selected")
    page.get_by_role("button", name="Clear selection").tap()
    expect(page.locator("#chosen")).to_be_hidden()
    page.locator(".time").nth(1).tap()
    page.wait_for_function("() => !document.querySelector('video').paused")


def test_while_typing_on_a_phone_a_bar_has_what_is_needed(phone: Editor) -> None:
    page = phone.page
    bar = page.get_by_role("toolbar", name="While typing")
    expect(bar).to_be_hidden()
    phone.box(1).tap()
    phone.put_caret(1, 9)
    expect(bar).to_be_visible()
    expect(page.locator("#player .controls")).to_be_hidden()
    for target in bar.get_by_role("button").all():
        around = target.bounding_box()
        assert around is not None
        assert min(around["width"], around["height"]) >= LEAST_PX
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    bar.get_by_role("button", name="Split").tap()
    expect(page.locator(".box")).to_have_count(5)
    assert phone.caret() == (2, 0)
    bar.get_by_role("button", name="More for this line").tap()
    page.get_by_role("menuitem", name="Note …").tap()
    phone.type("by touch")
    phone.box(0).tap()
    expect(page.locator(".note")).to_have_text("by touch")
    bar.get_by_role("button", name="Done").tap()
    expect(bar).to_be_hidden()
    expect(page.locator("#player .controls")).to_be_visible()


#: Lines of text between the bars, how high the upper is, and where a row stands.
ROOM = """() => {
  const edges = ["#top", "#player"].map(
    (one) => document.querySelector(one).getBoundingClientRect());
  const line = parseFloat(getComputedStyle(document.querySelector(".box")).lineHeight);
  const {top} = document.querySelectorAll(".segment")[3].getBoundingClientRect();
  return [(edges[1].top - Math.max(0, edges[0].bottom)) / line, edges[0].height, top];
}"""


def test_on_a_small_window_the_text_has_room_beside_a_film(
    browser: Browser, server: Server, video_id: str
) -> None:
    context = browser.new_context(
        base_url=server.url, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True
    )
    editor = Editor(context.new_page(), server, video_id)
    editor.open()
    page = editor.page
    expect(page.locator("#screen video")).to_be_visible()
    # Longer than the window.
    page.evaluate(
        "() => document.querySelectorAll('.segment').forEach((row) => (row.style.height = '320px'))"
    )
    lines, high, _ = page.evaluate(ROOM)
    assert lines >= 5
    page.evaluate("() => scrollBy(0, 500)")
    page.wait_for_timeout(100)
    before = page.evaluate(ROOM)
    page.evaluate("() => scrollBy(0, 30)")
    page.wait_for_timeout(100)
    after = page.evaluate(ROOM)
    assert after[0] >= lines + 3
    assert after[1] < high - 80
    assert abs(before[2] - 30 - after[2]) <= 1
    page.evaluate("() => scrollBy(0, -60)")
    page.wait_for_timeout(100)
    assert page.evaluate(ROOM)[1] == high
    # Where the window gets wider, as by zooming out, the text stays where it was below the bar.
    page.evaluate("() => document.querySelectorAll('.segment')[2].scrollIntoView()")
    page.evaluate("() => scrollBy(0, -document.querySelector('#top').offsetHeight)")
    page.wait_for_timeout(400)
    below = (
        "() => document.querySelectorAll('.segment')[2].getBoundingClientRect().top"
        " - document.querySelector('#top').getBoundingClientRect().bottom"
    )
    before_px = page.evaluate(below)
    page.evaluate("() => document.querySelectorAll('.segment')[0].style.removeProperty('height')")
    page.set_viewport_size({"width": 420, "height": 640})
    page.wait_for_timeout(300)
    assert abs(page.evaluate(below) - before_px) <= 2
    context.close()
