"""Voices known again, in the list of speakers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from editor.document import Segment, Turn
from editor.store import HeardVoice
from tests.browser.looks import ON_A_PHONE, check_looks
from tests.browser.pages import Editor
from tests.library.test_known_voices import voice
from tests.support.segments import put_segments
from tests.support.stand_in import placed_words

pytestmark = pytest.mark.browser


def test_a_known_voice_gives_its_name_by_a_press_and_is_deleted(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    store, item = editor.server.store, editor.transcript_id
    store.add_known_voice("", "Sarah", voice(1), 60_000)
    names = ("Speaker 1", "Speaker 1", "Speaker 2", "Speaker 2")
    made = [
        Segment(f"n{at}", "so we began", placed_words("so we began", 3 * at), name)
        for at, name in enumerate(names)
    ]
    put_segments(store, item, made)
    store.save_voice_turns(item, [Turn(0, 2_400, 0), Turn(2_400, 60_000, 1)])
    heard = [HeardVoice(at, voice(at + 1), 10_000) for at in range(2)]
    store.save_heard_voices(item, "", heard)
    editor.page.reload()
    editor.box(0).wait_for()
    editor.press("Alt+Shift+s")
    dialog = editor.page.get_by_role("dialog", name="Speakers")
    dialog.get_by_role("button", name="Sounds like Sarah: use this name").press("Enter")
    expect(dialog.get_by_role("textbox", name="Name of speaker 1")).to_have_value("Sarah")
    expect(dialog.get_by_role("button", name="Sounds like")).to_have_count(0)

    # Named, the other speaker's voice is learned, too.
    dialog.get_by_role("textbox", name="Name of speaker 2").fill("Ben")
    dialog.get_by_role("textbox", name="Name of speaker 2").press("Tab")
    dialog.get_by_text("Known voices", exact=True).click()
    voices = dialog.locator(".known-voices li")
    expect(voices).to_have_count(2)
    ben = dialog.get_by_role("checkbox", name="Ben")
    with editor.page.expect_response("**/voices/*"):
        ben.press("Space")
    expect(ben).to_be_focused()
    delete = dialog.get_by_role("button", name="Delete the voice of Sarah")
    delete.focus()
    editor.press("Enter", "Escape", "Tab", "Shift+Tab", "Enter")
    expect(dialog.get_by_role("button", name="Delete for good")).to_be_focused()
    check_looks(editor.page, ON_A_PHONE)
    editor.press("Enter")
    expect(voices).to_have_count(1)
    assert [(one.name, one.is_on) for one in store.known_voices("")] == [("Ben", False)]
    assert [one.voice for one in store.heard_voices("")[item]] == [1]
