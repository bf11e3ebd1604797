"""The same captions in Chromium's own <track>, in ffmpeg and in pysubs2."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from editor.captions import Cue
from editor.document import Media, Transcript
from editor.formats import Publication, export
from tests.support.players import Cues, in_ffmpeg, in_pysubs2

pytestmark = pytest.mark.browser

HOUR_MS = 3_600_000
#: A cue, the text that is seen of it in WebVTT, and in SubRip where that differs: speakers are
#: voices in WebVTT, which <track> hands over apart; SubRip has no escape for the arrow.
TABLE: list[tuple[Cue, str, str | None]] = [
    (Cue(1_000, 3_000, ("R&D, &amp; 1 < 2 > 0",)), "R&D, &amp; 1 < 2 > 0", None),
    (Cue(4_000, 6_000, ("a --> b",)), "a --> b", "a → b"),
    (Cue(7_000, 9_000, ("<b>no</b> tag <laughs>",)), "<b>no</b> tag <laughs>", None),
    (Cue(9_000, 9_500, ('\'tis "so", 100 %',)), '\'tis "so", 100 %', None),
    (Cue(10_000, 12_000, ("Come", "in!"), "ANN", True), "Come\nin!", "ANN: Come\nin!"),
    (Cue(13_000, 15_000, ("(door slams)",), kind="sound"), "(door slams)", None),
    (Cue(16_000, 18_000, ("שלום, عالم",), "Bo & Co", True), "שלום, عالم", ">> Bo & Co: שלום, عالم"),
    (Cue(19_000, 21_000, ("👩‍🚀 e\u0301", "今日は"), None, True), "- 👩‍🚀 e\u0301\n今日は", None),
    (Cue(12 * HOUR_MS + 1, 12 * HOUR_MS + 999, ("Noon.",)), "Noon.", None),
]
VOICES = [None, None, None, None, "ANN", None, "Bo & Co", None, None]


def track_in_chromium(page: Page, written: str) -> list[tuple[int, int, str, str | None]]:
    """Load a WebVTT file as a page does: the times in ms, the text shown and the voice."""
    files = {
        "": ("text/html", "<video><track default src=a.vtt></video>"),
        "a.vtt": ("text/vtt", written),
    }

    def answer(route: Route) -> None:
        content_type, body = files[route.request.url.rpartition("/")[2]]
        route.fulfill(content_type=f"{content_type}; charset=utf-8", body=body)

    page.route("http://captions.test/*", answer)
    page.goto("http://captions.test/")
    page.wait_for_function("document.querySelector('track').readyState === 2")
    cues = page.evaluate(
        """[...document.querySelector("track").track.cues].map((cue) => {
             const shown = cue.getCueAsHTML();
             return [Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000),
                     shown.textContent, shown.querySelector("span")?.title ?? null];
           })"""
    )
    return [(start_ms, end_ms, text, voice) for start_ms, end_ms, text, voice in cues]


def written_as(name: str) -> tuple[str, Cues]:
    """The file, and what is to be seen of it."""
    cues = tuple(cue for cue, _, _ in TABLE)
    seen = [srt if srt and name == "srt" else vtt for _, vtt, srt in TABLE]
    publication = Publication(Transcript(()), Media("a.mp3", 13 * HOUR_MS), lambda _: cues)
    written = export(name, publication).data
    times = [(cue.start_ms, cue.end_ms) for cue in cues]
    return written.decode(), [(*time, text) for time, text in zip(times, seen, strict=True)]


@pytest.fixture
def blank_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_track_element_shows_the_cues_and_their_voices(blank_page: Page) -> None:
    written, expected = written_as("vtt")
    shown = track_in_chromium(blank_page, written)
    assert [cue[:3] for cue in shown] == expected
    assert [voice for *_, voice in shown] == VOICES


@pytest.mark.parametrize("name", ["vtt", "srt"])
@pytest.mark.parametrize("reader", [in_ffmpeg, in_pysubs2])
def test_players_see_the_same_cues(name: str, reader: Callable[[str, str], Cues]) -> None:
    written, expected = written_as(name)
    assert reader(written, name) == expected
