"""Recognition of each person alone, where each has a channel or track of the recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from editor.align.crosstalk import in_one_order
from editor.align.place import outside
from editor.asr.chunk import Chunk, merged, with_refined_times
from editor.asr.from_forced import numbered
from editor.asr.prepare import OwnSound, Prepared
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord


def recognised_apart(
    prepared: Prepared, number: int, language: str, recognise: Callable[[Prepared], Chunk]
) -> Chunk:
    """A chunk with the words of one person after the other, each with its voice.

    `recognise` gives the words of the chunk in the sound of one person.
    """
    start_ms, end_ms = prepared.chunks[number]
    words, heard = list[RecognisedWord](), list[tuple[int, int]]()
    for voice, own in enumerate(prepared.own_sounds):
        spans = own.spans_in(start_ms, end_ms)
        heard += spans
        if spans:
            alone = recognise(_alone(prepared, own))
            words += [replace(word, voice=voice) for word in alone.words if own.says(word)]
    voiceless = outside(merged(heard), (start_ms, end_ms))
    return Chunk(number, start_ms, end_ms, language, words, voiceless)


def in_one_order_refined(chunk: Chunk, prepared: Prepared, recogniser: Recogniser) -> Chunk:
    """The words of a chunk in one order, with the sharper times that each person's sound gives."""
    people = []
    for voice, own in enumerate(prepared.own_sounds):
        words = [word for word in chunk.words if word.voice == voice]
        alone = replace(chunk, words=numbered(words, chunk.number))
        people.append(with_refined_times(alone, _alone(prepared, own), recogniser) if words else [])
    return replace(chunk, words=numbered(in_one_order(people), chunk.number))


def _alone(prepared: Prepared, own: OwnSound) -> Prepared:
    return replace(prepared, pcm_path=own.pcm_path, silences=own.silences, own_sounds=())
