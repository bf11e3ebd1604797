"""Measures how soon the errors of a text are found by reading its doubts from the top.

Realistic errors: the text is what `tiny.en` writes down of speech whose words are known, `base` is
what it is reviewed with. Planted errors: words of the true text replaced, dropped and inserted.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from editor.align import comparable, same_when_spoken
from editor.config import Settings
from editor.library.offline import Checked, check_files, evidence_of
from editor.review import Evidence
from editor.review.rarity import unknown_word
from editor.review.score import score_of
from editor.review.signals import Signals, signals_of
from editor.review.spans import Span
from tests.bench.listening import Quiet
from tests.bench.passages import HELD_OUT
from tests.support.speech import Spoken, speak, with_noise, write_wav

#: Pitch, speed and noise of each voice.
_VOICES = ((1.0, 1.0, 0.0), (1.18, 1.15, 0.01), (0.88, 1.3, 0.02))

#: Of the errors, found by whoever reads that much.
_SHARES = (0.5, 0.8, 0.9)
#: Of the chance that plants errors.
_SEED = 7

Score = Callable[[Span, Signals], float]


@dataclass(frozen=True)
class Case:
    """A text as it was heard, and which of its words the truth does not have there."""

    evidence: Evidence
    wrong: frozenset[int]

    def places(self) -> Iterator[tuple[Span, Signals, frozenset[int]]]:
        """Each span with its signals and the words that one looks at there."""
        for span, signals in signals_of(self.evidence):
            yield span, signals, frozenset(range(span.first, span.end) or [max(0, span.first - 1)])


def wrong_words(text: Sequence[str], truth: Sequence[str]) -> frozenset[int]:
    """Words that the truth does not have there; a missing word counts on its left neighbour."""
    wrong: set[int] = set()
    first, second = ([comparable(word) for word in words] for words in (text, truth))
    for tag, i, i_end, j, j_end in SequenceMatcher(
        None, first, second, autojunk=False
    ).get_opcodes():
        if tag != "equal" and not same_when_spoken(text[i:i_end], truth[j:j_end]):
            wrong |= set(range(i, i_end) or [max(0, i - 1)])
    return frozenset(wrong)


def spoken_cases(passage: str, terms: Sequence[str] = ()) -> list[Case]:
    """A passage in every voice, written down by `tiny.en`; `terms` are looked for as a glossary."""
    said = " ".join(passage.split())
    return [case_of(_said(said, *voice), said.split(), terms=terms) for voice in _VOICES]


def names_in(passage: str) -> list[str]:
    """The words of a passage that are written large and are in no list of words."""
    bare = (word.strip(".,!?").removesuffix("'s") for word in passage.split())
    return list(dict.fromkeys(word for word in bare if word.istitle() and unknown_word(word, "en")))


def planted_cases(passage: str) -> list[Case]:
    """A passage in every voice, with planted errors."""
    truth = passage.split()
    text = damaged(truth, seed=_SEED)
    return [case_of(_said(" ".join(truth), *voice), truth, text) for voice in _VOICES]


def folder_cases(folder: Path, *, is_planted: bool = False) -> list[Case]:
    """The recordings `*.wav` of a folder whose true text lies beside them as `*.txt`."""
    cases = []
    for path in sorted(folder.glob("*.wav")):
        truth = path.with_suffix(".txt").read_text("utf-8").split()
        cases.append(case_of(path, truth, damaged(truth, seed=_SEED) if is_planted else None))
    return cases


def case_of(
    sound: Spoken | Path,
    truth: Sequence[str],
    text: Sequence[str] | None = None,
    terms: Sequence[str] = (),
) -> Case:
    """Review a text, by default that of `tiny.en`, with `base` and the `terms` of a glossary."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = sound if isinstance(sound, Path) else write_wav(sound, folder / "said.wav")
        if text is None:
            first = _checked(recording, None, "tiny.en", folder / "first")
            text = [word.text for word in first.aligned.transcript.words()]
        (folder / "said.txt").write_text(" ".join(text), "utf-8")
        checked = _checked(recording, folder / "said.txt", "base", folder / "second")
        evidence = evidence_of(checked, Quiet(), terms)
    return Case(evidence, wrong_words([word.text for word in evidence.words], truth))


def effort(cases: Sequence[Case], score: Score, share: float) -> float:
    """Share of the words to look at, worst places first, until `share` of the errors is found."""
    seen = found = 0
    known: set[tuple[int, int]] = set()
    total = sum(len(case.wrong) for case in cases)
    for number, words, _ in _ranked(cases, score):
        for word in words:
            if (number, word) not in known:
                known.add((number, word))
                seen += 1
                found += word in cases[number].wrong
        if found >= share * total:
            break
    return seen / sum(len(case.evidence.words) for case in cases)


def average_precision(cases: Sequence[Case], score: Score) -> float:
    """Mean of the precision at each wrong place of the ranking."""
    hits, precisions = 0, []
    for rank, (number, words, _) in enumerate(_ranked(cases, score), 1):
        if words & cases[number].wrong:
            hits += 1
            precisions.append(hits / rank)
    return sum(precisions) / len(precisions)


def fitted(span: Span, signals: Signals) -> float:
    """The score that is shown."""
    return score_of(signals, is_scored=True)


def disagreement(span: Span, signals: Signals) -> float:
    """The plain baseline: whether something else was heard."""
    return float(not span.agrees)


def heard_probability(span: Span, signals: Signals) -> float:
    """The other one: how unsure recognition was of what it heard there."""
    return signals.get("unsure", signals.get("not_written_unsure", 1.0))


def rows() -> list[tuple[str, str]]:
    """Figures on speech that no weight was fitted on, with the baselines."""
    with_names = spoken_cases(HELD_OUT, names_in(HELD_OUT))
    cases = [replace(case, evidence=replace(case.evidence, soundings={})) for case in with_names]
    scores: dict[str, Score] = {
        "score": fitted,
        "disagreement": disagreement,
        "heard": heard_probability,
    }
    found = []
    for name, score in scores.items():
        found.append((f"errors of tiny.en, by {name}", _figures(cases, score)))
    found.append(("errors of tiny.en, names in glossary", _figures(with_names, fitted)))
    found.append(("readings of the glossary", readings_found(with_names)))
    wrong, words = sum(len(c.wrong) for c in cases), sum(len(c.evidence.words) for c in cases)
    floor = "/".join(f"{share * wrong / words:.3f}" for share in _SHARES)
    told = f"{wrong} wrong of {words}; a perfect order reads {floor}"
    return [*found, ("errors of tiny.en", told), *planted_rows()]


def _figures(cases: Sequence[Case], score: Score) -> str:
    shares = "/".join(f"{effort(cases, score, share):.3f}" for share in _SHARES)
    return f"read {shares} for 50/80/90 %, AP {average_precision(cases, score):.3f}"


def readings_found(cases: Sequence[Case]) -> str:
    """How many places have a reading with a term, and how many of these are wrong."""
    places = [
        bool(words & case.wrong)
        for case in cases
        for span, _, words in case.places()
        if case.evidence.sounds_like(span)
    ]
    return f"{len(places)}, {sum(places)} of them where the text is wrong"


def planted_rows() -> Iterator[tuple[str, str]]:
    """10 % of the words replaced, dropped or inserted: in the first voice, and in all."""
    cases = planted_cases(HELD_OUT)
    yield "planted errors", found_among(cases[:1])
    yield "planted errors, all voices", found_among(cases)


def found_among(cases: Sequence[Case], *, least: float = 0.5) -> str:
    """Which share of the errors the doubts from a score of `least` on find; how many are errors."""
    flagged = [
        (number, words)
        for number, case in enumerate(cases)
        for span, signals, words in case.places()
        if fitted(span, signals) >= least
    ]
    hits = sum(bool(words & cases[number].wrong) for number, words in flagged)
    seen = {(number, word) for number, words in flagged for word in words}
    wrong = {(number, word) for number, case in enumerate(cases) for word in case.wrong}
    recall, precision = len(seen & wrong) / len(wrong), hits / len(flagged)
    return f"recall {recall:.3f}, precision {precision:.3f}"


def damaged(truth: Sequence[str], *, seed: int) -> list[str]:
    """A text in which every tenth word is replaced, dropped or followed by one too many."""
    chance = random.Random(seed)
    words: list[str] = []
    for word in truth:
        kind = chance.choice(["replace", "drop", "insert"]) if chance.random() < 0.1 else "keep"
        words += [] if kind in ("drop", "replace") else [word]
        words += [chance.choice(truth)] if kind in ("insert", "replace") else []
    return words


def _ranked(cases: Sequence[Case], score: Score) -> list[tuple[int, frozenset[int], float]]:
    places = [
        (number, words, score(span, signals))
        for number, case in enumerate(cases)
        for span, signals, words in case.places()
    ]
    return sorted(places, key=lambda place: -place[2])


def _said(text: str, pitch: float, speed: float, noise: float) -> Spoken:
    spoken = speak(text, pitch=pitch, speed=speed, liveliness=0.5)
    return with_noise(spoken, level=noise) if noise else spoken


def _checked(recording: Path, text: Path | None, model: str, folder: Path) -> Checked:
    folder.mkdir()
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(folder)})
    return check_files(
        recording,
        text,
        model=model,
        language="en",
        settings=settings,
        work_dir=folder,
        progress=Quiet(),
    )
