"""How well speakers are told apart: error rate, their number, processor time.

A folder of recordings may hold the true turns as `x.rttm` beside `x.opus`, `x.wav` and the like.
Without one, synthetic speakers talk, whose voices differ in pitch alone.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor import media, weights
from editor.config import Settings
from editor.diarization import SpeakerNetworks, Turn, speakers_of, voice_spans_by_chunk
from editor.document import Word
from editor.review import speakers_of_words
from tests.bench.passages import HELD_OUT
from tests.support.speech import joined, speak, write_wav

Row = tuple[str, str]

_FRAME_MS, _COLLAR_MS = 10, 250
#: A word lasts so long; who says no more than this answers shortly.
_WORD_MS, _SHORT_MS = 300, 1_000
_PITCHES = (0.8, 1.35)


@dataclass(frozen=True)
class Errors:
    """Shares of the time that is spoken: missed, spoken by nobody, given to another speaker."""

    missed: float
    false: float
    confused: float
    spoken_s: float
    found: int
    true: int

    @property
    def rate(self) -> float:
        """The diarization error rate, as NIST counts it."""
        return self.missed + self.false + self.confused


def rows(speech: Path | None) -> Iterator[Row]:
    """What is found in synthetic conversations, and in a person's own."""
    networks = SpeakerNetworks(weights.ensure_speakers(Settings.from_env({}).models_dir))
    with tempfile.TemporaryDirectory() as folder:
        yield "2 synthetic speakers", _told(_synthetic(Path(folder), networks))
    for truth in sorted(speech.glob("*.rttm")) if speech else ():
        with tempfile.TemporaryDirectory() as folder:
            recording = next(one for one in truth.parent.glob(f"{truth.stem}.*") if one != truth)
            found = _found(recording, Path(folder), networks)
            true = read_rttm(truth)
            yield f"speakers of {truth.stem}", _told((errors(found[0], true), found[1]))
            yield f"words by speaker, {truth.stem}", _words_told(found[0], true)


def _told(measured: tuple[Errors, float]) -> str:
    found, cpu_s = measured
    return (
        f"{found.found} of {found.true}; error rate {found.rate:.1%} (missed {found.missed:.1%}, "
        f"false {found.false:.1%}, confused {found.confused:.1%}); "
        f"{cpu_s:.1f} s of processor time"
    )


def _words_told(found: Sequence[Turn], true: Sequence[Turn]) -> str:
    said = words_of(true)
    who = speakers_of_words([word for word, _, _ in said], found)
    counted = Counter((turn.speaker, voice) for (_, turn, _), voice in zip(said, who, strict=True))
    names = dict[int, int | None]()
    for (speaker, voice), _ in counted.most_common():
        if speaker not in names and voice not in names.values():
            names[speaker] = voice
    right = [
        (names.get(turn.speaker, -1) == voice, is_short)
        for (_, turn, is_short), voice in zip(said, who, strict=True)
    ]
    short = [is_right for is_right, is_short in right if is_short]
    parts = [f"{np.mean([is_right for is_right, _ in right]):.1%} of {len(right)} right"]
    if short:
        parts.append(f"{np.mean(short):.0%} of {len(short)} in answers of up to 1 s")
    return "; ".join(parts)


def words_of(true: Sequence[Turn]) -> list[tuple[Word, Turn, bool]]:
    """Even words laid into turns, in order, each with its turn and whether that is a short answer.

    >>> [word.text for word, _, _ in words_of([Turn(0, 600, 0), Turn(600, 900, 1)])]
    ['so', 'so.', 'so.']
    """
    said = []
    for turn in true:
        length_ms = turn.end_ms - turn.start_ms
        count = max(1, round(length_ms / _WORD_MS))
        for number in range(count):
            start_ms, end_ms = (
                turn.start_ms + length_ms * at // count for at in (number, number + 1)
            )
            text = "so." if number == count - 1 else "so"
            said.append((Word(text, start_ms, end_ms), turn, length_ms <= _SHORT_MS))
    return sorted(said, key=lambda one: one[0].start_ms)


def _synthetic(folder: Path, networks: SpeakerNetworks) -> tuple[Errors, float]:
    said, true, at_ms = [], list[Turn](), 0
    for number, text in enumerate(re.split(r"(?<=[.!?])\s+", HELD_OUT)[:10]):
        who = number % len(_PITCHES)
        said.append(speak(text, pitch=_PITCHES[who], liveliness=0.667))
        true.append(Turn(at_ms, at_ms + said[-1].duration_ms, who))
        at_ms += said[-1].duration_ms + 500
    recording = write_wav(joined(said, pause_ms=500), folder / "talk.wav")
    turns, cpu_s = _found(recording, folder, networks)
    return errors(turns, true), cpu_s


def _found(recording: Path, folder: Path, networks: SpeakerNetworks) -> tuple[list[Turn], float]:
    pcm_path = folder / "work.wav"
    media.decode_to_pcm(recording, pcm_path)
    started_s = time.process_time()
    spans = [span for _, some in voice_spans_by_chunk(pcm_path, networks) for span in some]
    turns = list(speakers_of(spans).turns)
    return turns, time.process_time() - started_s


def read_rttm(path: Path) -> list[Turn]:
    """The turns of a file of NIST's Rich Transcription Time Marked lines."""
    fields = [line.split() for line in path.read_text("utf-8").splitlines()]
    lines = [one for one in fields if one and one[0] == "SPEAKER"]
    names = sorted({one[7] for one in lines})
    return [
        Turn(start, start + round(1000 * float(one[4])), names.index(one[7]))
        for one in lines
        for start in [round(1000 * float(one[3]))]
    ]


def errors(found: Sequence[Turn], true: Sequence[Turn]) -> Errors:
    """How found turns differ from the true ones; 0.25 s around the ends of true turns do not count.

    >>> errors([Turn(0, 4000, 3)], [Turn(0, 2000, 0), Turn(2000, 4000, 1)]).confused
    0.5
    """
    end_ms = max(turn.end_ms for turn in [*found, *true])
    given, spoken = _grid(found, end_ms), _grid(true, end_ms)
    counts = np.ones(spoken.shape[1], bool)
    for turn in true:
        for edge_ms in (turn.start_ms, turn.end_ms):
            first, last = edge_ms - _COLLAR_MS, edge_ms + _COLLAR_MS
            counts[max(0, first) // _FRAME_MS : last // _FRAME_MS] = False
    given, spoken = given[:, counts], spoken[:, counts]
    one_each, other_each = spoken.sum(axis=0), given.sum(axis=0)
    both = int(np.minimum(one_each, other_each).sum())
    total = max(1, int(one_each.sum()))
    return Errors(
        missed=int(np.maximum(one_each - other_each, 0).sum()) / total,
        false=int(np.maximum(other_each - one_each, 0).sum()) / total,
        confused=(both - _best(spoken.astype(int) @ given.astype(int).T)) / total,
        spoken_s=total * _FRAME_MS / 1000,
        found=len({turn.speaker for turn in found}),
        true=len({turn.speaker for turn in true}),
    )


def _grid(turns: Sequence[Turn], end_ms: int) -> NDArray[np.bool_]:
    numbers = sorted({turn.speaker for turn in turns})
    grid = np.zeros((len(numbers), end_ms // _FRAME_MS + 1), bool)
    for turn in turns:
        row = numbers.index(turn.speaker)
        grid[row, turn.start_ms // _FRAME_MS : turn.end_ms // _FRAME_MS] = True
    return grid


def _best(together: NDArray[np.int_]) -> int:
    """The most time that speakers share, each with one other; few speakers are tried in all ways,
    of many the largest shares are taken first."""
    few, many = sorted(together.shape)
    if many > 7:
        left, sum_of_all = together.copy(), 0
        for _ in range(few):
            row, column = divmod(int(left.argmax()), left.shape[1])
            sum_of_all += int(left[row, column])
            left[row], left[:, column] = -1, -1
        return sum_of_all
    wide = together if together.shape[0] == few else together.T
    ways = permutations(range(many), few)
    return max((sum(int(wide[at, to]) for at, to in enumerate(way)) for way in ways), default=0)
