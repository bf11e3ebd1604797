"""Run as `python -m tests.bench [FOLDER]`.

FOLDER may hold `*.txt` beside a recording of the same name and a `*.starts.json` with the true
start of each word in ms (null where unknown).
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from editor.align import link_words
from editor.captions import PRESETS, cues_by_rules
from editor.config import Settings
from editor.document import Segment, Transcript, Word, split_words
from editor.pipeline import align_files
from tests.bench.page import bench_page
from tests.bench.rows import row


class Quiet:
    def report(self, fraction: float, phase: str, message: str = "") -> None:
        pass

    def checkpoint(self) -> None:
        pass


def damaged(count: int) -> tuple[list[str], list[str], list[int | None]]:
    """A text and what is heard of it: 15 % errors, 3,000 words missing, a chorus that returns."""
    chance = random.Random(1)
    vocabulary = [f"{n:x}" for n in range(8000)]
    weights = [1 / (n + 3) for n in range(8000)]
    text = chance.choices(vocabulary, weights, k=count)
    for at in range(2000, count, 9000):
        text[at : at + 40] = text[500:540]
    heard: list[str] = []
    origin: list[int | None] = []
    for index, word in enumerate(text):
        luck = chance.random()
        if count * 4 // 10 <= index < count * 4 // 10 + 3000 or luck > 0.97:
            continue
        heard.append(word if luck > 0.08 else chance.choices(vocabulary, weights)[0])
        origin.append(index if luck > 0.08 else None)
        if luck > 0.93:
            heard.append(chance.choices(vocabulary, weights)[0])
            origin.append(None)
    return text, heard, origin


def bench_linking() -> None:
    for count in (10_000, 100_000):
        text, heard, origin = damaged(count)
        started = time.perf_counter()
        links = [link for link in link_words(text, heard) if link.kind == "equal"]
        seconds = time.perf_counter() - started
        pairs = [(link.written_first, origin[link.heard_first]) for link in links]
        right = sum(i == o for i, o in pairs) / sum(o is not None for o in origin)
        gross = sum(o is not None and abs(i - o) > 8 for i, o in pairs)
        row(f"link {count} words", f"{seconds:.2f} s, recall {right:.4f}, {gross} gross")


def bench_captions() -> None:
    words = [Word("word" if n % 9 else "end.", n * 300, n * 300 + 250) for n in range(100_000)]
    segments = tuple(
        Segment(str(n), " ".join(w.text for w in part), tuple(part))
        for n in range(0, len(words), 10)
        if (part := words[n : n + 10])
    )
    started = time.perf_counter()
    cues = cues_by_rules(Transcript(segments), PRESETS["netflix"])
    row("captions of 100000 words", f"{time.perf_counter() - started:.2f} s, {len(cues)} cues")


def figures(signed: Sequence[int]) -> str:
    middle = sorted(signed)[len(signed) // 2]
    bias = max(-50, min(50, middle))
    errors = sorted(abs(value - bias) for value in signed)
    within = [sum(e <= limit for e in errors) / len(errors) for limit in (50, 100)]
    return (
        f"median {errors[len(errors) // 2]}, p95 {errors[int(0.95 * len(errors))]}, "
        f"worst {errors[-1]} ms, within 50/100 ms {within[0]:.3f}/{within[1]:.3f}, bias {bias}"
    )


def bench_recording(text: Path) -> None:
    starts = json.loads(text.with_suffix(".starts.json").read_text("utf-8"))
    recording = next(
        path for path in text.parent.glob(f"{text.stem}.*") if path.suffix not in (".txt", ".json")
    )
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        aligned = align_files(
            recording,
            text,
            model="base",
            language=None,
            settings=Settings.from_env({"TRANSCRIPT_EDITOR_DATA": folder}),
            work_dir=Path(folder),
            progress=Quiet(),
        )
    seconds = time.perf_counter() - started
    words = [
        word
        for segment in aligned.transcript.segments
        if segment.kind == "speech"
        for word in segment.words
    ]
    assert len(words) == len(starts), split_words(text.read_text("utf-8"))[:5]
    signed = [w.start_ms - true for w, true in zip(words, starts, strict=True) if true is not None]
    row(f"align {recording.name}", f"{seconds:.0f} s, {figures(signed)}")


def main() -> None:
    bench_linking()
    bench_captions()
    bench_page()
    if len(sys.argv) > 1 and sys.argv[1]:
        for starts in sorted(Path(sys.argv[1]).glob("*.starts.json")):
            bench_recording(starts.with_name(starts.name.removesuffix(".starts.json") + ".txt"))
    row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
