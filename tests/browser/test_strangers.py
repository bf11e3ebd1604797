"""People with accounts in the page, and what strangers' files could try to do in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser.looks import ON_A_PHONE, check_looks
from tests.browser.pages import Editor
from tests.browser.server import Server, running_server
from tests.browser.test_access import focused
from tests.support.stand_in import write_recording

pytestmark = pytest.mark.browser

PASSWORD = "correct horse"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b> &amp; {{7*7}}"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that others can reach, an editor Ann and a viewer Bob."""
    with running_server(tmp_path / "data", {"suit": MARKUP}, login=True) as server:
        server.accounts.add("Ann", "editor", PASSWORD)
        server.accounts.add("Bob", "viewer", PASSWORD)
        yield server


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_person_logs_in_edits_is_named_and_logs_out(
    page: Page, server: Server, transcript_id: str
) -> None:
    page.goto(f"/t/{transcript_id}")
    log_in(page, "Ann", "wrong")
    expect(page.get_by_role("alert")).to_have_text("Wrong name or password.")
    assert page.evaluate("() => document.activeElement.type") == "password"
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/t/{transcript_id}")
    editor = Editor(page, server, transcript_id)
    editor.box(0).wait_for()
    expect(page.locator("#account")).to_contain_text("Ann")
    editor.edit_end(3)
    editor.type("!")
    editor.press("Alt+Shift+h")
    expect(page.locator("#history .when").first).to_contain_text("Ann ·")
    editor.press("Escape")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    page.goto(f"/t/{transcript_id}")
    expect(page.get_by_label("Password")).to_be_visible()


def test_login_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("Bob")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert focused(page) == "Log in"
    page.keyboard.press("Enter")
    expect(page.get_by_text("No transcripts yet")).to_be_visible()
    expect(page.locator("#account")).to_contain_text("View only")


def test_login_page_is_for_everybody(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 375, "height": 700},
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto("/")
    log_in(page, "Ann", "wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    check_looks(page, ON_A_PHONE)
    log_in(page, "Ann")
    expect(page.locator("#account")).to_be_visible()
    check_looks(page, ON_A_PHONE)
    context.close()


def test_typing_survives_the_end_of_a_login(
    page: Page, context: BrowserContext, server: Server, transcript_id: str
) -> None:
    page.goto(f"/t/{transcript_id}")
    log_in(page, "Ann")
    page.wait_for_url(f"**/t/{transcript_id}")
    editor = Editor(page, server, transcript_id)
    editor.box(3).wait_for()
    context.clear_cookies()
    editor.edit_end(3)
    editor.type(" indeed")
    editor.press("Tab")
    expect(page.locator("#account")).to_contain_text("What you type is kept")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Log in again").click()
    log_in(opened.value, "Ann")
    expect(opened.value.locator("#account")).to_contain_text("Ann")
    opened.value.close()
    page.bring_to_front()
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(page.locator("#account")).to_contain_text("Log out")
    expect(page.locator("[data-part=save]")).to_have_text("Saved", timeout=20_000)
    assert server.store.segments(transcript_id)[3].segment.text == "and that is all indeed"


def test_viewers_page_takes_no_typing(page: Page, server: Server, transcript_id: str) -> None:
    page.goto(f"/t/{transcript_id}")
    log_in(page, "Bob")
    page.wait_for_url(f"**/t/{transcript_id}")
    editor = Editor(page, server, transcript_id)
    editor.box(0).wait_for()
    expect(page.locator("#account")).to_contain_text("View only")
    editor.edit_end(0)
    editor.type("x")
    expect(page.locator("#toast")).to_have_text("You can view this transcript but not change it.")
    expect(editor.box(0)).to_have_text("Hey listeners, welcome back")
    editor.press("Enter")
    editor.press("Alt+r")
    expect(page.get_by_role("alert")).to_have_text("Bob can view transcripts but not change them.")
    assert server.store.revisions(transcript_id) == []


def test_markup_is_text_wherever_it_comes_from(page: Page, server: Server, tmp_path: Path) -> None:
    """In title, file name, text, heard words, speaker and a person's name."""
    alerts: list[str] = []

    def note(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    server.accounts.add(MARKUP, "editor", PASSWORD)
    recording = tmp_path / "x.wav"
    write_recording(recording, 40)
    text = f"{MARKUP} works suit differently\nthat is all\n"
    transcript_id = server.pipeline.create_transcript(
        recording, f"{MARKUP}.wav", text.encode(), f"{MARKUP}.txt", "utf-8", MARKUP, "base", "en"
    )
    page.goto("/")
    log_in(page, MARKUP)
    expect(page.get_by_role("link", name=MARKUP, exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Keep it").click()
    editor = Editor(page, server, transcript_id)
    editor.open()
    expect(page.locator("#account b")).to_have_text(MARKUP)
    expect(editor.box(0)).to_have_text(f"{MARKUP} works suit differently")
    editor.edit_end(1)
    editor.press("Alt+s")
    editor.type(MARKUP)
    editor.press("Enter")
    expect(page.get_by_role("button", name=MARKUP).first).to_be_visible()
    page.get_by_role("button", name="Next doubt").click()
    expect(page.get_by_label("Doubt", exact=True)).to_be_visible()
    editor.press("Alt+Shift+h")
    expect(page.locator("#history .when b").first).to_have_text(MARKUP)
    assert page.locator("img, main script, main b:not(.when b)").count() == 0
    assert alerts == []


def test_uploaded_markup_opened_by_itself_runs_nothing(
    page: Page, server: Server, tmp_path: Path
) -> None:
    recording = tmp_path / "evil"
    write_recording(recording, 2)
    with recording.open("ab") as file:
        file.write(b"<script>document.title = 'ran'</script>")
    transcript_id = server.pipeline.create_transcript(
        recording, "evil.html", b"a text", "a.txt", None, "Evil", "base", "en"
    )
    page.goto("/")
    log_in(page, "Ann")
    expect(page.get_by_role("link", name="Evil", exact=True)).to_be_visible()
    with page.expect_download():
        page.evaluate(f"() => {{ location.href = '/api/transcripts/{transcript_id}/media' }}")
    assert page.title() == "Transcript Editor"


def test_page_runs_no_script_and_no_style_from_markup(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/login")
    found = page.evaluate(
        """async () => {
          const blocked = [];
          document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
            blocked.push(effectiveDirective));
          const script = document.createElement("script");
          let refusals = 0;
          try { script.textContent = "window.ran = true" } catch { refusals += 1 }
          document.body.append(script);
          try { document.body.innerHTML += "<img src=x>" } catch { refusals += 1 }
          document.body.setAttribute("style", "color: red");
          await new Promise((done) => setTimeout(done, 100));
          return [window.ran ?? false, refusals, getComputedStyle(document.body).color, blocked];
        }"""
    )
    ran, refusals, color, blocked = found
    assert (ran, refusals) == (False, 2)
    assert color != "rgb(255, 0, 0)"
    assert {"require-trusted-types-for", "style-src-attr"} <= set(blocked)
