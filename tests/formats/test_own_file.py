"""Any words removed, changed or added anywhere leave every other byte of a person's own file.

Files are made of parts, and what is expected is made of the parts that stay: so each byte counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from editor.document import Segment, Transcript, Word
from editor.formats import export_original, read
from editor.formats.exports import transcript_of
from tests.support.chance import examples


@dataclass(frozen=True)
class Group:
    """Words with what opens and closes around them; each word's text now is a list of words."""

    words: tuple[str, ...]
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True)
class Line:
    groups: tuple[Group, ...]
    #: What tells who speaks, and what closes it.
    mark: str = ""
    closing: str = ""
    #: Whether a mark opens a draft of its own.
    is_turn: bool = False


@dataclass(frozen=True)
class Block:
    """A caption, or with no lines a note that stands between captions."""

    lines: tuple[Line, ...] = ()
    settings: str = ""
    above: str = ""
    opening: str = ""
    closing: str = ""
    blanks: int = 1
    note: str = ""


@dataclass(frozen=True)
class File:
    name: str
    blocks: tuple[Block, ...]
    newline: str = "\n"
    bom: str = ""
    head: str = ""

    def lines(self) -> Iterator[Line]:
        for block in self.blocks:
            yield from block.lines


Now = dict[str, list[str]]


def written(file: File, now: Now) -> bytes:
    """The file with other words in the place of its own; by no other means than its parts."""
    is_srt = file.name.endswith("srt")
    text, number = file.head, count(3)
    for at, block in enumerate(file.blocks):
        lines = [line for turn in _turns(block, now) for line in _written_turn(turn, now)]
        if block.lines and not lines:
            continue
        if block.note:
            text += f"{block.note}\n\n"
            continue
        head = f"{next(number)}\n" if is_srt else block.above
        sign = "," if is_srt else "."
        times = f"00:00:{at:02}{sign}000 --> 00:00:{at:02}{sign}900{block.settings}"
        body = block.opening + "\n".join(lines) + block.closing
        text += f"{head}{times}\n{body}" + "\n" * (1 + block.blanks)
    return (file.bom + text.replace("\n", file.newline)).encode()


def _turns(block: Block, now: Now) -> Iterator[list[Line]]:
    """The lines of each speaker of whom any word is left."""
    turns: list[list[Line]] = []
    for line in block.lines:
        if line.is_turn or not turns:
            turns.append([])
        turns[-1].append(line)
    for turn in turns:
        if any(now[word] for line in turn for group in line.groups for word in group.words):
            yield turn


def _written_turn(turn: Sequence[Line], now: Now) -> Iterator[str]:
    """A mark without words stays for the words in the line below."""
    mark, closing = "", ""
    for line in turn:
        mark += line.mark
        groups = [_written_group(group, now) for group in line.groups]
        if shown := " ".join(filter(None, groups)):
            yield mark + shown + closing + line.closing
            mark = closing = ""


def _written_group(group: Group, now: Now) -> str:
    words = [word for was in group.words for word in now[was]]
    return group.opening + " ".join(words) + group.closing if words else ""


TAGS = [("", ""), ("", ""), ("<i>", "</i>"), ("<b><u>", "</u></b>")]
SRT_TAGS = [*TAGS, ('<font color="#ffff00">', "</font>")]
VTT_TAGS = [*TAGS, ("<c.yellow.bg_black>", "</c>"), ("<lang fr>", "</lang>")]
VOICES = [("", ""), ("<v Ana Ruiz>", ""), ("<v.loud Ben>", "")]
CLOSED = [("<v Ana Ruiz>", "</v>"), ("<v.loud Ben>", "</v>")]
DASHES = [("", ""), ("- ", ""), ("- BEN: ", "")]
LABELS = [("", ""), ("ANA: ", ""), ("BEN: ", "")]
NOTES = ["NOTE words that nobody says", "NOTE\nmore of them\n<i>in two lines"]


@st.composite
def files(draw: st.DrawFn) -> File:
    """A file of captions in which each word is another."""
    is_srt = draw(st.booleans())
    numbers = count()
    tags = st.sampled_from(SRT_TAGS if is_srt else VTT_TAGS)
    mark = st.sampled_from(
        draw(st.sampled_from([DASHES, LABELS, *[VOICES, CLOSED] * (not is_srt)]))
    )
    has_turns = draw(st.booleans())

    def words() -> tuple[str, ...]:
        ends = draw(st.lists(st.sampled_from(["", ",", ".", "’s"]), min_size=1, max_size=4))
        return tuple(f"w{next(numbers)}{end}" for end in ends)

    def line(at: int, is_marked: bool) -> Line:
        groups = [Group(words(), *draw(tags)) for _ in range(draw(st.integers(1, 3)))]
        opening, closing = draw(mark) if is_marked else ("", "")
        if at and not opening:
            return Line(tuple(groups))
        return Line(tuple(groups), opening, closing, is_turn=bool(opening))

    def block() -> Block:
        if not is_srt and draw(st.integers(0, 4)) == 0:
            return Block(note=draw(st.sampled_from(NOTES)))
        first = line(0, has_turns)
        others = draw(st.integers(0, 2))
        lines = (first, *(line(1 + at, bool(first.mark)) for at in range(others)))
        settings = draw(st.sampled_from(["", " X1:3 Y1:4" if is_srt else " line:0 align:start"]))
        above = draw(st.sampled_from(["", "name\n"]))
        opening, closing = ("", "")
        if not has_turns:
            opening, closing = draw(tags)
            opening = draw(st.sampled_from(["", "{\\an8}"])) * is_srt + opening
        blanks = draw(st.integers(1, 2)) if is_srt else 1
        return Block(lines, settings, above, opening, closing, blanks)

    blocks = tuple(block() for _ in range(draw(st.integers(1, 5))))
    style = draw(st.sampled_from(["", "STYLE\n::cue { color: red }\n\n"]))
    return File(
        "a.srt" if is_srt else "a.vtt",
        blocks,
        draw(st.sampled_from(["\n", "\r\n"])),
        draw(st.sampled_from(["", "\ufeff"])),
        "" if is_srt else f"WEBVTT - title\n\n{style}",
    )


@st.composite
def edits(draw: st.DrawFn, file: File) -> Now:
    """Words removed one by one, whole tails and lines of them; others changed, some added."""
    lines = [[word for group in line.groups for word in group.words] for line in file.lines()]
    gone = set[str]()
    for words in lines:
        how = draw(st.integers(0, 5))
        if how == 0:
            gone.update(words)
        elif how == 1:
            gone.update(words[draw(st.integers(0, len(words))) :])
        elif how == 2:
            gone.update(word for word in words if draw(st.booleans()))
    now = {}
    every = [word for words in lines for word in words]
    for above, word, below in zip(["", *every], every, [*every[1:], ""], strict=False):
        now[word] = [] if word in gone else [word]
        is_settled = now.get(above, []) == [above] and not gone & {word, below}
        if is_settled and draw(st.integers(0, 4)) == 0:
            is_inside = any(word in words[:-1] for words in lines)
            more = [f"x{word}", f"y{word}"] if draw(st.booleans()) or not is_inside else [word, "z"]
            now[word] = more[: 2 if is_inside else 1]
    return now


def edited(
    transcript: Transcript, now: Now, *, joins: bool, cuts: Callable[[], bool]
) -> Transcript:
    """The transcript with other words, and its segments by chance joined or cut."""
    groups: list[list[str]] = []
    for segment in transcript.segments:
        if not groups or not (joins and cuts()):
            groups.append([])
        for word in segment.words:
            if not joins and groups[-1] and cuts():
                groups.append([])
            groups[-1] += now[word.text]
    words = count()
    return Transcript(
        tuple(
            Segment(str(at), " ".join(group), tuple(_word(text, next(words)) for text in group))
            for at, group in enumerate(groups)
        )
    )


def _word(text: str, number: int) -> Word:
    return Word(text, 100 * number, 100 * number + 90)


@examples(150)
@given(st.data())
def test_whatever_words_go_or_come_every_other_byte_stays(data: st.DataObject) -> None:
    file = data.draw(files())
    now = data.draw(edits(file))
    before = written(file, {word: [word] for word in now})
    transcript, _ = transcript_of(read(before, file.name), file.name)
    assert [word.text for word in transcript.words()] == list(now)
    are_cut = data.draw(st.booleans())
    after = edited(
        transcript,
        now,
        joins=data.draw(st.booleans()),
        cuts=lambda: are_cut and data.draw(st.integers(0, 9)) == 9,
    )
    if not any(after.words()):
        return
    result = export_original(before, file.name, None, after)
    assert result.decode() == written(file, now).decode()
    said = [word.text for word in transcript_of(read(result, file.name), file.name)[0].words()]
    assert said == [word.text for word in after.words()]
