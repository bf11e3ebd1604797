"""Made-up texts, what a recogniser would hear of them, and how well links find it again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from editor.align import Link

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
_VOCABULARY = [
    "".join(_SYLLABLES[n * 31 // 70**k % 70] for k in range(3 if n > 69 else 2))
    for n in range(8000)
]
_WEIGHTS = [1 / (n + 3) for n in range(8000)]
_CHORUS_WORDS = 40


@dataclass
class Case:
    """A written text, what was heard, and which written word each heard one is (None: none)."""

    written: list[str]
    recognised: list[str] = field(default_factory=list)
    origin: list[int | None] = field(default_factory=list)

    def recognise(self, word: str, index: int | None) -> None:
        self.recognised.append(word)
        self.origin.append(index)


def prose(chance: random.Random, count: int) -> list[str]:
    """Words as unevenly spread as in a language."""
    return chance.choices(_VOCABULARY, _WEIGHTS, k=count)


def recognised_of(
    written: list[str], indices: Sequence[int], chance: random.Random, *, wrong: float = 0.15
) -> Case:
    """What is heard when the words at `indices` are said: a share of `wrong` is wrong.

    Of the wrong ones, half are other words, a fifth lost, the rest have one too many after them.
    """
    case = Case(written)
    others = iter(prose(chance, len(indices) + 1))
    for index in indices:
        luck = chance.random() / wrong if wrong else 1.0
        if luck < 0.2:
            continue
        if luck < 0.7:
            case.recognise(next(others), None)
        else:
            case.recognise(written[index], index)
        if 0.7 <= luck < 1.0:
            case.recognise(next(others), None)
    return case


def damaged(count: int, seed: int = 1) -> Case:
    """15 % errors, a passage of 3,000 words (at most 3 in 10) missing, a chorus that returns.

    The chorus stands in the missing passage too, at its edges and just outside of it.
    """
    chance = random.Random(seed)
    text = prose(chance, count)
    gap = min(3000, count * 3 // 10)
    first = count * 4 // 10 + chance.randrange(count // 20)
    near = [first - 45, first + 5, first + gap // 2, first + gap - 45, first + gap + 5]
    chorus = text[100 : 100 + _CHORUS_WORDS]
    for at in [*range(2000, count - 50, 9000), *chance.sample(near, 3)]:
        text[at : at + _CHORUS_WORDS] = chorus
    said = [index for index in range(count) if not first <= index < first + gap]
    return recognised_of(text, said, chance)


def judged(links: Sequence[Link], case: Case) -> tuple[float, int]:
    """Recall of words heard right, and the number of equal pairs more than 8 words off."""
    pairs = [(k.written_first, case.origin[k.recognised_first]) for k in links if k.kind == "equal"]
    right = sum(i == o for i, o in pairs) / max(1, sum(o is not None for o in case.origin))
    return right, sum(o is not None and abs(i - o) > 8 for i, o in pairs)
