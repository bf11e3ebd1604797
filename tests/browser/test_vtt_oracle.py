"""Chromium's own parser of WebVTT says which cues a file holds; our reader has to agree."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from math import inf
from typing import Any

import pytest
from playwright.sync_api import Browser

from editor.errors import UnreadableTranscript
from editor.formats import read
from editor.formats.encoding import decode
from editor.formats.markup import parse_markup
from editor.formats.vtt_blocks import VttCue, find_blocks
from editor.formats.vtt_settings import cue_settings
from editor.timecode import MOST_HOURS
from tests.formats.areas_vtt import by_area, cue_texts
from tests.formats.odd_vtt import BY_HAND, generated
from tests.formats.parsing_vtt import by_rule, mutated
from tests.support.chance import seeds

# One track after the other, each with its own file; null where the browser refuses the file.
_PARSE = """async (files) => {
  // Readings above words are no words.
  const shown = (cue) => {
    const html = cue.getCueAsHTML();
    html.querySelectorAll("rt").forEach((reading) => reading.remove());
    return html.textContent;
  };
  const video = document.body.appendChild(document.createElement("video"));
  const parsed = [];
  for (const file of files) {
    const track = document.createElement("track");
    const loaded = new Promise((resolve) => {
      track.onload = () => resolve(true);
      track.onerror = () => resolve(false);
    });
    const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
    track.src = URL.createObjectURL(new Blob([bytes], { type: "text/vtt" }));
    video.append(track);
    track.track.mode = "hidden";
    parsed.push(!(await loaded) ? null : [...track.track.cues].map((cue) => ({
      id: cue.id, text: cue.text, shown: shown(cue),
      times: [Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000)],
      settings: [cue.vertical, cue.line, cue.snapToLines, cue.position, cue.size, cue.align],
    })));
    track.remove();
  }
  return parsed;
}"""

_BEYOND_MS = MOST_HOURS * 3_600_000
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
#: Those that we do not show either.
_KNOWN_TAG = re.compile(
    r"</?(?:b|c|em|font|i|lang|rt|ruby|s|span|strong|u|v)[\s.>/]|<[0-9][0-9:.,]*>|</>",
    re.IGNORECASE,
)

Cues = list[dict[str, Any]]


def in_browser(browser: Browser, files: Sequence[str | bytes]) -> list[Cues | None]:
    page = browser.new_page()
    data = [file if isinstance(file, bytes) else file.encode() for file in files]
    coded = [base64.b64encode(each).decode() for each in data]
    parsed: list[Cues | None] = page.evaluate(_PARSE, coded)
    page.close()
    return [
        None if cues is None else [cue for cue in cues if cue["text"].strip()] for cues in parsed
    ]


def in_order(cues: Sequence[VttCue]) -> list[VttCue]:
    """As a browser lists them: by start, the longer first."""
    return sorted(cues, key=lambda cue: (cue.start_ms, -cue.end_ms))


def settings_of(cue: VttCue) -> list[Any]:
    settings, _ = cue_settings(cue.settings)
    line = "auto" if settings.line is None else settings.line
    position = "auto" if settings.position is None else settings.position
    return [settings.vertical, line, settings.snaps, position, settings.size, settings.align]


def assert_same(text: str, browsers: Cues) -> None:
    lines = decode(text.encode(), "a.vtt").text.split("\n")
    cues = in_order(find_blocks(lines).cues)
    ours, theirs = [(c.start_ms, c.end_ms) for c in cues], [cue["times"] for cue in browsers]
    for times, others in zip(ours, theirs, strict=True):
        # Chromium counts in microseconds of 64 bits, and beyond these is infinity.
        beyond = [
            min(at, other) if other == inf else other
            for at, other in zip(times, others, strict=True)
        ]
        assert list(times) == beyond
        assert all(
            at >= _BEYOND_MS for at, other in zip(times, others, strict=True) if other == inf
        )
    assert [cue.text for cue in cues] == [cue["text"] for cue in browsers]
    assert [settings_of(cue) for cue in cues] == [cue["settings"] for cue in browsers]
    if "STYLE" not in text:
        # Chromium keeps a name over STYLE; and below a broken block without a blank line between
        # it names cues that have none by the W3C.
        named = [n for n, cue in enumerate(cues) if is_apart(lines, cue)]
        assert [cues[n].identifier for n in named] == [browsers[n]["id"] for n in named]
    assert_shown(cues, browsers)


def is_apart(lines: Sequence[str], cue: VttCue) -> bool:
    return not lines[cue.line - (3 if cue.identifier else 2)]


def assert_shown(cues: Sequence[VttCue], browsers: Cues) -> None:
    """We show the same text, save tags unknown to browsers, which stay in ours."""
    for cue, other in zip(cues, browsers, strict=True):
        known = _TAG.sub(lambda tag: tag[0] if _KNOWN_TAG.match(tag[0]) else "</>", cue.text)
        ours = parse_markup(1, 0, 1, known, is_vtt=True).text
        assert words(ours) == words(other["shown"])


def words(text: str) -> str:
    """Its words; signs that only a reference can name, as `&#1;`, count for nothing."""
    return " ".join("".join(each for each in text if each.isprintable() or each in " \n").split())


def assert_all_same(browser: Browser, files: Sequence[str]) -> int:
    count = 0
    for text, cues in zip(files, in_browser(browser, files), strict=True):
        if cues is None:
            continue
        assert_same(text, cues)
        count += len(cues)
        # A browser opens it, so it must not be refused.
        told = read(text.encode(), "a.vtt")
        assert told.drafts or told.problems
    return count


@pytest.mark.browser
def test_files_made_by_hand_read_as_in_the_browser(browser: Browser) -> None:
    assert assert_all_same(browser, BY_HAND) > 90


@pytest.mark.browser
@pytest.mark.hypothesis
@pytest.mark.parametrize("seed", seeds(4))
def test_generated_files_read_as_in_the_browser(browser: Browser, seed: int) -> None:
    assert assert_all_same(browser, generated(1000, seed)) > 350


@pytest.mark.browser
def test_files_rule_by_rule_read_as_in_the_browser(browser: Browser) -> None:
    assert assert_all_same(browser, by_rule()) > 500


@pytest.mark.browser
@pytest.mark.hypothesis
@pytest.mark.parametrize("seed", seeds(3))
def test_mutations_of_these_read_as_in_the_browser(browser: Browser, seed: int) -> None:
    assert assert_all_same(browser, mutated(1000, seed)) > 200


@pytest.mark.browser
def test_files_area_by_area_read_as_in_the_browser(browser: Browser) -> None:
    assert assert_all_same(browser, by_area()) > 4500


@pytest.mark.browser
@pytest.mark.hypothesis
@pytest.mark.parametrize("seed", seeds(2))
def test_texts_of_tags_and_references_read_as_in_the_browser(browser: Browser, seed: int) -> None:
    assert assert_all_same(browser, cue_texts(500, seed)) > 2000


@pytest.mark.browser
def test_files_that_are_hardly_any_open_where_they_do_in_the_browser(browser: Browser) -> None:
    utf16 = ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi \0 \ud800 \x01\x02\x03 you").encode(
        "utf-16-le", "surrogatepass"
    )
    opened = {
        b"": None,
        b"\n": None,
        b"\xef\xbb": None,
        b"\xef\xbb\xbf": [],
        b"\xff\xfe": [],
        b"\xfe\xff": [],
        b"\xff\xfeWEBVTT": None,
        b"\xef\xbb\xbfWEBVTT": [],
        b"\xff\xfe" + utf16: ["Hi \ufffd \ufffd \x01\x02\x03 you"],
        b"\xff\xfe" + utf16[:-1]: ["Hi \ufffd \ufffd \x01\x02\x03 yo"],
    }
    for (data, texts), cues in zip(opened.items(), in_browser(browser, list(opened)), strict=True):
        assert (cues if cues is None else [cue["text"] for cue in cues]) == texts
        if texts is not None:
            assert [draft.text for draft in read(data, "a.vtt").drafts] == texts


@pytest.mark.browser
def test_browser_refuses_what_has_no_signature(browser: Browser) -> None:
    files = [text for text in BY_HAND if not text.removeprefix("\ufeff").startswith("WEBVTT")]
    assert in_browser(browser, files) == [None] * len(files)
    with pytest.raises(UnreadableTranscript):
        read(b"no signature", "a.vtt")
