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
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from editor import formats
from editor.captions import PRESETS, Cue, Rules, cues_by_rules, lint
from editor.config import Settings
from editor.document import Segment, Transcript, Word, split_words
from editor.formats import srt, vtt
from editor.pipeline import align_files
from tests.bench import linking


class Quiet:
    def report(self, fraction: float, phase: str, message: str = "") -> None:
        pass

    def checkpoint(self) -> None:
        pass


def row(name: str, figures: str) -> None:
    print(f"{name:44} {figures}", flush=True)


def bench_linking() -> None:
    for name, measured in (*linking.rows(), *linking.passage_rows(), linking.number_row()):
        row(name, measured)


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


def bench_captions() -> None:
    """Speed on 100,000 words; what breaks the rules on two hours, beside a greedy filler."""
    long, two_hours = spoken(100_000), spoken(18_000)
    for rules in PRESETS.values():
        started = time.perf_counter()
        count = len(cues_by_rules(long, rules))
        row(
            f"captions of 100000 words, {rules.name}",
            f"{time.perf_counter() - started:.2f} s, {count} cues",
        )
        for name, cues in (
            ("by rules", cues_by_rules(two_hours, rules)),
            ("greedy", greedy(two_hours, rules)),
        ):
            found = lint(cues, rules)
            breaks = sum(len(cue.lines) for cue in cues)
            bad = sum(each.rule == "bad_break" for each in found) / breaks
            errors = Counter(each.rule for each in found if each.severity == "error")
            lost = sum(each.severity == "error" and each.fix is None for each in found)
            row(
                f"  2 hours, {rules.name}, {name}",
                f"bad breaks {bad:.2%}, errors {dict(errors)}, of these past help {lost}",
            )


def bench_reading() -> None:
    cues = [Cue(n * 1500, n * 1500 + 1400, (f"so this is the line {n},",)) for n in range(100_000)]
    for name, written in (("srt", srt.write(cues)), ("vtt", vtt.write(cues))):
        started = time.perf_counter()
        assert len(formats.read(written.encode(), f"a.{name}").drafts) == len(cues)
        row(f"read 100000 cues, {name}", f"{time.perf_counter() - started:.2f} s")


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
    bench_reading()
    if len(sys.argv) > 1 and sys.argv[1]:
        for starts in sorted(Path(sys.argv[1]).glob("*.starts.json")):
            bench_recording(starts.with_name(starts.name.removesuffix(".starts.json") + ".txt"))
    row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
