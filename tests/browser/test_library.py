"""A large library in the page: listed in parts, sought through, and a trash."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.store.samples import new_transcript, segment

pytestmark = pytest.mark.browser


def test_a_large_library_is_shown_in_parts_and_sought_through(page: Page, server: Server) -> None:
    for number in range(250):
        item = new_transcript(server.store, [segment("a", f"word{number} in the lamp room")])
        server.store.update_transcript(item, title=f"Talk {number}")
    page.goto("/")
    cards = page.locator(".card")
    expect(cards).to_have_count(100)
    expect(page.get_by_text("250 transcripts")).to_be_visible()
    page.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(200)
    page.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(250)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()

    page.get_by_role("searchbox").fill("word77")
    found = page.get_by_role("list", name="Found in texts").get_by_role("listitem")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("word77 in the lamp room")
    expect(cards).to_have_count(0)
    page.get_by_role("searchbox").fill("talk 24")
    expect(cards).to_have_count(11)
    page.get_by_role("searchbox").fill("")
    expect(cards).to_have_count(100)


def test_what_was_deleted_is_put_back_from_the_trash(
    page: Page, server: Server, transcript_id: str
) -> None:
    page.goto("/")
    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No transcripts yet")).to_be_visible()
    page.get_by_label("Trash").check()
    page.get_by_role("button", name="Put Episode back").click()
    expect(page.locator(".card")).to_have_count(0)
    page.get_by_label("Trash").uncheck()
    expect(page.get_by_role("link", name="Episode", exact=True)).to_be_visible()
    assert [row.id for row in server.store.list_transcripts()] == [transcript_id]

    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_label("Trash").check()
    page.get_by_role("button", name="Delete Episode").click()
    expect(page.get_by_text("will be gone for good")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".card")).to_have_count(0)
    assert server.store.list_transcripts(in_trash=True) == []
