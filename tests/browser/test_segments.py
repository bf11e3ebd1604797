"""What a segment is besides its text: reviewed, speech or sound, spoken by somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from editor.document import Kind, Media, Segment, Transcript, Word
from editor.formats.exports import Options, export
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.support.segments import put_segments
from tests.support.stand_in import placed_words

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]


def speakers(segments: Sequence[Segment]) -> list[str | None]:
    return [one.speaker for one in segments]


def said_of(segments: Sequence[Segment]) -> list[tuple[str | None, bool, bool, Kind]]:
    return [(one.speaker, one.reviewed, one.new_turn, one.kind) for one in segments]


def test_segments_are_ticked_as_reviewed_and_the_next_is_found(open_editor: OpenEditor) -> None:
    editor = open_editor()
    count = editor.page.locator("[data-part=reviewed]")
    expect(count).to_have_text("0 of 4 reviewed")
    editor.edit_end(0)
    editor.press("Alt+r", "Alt+u")
    expect(count).to_have_text("1 of 4 reviewed")
    assert editor.caret() == (1, 0)
    editor.press("Alt+r")
    editor.page.locator(".tick").nth(3).click()
    expect(count).to_have_text("3 of 4 reviewed")
    editor.press("Alt+u")
    assert editor.caret() == (2, 0)
    editor.expect_stored(lambda them: [one.reviewed for one in them], [True, True, False, True])
    editor.press("Control+z", "Control+z")
    expect(count).to_have_text("1 of 4 reviewed")


def test_the_rest_alone_is_shown_and_arrows_stay_in_it(open_editor: OpenEditor) -> None:
    editor = open_editor()
    for index in (1, 2):
        editor.page.locator(".tick").nth(index).click()
    expect(editor.page.locator("[data-part=reviewed]")).to_have_text("2 of 4 reviewed")
    editor.page.get_by_role("button", name="Hide reviewed").click()
    expect(editor.box(1)).to_be_hidden()
    editor.edit_end(0)
    editor.press("ArrowRight")
    assert editor.caret() == (3, 0)
    editor.press("Control+.")
    expect(editor.box(1)).to_be_visible()
    assert editor.caret()[0] == 1


def test_a_segment_becomes_a_sound_and_speech_again(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(1)
    editor.press("Alt+m")
    expect(editor.page.get_by_role("group", name="Sound at 0:01")).to_be_visible()
    editor.expect_stored(lambda them: them[1].kind, "sound")
    expect(editor.page.locator("[data-part=doubts]")).to_have_text("1 doubt")
    editor.press("Alt+m")
    expect(editor.page.locator("[data-part=doubts]")).to_have_text("2 doubts")
    editor.expect_stored(lambda them: them[1].kind, "speech")


def test_speakers_are_assigned_by_number_and_renamed_everywhere(open_editor: OpenEditor) -> None:
    editor = open_editor()
    for index, name in enumerate(("Ann", "Bob")):
        editor.edit_end(index)
        editor.press("Alt+1" if index == 0 else "Alt+2")
        editor.type(name)
        editor.press("Enter")
        expect(editor.page.get_by_role("button", name=name)).to_be_visible()
    editor.edit_end(2)
    editor.press("Alt+1")
    editor.edit_end(3)
    editor.press("Alt+2")
    expect(editor.page.get_by_role("button", name="Bob")).to_have_count(2)
    headings = editor.page.locator(".is-turn .speaker")
    expect(headings).to_have_text(["Ann", "Bob", "Ann", "Bob"])
    tones = editor.page.locator(".segment").evaluate_all("rows => rows.map(r => r.dataset.tone)")
    assert tones == ["0", "1", "0", "1"]
    editor.press("Alt+Shift+s")
    field = editor.page.get_by_role("textbox", name="Name of speaker 2")
    field.fill("Elad")
    field.press("Enter")
    expect(headings).to_have_text(["Ann", "Elad", "Ann", "Elad"])
    editor.press("Escape")
    editor.expect_stored(speakers, ["Ann", "Elad", "Ann", "Elad"])
    editor.press("Control+z")
    expect(editor.page.get_by_role("button", name="Bob")).to_have_count(2)


def test_what_is_said_of_lines_without_waiting_is_decided_on_what_was_said_before(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    for index, name in enumerate(("Ann", "Bob")):
        editor.put_caret(index, 0)
        editor.press("Alt+s")
        editor.type(name)
        editor.press("Enter")
    editor.expect_saved()
    editor.slow_down(150)
    # Bob's turn becomes Ann's but for its rest; what is pressed twice is as it was.
    editor.put_caret(1, 0)
    editor.press("Alt+1", "Enter", "Alt+2", "Alt+r", "Alt+t", "Alt+m")
    editor.put_caret(2, 0)
    editor.press("Alt+r", "Alt+t", "Alt+m", "Alt+n")
    editor.type("mine")
    editor.press("Enter")
    editor.type("So ")
    expect(editor.box(2)).to_contain_text("So a")
    editor.press("Alt+r", "Control+z")
    assert editor.save_state() == "saving"
    line: tuple[str | None, bool, bool, Kind] = ("Bob", False, False, "speech")
    editor.expect_stored(lambda them: said_of(them)[1:], [("Ann", *line[1:]), line, line])
    changed = editor.stored()[2]
    assert (changed.note, changed.text[:3]) == ("mine", "So ")
    # What is typed between such keys is undone between them.
    editor.press("End")
    for letter in "abc":
        editor.press(letter, "Alt+r")
    editor.press("Control+z", "Control+z")
    editor.expect_stored(lambda them: (them[2].text[-3:], them[2].reviewed), ("eab", False))


def test_a_name_holds_until_the_next_turn_or_name_as_in_the_exports(
    open_editor: OpenEditor,
) -> None:
    editor = open_editor()
    store, transcript_id = editor.server.store, editor.transcript_id
    lines: list[tuple[str, str | None, bool, Kind]] = [
        ("Hello.", None, True, "speech"),
        ("Welcome back.", None, False, "speech"),
        ("(music)", None, False, "sound"),
        ("Let us go.", None, False, "speech"),
        ("Yes.", None, True, "speech"),
        ("I am here.", None, False, "speech"),
        ("Ann spoke.", "Cleo", False, "speech"),
    ]
    made = [
        Segment(f"n{n}", text, placed_words(text, 3 * n), speaker, new_turn=turn, kind=kind)
        for n, (text, speaker, turn, kind) in enumerate(lines)
    ]
    put_segments(store, transcript_id, made)
    page = editor.page
    page.reload()
    headings = page.locator(".is-turn .speaker")
    expect(headings).to_have_text(["New speaker", "New speaker", "Cleo"])
    headings.nth(0).click()
    editor.type("Ann")
    editor.press("Enter")
    expect(headings).to_have_text(["Ann", "New speaker", "Cleo"])
    editor.edit_end(4)
    editor.press("Alt+s")
    editor.type("Bob")
    editor.press("Enter")
    expect(headings).to_have_text(["Ann", "Bob", "Cleo"])
    ann, bob = ["Ann", "Ann", None, "Ann"], ["Bob", "Bob"]
    editor.expect_stored(speakers, [*ann, *bob, "Cleo"])
    stored = Transcript(tuple(editor.stored()))
    for name, mark in (("txt", "Ann: "), ("srt", "Ann: "), ("md", "**Ann:** "), ("vtt", "<v Ann>")):
        media = Media("x.wav", 60_000)
        written = export(name, stored, media, None, Options()).decode()
        assert f"{mark}Hello." in written
        assert "- " not in written.replace("-->", "")
        assert "– " not in written
    editor.edit_end(5)
    editor.press("Alt+3")
    expect(headings).to_have_text(["Ann", "Bob", "Cleo"])
    editor.expect_stored(speakers, [*ann, "Bob", "Cleo", "Cleo"])
    editor.press("Control+z", "Control+z", "Control+z")
    expect(headings).to_have_text(["New speaker", "New speaker", "Cleo"])
    editor.expect_stored(speakers, [*[None] * 6, "Cleo"])


def test_a_long_text_is_there_to_its_end(server: Server, page: Page) -> None:
    made = server.store.create_transcript(title="Long", media_name="long.wav", model="base")
    texts = [f"line {number}" for number in range(320)]
    put_segments(
        server.store,
        made.id,
        [Segment(text.replace(" ", "-"), text, words_of(text)) for text in texts],
    )
    page.goto(f"/t/{made.id}")
    expect(page.locator(".box")).to_have_text(texts)
    counts = page.locator(".section").evaluate_all("all => all.map((one) => one.children.length)")
    assert counts == [100, 100, 100, 20]
    editor = Editor(page, server, made.id)
    editor.edit_end(99)
    editor.type(" more")
    editor.press("Home", *["ArrowRight"] * len("line "), "Control+Enter")
    expect(page.locator(".box")).to_have_count(321)
    expect(editor.box(100)).to_have_text("99 more")


def test_the_place_is_kept_over_a_reload_and_when_one_comes_back(
    server: Server, page: Page, transcript_id: str
) -> None:
    texts = [f"line {number % 16}" for number in range(320)]
    made = [
        Segment(f"n{n}", text, placed_words(text, 2 * n), reviewed=n == 319)
        for n, text in enumerate(texts)
    ]
    put_segments(server.store, transcript_id, made)
    editor = Editor(page, server, transcript_id)
    page.goto(f"/t/{transcript_id}")
    hide = page.get_by_role("button", name="Hide reviewed")
    hide.click()
    editor.box(205).click()
    page.mouse.wheel(0, -210)
    page.wait_for_timeout(200)
    page.get_by_role("slider", name="Position").press("ArrowRight")
    editor.box(205).click()
    editor.press("Home", "ArrowRight", "ArrowRight")
    page.wait_for_timeout(200)
    at, top = editor.time_ms(), top_of(editor, 205)
    assert at > 0
    page.reload()
    for _ in range(2):
        editor.box(205).wait_for()
        page.wait_for_timeout(200)
        assert editor.time_ms() == at
        assert editor.caret() == (205, 2)
        assert abs(top_of(editor, 205) - top) <= 2
        expect(hide).to_have_attribute("aria-pressed", "true")
        page.goto("/")
        page.go_back()


def top_of(editor: Editor, index: int) -> float:
    around = editor.box(index).bounding_box()
    assert around is not None
    return around["y"]


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a line, in the second that its number names."""
    start_ms = int(text.split()[-1]) * 1000
    return tuple(
        Word(word, start_ms + 400 * at, start_ms + 400 * at + 300)
        for at, word in enumerate(text.split())
    )


def test_each_act_on_a_line_is_found_without_a_key(page: Page, open_editor: OpenEditor) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor = open_editor()
    item = page.get_by_role("menuitem")
    page.locator(".segment").nth(2).hover()
    page.get_by_role("button", name="More for this line").click()
    # The caret is in no line yet, so none can be split.
    expect(page.get_by_role("menuitem", name="Split here")).to_be_disabled()
    editor.press("ArrowDown", "ArrowDown")
    expect(page.get_by_role("menuitem", name="Insert below")).to_be_focused()
    editor.press("Enter")
    expect(page.locator(".box")).to_have_count(5)
    assert editor.caret() == (3, 0)
    editor.type("of it")
    editor.click_letter(1, 9)
    page.get_by_role("button", name="More for this line").click()
    page.get_by_role("menuitem", name="Split here").click()
    editor.expect_texts(
        "Hey listeners, welcome back",
        "it works",
        "suit differently now",
        "a clevency of scale",
        "of it",
        "and that is all",
    )
    page.locator(".time").nth(1).click(button="right")
    item.filter(has_text="Copy with speaker and time").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == "“it works” – 0:01"
    page.locator(".time").nth(5).click(button="right")
    item.filter(has_text="Copy link").click()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link == f"{page.url}#t=0:05.2"
    editor.click_letter(0, 3)
    editor.press("Control+k")
    editor.type("at:3")
    expect(page.locator("#palette li")).to_have_count(0)
    editor.press("Control+a")
    editor.type("0:03.7")
    editor.press("Enter")
    expect(editor.box(3)).to_be_focused()
    assert editor.time_ms() == 3700
    editor.press("Control+k")
    editor.type("mark rev")
    editor.press("Enter")
    expect(page.locator("[data-part=reviewed]")).to_have_text("1 of 6 reviewed")
    for index in (4, 5):
        page.locator(".time").nth(index).click(modifiers=["Control"])
    page.locator("#chosen").get_by_role("button", name="Quote").click()
    quote = page.evaluate("() => navigator.clipboard.readText()")
    assert quote == "“of it and that is all” – 0:05"
    page.goto("about:blank")
    page.goto(link)
    expect(editor.box(5)).to_be_focused()
    assert editor.time_ms() == 5200
    page.goto("/")
    page.get_by_role("searchbox").fill("CLEVEN")
    place = page.get_by_role("link", name="0:03 a clevency of scale")
    expect(place.locator("mark")).to_have_text("clevency")
    place.click()
    expect(editor.box(3)).to_be_focused()
    page.wait_for_function("() => document.querySelector('video').currentTime > 4")
    found = "() => [...CSS.highlights.get('found')].map(String)"
    assert page.evaluate(found) == ["clevency"]
    editor.press("Control+Space")
    assert page.evaluate(found) == []
