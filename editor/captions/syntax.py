"""Which words belong together in a language, as data: between them no line should break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Syntax:
    """What is known of a language: `leaning` words, each with its kind, belong to what follows.

    `opening` words may well begin a line. `has_names` where only names and beginnings of sentences
    are capitalised, so that two such words make one name.
    """

    leaning: Mapping[str, str] = field(default_factory=dict)
    opening: frozenset[str] = frozenset()
    has_names: bool = False

    def kind_of(self, word: str) -> str | None:
        """The kind of a word that belongs to what follows it; None for all others.

        >>> ENGLISH.kind_of("(The"), ENGLISH.kind_of("the,")
        ('article', None)
        """
        if not word.isalpha():
            word = word.replace("’", "'").lstrip("\"'“‘([-–—")
        return self.leaning.get(word.lower())


def _by_word(**kinds: str) -> dict[str, str]:
    return {word: kind for kind, words in kinds.items() for word in words.split()}


_CONJUNCTIONS = "and or but nor so because if that which who whose than as when while"
ENGLISH = Syntax(
    leaning=_by_word(
        article=("a an the my your his her its our their this these those some any no every each"),
        preposition=(
            "of in on at by for to from with without into onto about over under between through "
            "during before after against among upon toward towards across behind beside within"
        ),
        auxiliary=(
            "is are was were be been being am has have had do does did will would shall should can "
            "could may might must i'm you're he's she's it's we're they're i've you've we've "
            "they've i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd we'd they'd "
            "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't "
            "shouldn't haven't hasn't hadn't gonna wanna"
        ),
        conjunction=_CONJUNCTIONS,
        title="mr. mrs. ms. dr. st. prof.",
    ),
    opening=frozenset(
        (
            f"{_CONJUNCTIONS} where although though until unless of in on at by for to from with "
            "into about over under between through during"
        ).split()
    ),
    has_names=True,
)
#: A break behind these is bad wherever it can be helped; behind a conjunction it is only ugly.
BAD_ENDS = ("article", "preposition", "auxiliary", "title")


def syntax_of(language: str | None) -> Syntax:
    """The rules for a language by its code; none given is English, an unknown one has no rules."""
    return ENGLISH if language is None or language.split("-")[0].lower() == "en" else Syntax()
