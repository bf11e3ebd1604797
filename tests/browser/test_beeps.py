"""In step: the beep that sounds is the one that is there, heard through the page in browsers.

`make beeps` hears every kind of recording, in Chromium and in Firefox.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from editor import media
from tests.browser.conftest import CHROMIUM_ARGS, TEXT
from tests.browser.drivers import firefox, sound_device
from tests.browser.server import Server, running_server
from tests.support.beeps import beeps, beeps_in, heard_from, loaded
from tests.support.media_files import OFF_CLOCK, write_sound
from tests.tools.programs import find_or_install

pytestmark = pytest.mark.browser

LENGTH_S = 40
#: What players of their own accord are late by, with what is right anyway, by file name.
IN_STEP = ("right.wav", "right.mp3", "right.m4a", "right.opus", "right.webm", "right.flac")
#: So far off is nothing that anybody hears.
MOST_MS = 80
Evaluate = Callable[[str], object]


def recording_of(name: str, folder: Path) -> Path:
    """A track of beeps of this kind."""
    samples = beeps(LENGTH_S, 48_000)
    for off_name, make, _ in OFF_CLOCK:
        if off_name == name:
            make(folder / name, samples)
            return folder / name
    return write_sound(folder / name, samples, 48_000)


#: Where the beep of each second is in a work file, in s.
Places = dict[int, float]


def brought_in(server: Server, recording: Path) -> tuple[str, Places]:
    """A transcript with this recording, its copy where it needs one; and where its beeps are."""
    copy = recording.with_name(f"copy-{recording.name}{media.SOUND_SUFFIX}")
    pcm_path = recording.with_suffix(".work")
    decoded = media.decode_to_pcm(recording, pcm_path)
    samples = media.read_samples(pcm_path, 0, decoded.duration_ms)
    if decoded.off_clock:
        media.make_browser_copy(recording, copy, keeps_sound=decoded.keeps_sound)
    transcript_id = server.pipeline.create_transcript(
        recording, recording.name, TEXT.encode(), "a.txt", "utf-8", "Beeps", "base", "en"
    )
    if decoded.off_clock:
        name = f"media/{transcript_id}/playable{media.SOUND_SUFFIX}"
        shutil.move(copy, server.pipeline.data_dir / name)
        server.store.update_transcript(transcript_id, browser_copy_path=name)
    return transcript_id, dict(beeps_in(samples, media.SAMPLE_RATE_HZ))


#: Where it is listened, and for how long: after a seek, at the end, on over a gap at 2.7 s.
PLACES_S = ((20.2, 0.6), (39.2, 0.6), (2.2, 2.0))


def worst_ms(
    evaluate: Evaluate, known: Places, lag_ms: float, places_s: Sequence[tuple[float, float]]
) -> float:
    """How far a beep is from where words would be at most, a lag of the browser apart."""
    loaded(evaluate)
    offs: list[float] = []
    for at_s, for_s in places_s:
        # On a busy computer a block of sound may be lost, and with it the beep.
        heard = next(filter(None, (heard_from(evaluate, at_s, for_s) for _ in range(3))), None)
        assert heard, f"nothing sounds at {at_s}"
        offs += (1000 * (told_s - known[second]) - lag_ms for second, told_s in heard)
    return max(offs, key=abs)


def test_what_sounds_is_where_the_player_says(page: Page, server: Server, tmp_path: Path) -> None:
    def worst(name: str, lag_ms: float, *places_s: tuple[float, float]) -> float:
        transcript_id, known = brought_in(server, recording_of(name, tmp_path))
        page.goto(f"{server.url}/t/{transcript_id}")
        return worst_ms(page.evaluate, known, lag_ms, places_s)

    seek, end, gap = PLACES_S
    lag_ms = worst("right.wav", 0.0, seek)
    assert abs(worst("varying.mp3", lag_ms, seek, end)) <= MOST_MS
    assert abs(worst("lossy.webm", lag_ms, gap)) <= MOST_MS
    assert abs(worst("late.opus", lag_ms, seek, end)) <= MOST_MS


def main() -> None:
    """Hear every kind in both browsers, and say how far off it is at most."""
    names = sys.argv[1:] or [*IN_STEP, *(name for name, *_ in OFF_CLOCK)]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        server = stack.enter_context(running_server(folder / "data", {}))
        names = ["right.wav", *(name for name in names if name != "right.wav")]
        brought = {name: brought_in(server, recording_of(name, folder)) for name in names}
        for browser, evaluate, goto in _browsers(server.url):
            lag_ms = 0.0
            for name, (transcript_id, known) in brought.items():
                goto(f"{server.url}/t/{transcript_id}")
                off_ms = 0.0
                try:
                    off_ms = worst_ms(evaluate, known, lag_ms, PLACES_S)
                    told = f"{off_ms:+.0f} ms" + (" !" if abs(off_ms) > MOST_MS else "")
                except AssertionError as error:
                    told = f"! {error}"
                lag_ms = lag_ms or off_ms
                print(f"{browser:9} {name:16} {told}", flush=True)


def _browsers(url: str) -> Iterator[tuple[str, Evaluate, Callable[[str], object]]]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_or_install("chromium"), args=CHROMIUM_ARGS
        )
        page = chromium.new_page()
        yield "Chromium", page.evaluate, page.goto
        chromium.close()
    with sound_device() as found, firefox(url, found) as window:
        yield "Firefox", lambda expression: window.run(f"return {expression}"), window.open


if __name__ == "__main__":
    main()
