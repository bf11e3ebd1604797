"""Codes on words: given, taken, renamed, and kept through edits."""

from __future__ import annotations

import pytest

from editor import edits
from editor.document import Segment, Word
from editor.edits import Change, Splice
from editor.edits.undo import is_as_left, restored
from editor.edits.versions import difference
from editor.errors import NotPossible
from editor.store.db.codec import list_from_words, words_from_list


def said(text: str, codes: str = "") -> Segment:
    """A text, with a letter for the code of each word, "." for none."""
    given = codes.ljust(len(text.split()), ".")
    words = tuple(
        Word(word, 100 * n, 100 * n + 90, codes=() if code == "." else (code,))
        for n, (word, code) in enumerate(zip(text.split(), given, strict=True))
    )
    return Segment("a", text, words)


def coded(segment: Segment) -> str:
    return "".join("".join(word.codes) or "." for word in segment.words)


def test_codes_are_given_taken_and_renamed() -> None:
    segment = edits.code(said("a b c d", "..x."), [(1, 2)], "A")
    assert [word.codes for word in segment.words] == [(), ("A",), ("A", "x"), ()]
    assert coded(edits.code(segment, [(2, 3)], "A", coded=False)) == ".Ax."
    assert coded(edits.with_code_renamed(segment, "A", "x")) == ".xx."
    assert coded(edits.with_code_renamed(segment, "A", None)) == "..x."
    assert words_from_list(list_from_words(segment.words)) == segment.words
    with pytest.raises(NotPossible):
        edits.code(segment, [(2, 4)], "A")


@pytest.mark.parametrize(
    ("codes", "text", "kept"),
    [
        (".AA.", "a bee c d", ".AA."),
        (".AA.", "a b and c d", ".AAA."),
        (".AA.", "a b c and d", ".AA.."),
        (".AA.", "a so b c d", "..AA."),
        (".AA.", "a d", ".."),
        (".AA.", "a x d", ".A."),
        ("AAAA", "x a b c d y", ".AAAA."),
        ("AABB", "a b x c d", "AA.BB"),
    ],
)
def test_codes_stay_with_their_words(codes: str, text: str, kept: str) -> None:
    before = said("a b c d", codes)
    assert coded(edits.edit_text(before, text, before_ms=0, after_ms=9000, recognised=())) == kept


def test_undo_of_a_code_leaves_strikes_and_times_and_a_version_brings_it_back() -> None:
    before, after = said("a b"), said("a b", "A.")
    change = Change("code", (Splice(None, (before,), (after,)),))
    back = edits.directed(change, forward=False)
    now = edits.strike(after, [(1, 1)])
    assert is_as_left(back, {"a": now})
    assert not is_as_left(back, {"a": before})
    (splice,) = restored(back, {"a": now}, bounds=[(0, None)]).splices
    assert (coded(splice.inserted[0]), splice.inserted[0].words[1].struck) == ("..", True)
    (splice,) = difference([before], [after]).splices
    assert coded(splice.inserted[0]) == "A."
