"""How near to the truth words begin, beside what others make of the same recording and text."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from editor import formats, media, weights
from editor.align import link_spoken, place_words, split_as_written
from editor.align.drafts import segments_from_drafts
from editor.asr import Prepared, align_trusted_text, load_recogniser, prepare, recognise_chunks
from editor.asr.recogniser import Recogniser
from editor.config import Settings
from editor.document import RecognisedWord, split_words, spoken_words
from tests.support.speech import Spoken, joined, music, silence, speak, write_wav

Row = tuple[str, str]

MODEL = "base"
_DAMAGE = {"wrong": 0.15, "missing": 150 / 4500, "extra": 80 / 4500}
_SAID = (
    "The harbour lay quiet when the first boats came home that morning.",
    "Nobody spoke of the storm, though all of them had seen its light.",
    "My sister kept the books of the company for nearly thirty years.",
    "If you want to know how it ended, ask the man who sold the tickets.",
    "Seven letters arrived in one week, and none of them had a stamp.",
    "It is a matter of patience, of good tools and of knowing when to stop.",
)
_VOICES = ((1.0, 1.0), (1.15, 0.9), (0.85, 1.2))


class Quiet:
    """Progress that nobody watches."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


@dataclass
class Case:
    """A recording made ready, its words, and when each truly begins in ms (None: not known)."""

    name: str
    prepared: Prepared
    texts: list[str]
    spoken: list[bool]
    starts_ms: list[int | None]


def rows(speech: Path | None) -> Iterator[Row]:
    """Synthetic speech, and each recording of a folder with `*.starts.json` beside it."""
    settings = Settings.from_env({})
    with tempfile.TemporaryDirectory() as folder:
        for case in cases_of(speech, Path(folder)):
            yield from _rows_of(case, settings)


def cases_of(speech: Path | None, folder: Path) -> Iterator[Case]:
    """Synthetic speech, the same in babble, and the recordings of a folder, made ready."""
    yield _case("synthetic", synthetic(), folder)
    yield _case("in babble", with_babble(synthetic(_VOICES[:1])), folder)
    for starts in sorted(speech.glob("*.starts.json")) if speech else []:
        yield _recorded(starts, folder)


def figures(errors_ms: Sequence[int]) -> str:
    """Spread of the errors once one constant of at most 50 ms is taken off."""
    middle = sorted(errors_ms)[len(errors_ms) // 2]
    bias = max(-50, min(50, middle))
    errors = sorted(abs(value - bias) for value in errors_ms)
    within = [sum(e <= limit for e in errors) / len(errors) for limit in (50, 100)]
    return (
        f"median {errors[len(errors) // 2]}, p95 {errors[int(0.95 * len(errors))]}, "
        f"worst {errors[-1]} ms, within 50/100 ms {within[0]:.3f}/{within[1]:.3f}, bias {bias}"
    )


def _rows_of(case: Case, settings: Settings) -> Iterator[Row]:
    recogniser = load_recogniser(settings, MODEL, Quiet())

    def ours() -> list[RecognisedWord]:
        return heard_words(case, recogniser, None)

    def followed() -> list[RecognisedWord]:
        return followed_words(case, recogniser, None)

    yield f"{case.name}: faster-whisper, rapidfuzz", _timed(case, lambda: _stock(case, settings))
    if find_spec("stable_whisper"):
        yield f"{case.name}: stable-ts align", _stable(case, settings)
    yield f"{case.name}: ours, text trusted", _timed(case, followed)
    started = time.perf_counter()
    recognised = ours()
    seconds = time.perf_counter() - started
    yield f"{case.name}: ours", f"{seconds:.0f} s, {figures(errors_of(case, recognised))}"
    yield f"{case.name}: ours, text damaged", _damaged(case, recognised)


def followed_words(
    case: Case, recogniser: Recogniser, language: str | None
) -> list[RecognisedWord]:
    """What is heard in a case whose text is trusted."""
    chunks = align_trusted_text(
        case.prepared,
        lambda: recogniser,
        language=language,
        done=(),
        written=(case.texts, case.spoken),
        progress=Quiet(),
    )
    return [word for chunk in chunks for word in chunk.words]


def heard_words(
    case: Case, recogniser: Recogniser, language: str | None, *, is_named: bool = False
) -> list[RecognisedWord]:
    """What is heard in a case, told what its text says; `is_named` as in `recognise_chunks`."""
    chunks = recognise_chunks(
        case.prepared,
        recogniser,
        language=language,
        is_named=is_named,
        done={},
        written=lambda: (case.texts, case.spoken),
        progress=Quiet(),
    )
    return [word for chunk in chunks for word in chunk.words]


def errors_of(case: Case, recognised: Sequence[RecognisedWord]) -> list[int]:
    """How far each word of known start is from it, in ms."""
    return _errors(case, _placed(case, recognised))


def _timed(case: Case, recognise: Callable[[], list[RecognisedWord]]) -> str:
    started = time.perf_counter()
    recognised = recognise()
    seconds = time.perf_counter() - started
    return f"{seconds:.0f} s, {figures(errors_of(case, recognised))}"


def _placed(case: Case, recognised: Sequence[RecognisedWord]) -> list[int]:
    return _starts(case.texts, case.spoken, recognised, case.prepared)


def _starts(
    texts: Sequence[str],
    spoken: Sequence[bool],
    recognised: Sequence[RecognisedWord],
    prepared: Prepared,
) -> list[int]:
    chunks = split_as_written(recognised)
    links = link_spoken(texts, spoken, chunks)
    words = place_words(
        texts,
        spoken,
        links,
        chunks,
        start_ms=0,
        end_ms=prepared.duration_ms,
        silences=prepared.silences,
    )
    return [word.start_ms for word in words]


def _errors(case: Case, starts_ms: Sequence[int]) -> list[int]:
    pairs = zip(starts_ms, case.starts_ms, strict=True)
    return [start - true for start, true in pairs if true is not None]


def _stock(case: Case, settings: Settings) -> list[RecognisedWord]:
    """Plain faster-whisper on the whole file, with the settings that ours has."""
    from faster_whisper import WhisperModel

    folder = weights.ensure(MODEL, settings.models_dir)
    model = WhisperModel(str(folder), device="cpu", compute_type="int8")
    samples = media.read_samples(case.prepared.pcm_path, 0, case.prepared.duration_ms)
    segments, _ = model.transcribe(
        samples, beam_size=1, word_timestamps=True, condition_on_previous_text=False
    )
    words = [word for segment in segments for word in segment.words]
    return [
        RecognisedWord(n, w.word.strip(), round(w.start * 1000), round(w.end * 1000), w.probability)
        for n, w in enumerate(words)
    ]


def _stable(case: Case, settings: Settings) -> str:
    """stable-ts, which aligns the text itself with the same model."""
    import stable_whisper

    folder = weights.ensure(MODEL, settings.models_dir)
    model: Any = stable_whisper.load_faster_whisper(str(folder), device="cpu", compute_type="int8")
    samples = media.read_samples(case.prepared.pcm_path, 0, case.prepared.duration_ms)
    said = [text for text, is_said in zip(case.texts, case.spoken, strict=True) if is_said]
    true = [at for at, is_said in zip(case.starts_ms, case.spoken, strict=True) if is_said]
    started = time.perf_counter()
    result = model.align(samples, " ".join(said), language="en", verbose=None)
    seconds = time.perf_counter() - started
    starts = _by_letters(said, [(w.word, round(w.start * 1000)) for w in result.all_words()])
    errors = [
        start - at
        for start, at in zip(starts, true, strict=True)
        if at is not None and start is not None
    ]
    return f"{seconds:.0f} s, {figures(errors)}, {len(errors)} words"


def _by_letters(texts: Sequence[str], found: Sequence[tuple[str, int]]) -> list[int | None]:
    """The start of each text among words that may be split otherwise, by counting letters."""
    starts: dict[int, int] = {}
    at = 0
    for word, start_ms in found:
        starts.setdefault(at, start_ms)
        at += len(word.replace(" ", ""))
    places, at = [], 0
    for text in texts:
        places.append(starts.get(at))
        at += len(text)
    return places


def _damaged(case: Case, recognised: Sequence[RecognisedWord]) -> str:
    """Damage the text and see how far its untouched words move."""
    whole = _placed(case, recognised)
    chance = random.Random(7)
    texts: list[str] = []
    spoken: list[bool] = []
    source: list[int | None] = []
    for index, text in enumerate(case.texts):
        luck = chance.random()
        if luck < _DAMAGE["missing"]:
            continue
        is_wrong = luck < _DAMAGE["missing"] + _DAMAGE["wrong"]
        texts.append(chance.choice(case.texts) if is_wrong else text)
        spoken.append(case.spoken[index])
        source.append(None if is_wrong else index)
        if luck > 1 - _DAMAGE["extra"]:
            texts.append(chance.choice(case.texts))
            spoken.append(True)
            source.append(None)
    starts = _starts(texts, spoken, recognised, case.prepared)
    far: list[int] = []
    beside: list[int] = []
    for at, kept in enumerate(source):
        if kept is None:
            continue
        around = [source[k] for k in (at - 1, at + 1) if 0 <= k < len(source)]
        is_beside = any(other is None or abs(other - kept) != 1 for other in around)
        (beside if is_beside else far).append(abs(starts[at] - whole[kept]))
    return (
        f"{sum(e <= 50 for e in far) / len(far):.3f} of {len(far)} words away from it within 50 ms,"
        f" {sum(e <= 300 for e in beside) / len(beside):.3f} of {len(beside)} beside it within 300"
    )


def synthetic(voices: Sequence[tuple[float, float]] = _VOICES) -> Spoken:
    """A few sentences in each voice (speed, pitch), with music and long pauses between them."""
    parts = [music(4000)]
    for speed, pitch in voices:
        for number, line in enumerate(_SAID):
            parts += [speak(line, speed=speed, pitch=pitch), silence(400 + 700 * (number % 3))]
        parts.append(music(3000))
    return joined(parts)


def _case(name: str, said: Spoken, folder: Path) -> Case:
    place = folder / name.replace(" ", "-")
    place.mkdir()
    recording = write_wav(said, place / "recording.wav")
    prepared = prepare(recording, place, said.duration_ms, Quiet())
    texts = [text for text, _, _ in said.words]
    return Case(name, prepared, texts, [True] * len(texts), [start for _, start, _ in said.words])


def _recorded(starts: Path, folder: Path) -> Case:
    name = starts.name.removesuffix(".starts.json")
    text = starts.with_name(f"{name}.txt")
    recording = next(
        path for path in starts.parent.glob(f"{name}.*") if path.suffix not in (".txt", ".json")
    )
    place = folder / name
    place.mkdir()
    info = media.probe(recording)
    prepared = prepare(recording, place, info.duration_ms, Quiet())
    read = formats.read(text.read_bytes(), text.name)
    segments = segments_from_drafts(
        read.drafts, duration_ms=info.duration_ms, new_id=iter(map(str, range(10**9))).__next__
    )
    true = iter(json.loads(starts.read_text("utf-8")))
    words, spoken = spoken_words(segments)
    known = [next(true) if s.kind == "speech" else None for s in segments for _ in s.words]
    assert next(true, None) is None, split_words(read.drafts[0].text)
    return Case(name, prepared, [word.text for word in words], spoken, known)


def with_babble(said: Spoken, *, seed: int = 0) -> Spoken:
    """The same speech under four voices that together are as loud."""
    chance = random.Random(seed)
    others = [
        np.resize(speak(chance.choice(_SAID), speed=1.1, pitch=pitch).samples, len(said.samples))
        for pitch in (0.8, 0.9, 1.1, 1.25)
    ]
    babble = np.sum(others, axis=0)
    level = np.sqrt(np.mean(said.samples**2) / np.mean(babble**2))
    mixed = said.samples + level * babble
    return replace(said, samples=(mixed / max(1.0, np.abs(mixed).max())).astype(np.float32))
