"""How two writings of the same spoken words differ: the quiet kinds of difference."""

from __future__ import annotations

from collections.abc import Sequence

from editor.align import comparable
from editor.align.spoken import has_digit
from editor.review.likeness import letters_of
from editor.review.similar import bare


def style_difference(written: Sequence[str], said: Sequence[str]) -> str | None:
    """What differs, as a person says it, between words that a voice says alike; None: nothing.

    >>> style_difference(["So,"], ["So"]), style_difference(["$6"], ["six", "dollars"])
    ('punctuation differs', 'numbers or signs differ')
    >>> style_difference(["colour"], ["color"]), style_difference(["it's"], ["it", "is"])
    ('spelling differs', 'one is a contraction')
    """
    if list(written) == list(said):
        return None
    if [bare(word) for word in written] == [bare(word) for word in said]:
        return "punctuation differs"
    first, second = (list(filter(None, map(comparable, side))) for side in (written, said))
    if first == second:
        is_case_only = [word.casefold() for word in written] == [word.casefold() for word in said]
        return "capitals differ" if is_case_only else "capitals and punctuation differ"
    if letters_of(" ".join(first)) == letters_of(" ".join(second)):
        return "hyphens or spaces differ"
    if has_digit(first) != has_digit(second):
        return "numbers or signs differ"
    if any("'" in word for word in first) != any("'" in word for word in second):
        return "one is a contraction"
    return "spelling differs"
