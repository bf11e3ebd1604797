from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.document import Segment, Word, check_order
from editor.edits import Change, Splice, edit_text, merge, split
from editor.edits.versions import difference, rolled_back
from tests.support.chance import examples


def segment(segment_id: str, text: str, start_ms: int) -> Segment:
    words = tuple(
        Word(word, start_ms + 100 * n, start_ms + 100 * n + 90)
        for n, word in enumerate(text.split())
    )
    return Segment(segment_id, text, words)


LINES = [segment("a", "one two", 0), segment("b", "three four", 1000), segment("c", "five", 2000)]


def applied(lines: list[Segment], change: Change) -> list[Segment]:
    """What the store does with a change."""
    lines = list(lines)
    for splice in change.splices:
        ids = [line.id for line in lines]
        at = ids.index(splice.after_id) + 1 if splice.after_id is not None else 0
        assert tuple(lines[at : at + len(splice.removed)]) == splice.removed
        lines[at : at + len(splice.removed)] = splice.inserted
    check_order(lines)
    return lines


def texts(lines: list[Segment]) -> list[tuple[str, str]]:
    return [(line.id, line.text) for line in lines]


def some_change(lines: list[Segment], draw: st.DataObject, number: int) -> Change | None:
    at = draw.draw(st.integers(0, len(lines) - 1))
    above = lines[at - 1].id if at else None
    line = lines[at]
    kind = draw.draw(st.sampled_from(["text", "split", "merge", "set", "delete"]))
    if kind == "text":
        word = draw.draw(st.sampled_from(["so", "", "one two three"]))
        end = lines[at + 1].start_ms if at + 1 < len(lines) else None
        begin = max((w.start_ms for one in lines[:at] for w in one.words), default=0)
        new = edit_text(line, word, before_ms=begin, after_ms=end)
        return Change("text", (Splice(above, (line,), (new,)),))
    if kind == "split" and " " in line.text:
        return Change(
            "split",
            (Splice(above, (line,), split(line, line.text.index(" "), new_id=f"n{number}")),),
        )
    if kind == "merge" and at + 1 < len(lines):
        return Change(
            "merge", (Splice(above, (line, lines[at + 1]), (merge(line, lines[at + 1]),)),)
        )
    if kind == "set":
        return Change("set", (Splice(above, (line,), (replace(line, speaker=f"S{number}"),)),))
    if kind == "delete" and len(lines) > 1:
        return Change("delete", (Splice(above, (line,), ()),))
    return None


@examples(150)
@given(st.data())
def test_any_earlier_state_is_found_and_brought_back(data: st.DataObject) -> None:
    lines, states, changes = list(LINES), [list(LINES)], []
    for number in range(data.draw(st.integers(1, 8))):
        change = some_change(lines, data, number)
        if change is None:
            continue
        lines = applied(lines, change)
        changes.append(change)
        states.append(lines)
    at = data.draw(st.integers(0, len(states) - 1))
    past = rolled_back(lines, changes[at:][::-1])
    assert texts(past) == texts(states[at])
    back = applied(lines, difference(lines, past))
    assert texts(back) == texts(states[at])
    assert [line.speaker for line in back] == [line.speaker for line in states[at]]


def test_what_is_the_same_but_for_its_times_stays() -> None:
    moved = [
        replace(line, words=tuple(replace(w, end_ms=w.end_ms + 1) for w in line.words))
        for line in LINES
    ]
    assert difference(moved, LINES) == Change("replace", ())


def test_words_come_back_with_the_times_they_have_now() -> None:
    mended = segment("b", "three fore", 1500)
    (splice,) = difference([LINES[0], mended, LINES[2]], LINES).splices
    assert [word.start_ms for word in splice.inserted[0].words] == [1500, 1500]
