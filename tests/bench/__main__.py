"""Run as `python -m tests.bench [FOLDER]`.

FOLDER may hold `*.txt` beside a recording of the same name and a `*.starts.json` with the true
start of each word in ms (null where unknown).
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from editor.captions import PRESETS, cues_by_rules
from editor.config import Settings
from editor.document import Segment, Transcript, Word, split_words
from editor.pipeline import check_files
from tests.bench import linking, realistic
from tests.bench.realistic import Quiet


def row(name: str, figures: str) -> None:
    print(f"{name:44} {figures}", flush=True)


def bench_linking() -> None:
    for name, measured in (*linking.rows(), *linking.passage_rows(), linking.number_row()):
        row(name, measured)


def bench_review() -> None:
    for name, measured in realistic.rows():
        row(name, measured)


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
        checked = check_files(
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
        for segment in checked.aligned.transcript.segments
        if segment.kind == "speech"
        for word in segment.words
    ]
    assert len(words) == len(starts), split_words(text.read_text("utf-8"))[:5]
    signed = [w.start_ms - true for w, true in zip(words, starts, strict=True) if true is not None]
    row(f"align {recording.name}", f"{seconds:.0f} s, {figures(signed)}")


def main() -> None:
    bench_linking()
    bench_captions()
    bench_review()
    if len(sys.argv) > 1 and sys.argv[1]:
        for starts in sorted(Path(sys.argv[1]).glob("*.starts.json")):
            bench_recording(starts.with_name(starts.name.removesuffix(".starts.json") + ".txt"))
    row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
