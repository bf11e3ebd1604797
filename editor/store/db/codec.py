"""Segments and words as compact JSON lists and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from editor.document import ALIGNERS, ORIGINS, RecognisedWord, Segment, Word
from editor.edits import Splice

_ORIGIN_INDEX = {origin: index for index, origin in enumerate(ORIGINS)}
#: What is left out at the end of a recognised word.
_UNTOLD: list[Any] = ["", 0, None, 0]
_ALIGNER_INDEX = {aligner: index for index, aligner in enumerate(ALIGNERS)}


def list_from_words(words: Iterable[Word]) -> list[Any]:
    """Each word as [text, start_ms, end_ms, origin index, confidence, locked 0|1, heard ids].

    The index of its aligner, or null, 1 if it is struck out, its codes, and 1 if it ends a line
    follow as far as they tell more.
    """
    return [
        [
            word.text,
            word.start_ms,
            word.end_ms,
            _ORIGIN_INDEX[word.origin],
            word.confidence,
            int(word.locked),
            word.recognised_ids,
            *_further(word),
        ]
        for word in words
    ]


def words_from_list(items: Iterable[Any]) -> tuple[Word, ...]:
    """The inverse of `list_from_words`."""
    return tuple(
        Word(
            text,
            start,
            end,
            ORIGINS[origin],
            confidence,
            bool(locked),
            tuple(recognised),
            ALIGNERS[further[0]] if further and further[0] is not None else None,
            struck=len(further) > 1 and bool(further[1]),
            codes=tuple(further[2]) if len(further) > 2 else (),
            ends_line=len(further) > 3 and bool(further[3]),
        )
        for text, start, end, origin, confidence, locked, recognised, *further in items
    )


def _further(word: Word) -> list[Any]:
    aligner = _ALIGNER_INDEX[word.aligner] if word.aligner else None
    if word.ends_line:
        return [aligner, int(word.struck), word.codes, 1]
    if word.codes:
        return [aligner, int(word.struck), word.codes]
    if word.struck:
        return [aligner, 1]
    return [] if aligner is None else [aligner]


def list_from_recognised(words: Iterable[RecognisedWord]) -> list[Any]:
    """Each recognised word as [id, text, start_ms, end_ms, probability, language, aligner's index,
    voice, 1 if its time is guessed].

    Of the last four, those at the end are left out that say nothing: "", 0 (Whisper's attention),
    no voice, and a time that was found.
    """
    return [
        [word.id, word.text, word.start_ms, word.end_ms, word.probability, *_told(word)]
        for word in words
    ]


def _told(word: RecognisedWord) -> list[Any]:
    told = [word.language, _ALIGNER_INDEX[word.aligner], word.voice, int(word.is_guessed)]
    while told and told[-1] == _UNTOLD[len(told) - 1]:
        del told[-1]
    return told


def recognised_from_list(items: Iterable[Any], piece: int) -> list[RecognisedWord]:
    """The inverse of `list_from_recognised`."""
    words = []
    for number, text, start, end, probability, *told in items:
        known: list[Any] = list(told) + _UNTOLD[len(told) :]
        language, aligner, voice, is_guessed = known
        words.append(
            RecognisedWord(
                number,
                text,
                start,
                end,
                probability,
                piece,
                language,
                ALIGNERS[aligner],
                voice,
                bool(is_guessed),
            )
        )
    return words


def columns_from_segment(segment: Segment) -> dict[str, Any]:
    """The segment as column values, all but its transcript, place and seq."""
    return {
        "id": segment.id,
        "revision": segment.revision,
        "speaker": segment.speaker,
        "kind": segment.kind,
        "new_turn": segment.new_turn,
        "reviewed": segment.reviewed,
        "text": segment.text,
        "note": segment.note,
        "words": list_from_words(segment.words),
        "released": list_from_words(segment.released),
    }


def segment_from_columns(columns: Any) -> Segment:
    """The inverse of `columns_from_segment`; takes any mapping of column values."""
    return Segment(
        columns["id"],
        columns["text"],
        words_from_list(columns["words"]),
        columns["speaker"],
        columns["kind"],
        columns["new_turn"],
        columns["reviewed"],
        columns["revision"],
        words_from_list(columns["released"]),
        # Steps of the history from before there were notes have none.
        columns.get("note", ""),
    )


def list_from_splices(splices: Iterable[Splice]) -> list[Any]:
    """Each splice as [after id, removed segments, inserted segments]."""
    return [
        [
            splice.after_id,
            [columns_from_segment(segment) for segment in splice.removed],
            [columns_from_segment(segment) for segment in splice.inserted],
        ]
        for splice in splices
    ]


def splices_from_list(items: Iterable[Any]) -> tuple[Splice, ...]:
    """The inverse of `list_from_splices`."""
    return tuple(
        Splice(
            after_id,
            tuple(segment_from_columns(columns) for columns in removed),
            tuple(segment_from_columns(columns) for columns in inserted),
        )
        for after_id, removed, inserted in items
    )
