"""The panel of the captions: rules, what they make of the text as it plays, and fixes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from editor.captions import PRESETS, rules_from_file
from tests.browser.pages import Editor
from tests.browser.server import Server

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]
FIRST, SECOND = "Hey listeners, welcome back", "it works suit differently now"
THIRD, LAST = "a clevency of scale", "and that is all"


def panel(editor: Editor) -> Locator:
    """The panel, opened by its key."""
    editor.press("Alt+c")
    found = editor.page.get_by_role("region", name="Captions", exact=True)
    expect(found).to_be_visible()
    return found


def counts(editor: Editor) -> Locator:
    return editor.page.locator("#captions [data-part=counts]")


def caption(editor: Editor) -> Locator:
    return editor.page.locator(".caption span")


def test_the_caption_of_the_moment_is_drawn_as_the_rules_change(open_editor: OpenEditor) -> None:
    editor = open_editor()
    rules = panel(editor)
    expect(counts(editor)).to_have_text("4 captions. No rules broken")
    editor.click_letter(0, 5)
    expect(caption(editor)).to_have_text([FIRST])
    editor.click_letter(1, 5)
    expect(caption(editor)).to_have_text([SECOND])
    rules.get_by_label("Each segment is one caption").uncheck()
    expect(caption(editor)).to_have_text(
        ["welcome back it works suit differently", "now a clevency of scale and that is all"]
    )
    rules.get_by_label("Characters per line").fill("20")
    expect(caption(editor)).to_have_text(["it works suit", "differently now"])
    rules.get_by_label("Lines", exact=True).fill("1")
    expect(caption(editor)).to_have_text(["back it works"])
    editor.press("Alt+ArrowRight")
    expect(caption(editor)).to_have_text(["a clevency of scale"])
    editor.press("Control+Space")
    expect(caption(editor)).to_have_text(["and that is all"], timeout=5_000)
    was_playing = editor.is_playing()
    editor.press("Escape")
    assert editor.is_playing() is was_playing
    expect(caption(editor)).to_have_count(0)
    expect(rules).to_be_hidden()
    editor.page.reload()
    editor.box(0).wait_for()
    expect(panel(editor).get_by_label("Characters per line")).to_have_value("20")


def test_rules_are_those_of_the_language(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.server.store.update_transcript(editor.transcript_id, language="ko")
    editor.page.reload()
    editor.box(0).wait_for()
    rules = panel(editor)
    rules.locator("[data-part=preset]").select_option("netflix")
    expect(rules.get_by_label("Characters per line")).to_have_value("16")
    expect(rules.get_by_label("Characters per second")).to_have_value("12")


def test_numbers_that_make_no_sense_are_told_and_the_rest_stays(open_editor: OpenEditor) -> None:
    editor = open_editor()
    rules = panel(editor)
    expect(counts(editor)).to_contain_text("No rules broken")
    for given, told in (("3", "line_chars: a number from 8 to 100"), ("", "A number is missing.")):
        rules.get_by_label("Characters per line").fill(given)
        expect(counts(editor)).to_have_text(told)
    rules.get_by_label("Characters per line").fill("42")
    expect(counts(editor)).to_contain_text("No rules broken")


def test_own_rules_are_kept_and_exported_by_their_name(
    page: Page, server: Server, open_editor: OpenEditor
) -> None:
    editor = open_editor()
    rules = panel(editor)
    rules.locator("[data-part=preset]").select_option("netflix")
    rules.get_by_label("Characters per line").fill("30")
    rules.get_by_label("Characters per second").fill("17.5")
    rules.get_by_label("Minimum duration, seconds").fill("1.2")
    rules.get_by_label("Maximum duration, seconds").fill("")
    rules.get_by_label("Preset name").fill("Ours")
    editor.press("Enter")
    expect(rules.locator("[data-part=preset]")).to_have_value("Ours")
    (kept,) = server.store.presets()
    facts = (kept.line_chars, kept.chars_per_second, kept.min_ms, kept.max_ms, kept.gap_ms)
    assert facts == (30, 17.5, 1200, None, PRESETS["netflix"].gap_ms)

    page.reload()
    page.get_by_text("Export", exact=True).click()
    page.get_by_label("Caption preset").select_option("Ours")
    with page.expect_download() as download:
        page.get_by_role("link", name="SubRip").click()
    lines = download.value.path().read_text("utf-8").splitlines()
    # Those of "netflix" may have 42 characters.
    assert 25 < max(map(len, lines[2:4])) <= 30
    rules = panel(editor)
    rules.locator("[data-part=preset]").select_option("Ours")
    expect(rules.get_by_label("Characters per second")).to_have_value("17.5")

    server.store.save_preset(replace(kept, line_chars=25))
    rules.get_by_label("Characters per line").fill("31")
    rules.get_by_label("Preset name").press("Enter")
    expect(rules.get_by_text("choose “Ours” above to see the others")).to_be_visible()
    expect(rules.get_by_label("Characters per line")).to_have_value("31")
    assert [one.line_chars for one in server.store.presets()] == [25]
    rules.locator("[data-part=preset]").select_option("Ours")
    expect(rules.get_by_label("Characters per line")).to_have_value("25")
    page.get_by_role("button", name="Put back").click()
    expect(rules.get_by_label("Characters per line")).to_have_value("31")
    rules.locator("[data-part=preset]").select_option("Ours")
    expect(rules.get_by_label("Characters per line")).to_have_value("25")

    # What is overwritten or deleted is what was seen in the fields, not what the list knows by now.
    server.store.save_preset(replace(kept, line_chars=26))
    rules.get_by_role("button", name="Close").click()
    rules = panel(editor)
    rules.get_by_label("Preset name").press("Enter")
    expect(rules.get_by_text("choose “Ours” above to see the others")).to_be_visible()
    assert [one.line_chars for one in server.store.presets()] == [26]
    server.store.save_preset(replace(kept, line_chars=27))
    rules.get_by_role("button", name="Delete").click()
    told = "“Ours” in the meantime. It was not deleted."
    refused = page.get_by_role("alert").filter(has_text=told)
    expect(refused).to_be_visible()
    assert [one.line_chars for one in server.store.presets()] == [27]
    rules.get_by_role("button", name="Delete").click()
    expect(rules.locator("[data-part=preset]")).to_have_value("lines")
    assert server.store.presets() == []
    page.get_by_role("button", name="Restore").click()
    expect(rules.locator("[data-part=preset]")).to_have_value("Ours")
    assert [one.line_chars for one in server.store.presets()] == [27]


def test_own_rules_are_shared_as_a_file(
    server: Server, open_editor: OpenEditor, tmp_path: Path
) -> None:
    editor = open_editor()
    rules = panel(editor)
    rules.locator("[data-part=preset]").select_option("netflix")
    rules.get_by_label("Characters per line").fill("16")
    rules.get_by_label("Preset name").fill("Ours")
    with editor.page.expect_download() as download:
        rules.get_by_role("button", name="Save preset file").click()
    assert download.value.suggested_filename == "Ours.json"
    text = download.value.path().read_text("utf-8")
    assert rules_from_file(text, "x") == replace(PRESETS["netflix"], name="Ours", line_chars=16)
    assert server.store.presets() == []

    rules.locator("[data-part=preset]").select_option("bbc")
    file = rules.get_by_label("Preset file")
    (tmp_path / "bad.json").write_text(text.replace("16", '"16"'), "utf-8")
    file.set_input_files(tmp_path / "bad.json")
    told = "bad.json cannot be used. line_chars: line 3: a whole number, not '16'"
    expect(rules.get_by_text(told)).to_be_visible()
    expect(rules.get_by_label("Characters per line")).to_have_value("37")

    (tmp_path / "good.json").write_text("\ufeff" + text, "utf-8")
    file.set_input_files(tmp_path / "good.json")
    expect(rules.get_by_text("These are the rules of good.json.")).to_be_visible()
    expect(rules.get_by_label("Characters per line")).to_have_value("16")
    rules.get_by_role("button", name="Save", exact=True).click()
    expect(rules.locator("[data-part=preset]")).to_have_value("Ours")
    assert [one.line_chars for one in server.store.presets()] == [16]


def test_violations_are_listed_shown_and_fixed_one_by_one_and_all(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    rules = panel(editor)
    rules.get_by_label("Characters per line").fill("16")
    rules.get_by_label("Lines", exact=True).fill("1")
    expect(counts(editor)).to_have_text("4 captions. Too many lines: 3")
    rows = rules.get_by_role("listitem")
    expect(rows).to_have_count(3)
    rows.nth(2).locator(".place").click()
    assert editor.time_ms() == 3600
    assert editor.caret()[0] == 2

    rows.nth(0).get_by_role("button", name="Fix").click()
    expect(rules.get_by_text("1 fixed. Undo restores the lines.")).to_be_visible()
    editor.expect_texts("Hey listeners,", "welcome back", SECOND, THIRD, LAST)
    rules.get_by_role("button", name="Fix all").click()
    expect(counts(editor)).to_contain_text("No rules broken")
    assert len(editor.saved_texts()) > 5
    assert " ".join(editor.saved_texts()) == " ".join((FIRST, SECOND, THIRD, LAST))
    editor.box(0).click()
    editor.press("Control+z")
    editor.expect_texts("Hey listeners,", "welcome back", SECOND, THIRD, LAST)
    editor.press("Control+z")
    editor.expect_texts(FIRST, SECOND, THIRD, LAST)
    expect(counts(editor)).to_contain_text("Too many lines: 3")


def test_captions_are_listed_and_edited_where_they_break_rules(
    page: Page, open_editor: OpenEditor
) -> None:
    editor = open_editor()
    editor.press("Alt+Shift+C")
    cues = page.get_by_role("region", name="List of captions")
    rows = cues.get_by_role("list", name="Captions").locator(":scope > *")
    text, start = cues.get_by_label("Text of caption"), cues.get_by_label("In, Caption")
    end = cues.get_by_label("Out, Caption")
    expect(rows).to_have_count(4)
    expect(page.locator("#text")).to_be_hidden()
    expect(text.first).to_be_focused()
    expect(start.nth(2)).to_have_value("0:03.600")
    expect(rows.nth(2)).to_contain_text("1.500 s")
    expect(rows.nth(2)).to_contain_text("12.7")

    # A caption that is too long to be read in its time: shorter, and longer on the screen.
    page.locator("#captions").get_by_label("Characters per second").fill("14")
    expect(cues.get_by_text("broken rules")).to_have_text("2 broken rules")
    editor.press("Alt+V", "Alt+V")
    expect(text.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_contain_text("Too fast to read: 2000 ms on screen, 2071 needed")
    expect(text.nth(1)).to_have_attribute("aria-invalid", "true")
    editor.press("Control+a")
    editor.type("it works somewhat\n")
    expect(text.nth(2)).to_be_focused()
    expect(text.nth(1)).to_have_attribute("aria-invalid", "false")
    expect(cues.get_by_text("broken rule")).to_have_text("1 broken rule")
    start.nth(1).fill("soon")
    editor.press("Enter")
    expect(page.get_by_text("“soon” is no time.")).to_be_visible()
    expect(start.nth(1)).to_have_value("0:01.600")
    start.nth(1).fill("1.75")
    editor.press("Tab")
    expect(end.nth(0)).to_have_value("0:01.750")
    page.get_by_role("button", name="Undo").click()
    expect(start.nth(1)).to_have_value("0:01.600")
    page.get_by_role("button", name="Redo").click()
    expect(start.nth(1)).to_have_value("0:01.750")
    end.nth(0).fill("0:09.000")
    editor.press("Enter")
    expect(page.get_by_text("cannot end after 0:01.750")).to_be_visible()
    editor.press("Shift+ArrowDown", "PageDown", "Tab")
    expect(end.nth(0)).to_have_value("0:01.610")

    # Split, and one that is new at the play head.
    text.nth(2).focus()
    editor.press("Home", *["Control+ArrowRight"] * 2, "Control+Enter")
    expect(rows).to_have_count(5)
    end.nth(4).fill("0:06.000")
    editor.press("Enter")
    told = "By the rules of this preset the caption ends at 0:06.271."
    expect(page.get_by_text(told)).to_be_visible()
    page.evaluate("document.querySelector('video').currentTime = 6.1")
    editor.press("Alt+Shift+I")
    cues.get_by_label("New caption at 0:06.100").fill("bye")
    editor.press("Enter", "Enter")
    expect(rows).to_have_count(6)
    expect(text.nth(5)).to_be_focused()
    editor.press("Escape")
    expect(cues).to_be_hidden()
    new = (FIRST, "it works somewhat", "a clevency", "of scale", LAST, "bye")
    editor.expect_texts(*new)
    page.reload()
    editor.box(0).wait_for()
    editor.expect_texts(*new)
    editor.press("Alt+Shift+C")
    expect(start.nth(1)).to_have_value("0:01.750")
    expect(rows).to_have_count(6)

    # As frames, a time lands on one, and so it is exported.
    cues.get_by_label("Times").select_option("25")
    expect(start.nth(1)).to_have_value("00:00:01:19")
    expect(rows.nth(2)).to_contain_text(":")
    start.nth(1).fill("00:00:01:25")
    editor.press("Enter")
    expect(page.get_by_text("Write it as 00:01:05:13")).to_be_visible()
    start.nth(1).focus()
    editor.press("ArrowUp", "Tab")
    expect(start.nth(1)).to_have_value("00:00:01:20")
    page.get_by_text("Export", exact=True).click()
    page.get_by_label("Captions begin and end on frames").check()
    expect(page.get_by_label("Frames per second").first).to_have_value("25")
    with page.expect_download() as download:
        page.get_by_role("link", name="SubRip").click()
    written = download.value.path().read_text("utf-8")
    assert "\n00:00:01,800 --> " in written
    times = [time for line in written.splitlines() if "-->" in line for time in line.split(" --> ")]
    assert all(int(time[-3:]) % 40 == 0 for time in times)
    cues.get_by_role("button", name="Play caption 2").click()
    assert editor.is_playing()


def test_lines_are_broken_by_hand_kept_and_exported(page: Page, open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.press("Alt+Shift+C")
    text = page.locator("#cues").get_by_label("Text of caption")
    text.nth(1).focus()
    editor.press("Home", *["ArrowRight"] * 8, "Shift+Enter")
    expect(text.nth(1)).to_have_value("it works\nsuit differently now")
    editor.press("x", " ", "Enter")
    expect(text.nth(1)).to_have_value("it works\nx suit differently now")
    expect(text.nth(2)).to_be_focused()
    text.nth(2).focus()
    editor.press("Home", "ArrowRight", "Shift+Enter", "Control+ArrowRight", "Control+ArrowRight")
    editor.press("End", "Backspace", "e", "Shift+Enter")
    expect(page.get_by_text("Place the caret between two words")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_text("Export", exact=True).click()
        page.get_by_role("link", name="SubRip").click()
    assert "\nit works\nx suit differently now\n" in download.value.path().read_text("utf-8")
    page.reload()
    editor.box(0).wait_for()
    editor.press("Alt+Shift+C")
    expect(text.nth(2)).to_have_value("a\nclevency of scale")

    # Where lines are joined again no words are.
    text.nth(2).focus()
    editor.press("Control+Home", "ArrowRight", "ArrowRight", "Backspace")
    expect(text.nth(2)).to_have_value("a clevency of scale")
    page.locator("#captions").get_by_label("Characters per line").fill("10")
    text.nth(1).focus()
    expect(page.locator("#cues").get_by_text("Line too long")).to_have_count(1)


def millis(shown: str) -> int:
    """A time such as 0:03.600 in ms."""
    minutes, seconds = shown.split(":")
    return round((int(minutes) * 60 + float(seconds)) * 1000)


def test_ends_of_captions_are_dragged_on_the_waveform_and_later_ones_move_along(
    page: Page, open_editor: OpenEditor
) -> None:
    editor = open_editor()
    editor.press("Alt+Shift+C")
    start = page.locator("#cues").get_by_label("In, Caption")
    third = page.get_by_role("slider", name="In of caption 3")
    expect(third).to_have_attribute("aria-valuetext", "0:03.600")

    def drag(by_px: float, *, is_free: bool) -> None:
        box = third.bounding_box()
        assert box is not None
        x, y = box["x"] + 4, box["y"] + 10
        page.mouse.move(x, y)
        page.mouse.down()
        if is_free:
            page.keyboard.down("Alt")
        page.mouse.move(x + by_px / 2, y)
        page.mouse.move(x + by_px, y)
        page.mouse.up()
        page.keyboard.up("Alt")

    drag(31, is_free=True)
    expect(start.nth(2)).not_to_have_value("0:03.600")
    given = start.nth(2).input_value()
    expect(third).to_have_attribute("aria-valuetext", given)
    expect(third).to_be_focused()
    # Near the end of the caption above it is drawn to that.
    end = page.locator("#cues").get_by_label("Out, Caption")
    above = end.nth(1).input_value()
    ms_per_px = (millis(given) - 3600) / 31
    drag((millis(above) - millis(given)) / ms_per_px + 3, is_free=False)
    expect(start.nth(2)).to_have_value(above)
    page.get_by_role("button", name="Undo").click()
    expect(start.nth(2)).to_have_value(given)
    page.get_by_role("button", name="Undo").click()
    expect(start.nth(2)).to_have_value("0:03.600")

    page.get_by_label("Move later captions along").check()
    last = start.nth(3).input_value()
    third.focus()
    editor.press("Shift+ArrowRight", "Shift+ArrowRight", "Enter")
    expect(start.nth(2)).to_have_value("0:03.800")
    expect(start.nth(3)).not_to_have_value(last)
    was, moved = end.nth(1).input_value(), start.nth(2).input_value()
    end.nth(1).focus()
    editor.press("Shift+ArrowUp", "Enter")
    expect(end.nth(1)).not_to_have_value(was)
    expect(start.nth(2)).not_to_have_value(moved)
    page.get_by_role("button", name="Undo").click()
    expect(start.nth(2)).to_have_value(moved)
    expect(end.nth(1)).to_have_value(was)
    page.get_by_label("Move later captions along").uncheck()
    later = start.nth(3).input_value()
    # Somebody takes a segment above away while an end is held: that one moves on, and no other.
    box = third.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    first = editor.server.store.segments(editor.transcript_id)[0].segment
    address = f"{editor.server.url}/api/transcripts/{editor.transcript_id}/edits"
    body = {"kind": "delete", "segment_id": first.id, "base_revision": first.revision}
    assert page.request.post(address, data=body).ok
    expect(start).to_have_count(3)
    page.keyboard.down("Alt")
    page.mouse.move(box["x"] + 24, box["y"] + 10)
    page.mouse.up()
    page.keyboard.up("Alt")
    expect(start.nth(1)).not_to_have_value(moved)
    assert millis(start.nth(1).input_value()) - millis(moved) > 15 * ms_per_px
    expect(start.nth(2)).to_have_value(later)
    end.nth(1).focus()
    editor.press("Escape")
    expect(page.get_by_role("group", name="Caption timing")).to_be_hidden()


def test_what_cannot_be_fixed_says_so(open_editor: OpenEditor) -> None:
    editor = open_editor()
    rules = panel(editor)
    rules.get_by_label("Characters per second").fill("2")
    rules.get_by_label("Each segment is one caption").uncheck()
    expect(counts(editor)).to_contain_text("Too fast to read")
    expect(rules.get_by_role("button", name="Fix all")).to_be_hidden()
    expect(rules.get_by_text("shorten the text or extend the time")).to_be_visible()
    # On a small phone the rows have the room, and what leads to the next fault stays.
    editor.page.set_viewport_size({"width": 320, "height": 640})
    editor.press("Alt+Shift+C")
    texts = editor.page.locator("#cues").get_by_label("Text of caption")
    expect(texts).to_have_count(2)
    expect(editor.page.locator(".cue-heads > *").last).to_be_hidden()
    texts.last.evaluate("(text) => text.scrollIntoView({ block: 'center' })")
    next_fault = editor.page.get_by_role("button", name="Next broken rule")
    expect(texts.last).to_be_in_viewport(ratio=1)
    expect(editor.page.get_by_role("button", name="New caption")).not_to_be_in_viewport()
    at = next_fault.bounding_box()
    assert at is not None
    assert at["y"] < 150
    # Who speaks stands beside the text, as in the caption.
    editor.press("Alt+Shift+C")
    editor.edit_end(1)
    editor.press("Alt+s")
    editor.type("Ann")
    editor.press("Enter", "Alt+Shift+C")
    mark = editor.page.locator(".cue-mark", has_text="Ann")
    expect(mark).to_be_visible()
    boxes = [mark.bounding_box(), mark.locator("+ .cue-grow").bounding_box()]
    assert len({box and round(box["y"]) for box in boxes}) == 1


def test_captions_follow_what_is_typed(open_editor: OpenEditor) -> None:
    editor = open_editor()
    panel(editor)
    editor.edit_end(0)
    editor.type(" again")
    editor.box(2).click()
    editor.click_letter(0, 5)
    expect(caption(editor)).to_have_text([f"{FIRST} again"])


def test_over_a_video_they_lie_on_the_picture(page: Page, server: Server, video_id: str) -> None:
    editor = Editor(page, server, video_id)
    editor.open()
    expect(page.locator("#screen")).to_be_visible()
    panel(editor)
    editor.click_letter(0, 5)
    expect(caption(editor)).to_have_text([FIRST])
    box, film = caption(editor).bounding_box(), page.locator("#screen").bounding_box()
    assert box is not None
    assert film is not None
    assert film["y"] < box["y"] < box["y"] + box["height"] <= film["y"] + film["height"]
    expect(page.get_by_text("Shot changes of the film are not known yet.")).to_be_visible()
    # A caption that ends near a cut is told of, and ends there at a key.
    editor.press("Alt+Shift+C")
    end = page.locator("#cues").get_by_label("Out, Caption").last
    at_ms = millis(end.input_value()) + 150
    server.store.save_shot_changes(video_id, 9000, [at_ms])
    page.route("**/shots", lambda asked: asked.abort(), times=1)
    page.reload()
    editor.box(0).wait_for()
    rules = panel(editor)
    # A first question that gets lost is asked again.
    expect(rules.get_by_text("1 shot change in the film")).to_be_visible()
    rules.get_by_label("Clear of shot changes").fill("500")
    expect(counts(editor)).to_contain_text("Near a shot change: 1")
    editor.press("Alt+V")
    expect(end).to_be_focused()
    editor.press("Alt+Shift+M")
    expect(counts(editor)).to_contain_text("No rules broken")
    assert millis(end.input_value()) == at_ms
    editor.press("Escape")
    # On a phone what the film leaves of the window is enough for the panels' heads.
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Close captions").click()
    editor.press("Alt+q")
    page.locator("#queue [data-part=close]").click()
    expect(page.locator("#queue")).to_be_hidden()
