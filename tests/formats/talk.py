"""A project to publish: speakers, notes, chapters, a sound, people who talk at once, Arabic."""

from __future__ import annotations

from dataclasses import replace

from editor.document import Media, Segment, Transcript, Word, split_words
from editor.formats import Choices
from editor.formats.exports import Options, publish


def said(
    text: str, start_ms: int, end_ms: int, speaker: str | None = None, *, note: str = ""
) -> Segment:
    """A segment whose words share its time."""
    words = split_words(text)
    step_ms = (end_ms - start_ms) // len(words)
    times = [start_ms + step_ms * number for number in range(len(words))]
    ends = [*times[1:], end_ms]
    timed = tuple(Word(*each) for each in zip(words, times, ends, strict=True))
    return Segment(f"s{start_ms}", text, timed, speaker, new_turn=speaker is not None, note=note)


TALK = Transcript(
    (
        replace(
            said("(upbeat music)", 0, 2000, note="# Opening"),
            kind="sound",
        ),
        said("Welcome to R&D, it's 5 < 6!", 2000, 5000, "Ann Berg", note="ask Ann"),
        said("Thanks. I'm glad to be here.", 5200, 9000, "Ben"),
        said("Žluť, crème brûlée “and” so on…", 9000, 13_000, "Ann Berg", note="# Food & drink"),
        said("Wait, what?", 12_500, 14_000, "Ben"),
        said("مرحبا بكم في البرنامج", 20_000, 23_000, "سلمى", note="# عربي\nتحقق من الاسم"),
        said("And that is all.", 3_600_000, 3_602_500, "Ann Berg"),
    )
)
MEDIA = Media("my talk.mp3", 3_605_000)


def published(name: str, talk: Transcript = TALK, **choices: object) -> tuple[bytes, str]:
    """The talk in a format, and what is told of it."""
    options = Options(language="en", title="My <Talk>", choices=Choices(**choices))  # type: ignore[arg-type]
    made = publish(name, talk, MEDIA, None, options)
    return made.data, "; ".join(made.lost)


def spoken() -> list[tuple[str, str | None, int, int]]:
    """What is said by whom from when to when."""
    return [(s.text, s.speaker, s.start_ms or 0, s.end_ms or 0) for s in TALK.segments]
