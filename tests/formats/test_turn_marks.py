from __future__ import annotations

import pytest

from editor.formats.labels import known_labels
from editor.formats.turn_marks import Turn, is_sound, take_apart, with_marks


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("ANN: Hi", {"ANN"}),
        (">> DR. LEE: Hi", {"DR. LEE"}),
        ("Speaker 1: Hi", {"Speaker 1"}),
        ("Hello.\nAnn Lee: Hi\nAnn Lee: again", {"Ann Lee"}),
        ("Ann: Hi\nso\nBob: Hello", {"Ann", "Bob"}),
        ("- Ludwig van Beethoven: Hi\n- Ann: Hello", {"Ludwig van Beethoven", "Ann"}),
        ("田中：はい\n鈴木：いいえ", {"田中", "鈴木"}),
        ("Das ist:", set()),
        ("NOTE: it rained.\nSo it goes.", set()),
        ("Go.\n" * 100 + "Example: one\nExample: two", set()),
        ("mira: Hi\ntomas b: Yes\nmira: So\ntomas b: No", {"mira", "tomas b"}),
        ("Ana (she/her): Hi\nBen, ACME: Yes\nAna (she/her): So", {"Ana (she/her)", "Ben, ACME"}),
        ("Ben | ACME: Hi\n+1 555-0199: Yes\na@b.org: No", {"Ben | ACME", "+1 555-0199", "a@b.org"}),
        ("[SPEAKER_00]: Hi\n[SPEAKER_01]: Yes", {"[SPEAKER_00]:", "[SPEAKER_01]:"}),
        ("[Ana] Hi\n[Ben] Yes\n[door]\n[Ana] [coughs] So", {"[Ana]", "[Ben]"}),
        ("[Music] Hi\n[Music] Ho", set()),
        ("(ANA) Hi\n(BEN) Yes\n(door closes)\n(ANA) So", {"(ANA)", "(BEN)"}),
        ("Q.  Why?\nA.  So.\nTHE COURT:  Go on.", {"Q.", "A.", "THE COURT"}),
        ("A. Lincoln was there.\nSo was I.\nQ. was not.\nNor you.\nNobody.\nNo.\nAh.", set()),
        ("Spring\nPresent: all\n\nAna: Hi\nBen: Yes\nAna: So\nCai: Once", {"Ana", "Ben", "Cai"}),
        (
            "ASKED: Why?\nRESPONDENT 1: So.\nRESPONDENT 2: No.",
            {"ASKED", "RESPONDENT 1", "RESPONDENT 2"},
        ),
        ("So he said: go.\nChapter 2: the kiln.\nWe went.\nChapter 3: the rain.", set()),
        ("Ann:", set()),
        ("And then he said: go", set()),
        ("It was late.\nAnn: Hi", set()),
        ("At 10: the train\nAt 10: the bus", set()),
        ("10: the train\n10: the bus", set()),
        ("However: no\nHowever: yes", set()),
        ("The Answer: no\nThe Answer: yes", set()),
        ("We went home. ANN: Hi", set()),
        ("AND SO HE SAID: GO\nEVERYTHING HERE IS LOUD", set()),
        ("see http://example.org\nsee http://example.org", set()),
    ],
)
def test_names_are_labels_and_prose_is_not(text: str, labels: set[str]) -> None:
    assert known_labels(text.split("\n")) == labels


@pytest.mark.parametrize(
    ("line", "text", "is_marked"),
    [
        ("- Hi", "Hi", True),
        ("– Hi", "Hi", True),
        ("—Hola", "Hola", True),
        (">>> Hi", "Hi", True),
        (">>Hi", "Hi", True),
        ("-5 degrees", "-5 degrees", False),
        ("-- and so", "-- and so", False),
        ("-", "-", False),
    ],
)
def test_turn_marks(line: str, text: str, is_marked: bool) -> None:
    marked = take_apart(line, frozenset())
    assert (marked.text, marked.label, marked.is_marked) == (text, None, is_marked)


@pytest.mark.parametrize(
    ("line", "label"),
    [(">> Ann: Hi", "Ann"), (">> ann: Hi", "ann"), (">> And then he said: go", None)],
)
def test_one_name_after_arrows_is_enough(line: str, label: str | None) -> None:
    assert take_apart(line, frozenset()).label == label


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("(music)", True),
        ("[music] [applause]", True),
        ("♪", True),
        ("♪ la la", True),
        ("♪ la ♪ (laughs) ♪", True),
        ("♪ la ♪ Hello", False),
        ("(so) it goes", False),
        ("((", False),
        ("", False),
    ],
)
def test_only_whole_lines_are_sounds(text: str, sound: bool) -> None:
    assert is_sound(text) == sound


def test_name_that_alone_would_not_read_back_gets_arrows() -> None:
    once = [Turn("So.", None, False, False), Turn("Hi.", "Ann", True, False)]
    assert with_marks(once) == ["So.", ">> Ann: Hi."]
    assert with_marks([*once, Turn("Ho.", "Ann", True, False)]) == [
        "So.",
        "Ann: Hi.",
        "- Ann: Ho.",
    ]
