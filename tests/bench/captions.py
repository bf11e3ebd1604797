"""Captions by rules: how fast, and what breaks them, beside stable-ts and a greedy filler."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from editor.captions import PRESETS, Cue, Rules, cues_by_rules, lint
from editor.captions.resegment import broken_anew
from editor.document import Segment, Transcript, Word, split_words
from tests.browser.conftest import CHROMIUM_ARGS
from tests.browser.server import Server, running_server
from tests.support.segments import put_segments
from tests.tools.programs import find_or_install

Row = tuple[str, str]


def spoken(count: int) -> Transcript:
    """The sample's text over and over, its words in even flow with pauses where sentences end."""
    sample = Path(__file__).parents[2] / "editor" / "sample" / "sample.txt"
    lines = [line.removeprefix("- ") for line in sample.read_text("utf-8").splitlines() if line]
    segments, at_ms, said = list[Segment](), 0, 0
    while said < count:
        text = lines[len(segments) % len(lines)]
        words = []
        for word in split_words(text):
            length_ms = 60 + 55 * len(word)
            words.append(Word(word, at_ms, at_ms + length_ms))
            at_ms += length_ms + (600 if word.endswith((".", "?", "!")) else 20)
        segments.append(Segment(str(len(segments)), text, tuple(words)))
        said += len(words)
    return Transcript(tuple(segments))


def greedy(transcript: Transcript, rules: Rules) -> tuple[Cue, ...]:
    """Lines filled word by word, two a cue: what captions are without a choice of breaks."""
    cues = list[Cue]()
    words = list(transcript.words())
    lines, first, at = [""], 0, 0
    for at, word in enumerate([*words, None]):
        filled = f"{lines[-1]} {word.text}".strip() if word else ""
        if word and len(filled) <= rules.line_chars:
            lines[-1] = filled
        elif word and len(lines) < rules.lines:
            lines.append(word.text)
        else:
            cues.append(Cue(words[first].start_ms, words[at - 1].end_ms, tuple(lines)))
            lines, first = [word.text if word else ""], at
    return tuple(cues)


def regrouped(transcript: Transcript, rules: Rules) -> tuple[Cue, ...]:
    """stable-ts: its default regrouping, then its splits by the lengths and times of the rules."""
    import stable_whisper

    segments = [
        {
            "start": segment.words[0].start_ms / 1000,
            "end": segment.words[-1].end_ms / 1000,
            "text": " " + segment.text,
            "words": [
                {"word": f" {w.text}", "start": w.start_ms / 1000, "end": w.end_ms / 1000}
                for w in segment.words
            ],
        }
        for segment in transcript.segments
    ]
    result: Any = stable_whisper.WhisperResult({"language": "en", "segments": segments})
    result.regroup(True).split_by_length(max_chars=rules.lines * rules.line_chars)
    if rules.max_ms:
        result.split_by_duration(max_dur=rules.max_ms / 1000)
    result.split_by_length(max_chars=rules.line_chars, newline=True)
    return tuple(
        Cue(
            round(segment.start * 1000),
            round(segment.end * 1000),
            tuple(line.strip() for line in segment.text.splitlines()),
        )
        for segment in result.segments
    )


def rows() -> Iterator[Row]:
    """Speed on 100,000 words; what breaks the rules on two hours, beside a greedy filler."""
    long, two_hours = spoken(100_000), spoken(18_000)
    peers = {"greedy": greedy}
    if find_spec("stable_whisper"):
        peers["stable-ts"] = regrouped
    for rules in (one for one in PRESETS.values() if not one.keeps_lines):
        started = time.perf_counter()
        count = len(cues_by_rules(long, rules))
        yield (
            f"captions of 100000 words, {rules.name}",
            f"{time.perf_counter() - started:.2f} s, {count} cues",
        )
        for name, cut in {"by rules": cues_by_rules, **peers}.items():
            cues = cut(two_hours, rules)
            found = lint(cues, rules)
            breaks = sum(len(cue.lines) for cue in cues)
            bad = sum(each.rule == "bad_break" for each in found) / breaks
            errors = Counter(each.rule for each in found if each.severity == "error")
            lost = sum(each.severity == "error" and each.fix is None for each in found)
            yield (
                f"  2 hours, {rules.name}, {name}",
                f"bad breaks {bad:.2%}, errors {dict(errors)}, of these past help {lost}",
            )


def fixing_rows() -> Iterator[Row]:
    """How long "fix all" takes on ten hours: by itself, through the API, in the page."""
    transcript = spoken(100_000)
    for rules in PRESETS.values():
        started = time.process_time()
        change = broken_anew(transcript.segments, rules, new_id=partial(token_urlsafe, 6))
        took = time.process_time() - started
        yield f"fix all, 100000 words, {rules.name}", f"{took:.2f} s, {len(change.splices)} places"
    with TemporaryDirectory() as folder, running_server(Path(folder), {}) as server:
        made = server.store.create_transcript(title="T", media_name="t.wav", model="base")
        put_segments(server.store, made.id, transcript.segments)
        server.store.update_transcript(made.id, language="en")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_or_install("chromium"), args=CHROMIUM_ARGS
            )
            page = browser.new_page()
            page.goto(f"{server.url}/t/{made.id}")
            page.locator(".box").first.wait_for()
            yield from _fixed_in_page(page, server, made.id)
            browser.close()


#: Keys typed into the list of captions.
_KEYS = 20
_WATCH_TASKS = """
() => {
  window.busy_ms = 0;
  const add = (list) => list.getEntries().forEach(({duration}) => (window.busy_ms += duration));
  new PerformanceObserver(add).observe({type: "longtask"});
}
"""
_WATCH_KEYS = """
() => {
  window.waits = [];
  addEventListener("keydown", ({timeStamp}) => requestAnimationFrame(() => requestAnimationFrame(
    () => window.waits.push(performance.now() - timeStamp))), true);
}
"""


def list_rows() -> Iterator[Row]:
    """The list of the captions of ten hours: how long until it is there, and a key typed in it."""
    with TemporaryDirectory() as folder, running_server(Path(folder), {}) as server:
        made = server.store.create_transcript(title="T", media_name="t.wav", model="base")
        put_segments(server.store, made.id, spoken(100_000).segments)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_or_install("chromium"), args=CHROMIUM_ARGS
            )
            page = browser.new_page()
            for when in ("the first time", "again"):
                page.goto(f"{server.url}/t/{made.id}")
                page.locator(".box").first.click()
                page.evaluate(_WATCH_TASKS)
                yield _opened_list(page, when)
            yield _typed_in_list(page)
            browser.close()


def _opened_list(page: Page, when: str) -> Row:
    page.evaluate("window.busy_ms = 0")
    worked, started = time.process_time(), time.perf_counter()
    with page.expect_response("**/captions"):
        page.keyboard.press("Alt+Shift+C")
    page.locator("#cues textarea:focus").wait_for()
    took, worked = time.perf_counter() - started, time.process_time() - worked
    busy_ms = page.evaluate("window.busy_ms")
    return (
        f"list of captions of 100000 words, {when}",
        f"{took:.2f} s, CPU of the server {worked:.2f} s, long tasks of the page {busy_ms:.0f} ms",
    )


def _typed_in_list(page: Page) -> Row:
    page.evaluate(_WATCH_KEYS)
    for _ in range(_KEYS):
        page.keyboard.press("x")
    page.wait_for_function(f"window.waits.length === {_KEYS}")
    waits = sorted(page.evaluate("window.waits"))
    started = time.perf_counter()
    with page.expect_response("**/captions"):
        page.keyboard.press("Enter")
    anew_s = time.perf_counter() - started
    return (
        "  a key typed in it, to the second frame",
        f"median {waits[_KEYS // 2]:.0f} ms, worst {waits[-1]:.0f} ms; made anew in {anew_s:.2f} s",
    )


def _fixed_in_page(page: Page, server: Server, transcript_id: str) -> Iterator[Row]:
    address = f"{server.url}/api/transcripts/{transcript_id}"
    rules = {**asdict(PRESETS["netflix"]), "keeps_lines": True}
    wanted = {"kind": "break", "segment_id": None, "rules": rules, "language": "en"}
    cpu, started = time.process_time(), time.perf_counter()
    assert page.request.post(f"{address}/edits", data=wanted).ok
    cpu, took = time.process_time() - cpu, time.perf_counter() - started
    yield "fix all, netflix, through the API", f"{took:.2f} s, CPU {cpu:.2f} s"
    assert page.request.post(f"{address}/undo", data={}).ok
    page.reload()
    page.locator(".box").first.click()
    page.keyboard.press("Alt+c")
    panel = page.locator("#captions")
    panel.locator("[data-part=preset]").select_option("netflix")
    panel.get_by_label("Each segment is one caption").check()
    panel.get_by_role("button", name="Fix all").wait_for()
    page.wait_for_timeout(2000)
    cpu, started = time.process_time(), time.perf_counter()
    panel.get_by_role("button", name="Fix all").click()
    panel.locator("[data-part=done]:not(:empty)").wait_for()
    cpu, took = time.process_time() - cpu, time.perf_counter() - started
    yield "fix all, netflix, in the page", f"{took:.2f} s, CPU of the server {cpu:.2f} s"
