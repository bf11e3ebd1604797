"""How long 100,000 cues take to read and to convert, beside pysubs2, each in its own process."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from subprocess import run
from tempfile import TemporaryDirectory

from editor import formats
from editor.captions import Cue
from editor.document import Media, Segment, Transcript, Word
from editor.formats import ass_write, transcript_json
from editor.formats.caption import Caption
from editor.timecode import clock_from_ms

#: CPU seconds and the most memory in MB.
Taken = tuple[float, float]
COUNT = 100_000
_TEXT = "so this is what somebody says here, and then it goes on in"
_RUNS = 3
_OURS = [sys.executable, "-m", "editor", "convert"]
_PYSUBS2 = [sys.executable, "-c", "import sys, pysubs2 as p; p.load(sys.argv[1]).save(sys.argv[2])"]
#: A process has the memory of the one that started it for a moment: this one has little.
_MEASURING = """\
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""
#: Each as it is used: ours works where no cycles of dead objects are looked for.
_READING = """\
import gc, sys, time
from pathlib import Path
{}
data = Path(sys.argv[1]).read_bytes()
{}
started = time.process_time()
read = {}
print(time.process_time() - started)
"""
_READERS = {
    "ours": _READING.format(
        "from editor import formats", "gc.disable()", "formats.read(data, sys.argv[1])"
    ),
    "pysubs2": _READING.format("import pysubs2", "", "pysubs2.SSAFile.from_string(data.decode())"),
}


def rows() -> Iterator[tuple[str, str]]:
    """CPU seconds, median of three, and the most memory that a process had."""
    with TemporaryDirectory() as folder:
        files = _written(Path(folder))
        for name in ("plain.srt", "plain.vtt", "plain.ttml", "plain.ass", "karaoke.ass"):
            taken = [_taken(_reading(reader, files / name)) for reader in _READERS]
            yield f"read {COUNT} cues, {name}", _beside(*taken)
        for name in ("words.json", "times.txt"):
            yield f"read {name}", _said(_taken(_reading("ours", files / name)))
        for source, made in (("plain.srt", "made.vtt"), ("plain.ttml", "made.srt")):
            named = [str(files / source), str(files / made)]
            taken = [_taken([*_OURS, named[0], "-o", named[1]]), _taken([*_PYSUBS2, *named])]
            yield f"convert {COUNT} cues, {source} to {made}", _beside(*taken)
        named = [str(files / "words.json"), "-o", str(files / "made.json")]
        yield "convert words.json to made.json", _said(_taken([*_OURS, *named]))


def _written(folder: Path) -> Path:
    """Cues of 13 words in all formats, a transcript of 100,000 words, a text of 100,000 lines."""
    captions, cues, segments, lines = list[Caption](), list[Cue](), list[Segment](), list[str]()
    for number in range(COUNT):
        at_ms, text = 1500 * number, f"{_TEXT} {number}."
        said = text.split()
        words = tuple(Word(x, at_ms + 100 * n, at_ms + 100 * n + 90) for n, x in enumerate(said))
        cue_lines = (" ".join(said[:7]), " ".join(said[7:]))
        cues.append(Cue(at_ms, at_ms + 1400, cue_lines, words=words))
        captions.append(Caption(number, at_ms, at_ms + 1400, "\n".join(cue_lines)))
        segments.append(Segment(str(number), text, words))
        lines.append(f"[{clock_from_ms(at_ms)}] {text}\n")
    for kind in ("srt", "vtt", "ttml", "ass"):
        (folder / f"plain.{kind}").write_bytes(formats.write_captions(kind, captions, "", 0)[0])
    (folder / "karaoke.ass").write_text(ass_write.write(cues), "utf-8")
    transcript = Transcript(tuple(segments[: COUNT // len(cues[0].words)]))
    (folder / "words.json").write_text(
        transcript_json.write(transcript, Media("a.wav", 1500 * COUNT), None), "utf-8"
    )
    (folder / "times.txt").write_text("".join(lines), "utf-8")
    return folder


def _reading(reader: str, file: Path) -> list[str]:
    return [sys.executable, "-c", _READERS[reader], str(file)]


def _taken(command: Sequence[str]) -> Taken:
    """What a command takes: as it says, or all of its processes together."""
    runs = list[Taken]()
    for _ in range(_RUNS):
        measuring = [sys.executable, "-c", _MEASURING, *command]
        done = run(measuring, check=True, capture_output=True)
        figures = list(map(float, done.stdout.split()))
        runs.append((figures[0], figures[-1]))
    return median(cpu for cpu, _ in runs), median(peak for _, peak in runs)


def _said(taken: Taken) -> str:
    return f"CPU {taken[0]:.2f} s, {taken[1]:.0f} MB"


def _beside(ours: Taken, theirs: Taken) -> str:
    times = f"{ours[0] / theirs[0]:.2f} and {ours[1] / theirs[1]:.2f} times"
    return f"{_said(ours)}; pysubs2 {_said(theirs)}: {times}"
