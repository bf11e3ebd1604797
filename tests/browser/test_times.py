"""Times set by hand: dragged and nudged words, everything moved from here on, drift stretched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from playwright.sync_api import Locator, expect

from editor.document import Word
from editor.edits import Change, retimed
from editor.edits.window import Window
from editor.library import align
from editor.store import Applied, Store
from tests.browser.pages import Editor
from tests.store.samples import save_edit

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]


def words(editor: Editor) -> list[Word]:
    editor.expect_saved()
    return [word for one in editor.stored() for word in one.words]


def slider(editor: Editor, name: str) -> Locator:
    return editor.page.get_by_role("slider", name=name)


def test_a_word_is_nudged_from_the_text_and_locked(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(1).click()
    editor.press("Home", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowLeft")
    now = words(editor)[4]
    assert (now.text, now.start_ms, now.end_ms) == ("it", 1610, 1910)
    assert (now.origin, now.locked) == ("manual", True)
    expect(slider(editor, "Start of “it”")).to_have_attribute(
        "aria-valuetext", "0:01.610, set manually"
    )
    editor.press("Control+z")
    assert words(editor)[4].start_ms == 1600


def test_edges_are_set_by_keys_and_escape_leads_back(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(1).click()
    editor.press("Home", "ArrowRight", "ArrowRight", "ArrowRight", "Alt+w")
    expect(slider(editor, "Start of “works”")).to_be_focused()
    editor.press("Shift+ArrowLeft", "ArrowLeft", "Tab", "ArrowRight", "ArrowRight")
    before, now = words(editor)[4:6]
    assert (now.text, now.start_ms, now.end_ms) == ("works", 1890, 2320)
    assert (before.text, before.end_ms) == ("it", 1890)
    editor.press("Enter")
    assert editor.is_playing()
    editor.press("Escape")
    assert editor.caret() == (1, 3)


#: Where the line is now and where the time is, in px; how many frames were asked for within 0.6 s.
WHILE_PLAYING = """async () => {
  let frames = 0;
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (run) => ((frames += 1), ask(run));
  await new Promise((go) => setTimeout(go, 600));
  window.requestAnimationFrame = ask;
  const [head, waves] = ["#head", "#waves"].map(
    (one) => document.querySelector(one).getBoundingClientRect());
  const {currentTime, duration} = document.querySelector("video");
  return [head.x + 1 - waves.x, (currentTime / duration) * waves.width, frames];
}"""


def test_head_stands_at_its_word_in_every_zoom_while_paused_and_moves_by_itself(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    editor.click_letter(2, 4)
    editor.press("Alt+w")
    word = slider(editor, "Start of “clevency”")
    expect(word).to_be_focused()

    def is_at_the_word() -> None:
        head, start = editor.page.locator("#head").bounding_box(), word.bounding_box()
        assert head is not None
        assert start is not None
        assert abs(head["x"] + 1 - start["x"]) <= 2

    is_at_the_word()
    for name in ("Zoom in", "Zoom out", "Zoom out"):
        editor.page.get_by_role("button", name=name).click()
        is_at_the_word()
    editor.press("Alt+w")
    editor.page.set_viewport_size({"width": 700, "height": 800})
    editor.page.wait_for_timeout(100)
    is_at_the_word()
    for _ in range(4):
        editor.page.get_by_role("button", name="Zoom out").click()
    editor.press("k")
    head_px, time_px, frames = editor.page.evaluate(WHILE_PLAYING)
    assert abs(head_px - time_px) <= 8
    assert frames <= 15


def test_times_given_while_the_server_is_away_stay_over_a_reload_and_are_sent(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    page = editor.page
    page.route("**/edits", lambda edit: edit.abort())
    editor.put_caret(1, 0)
    editor.type("now ")
    editor.press("ArrowRight", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowRight")
    expect(page.locator("[data-part=save]")).to_have_attribute("data-state", "unreachable")
    # A caption's time, too: its field shows what was given.
    editor.press("Alt+Shift+C")
    end = page.locator("#cues").get_by_label("Out, Caption").last
    end.fill("0:06.500")
    end.press("Enter")
    expect(page.locator("#toast")).not_to_contain_text("You typed")
    # What was moved last goes along as the page is left.
    editor.press("Alt+Shift+C", "Escape")
    editor.put_caret(2, 0)
    editor.press("Alt+Shift+ArrowRight")
    page.on("dialog", lambda asked: asked.accept())
    page.reload()
    expect(editor.box(1)).to_contain_text("now it works")
    page.unroute("**/edits")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    now = {word.text: word for word in words(editor)}
    assert (now["it"].start_ms, now["it"].locked) == (1620, True)
    assert (now["a"].start_ms, now["all"].end_ms) == (3610, 6500)


def test_a_dragged_edge_snaps_to_the_silence_beside_it(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(1).click()
    editor.press("Alt+w")
    # The words stand there before, over another stretch of the sound.
    expect(editor.page.locator("[role=slider]:focus")).to_be_visible()
    around = slider(editor, "End of “suit”").bounding_box()
    assert around is not None
    x, y = around["x"] + around["width"] / 2, around["y"] + 5
    wide = editor.page.locator("#waves").bounding_box()
    assert wide is not None
    px_per_ms = wide["width"] / 5000
    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(x - 20, y, steps=3)
    editor.page.mouse.move(x - 40 * px_per_ms, y, steps=3)
    editor.page.mouse.up()
    suit = words(editor)[6]
    assert (suit.text, suit.start_ms, suit.locked) == ("suit", 2400, True)
    assert 2700 <= suit.end_ms <= 2710


def test_everything_from_here_on_is_moved_to_the_playhead(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(2).click()
    editor.press("Home", "Alt+Shift+w")
    editor.type("0:04.100")
    editor.press("Enter")
    starts = [word.start_ms for word in words(editor)]
    assert starts == [n * 400 + (500 if n >= 9 else 0) for n in range(17)]
    editor.press("Control+z")
    assert [word.start_ms for word in words(editor)] == [n * 400 for n in range(17)]


def test_a_drift_is_stretched_between_two_places(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(0).click()
    editor.press("Home", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowLeft")
    assert words(editor)[0].locked
    editor.box(2).click()
    editor.press("Home", "Alt+Shift+w")
    expect(editor.page.get_by_text("“Hey” at 0:00.000")).to_be_visible()
    editor.type("soon")
    editor.press("Enter")
    expect(editor.page.get_by_role("dialog")).to_be_visible()
    editor.press("Control+a")
    editor.type("7.2")
    editor.page.get_by_role("radio", name="stretch").check()
    editor.page.get_by_role("button", name="Shift", exact=True).click()
    starts = [word.start_ms for word in words(editor)]
    assert starts == [n * 800 if n < 9 else n * 400 + 3600 for n in range(17)]


def test_where_a_time_comes_from_is_said_and_a_guess_is_listened_for(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    editor.server.pipeline.listen_to_edits()
    editor.page.reload()
    editor.edit_end(0)
    editor.press("Alt+w")
    start = slider(editor, "Start of “back”")
    expect(start).to_have_attribute("aria-valuetext", "0:01.200, estimated from its neighbours")
    editor.press("Escape", "End")
    editor.server.pipeline.hold()
    editor.type(" again")
    editor.expect_saved()
    assert words(editor)[3].start_ms == 1200
    editor.server.pipeline.may_finish.set()
    expect(start).to_have_attribute("aria-valuetext", "0:01.250, realigned")
    assert [word.origin for word in words(editor)[:5]] == ["listened"] * 5
    editor.press("Control+z")
    editor.expect_saved()
    expect(editor.box(0)).to_have_text("Hey listeners, welcome back")
    assert words(editor)[3].start_ms == 1250
    steps = editor.server.store.revisions(editor.transcript_id)
    assert [step.action for step in steps] == ["undo", "edit"]


def test_without_a_model_a_guess_says_that_nobody_listens(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.press("Alt+w")
    said = slider(editor, "Start of “back”").get_attribute("aria-valuetext") or ""
    assert "estimated from its neighbours; not realigned" in said


def test_captions_that_drift_are_mended_in_one_step(open_editor: OpenEditor) -> None:
    editor = open_editor()
    mend = editor.page.get_by_role("button", name="Fix unrecognised times")
    expect(mend).to_be_hidden()
    store, transcript_id = editor.server.store, editor.transcript_id
    remark = {"kind": "drift", "text": "Your captions were 1.0 s early from 0:00 on."}
    coverage = {"written_share": 0.96, "unwritten_ms": 0, "passages": [], "remarks": [remark]}
    store.update_transcript(transcript_id, coverage=coverage)
    editor.page.route(
        f"**/api/transcripts/{transcript_id}",
        lambda route: route.fulfill(json=as_srt(route.fetch().json())),
    )
    editor.page.reload()
    expect(editor.page.get_by_text("1.0 s early")).to_be_visible()
    mend.focus()
    with (
        mock.patch.object(align, "mend_times", a_second_later),
        editor.page.expect_response(re.compile(r"/mend$")),
    ):
        editor.press("Enter")
    expect(editor.page.get_by_role("button", name="Play from 0:01").first).to_be_visible()
    assert [word.start_ms for word in words(editor)] == [n * 400 + 1000 for n in range(17)]
    editor.page.locator("body").press("Control+z")
    expect(editor.page.get_by_role("button", name="Play from 0:00")).to_be_visible()
    assert [word.start_ms for word in words(editor)] == [n * 400 for n in range(17)]
    link = editor.page.get_by_role("link", name="Your file with fixed times")
    expect(link).to_have_attribute("href", re.compile(r"format=original.*mended=true"))


def a_second_later(
    store: Store, transcript_id: str, *, edit_id: str, author: str | None, client: str | None
) -> Applied:
    """Stands in for mending, which needs a text that was heard in part."""

    def build(window: Window) -> Change:
        later = [
            replace(
                one,
                words=tuple(
                    replace(word, start_ms=word.start_ms + 1000, end_ms=word.end_ms + 1000)
                    for word in one.words
                ),
            )
            for one in window.segments
        ]
        return retimed(list(window.segments), later)

    return save_edit(
        store,
        transcript_id,
        build,
        base_revisions={},
        edit_id=edit_id,
        author=author,
        client=client,
    )


def as_srt(whole: dict[str, Any]) -> dict[str, Any]:
    return {**whole, "imported": {**whole["imported"], "format": "srt"}}
