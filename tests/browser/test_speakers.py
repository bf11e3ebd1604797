"""Who speaks: found, named, carried to all turns of a voice, and split."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from editor.document import Turn
from editor.web import edits
from tests.browser.pages import Editor
from tests.browser.server import Server
from tests.support.stand_in import STEP_MS, write_recording

OpenEditor = Callable[..., Editor]

LINES, WORDS = 200, 8
#: In these lines the other voice begins in the middle.
MIXED = (51, 102, 153)


def voices() -> Iterator[int]:
    """The voice of each word: each says one line or three, and half of some."""
    for line in range(LINES):
        for word in range(WORDS):
            yield ((line % 4 == 1) + (line in MIXED and word >= WORDS // 2)) % 2


@pytest.fixture
def talk(server: Server, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """200 lines of two people, without a name."""
    # A second process takes longer to start than these edits do.
    monkeypatch.setattr(edits, "LARGE", LINES)
    text = "\n".join(
        " ".join(f"word{WORDS * line + at}" for at in range(WORDS)) for line in range(LINES)
    )
    recording = tmp_path / "talk.wav"
    write_recording(recording, LINES * WORDS)
    transcript_id = server.pipeline.create_transcript(
        recording, "talk.wav", text.encode(), "talk.txt", "utf-8", "Talk", "base", "en"
    )
    at, turns = 0, list[Turn]()
    for voice, run in groupby(voices()):
        first, at = at, at + len(list(run))
        turns.append(Turn(first * STEP_MS, at * STEP_MS, voice))
    server.pipeline.find_speakers(turns)
    editor = Editor(page, server, transcript_id)
    editor.open()
    return editor


def names(editor: Editor) -> list[str | None]:
    return [one.segment.speaker for one in editor.server.store.segments(editor.transcript_id)]


def test_200_lines_of_two_people_are_named_and_checked_with_under_20_keys(talk: Editor) -> None:
    """Each key is one press, each letter of a name, too; nothing else is done."""
    pressed = list[str]()

    def press(*keys: str) -> None:
        pressed.extend(keys)
        talk.press(*keys)

    page = talk.page
    press("Alt+Shift+F", "Enter")
    expect(page.locator("#text .speaker").first).to_have_text("Speaker 1")
    offered = page.locator("#toast .has-offer")
    for name, count in (("Ada", 149), ("Bob", 49)):
        press("Alt+S", *name, "Enter")
        expect(offered).to_contain_text(f"The voice of {name} speaks in {count} more segments")
        press("Alt+Shift+P")
        expect(page.locator("video")).to_have_js_property("paused", False)
        press("Alt+Y")
        expect(page.get_by_label(f"{name}, 10:")).not_to_have_count(0)
        # The next turn without a name has the caret; behind the last the caret stays.
        expect(talk.box(1)).to_be_focused()
        talk.expect_saved()
    press("Alt+Shift+Y")
    expect(page.locator("#toast")).to_contain_text("All turns follow the voices.")
    talk.expect_saved()
    true = [
        ("Ada", "Bob")[voice]
        for line in range(LINES)
        for voice, _ in groupby(list(voices())[WORDS * line : WORDS * (line + 1)])
    ]
    assert names(talk) == true
    assert len(pressed) < 20, pressed
    # Carrying a name and following the voices are one step each.
    steps = len(talk.server.store.revisions(talk.transcript_id))
    assert steps == 6


def test_a_name_of_two_voices_is_split_by_a_command_in_one_step(open_editor: OpenEditor) -> None:
    editor = open_editor()
    store, page = editor.server.store, editor.page
    segments = [one.segment for one in store.segments(editor.transcript_id)]
    turns = [
        Turn(one.words[0].start_ms, one.words[-1].end_ms, at % 2) for at, one in enumerate(segments)
    ]
    store.save_voice_turns(editor.transcript_id, turns)
    editor.put_caret(0, 0)
    editor.press("Alt+a", "Alt+s")
    editor.type("Ada")
    editor.press("Enter")
    expect(page.get_by_label("Ada, 0:0")).to_have_count(4)
    editor.expect_saved()
    editor.press("Alt+Shift+D")
    voices = page.locator("#speakers .speaker-voices")
    expect(voices.get_by_role("listitem")).to_have_text(
        ["2 segmentsstays Ada", "2 segmentsSplit off"]
    )
    page.get_by_role("button", name="Play voice 2").click()
    assert editor.is_playing()
    voices.get_by_role("button", name="Split off").click()
    expect(page.get_by_role("textbox", name="Name of speaker 2")).to_have_value("Speaker 1")
    editor.expect_saved()
    assert names(editor) == ["Ada", "Speaker 1", "Ada", "Speaker 1"]
    editor.press("Escape", "Control+z")
    expect(page.get_by_label("Ada, 0:0")).to_have_count(4)
    editor.expect_saved()
    assert names(editor) == ["Ada"] * 4
