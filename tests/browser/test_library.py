"""A large library in the page: listed in parts, sought through, and a trash."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from editor.store import Sought
from tests.browser.looks import check_looks
from tests.browser.server import Server
from tests.store.samples import many_lines, new_transcript, segment

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
    found = page.get_by_role("list", name="Found in texts").locator(".place")
    expect(found).to_have_count(1)
    expect(found.locator("mark")).to_have_text("word77")
    expect(found).to_contain_text("word77 in the lamp room")
    expect(cards).to_have_count(1)
    spoken = replace(segment("b", "which was dark", 1000), speaker="Maria Ähre", note="ask Ben")
    new_transcript(server.store, [segment("a", "the lamp of the house"), spoken])
    for query, place, marked in (
        ("house which wa", "0:00the lamp of the house which was dark", "house which wa"),
        ("ahre", "0:01SpeakerMaria Ähre", "Ähre"),
        ("ask b", "0:01Noteask Ben", "ask B"),
    ):
        page.get_by_role("searchbox").fill(query)
        expect(found).to_have_text([place])
        assert marked in found.locator("mark").inner_text()
        expect(cards).to_have_count(1)
    page.get_by_role("searchbox").fill("talk 24")
    expect(cards).to_have_count(11)
    page.get_by_role("searchbox").fill("")
    expect(cards).to_have_count(100)
    expect(cards.nth(1)).to_contain_text("Talk 249")
    page.get_by_role("combobox", name="Sort by").select_option("Title")
    expect(cards.nth(1)).to_contain_text("Talk 0")
    expect(cards.nth(1)).to_contain_text("0 of 1 reviewed")


def test_bar_of_chosen_ones_covers_no_button_of_the_last_card(page: Page, server: Server) -> None:
    for number in range(9):
        server.store.update_transcript(new_transcript(server.store, []), title=f"Talk {number}")
    for width in (320, 900):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto("/")
        last = page.get_by_label("Choose Talk 0")
        last.focus()
        page.keyboard.press("Space")
        bar = page.get_by_role("group", name="Selected transcripts").bounding_box()
        card = page.locator(".card").last.bounding_box()
        assert bar is not None
        assert card is not None
        assert card["y"] + card["height"] <= bar["y"]
        page.get_by_role("button", name="Delete Talk 0").click(trial=True)


def test_what_was_deleted_is_put_back_from_the_trash(
    page: Page, server: Server, transcript_id: str
) -> None:
    page.goto("/")
    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No transcripts yet")).to_be_visible()
    page.get_by_role("button", name="Restore", exact=True).click()
    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("“Episode” is in the trash. Restore")).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("Trash")
    page.get_by_role("button", name="Restore Episode").click()
    expect(page.locator("#toast")).to_be_empty()
    expect(page.locator(".card")).to_have_count(0)
    page.get_by_role("combobox", name="Show").select_option("All")
    expect(page.get_by_role("link", name="Episode", exact=True)).to_be_visible()
    assert [row.id for row in server.store.list_transcripts()] == [transcript_id]

    page.get_by_role("button", name="Delete Episode").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No transcripts yet")).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("Trash")
    page.get_by_role("button", name="Delete Episode").click()
    expect(page.get_by_text("will be deleted permanently")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".card")).to_have_count(0)
    assert server.store.list_transcripts(Sought(in_trash=True)) == []


def test_transcripts_get_tags_and_are_shown_by_them(page: Page, server: Server) -> None:
    for name in ("One", "Two", "Three"):
        item = new_transcript(server.store, [segment("a", "one")])
        server.store.update_transcript(item, title=name)
    page.goto("/")
    by_tag, dialog = page.get_by_role("combobox", name="Tag"), page.get_by_role("dialog")
    titles = page.locator(".card h3")
    expect(titles).to_have_count(3)
    expect(by_tag).to_be_hidden()
    page.get_by_role("button", name="Tags of One").press("Enter")
    page.keyboard.type("pilot,  Wave   2")
    page.route("**/api/tags", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="server")).to_be_visible()
    expect(dialog.get_by_label("New tags")).to_have_value("pilot,  Wave   2")
    page.unroute("**/api/tags")
    dialog.get_by_label("New tags").press("Enter")
    expect(page.locator(".card .tag")).to_have_text(["pilot", "Wave 2"])
    expect(dialog).to_be_hidden()

    page.get_by_label("Choose One").check()
    page.get_by_label("Choose Two").check()
    page.get_by_role("button", name="Tags …").click()
    expect(dialog.get_by_text("2 transcripts")).to_be_visible()
    # What only some have stays as it is until it is touched.
    assert dialog.get_by_label("pilot").evaluate("(box) => box.indeterminate")
    dialog.get_by_label("Wave 2").check()
    dialog.get_by_label("New tags").fill("Done")
    check_looks(page)
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".card .tag")).to_have_text(["Done", "Wave 2", "Done", "pilot", "Wave 2"])

    page.get_by_role("button", name="pilot", exact=True).click()
    expect(titles).to_have_text(["One"])
    expect(by_tag.locator("option:checked")).to_have_text("pilot (1)")
    page.get_by_role("button", name="Tags of One").click()
    dialog.get_by_label("pilot").uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(titles).to_have_count(0)
    expect(page.get_by_text("No transcripts match.")).to_be_visible()
    by_tag.select_option("Done (2)")
    expect(titles).to_have_text(["Two", "One"])


def test_a_hebrew_title_and_file_leave_the_facts_beside_them_in_their_order(
    page: Page, server: Server
) -> None:
    item = new_transcript(server.store, [segment("a", "one")])
    server.store.update_transcript(item, title="שלום!", media_name="הקלטה", duration_ms=65_000)
    page.goto("/")
    expect(page.get_by_role("link", name="שלום!", exact=True)).to_have_css("direction", "rtl")
    facts = page.locator(".card-facts")
    expect(facts).to_contain_text("1:05")
    # Where each stands: the length right of the name, the number of segments behind it.
    places = facts.evaluate(
        """(facts) => ["הקלטה", "1:05", "0 of 1"].map((text) => {
          const node = facts.firstChild, at = node.data.indexOf(text), range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + text.length);
          return range.getBoundingClientRect().left;
        })"""
    )
    assert places == sorted(places)


def test_a_card_says_what_it_waits_for_and_goes_first_if_wished(page: Page, server: Server) -> None:
    for name in ("One", "Two", "Three"):
        item = new_transcript(server.store, [segment("a", "one")])
        server.store.update_transcript(item, title=name)
        job = server.store.create_job("transcribe", item)
        if name == "One":
            assert server.store.claim_job(job.id, "test", 600_000)
    server.store.save_doubt_count(item, 3)
    page.goto("/")
    expect(page.locator(".card").first).to_contain_text("0 of 1 reviewed · 3 doubts left")
    two = page.locator(".card").filter(has=page.get_by_role("link", name="Two"))
    three = page.locator(".card").filter(has=page.get_by_role("link", name="Three"))
    expect(two.locator(".card-job")).to_contain_text("starts after “One”")
    # Nothing that waits is before it.
    expect(page.get_by_role("button", name="Do Two next")).to_be_hidden()
    page.get_by_role("button", name="Do Three next").press("Enter")
    expect(three.locator(".card-job")).to_contain_text("starts after “One”")
    expect(two.locator(".card-job")).to_contain_text("starts after “Three”, as number 3")


def test_the_library_shows_those_in_one_state(
    page: Page, server: Server, transcript_id: str
) -> None:
    for name in ("Brought", "At work", "Broken"):
        item = new_transcript(server.store, [segment("a", "one")])
        server.store.update_transcript(item, title=name)
        if name == "Brought":
            continue
        job = server.store.create_job("transcribe", item)
        claimed = server.store.claim_job(job.id, "test", 600_000)
        assert claimed
        if name == "Broken":
            server.store.fail_job(job.id, claimed.fence, {"code": "x", "message": "It broke."})
    page.goto("/")
    cards, show = page.locator(".card h3"), page.get_by_role("combobox", name="Show")
    expect(cards).to_have_count(4)
    expected = {
        "In progress": "At work",
        "Failed": "Broken",
        "Ready": "Episode",
        "Not recognised yet": "Brought",
    }
    for state, title in expected.items():
        show.select_option(state)
        expect(cards).to_have_text([title])
        expect(page.get_by_text("1 transcript", exact=True)).to_be_visible()
    show.select_option("Trash")
    expect(cards).to_have_count(0)
    expect(page.get_by_text("No transcripts match.")).to_be_visible()


def test_storage_is_told_and_cleaned_up(page: Page, server: Server, transcript_id: str) -> None:
    media_path = str(server.store.transcript(transcript_id).media_path)
    copy = (server.pipeline.data_dir / media_path).with_name("playable.m4a")
    copy.write_bytes(bytes(2_500_000))
    name = copy.relative_to(server.pipeline.data_dir).as_posix()
    server.store.update_transcript(transcript_id, browser_copy_path=name)
    server.store.delete_transcript(many_lines(server.store))
    gap_bytes = server.store.free_bytes()
    page.goto("/")
    page.get_by_role("button", name="Storage").click()
    dialog = page.get_by_role("dialog", name="Storage")
    expect(dialog.get_by_role("list", name="Largest transcripts").get_by_role("link")).to_have_text(
        ["Episode"]
    )
    remove = dialog.get_by_role("button", name="Remove")
    expect(remove).to_be_disabled()
    dialog.get_by_role("checkbox", name="1 copy for browsers").check()
    remove.click()
    expect(dialog.get_by_role("status")).to_have_text("2.5 MB freed.")
    assert not copy.exists()
    dialog.get_by_role("checkbox", name="1 unused area in the database").check()
    remove.click()
    expect(dialog.get_by_text("Nothing to clean up.")).to_be_visible()
    assert server.store.free_bytes() < gap_bytes / 2
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_the_queue_is_reordered_by_key_and_by_drag(page: Page, server: Server) -> None:
    jobs = []
    for name in ("One", "Two", "Three", "Four"):
        item = new_transcript(server.store, [segment("a", "one")])
        server.store.update_transcript(item, title=name)
        jobs.append(server.store.create_job("transcribe", item).id)
        time.sleep(0.002)
    assert server.store.claim_job(jobs[0], "test", 600_000)

    def order() -> list[str]:
        return [one.title for one in server.store.queue("transcribe")]

    page.goto("/")
    rows = page.get_by_role("region", name="Queue").get_by_role("link")
    expect(rows).to_have_text(["One", "Two", "Three", "Four"])
    page.get_by_role("button", name="Move Four up in the queue").press("Enter")
    expect(rows).to_have_text(["One", "Two", "Four", "Three"])
    page.keyboard.press("Enter")
    expect(rows).to_have_text(["One", "Four", "Two", "Three"])
    # It comes next now: the focus goes to what can still be done with it.
    expect(page.get_by_role("button", name="Move Four down in the queue")).to_be_focused()
    assert order() == ["One", "Four", "Two", "Three"]
    check_looks(page)
    page.locator("#queue li", has_text="Three").drag_to(page.locator("#queue li", has_text="Four"))
    expect(rows).to_have_text(["One", "Three", "Four", "Two"])
    # What somebody else moves is seen.
    server.store.move_job(jobs[1], jobs[2])
    expect(rows).to_have_text(["One", "Two", "Three", "Four"])
    card = page.locator(".card", has_text="Four")
    expect(card).to_contain_text("starts after “Three”")
    server.store.request_cancel(jobs[0])
    for job in jobs:
        server.store.request_cancel(job)
