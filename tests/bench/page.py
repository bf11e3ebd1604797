"""The page with a long transcript, in Chromium with real key presses: `python -m tests.bench.page`.

100,000 words in 10,000 segments, 10 hours, 5,000 doubts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from editor.document import RecognisedWord, Segment, Word
from editor.store import Store
from editor.web.http.serve import tune_interpreter
from tests.browser.conftest import CHROMIUM_ARGS
from tests.browser.server import Server, running_server
from tests.store.samples import new_transcript, segment
from tests.support.segments import put_segments
from tests.support.stand_in import write_recording
from tests.tools.programs import find_or_install

Row = tuple[str, str]

SEGMENTS = 10_000
WORDS = ("so", "every", "single", "day", "counts", "for", "somebody", "who", "listens", "here")
STEP_MS = 360
KEYS = 60

_EDITABLE = """
() => [
  performance.getEntriesByName("editable")[0].startTime,
  Math.max(...performance.getEntriesByType("resource")
    .filter(({name}) => /transcripts.[^/]*$|[.]js$/.test(name))
    .map(({responseEnd}) => responseEnd)),
]
"""
_HAS_DOUBTS = "() => /[1-9]/.test(document.querySelector('#top [data-part=doubts]').textContent)"
_SECOND_FRAME = """
() => {
  window.waits = [];
  addEventListener("keydown", ({timeStamp}) => requestAnimationFrame(() => requestAnimationFrame(
    () => window.waits.push(performance.now() - timeStamp))), true);
}
"""

# From the key to the playback.
_PLAYED = """
() => {
  window.played = [];
  let pressed_at = 0;
  addEventListener("keydown", ({timeStamp}) => (pressed_at = timeStamp), true);
  document.querySelector("video").addEventListener(
    "seeking", () => window.played.push(performance.now() - pressed_at));
}
"""

# From the press to the list of names.
_NAMES_SHOWN = """
() => {
  let pressed_at = 0;
  addEventListener("click", ({timeStamp}) => (pressed_at = timeStamp), {capture: true, once: true});
  new MutationObserver(() => (window.named = performance.now() - pressed_at)).observe(
    document.querySelector("#names [data-part=none]"), {childList: true, characterData: true});
}
"""


def long_transcript(store: Store, data_dir: Path) -> str:
    """The id of a fresh transcript in which every second segment holds a doubt."""
    text = " ".join(WORDS)
    segments, recognised = [], []
    for number in range(SEGMENTS):
        first = number * len(WORDS)
        words = []
        for index, word in enumerate(WORDS):
            at, at_ms = first + index, (first + index) * STEP_MS
            said = "counted" if index == 4 and number % 2 else word
            words.append(Word(word, at_ms, at_ms + 300, "heard", 0.9, recognised_ids=(at,)))
            recognised.append(RecognisedWord(at, said, at_ms, at_ms + 300, 0.9))
        segments.append(Segment(f"s{number}", text, tuple(words), new_turn=number % 5 == 0))
    made = store.create_transcript(title="Ten hours", media_name="ten.wav", model="base")
    put_segments(store, made.id, segments)
    for chunk in range(0, len(recognised), 100):
        part = recognised[chunk : chunk + 100]
        store.save_chunk(made.id, "r", chunk, part[0].start_ms, part[-1].end_ms, part)
    (data_dir / "media").mkdir()
    write_recording(data_dir / "media" / "ten.wav", 2000)
    duration_ms = SEGMENTS * len(WORDS) * STEP_MS
    store.update_transcript(made.id, media_path="media/ten.wav", duration_ms=duration_ms)
    return made.id


def _opening(page: Page, server: Server, transcript_id: str) -> Iterator[Row]:
    address = f"{server.url}/api/transcripts/{transcript_id}"
    for what, path in (("100000 words", ""), ("5000 doubts", "/doubts")):
        for when in ("the first time", "again"):
            started, worked = time.perf_counter(), time.process_time()
            answer = page.request.get(address + path, headers={"Accept-Encoding": "gzip"})
            seconds, cpu_s = time.perf_counter() - started, time.process_time() - worked
            size = len(answer.body())
            sent = int(answer.headers.get("content-length", size))
            yield (
                f"answer of {what}, {when}",
                f"{seconds:.2f} s, {cpu_s:.2f} CPU s, {size / 1e6:.1f} MB, "
                f"sent {sent / 1e6:.2f} MB",
            )
    yield (
        "editable, nothing kept",
        f"{_opened(page, server, transcript_id, is_fresh=True)[0]:.0f} ms",
    )
    opened = [_opened(page, server, transcript_id) for _ in range(5)]
    times, alone, doubts = ([one[part] for one in opened] for part in range(3))
    yield "the page's own part of it (median)", f"{sorted(alone)[2]:.0f} ms"
    yield "editable (median, worst of 5)", f"{sorted(times)[2]:.0f}, {max(times):.0f} ms"
    yield "doubts shown (median, worst of 5)", f"{sorted(doubts)[2]:.0f}, {max(doubts):.0f} ms"


def _opened(
    page: Page, server: Server, transcript_id: str, *, is_fresh: bool = False
) -> tuple[float, float, float]:
    """After how many ms the page can be edited, so many after all had come; and has doubts."""
    if is_fresh:
        # Whatever is written makes the kept answers old.
        server.store.update_transcript(transcript_id, title="Ten hours")
    page.goto(f"{server.url}/t/{transcript_id}", wait_until="commit")
    page.locator(".box").first.wait_for()
    at, answered = page.evaluate(_EDITABLE)
    page.wait_for_function(_HAS_DOUBTS)
    return at, at - answered, page.evaluate("() => performance.now()")


def _far_away(browser: Browser, server: Server, transcript_id: str) -> Iterator[Row]:
    """What it costs to open the page where each answer is 100 ms away."""
    with browser.new_context() as context:
        page = context.new_page()
        network = context.new_cdp_session(page)
        asked, from_cache = dict[str, float](), set[str]()

        def on_asked(event: dict[str, Any]) -> None:
            asked.setdefault(event["requestId"], event["wallTime"] * 1000)

        def on_answered(event: dict[str, Any]) -> None:
            if event.get("response", {"fromDiskCache": True})["fromDiskCache"]:
                from_cache.add(event["requestId"])

        network.on("Network.requestWillBeSent", on_asked)
        network.on("Network.requestServedFromCache", on_answered)
        network.on("Network.responseReceived", on_answered)
        network.send("Network.enable")
        network.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 100, "downloadThroughput": -1, "uploadThroughput": -1},
        )
        figures = []
        for _ in range(6):
            page.goto("about:blank")
            asked.clear()
            page.goto(f"{server.url}/t/{transcript_id}", wait_until="commit")
            page.locator(".box").first.wait_for()
            page.wait_for_function(_HAS_DOUBTS)
            page.wait_for_timeout(500)
            at_ms = page.evaluate(_EDITABLE)[0]
            editable_ms = page.evaluate("() => performance.timeOrigin") + at_ms
            sent_ms = [asked[one] for one in asked.keys() - from_cache]
            before = sum(one < editable_ms for one in sent_ms)
            figures.append((at_ms, before, len(sent_ms)))
    for when, (at_ms, before, count) in (
        ("the first time", figures[0]),
        ("again (median of 5)", sorted(figures[1:])[2]),
    ):
        yield (
            f"editable from 100 ms away, {when}",
            f"{at_ms:.0f} ms, {before} requests, {count} in all",
        )


def _metrics(page: Page) -> Callable[[], dict[str, float]]:
    """Tells how many seconds of its own time the main thread has worked; painting is in it."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked_s() -> dict[str, float]:
        found = session.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}

    return worked_s


def _long_paragraph(page: Page, server: Server) -> Iterator[Row]:
    """A key in 2,000 words that are one segment, of a text with no sentences to cut it at."""
    text = " ".join(WORDS * 200)
    words = tuple(
        Word(word, at * STEP_MS, at * STEP_MS + 300) for at, word in enumerate(text.split())
    )
    made = server.store.create_transcript(title="One", media_name="one.wav", model="base")
    put_segments(server.store, made.id, [Segment("one", text, words)])
    page.goto(f"{server.url}/t/{made.id}")
    page.locator(".box").click()
    page.wait_for_timeout(1000)
    worked_s = _metrics(page)
    for what, chord in (("", "End"), (", with Times", "Alt+b")):
        page.keyboard.press(chord)
        page.wait_for_timeout(1000)
        before = worked_s()
        for number in range(30):
            page.keyboard.press("abcdefgh "[number % 9])
            page.wait_for_timeout(60)
        took_ms = (worked_s()["TaskDuration"] - before["TaskDuration"]) * 1000 / 30
        yield f"main thread, a key in 2,000 words{what}", f"{took_ms:.0f} ms"


def _playing(page: Page) -> Iterator[Row]:
    """How long the main thread works for a second of playing; painting without a GPU is in it."""
    worked_s = _metrics(page)
    page.evaluate("() => document.querySelector('video').play()")
    page.wait_for_timeout(1000)
    before, started = worked_s(), time.perf_counter()
    page.wait_for_timeout(5000)
    after, seconds = worked_s(), time.perf_counter() - started
    works, scripts = (
        (after[name] - before[name]) * 1000 / seconds for name in ("TaskDuration", "ScriptDuration")
    )
    yield "main thread, a second of playing", f"{works:.0f} ms, {scripts:.1f} ms of it scripts"


def _typing(page: Page) -> Iterator[Row]:
    page.evaluate("() => document.querySelector('video').play()")
    page.evaluate(_SECOND_FRAME)
    page.locator(".box").nth(12).click()
    for number in range(KEYS):
        page.keyboard.press("abcdefgh "[number % 9])
        page.wait_for_timeout(60)
    page.wait_for_timeout(200)
    waits: Any = sorted(page.evaluate("() => window.waits"))
    p50, p95 = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    yield "key to second frame", f"p50 {p50:.0f}, p95 {p95:.0f}, worst {waits[-1]:.0f} ms"


def _review(page: Page, server: Server, transcript_id: str) -> Iterator[Row]:
    page.evaluate("() => document.querySelector('video').pause()")
    page.evaluate(_PLAYED)
    page.keyboard.press("Alt+q")
    page.wait_for_function("() => window.played.length === 1")
    yield (
        "review opens and its first doubt plays",
        f"{page.evaluate('() => window.played[0]'):.0f} ms",
    )
    for number in range(2, 22):
        page.keyboard.press("n")
        page.wait_for_function(f"() => window.played.length === {number}")
        page.wait_for_timeout(100)
    waits: Any = sorted(page.evaluate("() => window.played.slice(1)"))
    yield "next doubt plays", f"p50 {waits[10]:.0f}, worst {waits[-1]:.0f} ms"
    address = f"{server.url}/api/transcripts/{transcript_id}/search"
    took = []
    for _ in range(5):
        body = {"old": "counts", "new": "counted", "is_similar": True}
        started = time.perf_counter()
        found = page.request.post(address, data=body).json()
        took.append(time.perf_counter() - started)
    yield f"everywhere: {found['count']} places", f"{sorted(took)[2] * 1000:.0f} ms"
    server.store.update_transcript(transcript_id, title="Ten hours")
    for when in ("the first time", "again"):
        started, worked = time.perf_counter(), time.process_time()
        page.request.get(f"{server.url}/api/transcripts/{transcript_id}/names")
        seconds, cpu_s = time.perf_counter() - started, time.process_time() - worked
        yield f"names with their spellings, {when}", f"{seconds:.2f} s, {cpu_s:.2f} CPU s"
    page.keyboard.press("Escape")
    page.locator("#more summary").click()
    page.evaluate(_NAMES_SHOWN)
    page.get_by_role("button", name="Names and glossary …").click()
    page.wait_for_function("() => window.named > 0")
    yield "names panel opens", f"{page.evaluate('() => window.named'):.0f} ms"
    page.keyboard.press("Escape")


def _library(page: Page, server: Server) -> Iterator[Row]:
    """A library of a thousand transcripts, each with a tag, doubts and a job."""
    store = server.store
    for number in range(1000):
        lines = [segment(f"s{at}", f"word{number} in line {at}", 1000 * at) for at in range(20)]
        item = new_transcript(store, lines)
        store.change_tags([item], add=[f"tag {number % 20}"], remove=[])
        store.save_doubt_count(item, number % 50)
        store.create_job("transcribe", item)
    for order in ("newest", "left", "doubts"):
        took = []
        for _ in range(3):
            started = time.perf_counter()
            page.request.get(f"{server.url}/api/transcripts?order={order}&tag=")
            took.append(time.perf_counter() - started)
        yield f"1,000 transcripts listed, {order} first", f"{sorted(took)[1] * 1000:.0f} ms"
    started = time.perf_counter()
    page.goto(f"{server.url}/")
    page.locator(".card").nth(99).wait_for()
    yield "page of 1,000 transcripts opens", f"{(time.perf_counter() - started) * 1000:.0f} ms"


def _memory(page: Page) -> Iterator[Row]:
    heap = page.evaluate("() => performance.memory.usedJSHeapSize")
    yield "heap of the page", f"{heap / 1e6:.0f} MB"


def rows() -> Iterator[Row]:
    """How fast the page opens, types and leads through doubts."""
    tune_interpreter()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = find_or_install("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        with running_server(Path(folder), {}) as server:
            transcript_id = long_transcript(server.store, Path(folder))
            page = browser.new_page()
            yield from _opening(page, server, transcript_id)
            yield from _far_away(browser, server, transcript_id)
            yield from _playing(page)
            yield from _typing(page)
            yield from _review(page, server, transcript_id)
            yield from _memory(page)
            yield from _long_paragraph(page, server)
            yield from _library(page, server)
        browser.close()


if __name__ == "__main__":
    for name, figures in rows():
        print(f"{name:44} {figures}", flush=True)
