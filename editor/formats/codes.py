"""Coded passages: what is said under each code, when and by whom, as a table and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from editor.document import Segment, join_lines, word_offsets
from editor.formats.publication import Publication
from editor.formats.table_columns import harmless
from editor.timecode import timestamp_from_ms

_COLUMNS = ("code", "start", "end", "speaker", "text", "note")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a row under a code, of one or more segments in order; `notes` are theirs."""

    code: str
    start_ms: int
    end_ms: int
    speakers: tuple[str, ...]
    texts: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def text(self) -> str:
        """What is said in it, on one line."""
        return join_lines(self.texts)


def passages_of(segments: Iterable[Segment]) -> list[Passage]:
    """The coded passages of segments, by when they begin, then by code.

    One goes on over the end of a segment, not over a word without its code.
    """
    found, open_ = list[Passage](), dict[str, Passage]()
    for segment in segments:
        if not segment.words:
            continue
        runs = list(_runs(segment))
        for code in open_.keys() - {code for code, first, _ in runs if first == 0}:
            found.append(open_.pop(code))
        for code, first, end in runs:
            passage = _passage(segment, code, first, end)
            if first == 0 and code in open_:
                passage = _joined(open_.pop(code), passage)
            if end == len(segment.words):
                open_[code] = passage
            else:
                found.append(passage)
    found += open_.values()
    return sorted(found, key=lambda passage: (passage.start_ms, passage.code))


def _runs(segment: Segment) -> Iterator[tuple[str, int, int]]:
    """Each code with words [first, end) in a row that have it."""
    begun = dict[str, int]()
    for at, codes in enumerate([*(word.codes for word in segment.words), ()]):
        for code in [code for code in begun if code not in codes]:
            yield code, begun.pop(code), at
        for code in codes:
            begun.setdefault(code, at)


def _passage(segment: Segment, code: str, first: int, end: int) -> Passage:
    words = segment.words[first:end]
    places = list(word_offsets(segment.text, (word.text for word in segment.words)))
    last_text, last_at = places[end - 1]
    return Passage(
        code,
        words[0].start_ms,
        max(word.end_ms for word in words),
        (segment.speaker,) if segment.speaker else (),
        (segment.text[places[first][1] : last_at + len(last_text)],),
        (segment.note,) if segment.note else (),
    )


def _joined(first: Passage, second: Passage) -> Passage:
    return replace(
        first,
        end_ms=max(first.end_ms, second.end_ms),
        speakers=tuple(dict.fromkeys([*first.speakers, *second.speakers])),
        texts=first.texts + second.texts,
        notes=first.notes + second.notes,
    )


def write_csv(publication: Publication) -> str:
    """Write a row for each passage under a code."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for each in passages_of(publication.segments):
        start, end = timestamp_from_ms(each.start_ms), timestamp_from_ms(each.end_ms)
        cells = (each.code, start, end, ", ".join(each.speakers), each.text, "\n".join(each.notes))
        rows.writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def write_json(publication: Publication) -> str:
    """Write the codes with how often each was given, and the passages in order."""
    passages = passages_of(publication.segments)
    counts = dict[str, int]()
    for each in passages:
        counts[each.code] = counts.get(each.code, 0) + 1
    written = {
        "title": publication.title,
        "recording": publication.media.name,
        "codes": [{"code": code, "passages": count} for code, count in sorted(counts.items())],
        "passages": [
            {
                "code": each.code,
                "start_ms": each.start_ms,
                "end_ms": each.end_ms,
                "speakers": each.speakers,
                "text": each.text,
                "notes": each.notes,
            }
            for each in passages
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"
