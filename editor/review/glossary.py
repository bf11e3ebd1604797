"""A glossary: names and terms as they are spelled, for recognition to expect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

#: Longer lines are no terms.
LONGEST_TERM = 100
MOST_TERMS = 2_000


def terms_of(lines: Iterable[str]) -> list[str]:
    """The terms in lines of a file or of a form: one a line, each once, `#` begins a remark.

    >>> terms_of(["# hosts", "Elad Gil", "", "DeepSeek  # the lab", "Elad Gil"])
    ['Elad Gil', 'DeepSeek']
    """
    terms = (" ".join(line.split("#")[0].split()) for line in lines)
    known = dict.fromkeys(term for term in terms if 0 < len(term) <= LONGEST_TERM)
    return list(known)[:MOST_TERMS]


def merged_terms(present: Sequence[str], base: Collection[str], wanted: Sequence[str]) -> list[str]:
    """The present terms with what somebody changed who began from `base`: others changed it, too.

    >>> merged_terms(["Aled", "Ben"], ["Aled", "Old"], ["Ann", "Aled"])
    ['Aled', 'Ben', 'Ann']
    """
    if set(present) == set(base):
        return list(wanted)
    gone = set(base) - set(wanted)
    added = [term for term in wanted if term not in base]
    return list(dict.fromkeys([*(term for term in present if term not in gone), *added]))


def hotwords_of(terms: Iterable[str]) -> str | None:
    """The terms as what recognition is told before it listens, None where there are none.

    >>> hotwords_of(["Elad Gil", "DeepSeek"]), hotwords_of([])
    ('Elad Gil, DeepSeek', None)
    """
    return ", ".join(terms) or None
