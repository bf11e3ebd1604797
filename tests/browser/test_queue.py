"""The review by real keys: doubts one after the other, the worst first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from editor.document import Turn
from editor.review import WordScores
from editor.store import Store
from tests.browser.pages import Editor
from tests.browser.server import Server

pytestmark = pytest.mark.browser

TEXTS = [
    "Hey listeners, welcome back",
    "it works suit differently now",
    "a clevency of scale",
    "and that is all",
]


def part(editor: Editor, name: str) -> Locator:
    return editor.page.locator(f"#queue [data-part={name}]")


def listen(store: Store, transcript_id: str) -> None:
    """Listening tells that the second doubt is the worse."""
    recognition = store.transcript(transcript_id).recognition
    assert recognition is not None
    words = [word for one in store.segments(transcript_id) for word in one.segment.words]
    logs = {"clevency": (-7.0, -0.1), "suit": (-0.2, -2.0)}
    written = {w.text: ((w.start_ms, w.end_ms, logs[w.text][0]),) for w in words if w.text in logs}
    heard = {w.recognised_ids[0]: logs[w.text][1] for w in words if w.text in logs}
    store.save_word_scores(transcript_id, recognition, 0, 0, 60_000, WordScores(written, heard))


@pytest.fixture
def review(open_editor: Callable[..., Editor]) -> Editor:
    """The review, opened at its first doubt."""
    editor = open_editor()
    expect(editor.page.locator("#top [data-part=doubts]")).to_have_text("2 doubts")
    listen(editor.server.store, editor.transcript_id)
    editor.page.reload()
    editor.box(0).wait_for()
    editor.press("Alt+q")
    expect(part(editor, "written")).to_have_text("clevency")
    return editor


def test_the_worst_doubt_comes_first_and_is_played_with_a_second_around_it(review: Editor) -> None:
    expect(part(review, "heard")).to_have_text("equivalency")
    expect(part(review, "why")).to_contain_text("sure (90%); fits the sound better than the text")
    expect(part(review, "progress")).to_have_text("0 of 2 · less than a minute left")
    assert review.is_playing()
    assert review.time_ms() >= 10 * 400 - 1000
    review.page.wait_for_function("() => document.querySelector('video').paused")
    assert abs(review.time_ms() - (10 * 400 + 300 + 1000)) < 150
    review.press("Space")
    assert review.is_playing()
    review.press("ArrowRight")
    expect(part(review, "written")).to_have_text("suit")
    review.press("ArrowLeft")
    expect(part(review, "written")).to_have_text("clevency")


def test_taking_keeping_and_undoing_by_one_key_each(review: Editor) -> None:
    review.press("t")
    expect(part(review, "written")).to_have_text("suit")
    review.expect_texts(*TEXTS[:2], "a equivalency of scale", TEXTS[3])
    review.press("k")
    expect(part(review, "progress")).to_have_text("2 of 2 · all decided")
    expect(part(review, "nothing")).to_be_visible()
    review.press("u")
    expect(part(review, "written")).to_have_text("suit")
    review.press("u")
    expect(part(review, "written")).to_have_text("clevency")
    review.expect_texts(*TEXTS)
    expect(part(review, "progress")).to_have_text("0 of 2 · less than a minute left")
    assert review.server.store.dismissed_doubts(review.transcript_id) == []


def test_undo_pressed_twice_takes_back_one_decision_after_the_other(review: Editor) -> None:
    review.press("t")
    expect(part(review, "written")).to_have_text("suit")
    review.press("k")
    expect(part(review, "progress")).to_have_text("2 of 2 · all decided")
    review.expect_saved()
    waiting: list[Route] = []
    review.page.route("**/kept-doubts*", lambda route: waiting.append(route))
    review.press("u")
    review.press("u")
    while not waiting:
        review.page.wait_for_timeout(20)
    review.page.wait_for_timeout(200)
    # The first answer comes now; whatever is asked after it is answered at once.
    review.page.unroute_all(behavior="ignoreErrors")
    review.expect_texts(*TEXTS)
    expect(part(review, "progress")).to_have_text("0 of 2 · less than a minute left")
    expect(part(review, "written")).to_have_text("clevency")


def test_typing_goes_to_the_words_and_comes_back_with_enter(review: Editor) -> None:
    review.press("e")
    assert review.caret()[0] == 2
    review.type("equivalence")
    review.press("Enter")
    expect(part(review, "written")).to_have_text("suit")
    review.expect_texts(*TEXTS[:2], "a equivalence of scale", TEXTS[3])
    expect(part(review, "progress")).to_have_text("1 of 2 · less than a minute left")
    (kept,) = review.server.store.dismissed_doubts(review.transcript_id)
    assert (kept.written, kept.recognised) == ("equivalence", "equivalency")
    review.press("k")
    expect(part(review, "nothing")).to_be_visible()


def test_undo_outside_the_review_opens_a_corrected_doubt_again(review: Editor) -> None:
    review.press("t")
    expect(part(review, "progress")).to_have_text("1 of 2 · less than a minute left")
    review.expect_saved()
    review.page.locator("#top [data-part=undo]").click()
    review.expect_texts(*TEXTS)
    expect(part(review, "progress")).to_have_text("0 of 2 · less than a minute left")


def test_a_corrected_term_is_in_the_glossary_until_the_correction_is_undone(
    review: Editor,
) -> None:
    review.press("t")
    expect(review.page.locator("#toast")).to_contain_text("“equivalency” added to the glossary")
    assert review.server.store.glossary(review.transcript_id) == ["equivalency"]
    review.press("u")
    review.expect_texts(*TEXTS)
    review.expect_saved()
    assert review.server.store.glossary(review.transcript_id) == []


def test_loop_and_slower(review: Editor) -> None:
    loop = review.page.locator("#queue [data-command=loop]")
    review.press("l")
    expect(loop).to_have_attribute("aria-pressed", "true")
    review.page.wait_for_timeout(2600)
    assert review.is_playing()
    assert review.time_ms() < 10 * 400 + 300 + 1100
    review.press("s")
    assert review.page.evaluate("() => document.querySelector('video').playbackRate") == 0.75
    review.press("l")
    expect(loop).to_have_attribute("aria-pressed", "false")


def test_decisions_stay_through_a_reload_and_can_be_shown_and_opened_again(review: Editor) -> None:
    review.press("t", "k")
    expect(part(review, "nothing")).to_be_visible()
    review.expect_saved()
    review.page.wait_for_timeout(300)
    # As good as another browser: nothing is remembered here.
    review.page.evaluate("() => localStorage.clear()")
    review.page.reload()
    review.box(0).wait_for()
    review.press("Alt+q")
    expect(part(review, "progress")).to_have_text("2 of 2 · all decided")
    review.page.get_by_role("button", name="Kept 1").click()
    review.page.locator("#queue [data-key]").click()
    expect(part(review, "score")).to_have_text("text kept")
    review.press("k")
    expect(part(review, "progress")).to_have_text("1 of 2 · less than a minute left")
    expect(review.page.locator("#top [data-part=doubts]")).to_have_text("1 doubt")


def test_kinds_are_left_out_and_the_panel_closes(review: Editor) -> None:
    review.page.get_by_role("button", name="Heard differently 2").click()
    expect(part(review, "nothing")).to_be_visible()
    review.page.get_by_role("button", name="Heard differently 2").click()
    review.press("ArrowRight")
    expect(part(review, "written")).to_have_text("clevency")
    review.press("Alt+q")
    expect(review.page.locator("#queue")).to_be_hidden()
    assert review.caret()[0] == 2


def test_the_quiet_kind_is_shown_where_it_is_switched_on(review: Editor) -> None:
    review.edit_end(3)
    review.type(".")
    review.expect_saved()
    review.press("Alt+q")
    chip = review.page.get_by_role("button", name="Style")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_have_text("Style 1")
    review.press("ArrowLeft")
    expect(part(review, "why")).to_have_text("sounds the same; punctuation differs")
    review.press("t")
    review.expect_texts(*TEXTS)
    review.expect_saved()
    different = review.page.get_by_role("button", name="Heard differently")
    different.click()
    review.page.reload()
    review.box(0).wait_for()
    review.press("Alt+q")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(different).to_have_attribute("aria-pressed", "false")


def test_everywhere_corrects_all_ticked_places_as_one_step(
    open_editor: Callable[..., Editor], transcript_id: str
) -> None:
    editor = open_editor()
    editor.edit_end(3)
    editor.type(" of Clevency's clevensy")
    editor.press("Alt+q")
    expect(part(editor, "written")).to_have_text("clevency")
    editor.expect_saved()
    editor.press("a")
    places = editor.page.locator("#replace [data-part=places] li")
    expect(places).to_have_count(3)
    expect(places.nth(1)).to_contain_text("of Clevency's equivalency's clevensy")
    places.nth(2).get_by_role("checkbox").uncheck()
    places.nth(0).get_by_role("button", name="Play").click()
    assert editor.is_playing()
    before = editor.server.store.segments(transcript_id)[2].segment.words
    editor.page.get_by_role("button", name="Replace 2").click()
    expect(part(editor, "written")).to_have_text("of equivalency's clevensy")
    editor.expect_texts(
        *TEXTS[:2], "a equivalency of scale", "and that is all of equivalency's clevensy"
    )
    after = editor.server.store.segments(transcript_id)[2].segment.words
    assert [(w.start_ms, w.end_ms) for w in after] == [(w.start_ms, w.end_ms) for w in before]
    editor.press("u")
    editor.expect_texts(*TEXTS[:3], "and that is all of Clevency's clevensy")


def test_the_last_correction_is_carried_everywhere_from_the_text(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    editor.edit_end(3)
    editor.type(" of clevency")
    editor.press("Enter")
    editor.click_letter(2, 4)
    editor.page.mouse.dblclick(0, 0)
    editor.box(2).click()
    editor.press("Home", "Control+Shift+ArrowRight", "Control+Shift+ArrowRight")
    editor.type("an equivalence ")
    editor.press("Alt+e")
    expect(editor.page.locator("#replace [data-part=old]")).to_have_value("a clevency")
    expect(editor.page.locator("#replace [data-part=new]")).to_have_value("an equivalence")


def test_find_and_replace_with_an_expression_shows_what_becomes_of_it(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    editor.press("Control+h")
    dialog = editor.page.get_by_role("dialog", name="Find and replace")
    dialog.get_by_label("Expression").check()
    dialog.get_by_label("Find").fill("(")
    expect(dialog.get_by_role("alert")).to_contain_text("Invalid regular expression")
    dialog.get_by_label("Find").fill(r"\b(\w)(\w*)ll\b")
    dialog.get_by_label("Replace with").fill(r"\2ll\1")
    expect(dialog.get_by_text("1 place", exact=True)).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_contain_text("and that is all lla")
    editor.press("Enter")
    editor.expect_texts(*TEXTS[:3], "and that is lla")
    editor.press("Control+z")
    editor.expect_texts(*TEXTS)


def test_of_review_and_captions_one_is_open(review: Editor) -> None:
    queue, captions = review.page.locator("#queue"), review.page.locator("#captions")
    review.press("Alt+c")
    expect(captions).to_be_visible()
    expect(queue).to_be_hidden()
    review.press("Alt+q")
    expect(queue).to_be_visible()
    expect(captions).to_be_hidden()


def test_before_the_doubts_have_come_the_text_is_edited_and_the_review_waits(
    editor_without_doubts: tuple[Editor, Callable[[], None]],
) -> None:
    editor, let_come = editor_without_doubts
    expect(editor.page.locator("#top [data-part=doubts]")).to_have_text("Doubts …")
    editor.edit_end(3)
    editor.type(".")
    editor.press("Enter")
    editor.expect_texts(*TEXTS[:3], "and that is all.")
    editor.press("Alt+q")
    expect(part(editor, "progress")).to_have_text("Loading doubts …")
    let_come()
    expect(part(editor, "written")).to_have_text("clevency")
    expect(editor.page.locator("#top [data-part=doubts]")).to_have_text("2 doubts")
    assert editor.is_playing()


@pytest.fixture
def editor_without_doubts(
    server: Server, page: Page, transcript_id: str
) -> tuple[Editor, Callable[[], None]]:
    """The editor, and what lets the doubts come."""
    waiting: list[Route] = []
    page.route("**/doubts", lambda route: waiting.append(route))
    editor = Editor(page, server, transcript_id)
    page.goto(f"/t/{transcript_id}")
    editor.box(0).wait_for()

    def let_come() -> None:
        waiting[0].continue_()

    return editor, let_come


def test_another_voice_begins_a_turn_by_one_key(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.put_caret(1, 0)
    editor.press("Backspace")
    editor.expect_texts(f"{TEXTS[0]} {TEXTS[1]}", *TEXTS[2:])
    turns = [Turn(0, 1600, 0), Turn(1600, 3600, 1)]
    editor.server.store.save_voice_turns(editor.transcript_id, turns)
    editor.page.reload()
    editor.box(0).wait_for()
    editor.press("Alt+q")
    editor.page.locator("#queue .queue-says", has_text="“it works suit …”").click()
    expect(part(editor, "kind")).to_have_text("Another voice begins here")
    assert editor.is_playing()
    editor.press("t")
    editor.expect_texts(*TEXTS)
    expect(editor.page.locator(".queue-says", has_text="“it works")).to_have_count(0)
    expect(editor.page.locator("#text .segment .speaker").nth(1)).to_have_text("New speaker")
    editor.press("u")
    expect(part(editor, "kind")).to_have_text("Another voice begins here")
    editor.press("k")
    expect(editor.page.locator(".queue-says", has_text="“it works")).to_have_count(0)
    editor.expect_texts(f"{TEXTS[0]} {TEXTS[1]}", *TEXTS[2:])
