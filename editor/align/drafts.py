"""From lines as read from a file to segments whose words have times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from editor.align.drift import drift_of
from editor.align.graphemes import split_as_written, with_whole_groups
from editor.align.match import Link, link_spoken
from editor.align.normalise import comparable, weight
from editor.align.overlaps import lines_in_order, lines_of, with_overlaps
from editor.align.place import Interval, in_order, lasting, place_words, spread
from editor.align.report import Coverage, coverage_of
from editor.align.runs import trusted_runs
from editor.document import (
    MIN_WORD_MS,
    DraftSegment,
    RecognisedWord,
    Segment,
    Word,
    ends_sentence,
    split_words,
    spoken_words,
)

#: Nobody speaks slower for long: what a text takes until the next known time at most.
_MOST_MS_A_LETTER = 150


def segments_from_drafts(
    drafts: Sequence[DraftSegment], *, duration_ms: int, new_id: Callable[[], str]
) -> list[Segment]:
    """Give drafts first times: the file's own, else their share of the recording's length.

    A draft with a start and no end begins about there: it and those behind it share the time until
    the next start.
    """
    shares = _shares(drafts, max(duration_ms, 1))
    return [
        Segment(
            new_id(),
            draft.text,
            words,
            speaker=draft.speaker,
            kind=draft.kind,
            new_turn=draft.new_turn,
            reviewed=draft.reviewed,
            note=draft.note,
        )
        for draft, words in zip(drafts, _lines_in_order(drafts, shares), strict=True)
    ]


def _shares(drafts: Sequence[DraftSegment], duration_ms: int) -> list[Interval]:
    weights = [sum(weight(word) for word in split_words(d.text)) or 1 for d in drafts]
    if all(draft.start_ms is None or draft.end_ms is not None for draft in drafts):
        return spread(weights, [(0, duration_ms)]) if drafts else []
    known = [n for n, draft in enumerate(drafts) if draft.start_ms is not None]
    starts = [0, *accumulate((drafts[n].start_ms or 0 for n in known), max)]
    shares: list[Interval] = []
    for first, end, start_ms, next_ms in zip(
        [0, *known], [*known, len(drafts)], starts, [*starts[1:], None], strict=True
    ):
        some = weights[first:end]
        longest_ms = round(_MOST_MS_A_LETTER * sum(some))
        if next_ms is None:
            is_within = duration_ms > start_ms
            next_ms = (
                min(start_ms + longest_ms, duration_ms) if is_within else start_ms + longest_ms
            )
        if some:
            stop_ms = min(next_ms, start_ms + longest_ms) if first else next_ms
            shares += spread(some, [(start_ms, max(stop_ms, start_ms + 1))])
    return shares


def segments_from_recognised(
    recognised: Sequence[RecognisedWord], *, new_id: Callable[[], str], names: Sequence[str] = ()
) -> list[Segment]:
    """What was recognised as a text of its own: a line for each sentence or breath.

    Where each person was recognised alone, lines are their turns; `names` are what they are called.
    """
    segments, line = [], list[RecognisedWord]()
    said_by: str | None = None
    for number, word in enumerate(recognised, start=1):
        line.append(word)
        following = recognised[number] if number < len(recognised) else None
        is_pause = following is None or following.start_ms - word.end_ms > 700
        is_turn = following is not None and following.voice not in (None, word.voice)
        is_sentence = ends_sentence(word.text) and len(line) >= 4
        if is_pause or is_turn or is_sentence or len(line) >= 24:
            segment = _recognised_segment(line, new_id())
            speaker = next((names[n] for one in line if (n := one.voice) is not None), None)
            if speaker is not None:
                segment = replace(segment, speaker=speaker, new_turn=speaker != said_by)
                said_by = speaker
            segments.append(segment)
            line = []
    return segments


def timed_segments(
    segments: Sequence[Segment],
    recognised: Sequence[RecognisedWord],
    *,
    duration_ms: int,
    silences: Sequence[Interval],
    imported_ms: Sequence[int | None] | None = None,
) -> tuple[list[Segment], Coverage]:
    """Give every word of the text its time by what was recognised; locked words keep theirs.

    `imported_ms` holds the start that each word had in its file, as `imported_starts` gives it;
    without it, those of the words that still have their imported time are taken.
    """
    old, spoken = spoken_words(segments)
    texts = [word.text for word in old]
    parts = split_as_written(recognised)
    links = link_spoken(texts, spoken, parts)
    words = place_words(
        texts, spoken, links, parts, start_ms=0, end_ms=duration_ms, silences=silences
    )
    if imported_ms is None:
        imported_ms = [word.start_ms if word.origin == "imported" else None for word in old]
    lines = lines_of(segments)
    drift = drift_of(_caption_starts(lines, spoken, words, links, imported_ms))
    coverage = coverage_of(words, spoken, links, parts, drift=drift, lines=lines)
    words = with_whole_groups(words)
    words = [
        o if o.locked else replace(new, struck=o.struck, codes=o.codes, ends_line=o.ends_line)
        for o, new in zip(old, words, strict=True)
    ]
    timed = with_overlaps(old, words, lines, imported_ms, drift)
    return [replace(s, words=own) for s, own in zip(segments, timed, strict=True)], coverage


def imported_starts(
    drafts: Sequence[DraftSegment], segments: Sequence[Segment]
) -> list[int | None]:
    """For each word of the segments, its start in the file they came from, if it has one there.

    The text may have been edited since: words are found again in order.
    """
    lines = _lines_in_order(drafts, [(0, 1)] * len(drafts))
    timed = [word for words in lines for word in words]
    before = [comparable(word.text) for word in timed]
    now = [comparable(word.text) for segment in segments for word in segment.words]
    starts: list[int | None] = [None] * len(now)
    for i, j, length in trusted_runs(before, now):
        for k in range(length):
            if timed[i + k].origin == "imported":
                starts[j + k] = timed[i + k].start_ms
    return starts


def _lines_in_order(
    drafts: Sequence[DraftSegment], shares: Sequence[Interval]
) -> list[tuple[Word, ...]]:
    """The words of each draft, whose starts never decrease through the text.

    The words of a caption that is still shown when the next one begins stand before that, and the
    last of them lasts as long as the caption.
    """
    lines = [words_of_draft(draft, share) for draft, share in zip(drafts, shares, strict=True)]
    following: int | None = None
    for number in reversed(range(len(drafts))):
        words, draft = lines[number], drafts[number]
        if not words or draft.start_ms is None:
            continue
        if following is not None and words[0].start_ms <= following < words[-1].end_ms:
            lines[number] = _put_before(following, draft, words)
        following = words[0].start_ms
    return lines_in_order(lines)


def _put_before(following_ms: int, draft: DraftSegment, words: Sequence[Word]) -> list[Word]:
    """The words of a draft, none of which begins after the next draft; the last keeps its end."""
    end_ms = words[-1].end_ms
    if not draft.words and not draft.word_times_ms:
        words = words_of_draft(replace(draft, end_ms=following_ms), (0, 1))
    early = in_order(
        word if word.start_ms <= following_ms else replace(word, start_ms=following_ms)
        for word in words
    )
    return [*early[:-1], replace(early[-1], end_ms=max(end_ms, early[-1].end_ms))]


def _caption_starts(
    lines: Sequence[range],
    spoken: Sequence[bool],
    words: Sequence[Word],
    links: Sequence[Link],
    imported_ms: Sequence[int | None],
) -> list[tuple[int, int]]:
    """(imported, recognised) start of each line whose first spoken word is sure.

    Words inside a caption have no times of their own in most files.
    """
    sure = {link.written_first for link in links if link.kind == "equal"}
    pairs = []
    for line in lines:
        first = next((i for i in line if spoken[i]), None)
        if first is not None and first in sure and (start := imported_ms[first]) is not None:
            pairs.append((start, words[first].start_ms))
    return pairs


def words_of_draft(draft: DraftSegment, share: Interval) -> list[Word]:
    """The words of a draft with the file's times, or, where it has none, with a `share`."""
    words = _placed_words(draft, share)
    for end in draft.line_ends:
        words[end] = replace(words[end], ends_line=True)
    return words


def _placed_words(draft: DraftSegment, share: Interval) -> list[Word]:
    texts = split_words(draft.text)
    if draft.words:
        return list(draft.words)
    if len(draft.word_times_ms) == len(texts) and texts:
        times: Sequence[Interval] = draft.word_times_ms
    elif draft.start_ms is not None and draft.end_ms is not None and texts:
        span = (draft.start_ms, max(draft.end_ms, draft.start_ms + 1))
        times = spread([weight(text) for text in texts], [span])
    else:
        placed = spread([weight(text) for text in texts], [share]) if texts else []
        return [
            Word(text, a, max(b, a + MIN_WORD_MS))
            for text, (a, b) in zip(texts, placed, strict=True)
        ]
    return [
        Word(text, a, b, "imported") for text, (a, b) in zip(texts, lasting(times), strict=True)
    ]


def _recognised_segment(line: Sequence[RecognisedWord], segment_id: str) -> Segment:
    words = []
    for recognised in line:
        texts = split_words(recognised.text)
        times = spread([weight(text) for text in texts], [(recognised.start_ms, recognised.end_ms)])
        words += [
            Word(
                text,
                a,
                max(b, a + 20),
                "placed" if recognised.is_guessed else "heard",
                recognised.probability,
                recognised_ids=(recognised.id,),
                aligner=recognised.aligner,
            )
            for text, (a, b) in zip(texts, times, strict=True)
        ]
    return Segment(
        segment_id, " ".join(recognised.text for recognised in line), tuple(in_order(words))
    )
