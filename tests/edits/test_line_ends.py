"""Lines of a caption that a person breaks by hand."""

from __future__ import annotations

import pytest

from editor import edits
from editor.captions import PRESETS, cues_of, lint
from editor.captions.resegment import broken_anew
from editor.document import Media, Segment, Transcript, Word
from editor.edits.line_ends import end_line
from editor.edits.pseudonyms import Pseudonyms
from editor.errors import NotPossible
from editor.formats import transcript_json
from editor.store.db.codec import list_from_words, words_from_list

LINES, NETFLIX = PRESETS["lines"], PRESETS["netflix"]


def said(text: str) -> Segment:
    words = text.split()
    timed = (Word(one, 400 * n, 400 * n + 300) for n, one in enumerate(words))
    return Segment("a", text, tuple(timed))


def shown(segment: Segment, rules: object = LINES) -> tuple[str, ...]:
    (cue,) = cues_of(Transcript((segment,)), rules)  # type: ignore[arg-type]
    return cue.lines


def broken(text: str, *words: int) -> Segment:
    segment = said(text)
    for word in words:
        segment = end_line(segment, word)
    return segment


def test_lines_end_where_a_person_ends_them_in_captions_that_keep_segments() -> None:
    segment = broken("so every single day counts", 1)
    assert shown(segment) == ("so every", "single day counts")
    assert shown(segment, NETFLIX) == ("so every single day counts",)
    assert shown(end_line(segment, 1, ends_line=False)) == ("so every single day counts",)
    assert words_from_list(list_from_words(segment.words)) == segment.words


@pytest.mark.parametrize("word", [4, 5])
def test_the_last_word_ends_no_line_but_its_caption(word: int) -> None:
    with pytest.raises(NotPossible):
        end_line(said("so every single day counts"), word)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("so every bright day counts", ("so every", "bright day counts")),
        ("so each single day counts", ("so each", "single day counts")),
        ("well so every single day", ("well so every", "single day")),
        ("so every day counts", ("so every", "day counts")),
        ("so each bright day counts", ("so each", "bright day counts")),
        ("so very few bright day counts", ("so very few", "bright day counts")),
        ("single day counts", ("single day counts",)),
        ("so every", ("so every",)),
        ("nothing", ("nothing",)),
    ],
)
def test_a_break_stays_while_a_word_beside_it_does(text: str, lines: tuple[str, ...]) -> None:
    segment = broken("so every single day counts", 1)
    assert shown(edits.edit_text(segment, text, before_ms=0, after_ms=None)) == lines


def test_undoing_an_edit_that_moved_a_break_moves_it_back() -> None:
    segment = broken("so every single day counts", 1)
    without = edits.edit_text(segment, "so single day counts", before_ms=0, after_ms=None)
    assert shown(without) == ("so", "single day counts")
    change = edits.Change("text", (edits.Splice(None, (segment,), (without,)),))
    back = edits.directed(change, forward=False)
    undone = edits.restored(back, {"a": without}, bounds=[(0, None)]).splices[0].inserted[0]
    assert shown(undone) == ("so every", "single day counts")
    again = edits.restored(change, {"a": undone}, bounds=[(0, None)]).splices[0].inserted[0]
    assert shown(again) == ("so", "single day counts")
    since = end_line(without, 2)
    later = edits.restored(back, {"a": since}, bounds=[(0, None)]).splices[0].inserted[0]
    assert "day" in [word.text for word in later.words if word.ends_line]


def test_breaks_stay_beside_pseudonyms_and_in_our_own_file() -> None:
    segment = broken("so says Anna Berg here", 3)
    named = Pseudonyms.from_lines(["Anna Berg = Person A"]).in_segment(segment)
    assert shown(named) == ("so says Person A", "here")
    media = Media("a.mp3", 5000)
    read = transcript_json.read(transcript_json.write(Transcript((segment,)), media, None), "a")
    assert [word.ends_line for word in read.drafts[0].words] == [False, False, False, True, False]


def test_lines_that_break_rules_are_told_and_a_fix_breaks_them_anew() -> None:
    segment = broken("so every single day counts for somebody who listens here", 8)
    (cue,) = cues_of(Transcript((segment,)), LINES)
    (fault,) = lint([cue], LINES)
    assert (fault.rule, fault.message) == ("line_chars", "51 characters, 42 allowed")
    (splice,) = broken_anew([segment], LINES, new_id=lambda: "b").splices
    found = lint(cues_of(Transcript(tuple(splice.inserted)), LINES), LINES)
    assert [each.rule for each in found] == []
