"""Many segments at once, notes, and times that are let go or moved by frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from editor.document import Segment
from tests.browser.conftest import TEXT
from tests.browser.looks import FOUR_LOOKS, check_looks
from tests.browser.pages import Editor
from tests.support.segments import put_segments
from tests.support.stand_in import placed_words

pytestmark = pytest.mark.browser

OpenEditor = Callable[..., Editor]
LINES = TEXT.splitlines()


def speakers(segments: Sequence[Segment]) -> list[str | None]:
    return [one.speaker for one in segments]


def time_of_second(segments: Sequence[Segment]) -> tuple[int, bool]:
    """Where the first word of the second segment begins, and whether that is locked."""
    word = segments[1].words[0]
    return word.start_ms, word.locked


def chosen(page: Page) -> list[int]:
    found: list[int] = page.locator(".segment").evaluate_all(
        "rows => rows.flatMap((row, at) => row.classList.contains('is-chosen') ? [at] : [])"
    )
    return found


def steps(editor: Editor) -> int:
    return len(editor.server.store.revisions(editor.transcript_id))


def test_segments_are_chosen_by_keys_and_changed_in_one_step(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(1)
    editor.type(" and")
    editor.press("Alt+Shift+ArrowDown", "Alt+Shift+ArrowDown")
    bar = editor.page.get_by_role("region", name="Selected segments")
    expect(bar.get_by_text("2 segments selected")).to_be_visible()
    assert chosen(editor.page) == [1, 2]
    assert editor.caret() == (2, 0)
    expect(editor.page.get_by_role("group", name="Segment at 0:01, selected")).to_be_visible()
    editor.press("Alt+r")
    expect(editor.page.locator("[data-part=reviewed]")).to_have_text("2 of 4 reviewed")
    editor.press("Alt+s")
    editor.type("Ann")
    editor.press("Enter")
    expect(editor.page.get_by_role("button", name="Ann")).to_have_count(1)
    ticked = [(False, None), (True, "Ann"), (True, "Ann"), (False, None)]
    editor.expect_stored(lambda them: [(one.reviewed, one.speaker) for one in them], ticked)
    assert steps(editor) == 3
    editor.press("Control+z", "Control+z")
    expect(editor.page.locator("[data-part=reviewed]")).to_have_text("0 of 4 reviewed")
    was_playing = editor.is_playing()
    editor.press("Escape")
    expect(bar).to_be_hidden()
    assert editor.is_playing() is was_playing
    editor.expect_texts(LINES[0], f"{LINES[1]} and", *LINES[2:])


def test_escape_leaves_a_doubt_and_what_is_chosen_at_once(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.click_letter(1, 10)
    expect(editor.page.get_by_label("Doubt", exact=True)).to_be_visible()
    editor.press("Alt+x")
    expect(editor.page.locator("#chosen")).to_be_visible()
    editor.press("Escape")
    expect(editor.page.locator("#chosen")).to_be_hidden()
    expect(editor.page.get_by_label("Doubt", exact=True)).to_be_hidden()
    assert not editor.is_playing()


def test_segments_are_chosen_by_mouse_joined_and_deleted(open_editor: OpenEditor) -> None:
    editor = open_editor()
    times = editor.page.locator(".time")
    times.nth(1).click(modifiers=["Control"])
    times.nth(3).click(modifiers=["Shift"])
    assert chosen(editor.page) == [1, 2, 3]
    times.nth(3).click(modifiers=["Control"])
    bar = editor.page.get_by_role("region", name="Selected segments")
    bar.get_by_role("button", name="Join").click()
    joined = f"{LINES[1]} {LINES[2]}"
    editor.expect_texts(LINES[0], joined, LINES[3])
    expect(bar).to_be_hidden()
    assert editor.caret() == (1, 0)
    times.nth(0).click(modifiers=["Control"])
    times.nth(2).click(modifiers=["Control"])
    bar.get_by_role("button", name="Delete").click()
    editor.expect_texts(joined)
    assert editor.caret() == (0, 0)
    editor.press("Control+z")
    editor.expect_texts(LINES[0], joined, LINES[3])
    editor.press("Control+z")
    editor.expect_texts(*LINES)
    times.nth(0).click(modifiers=["Control"])
    times.nth(3).click(modifiers=["Control"])
    bar.get_by_role("button", name="Join").click()
    expect(editor.page.get_by_text("only neighbouring segments can be joined")).to_be_visible()
    editor.expect_texts(*LINES)


def test_a_choice_by_mouse_takes_the_keys_and_is_copied(open_editor: OpenEditor) -> None:
    editor = open_editor()
    page = editor.page
    editor.edit_end(0)
    editor.press("Alt+t", "Alt+s")
    editor.type("Ann")
    editor.press("Enter")
    expect(page.get_by_role("button", name="Ann")).to_be_visible()
    editor.slow_down(150)
    editor.press("Control+z")
    times = page.locator(".time")
    times.nth(1).click(modifiers=["Control"])
    editor.press("Alt+s")
    # The answer of the undo comes while the name is typed.
    page.keyboard.type("Bob", delay=120)
    editor.press("Enter", "Escape")
    editor.expect_stored(speakers, [None, "Bob", None, None])
    times.nth(1).click(modifiers=["Control"])
    times.nth(3).click(modifiers=["Shift"])
    page.get_by_role("button", name="Speaker …").click()
    editor.press("Enter")
    expect(page.get_by_role("button", name="Bob")).to_have_count(1)
    editor.expect_stored(speakers, [None, "Bob", "Bob", "Bob"])
    page.locator("#text").focus()
    editor.press("Control+c")
    page.context.grant_permissions(["clipboard-read"])
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"Bob: {LINES[1]}\n{LINES[2]}\n{LINES[3]}"
    editor.press("Alt+r")
    expect(page.locator("[data-part=reviewed]")).to_have_text("3 of 4 reviewed")
    editor.press("Control+z", "Control+z")
    editor.expect_stored(speakers, [None, "Bob", None, None])


def test_one_segment_is_deleted_and_joined_by_keys(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(1)
    editor.type("!")
    editor.press("Alt+Delete")
    editor.expect_texts(LINES[0], *LINES[2:])
    assert editor.caret() == (1, 0)
    editor.press("Alt+j")
    editor.expect_texts(LINES[0], f"{LINES[2]} {LINES[3]}")
    editor.press("Control+z", "Control+z")
    editor.expect_texts(LINES[0], f"{LINES[1]}!", *LINES[2:])
    editor.press("Alt+a", "Alt+Delete")
    editor.expect_texts()
    editor.page.locator("body").press("Control+z")
    editor.expect_texts(LINES[0], f"{LINES[1]}!", *LINES[2:])


def test_a_note_is_written_changed_and_taken_away(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(2)
    editor.press("Alt+n")
    editor.type("Is it Alad?")
    editor.press("Shift+Enter")
    editor.type("Ask him.")
    editor.press("Enter")
    note = editor.page.get_by_role("button", name="Note: Is it Alad?")
    expect(note).to_have_text("Is it Alad?\nAsk him.")
    assert editor.caret()[0] == 2
    editor.page.reload()
    expect(note).to_be_visible()
    assert editor.page.evaluate("() => find('Ask him')")
    notes = ["", "", "Is it Alad?\nAsk him.", ""]
    editor.expect_stored(lambda them: [one.note for one in them], notes)
    note.click()
    editor.press("Control+a")
    editor.type("dropped")
    editor.press("Escape")
    expect(note).to_be_visible()
    note.click()
    editor.press("Control+a", "Delete", "Enter")
    expect(editor.page.locator(".note")).to_have_count(0)
    editor.press("Control+z")
    expect(note).to_be_visible()
    editor.expect_texts(*LINES)


def test_a_time_is_let_go_and_moved_by_frames(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.box(1).click()
    # Undo takes back a move that is not sent yet.
    editor.press("Home", "Alt+.", "Control+z")
    editor.expect_stored(time_of_second, (1600, False))
    editor.press("Home", "Alt+.", "Alt+.", "Alt+,")
    # What is moved is not sent before a short rest, and not saved.
    assert editor.save_state() == "saving"
    editor.expect_stored(time_of_second, (1640, True))
    # Moved on while the last move is on its way.
    editor.slow_down(800)
    editor.press("Alt+.")
    editor.page.wait_for_timeout(600)
    editor.press("Alt+,")
    editor.expect_stored(time_of_second, (1640, True))
    editor.slow_down(-800)
    editor.press("Alt+Shift+l")
    editor.expect_stored(time_of_second, (1640, False))
    assert editor.stored()[1].words[0].origin == "placed"
    editor.server.store.update_transcript(editor.transcript_id, frame_us=33_367)
    editor.page.reload()
    editor.box(1).click()
    editor.press("Home", "Alt+w", ".", ".")
    editor.expect_stored(time_of_second, (1706, True))
    assert editor.stored()[1].words[0].end_ms == 1940
    editor.press("Delete")
    editor.expect_stored(time_of_second, (1706, False))
    editor.press("Escape", "Control+z")
    editor.expect_stored(time_of_second, (1706, True))


def test_twenty_speakers_are_told_apart(open_editor: OpenEditor) -> None:
    editor = open_editor()
    store, transcript_id = editor.server.store, editor.transcript_id
    many = [Segment(f"n{n}", "", (), speaker=f"Speaker {n}") for n in range(20)]
    put_segments(store, transcript_id, many)
    editor.page.reload()
    editor.box(19).wait_for()
    looks = editor.page.locator(".speaker").evaluate_all(
        """labels => labels.map((label) => {
          const {color} = getComputedStyle(label);
          return color + getComputedStyle(label, "::before").content;
        })"""
    )
    assert len(set(looks)) == 20


def test_chosen_segments_and_notes_are_accessible(open_editor: OpenEditor) -> None:
    editor = open_editor()
    editor.edit_end(0)
    editor.press("Alt+n")
    editor.type("A note on the first line that is long enough to be broken.")
    check_looks(editor.page, FOUR_LOOKS)
    editor.press("Enter", "Alt+Shift+ArrowDown", "Alt+Shift+ArrowDown")
    expect(editor.page.locator("#chosen")).to_contain_text("2 segments selected")
    check_looks(editor.page, FOUR_LOOKS)


def test_the_text_stays_in_place_while_segments_are_chosen(open_editor: OpenEditor) -> None:
    editor = open_editor()
    texts = [f"line {number}" for number in range(320)]
    made = [Segment(f"n{n}", text, placed_words(text, 2 * n)) for n, text in enumerate(texts)]
    put_segments(editor.server.store, editor.transcript_id, made)
    page = editor.page
    page.reload()
    editor.box(250).click()
    for wheel, watched in ((0, 250), (-2000, None)):
        page.mouse.wheel(0, wheel)
        page.wait_for_timeout(200)
        seen = first_seen(page) if watched is None else watched
        top = row_top(page, seen)
        press(page.get_by_label("More", exact=True))
        press(page.get_by_role("button", name="Select segments"))
        expect(page.locator("body.is-picking")).to_be_visible()
        page.wait_for_timeout(200)
        assert abs(row_top(page, seen) - top) <= 2
        editor.press("Escape")
        expect(page.locator("#chosen")).to_be_hidden()
        page.wait_for_timeout(200)
        assert abs(row_top(page, seen) - top) <= 2


def press(button: Locator) -> None:
    """As by `click()`, which would scroll the page below a bar that stands still."""
    around = button.bounding_box()
    assert around is not None
    button.page.mouse.click(around["x"] + around["width"] / 2, around["y"] + around["height"] / 2)


def first_seen(page: Page) -> int:
    found: int = page.evaluate(
        """() => {
          const under = document.querySelector("#top").getBoundingClientRect().bottom;
          const rows = [...document.querySelectorAll(".segment")];
          return rows.findIndex((row) => row.getBoundingClientRect().bottom > under + 2);
        }"""
    )
    return found


def row_top(page: Page, index: int) -> float:
    around = page.locator(".segment").nth(index).bounding_box()
    assert around is not None
    return around["y"]
