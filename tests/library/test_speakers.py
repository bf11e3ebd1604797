from __future__ import annotations

from itertools import count

from editor.diarization import Turn
from editor.document import Segment, Word
from editor.library.speakers import Heard, split_at_voices, with_speakers

TURNS = (Turn(0, 1000, 0), Turn(1000, 2000, 1), Turn(2000, 3000, 0), Turn(3000, 4000, 1))


def segment(
    text: str, start_ms: int, *, speaker: str | None = None, new_turn: bool = False
) -> Segment:
    """A segment whose words last 250 ms each."""
    words = tuple(
        Word(word, start_ms + 250 * n, start_ms + 250 * n + 240)
        for n, word in enumerate(text.split())
    )
    return Segment(text.split()[0], text, words, speaker=speaker, new_turn=new_turn)


def told(segments: list[Segment]) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in segments]


def test_recognised_text_is_cut_where_another_voice_begins() -> None:
    number = count()
    parts = split_at_voices(
        [segment("How are you today? I am fine. Good. So", 0)],
        Heard(TURNS),
        new_id=lambda: str(next(number)),
    )
    (cut,) = parts
    assert told(cut) == [
        ("Speaker 1", "How are you today?"),
        ("Speaker 2", "I am fine. Good."),
        ("Speaker 1", "So"),
    ]
    assert [one.new_turn for one in cut] == [True, True, True]
    assert len({one.id for one in cut}) == 3


def test_a_text_keeps_its_names_and_lends_them_to_the_voice() -> None:
    named = with_speakers(
        [
            segment("One two three four", 0, speaker="Ada"),
            segment("Five six seven eight", 1000),
            segment("Nine ten eleven twelve", 2000),
            segment("Some more words here", 3000, speaker="Bob"),
        ],
        Heard(TURNS),
    )
    assert [one.speaker for one in named] == ["Ada", "Bob", "Ada", "Bob"]
    assert named[0].text == "One two three four"


def test_one_voice_says_a_whole_turn_of_the_text() -> None:
    turns = (Turn(0, 5800, 0), Turn(5800, 7000, 1), Turn(7000, 9000, 0))
    segments = [
        segment("One two three four five six seven eight", 0, new_turn=True),
        segment("Nine ten eleven twelve", 2000),
        segment("Thirteen", 5900),
        segment("Another turn begins here", 7000, new_turn=True),
    ]
    assert [one.speaker for one in with_speakers(segments, Heard(turns))] == ["Speaker 1"] * 4


def test_two_voices_never_share_a_name() -> None:
    segments = [
        segment("One two three four", 0, speaker="Ada"),
        segment("Five six seven eight", 1000, speaker="Ada"),
        segment("Nine ten eleven twelve", 2000),
        segment("And some more here", 3000),
    ]
    assert [one.speaker for one in with_speakers(segments, Heard(TURNS))] == [
        "Ada", "Ada", "Ada", "Speaker 2",
    ]  # fmt: skip


def test_of_recognised_text_only_a_persons_names_stay() -> None:
    segments = [
        segment("One two three four", 0, speaker="Speaker 7"),
        segment("Five six seven eight", 1000, speaker="Bea"),
        segment("Nine ten eleven twelve", 2000),
        segment("And some more here", 3000),
    ]
    parts = split_at_voices(segments, Heard(TURNS), new_id=lambda: "new")
    assert [part.speaker for some in parts for part in some] == [
        "Speaker 1", "Bea", "Speaker 1", "Bea",
    ]  # fmt: skip
