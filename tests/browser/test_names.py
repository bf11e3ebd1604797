"""Names in several spellings, and the glossaries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from editor.review import WordScores
from tests.browser.pages import Editor

pytestmark = pytest.mark.browser


@pytest.fixture
def spelled(open_editor: Callable[..., Editor]) -> Editor:
    """A text with a name in two spellings, heard as it is written."""
    editor = open_editor()
    editor.edit_end(2)
    editor.type(" at Deepseek")
    editor.edit_end(3)
    editor.type(" from DeepSeq")
    editor.press("Control+Home")
    editor.expect_saved()
    editor.server.pipeline.start_transcription(editor.transcript_id)
    editor.server.pipeline.finish()
    editor.page.reload()
    editor.box(0).wait_for()
    expect(editor.page.locator("#job")).to_be_hidden()
    return editor


def dialog(editor: Editor) -> Locator:
    editor.press("Alt+g")
    return editor.page.get_by_role("dialog", name="Names and glossary")


def test_a_name_in_two_spellings_is_a_doubt_and_united_by_a_press(spelled: Editor) -> None:
    count = spelled.page.locator("#top [data-part=doubts]")
    expect(count).to_have_text("4 doubts", timeout=8_000)
    names = dialog(spelled)
    expect(names.get_by_role("button", name="DeepSeq 1")).to_be_visible()
    names.get_by_role("button", name="Deepseek 1").click()
    expect(spelled.page.locator("#replace li")).to_contain_text("from DeepSeq Deepseek")
    spelled.page.get_by_role("button", name="Replace 1").click()
    spelled.expect_texts(
        "Hey listeners, welcome back",
        "it works suit differently now",
        "a clevency of scale at Deepseek",
        "and that is all from Deepseek",
    )
    # What was heard is the other spelling, which stays a doubt; the two about spellings are gone.
    expect(count).to_have_text("3 doubts", timeout=8_000)
    spelled.press("Alt+q")
    expect(spelled.page.locator("#queue [data-kind=different]")).to_contain_text("3")
    expect(spelled.page.locator("#queue [data-kind=spelling]")).to_be_hidden()


def test_a_kept_spelling_stays_kept(spelled: Editor) -> None:
    count = spelled.page.locator("#top [data-part=doubts]")
    expect(count).to_have_text("4 doubts", timeout=8_000)
    spelled.press("Alt+q")
    chip = spelled.page.locator("#queue [data-kind=different]")
    chip.click()
    written = spelled.page.locator("#queue [data-part=written]")
    expect(written).to_have_text("Deepseek")
    spelled.page.locator("#queue").focus()
    spelled.press("k")
    expect(written).to_have_text("DeepSeq")
    expect(count).to_have_text("3 doubts")
    spelled.expect_saved()
    spelled.page.reload()
    expect(count).to_have_text("3 doubts", timeout=8_000)


def test_a_glossary_keeps_what_others_put_in_and_what_is_not_loaded(
    spelled: Editor, tmp_path: Path
) -> None:
    store, item, page = spelled.server.store, spelled.transcript_id, spelled.page
    store.set_glossary(item, ["Alpha", "Beta"])
    unread: Any = f"**/api/transcripts/{item}/glossary"

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(status=500, body="{}")
        else:
            route.continue_()

    page.route(unread, answer)
    names = dialog(spelled)
    # It stands over the dialog, and can be dismissed there.
    refused = names.get_by_role("alert")
    expect(refused).to_be_visible()
    terms = tmp_path / "terms.txt"
    terms.write_text("Gamma\n", "utf-8")
    names.get_by_label("Glossary file").set_input_files(terms)
    expect(names.get_by_role("status").filter(has_text="saved")).to_have_text("3 terms saved")
    assert store.glossary(item) == ["Alpha", "Beta", "Gamma"]
    refused.get_by_role("button", name="Dismiss").click()
    spelled.press("Escape")
    page.unroute(unread)
    names = dialog(spelled)
    own = names.get_by_label("For this transcript")
    expect(own).to_have_value("Alpha\nBeta\nGamma")
    store.set_glossary(item, ["Alpha", "Beta", "Gamma", "From Ann"])
    own.fill("Alpha\nGamma\nFrom Ben")
    names.get_by_label("For all transcripts").focus()
    expect(own).to_have_value("Alpha\nGamma\nFrom Ann\nFrom Ben")
    # What is listened to already is looked through at once, and the dialog says so.
    said = names.get_by_role("status").filter(has_text="saved")
    expect(said).to_have_text("4 terms saved")
    store.update_transcript(item, language="en")
    store.save_word_scores(item, store.transcript(item).recognition or "", 0, 0, 900, WordScores())
    names.get_by_label("For all transcripts").fill("Delta")
    own.focus()
    expect(said).to_have_text("1 term saved. Places that sound like one join the doubts shortly.")
    expect(page.locator("#job")).to_be_visible()


def test_the_glossary_is_typed_imported_and_kept(spelled: Editor, tmp_path: Path) -> None:
    names = dialog(spelled)
    names.get_by_label("For all transcripts").fill("No Priors")
    names.get_by_label("For this transcript").focus()
    expect(names.get_by_role("status")).to_have_text("1 term saved")
    names.get_by_label("For this transcript").fill("Elad Gil\n\nElad Gil")
    names.get_by_label("For all transcripts").focus()
    expect(names.get_by_label("For this transcript")).to_have_value("Elad Gil")
    terms = tmp_path / "terms.txt"
    terms.write_text("# labs\r\nDeepSeek\r\n", "utf-8")
    names.get_by_label("Glossary file").set_input_files(terms)
    expect(names.get_by_label("For this transcript")).to_have_value("Elad Gil\nDeepSeek")
    expect(names.get_by_role("status")).to_have_text("2 terms saved")
    store = spelled.server.store
    assert store.glossary(spelled.transcript_id) == ["Elad Gil", "DeepSeek"]
    assert store.glossary(None) == ["No Priors"]
    spelled.press("Escape")
    expect(names).to_be_hidden()
    names = dialog(spelled)
    expect(names.get_by_label("For this transcript")).to_have_value("Elad Gil\nDeepSeek")
    names.get_by_role("button", name="Recognise again …").click()
    expect(spelled.page.get_by_role("heading", name="Recognise again")).to_be_visible()
