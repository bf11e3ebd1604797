"""A trusted text found by its phones alone: no recognition, no model of hundreds of megabytes.

The phones of the whole recording are recognised once. Anchors (`forced.phone_anchors`) say roughly
what of the text is said where, and between them each word is found or left out
(`forced.phone_search`). What is not said is never found: an unsaid paragraph, a verse written more
often than sung, the half that stands in another place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp
from statistics import mean

import numpy as np

from editor.align.place import in_order
from editor.asr.chunk import Chunk
from editor.asr.forced.phone_aligner import intervals_of
from editor.asr.forced.phone_anchors import Anchor, anchors_of, classes_of
from editor.asr.forced.phone_path import PhoneSpan, found_words
from editor.asr.forced.phone_search import searched_words
from editor.asr.forced.phone_trust import believed_words, usual_fit
from editor.asr.forced.phones import phone_network
from editor.asr.forced.pronunciations import Phones, can_be_said, pronouncer
from editor.asr.from_forced import numbered
from editor.asr.heard_phones import HEARD_SHARE, Heard, heard_phones
from editor.asr.prepare import DECODE_SHARE, RECOGNISE_SHARE, Prepared, Progress
from editor.asr.refine import ended_by_silences
from editor.asr.text_language import languages_of_words
from editor.document import RecognisedWord, ends_sentence

#: A window between two anchors has at least so many frames, and at most so many states of words in
#: frames (5 bytes each).
_LEAST_FRAMES, _MOST_CELLS = 500, 12_000_000
#: So many words are looked for from each edge of a larger window; so much sound for each of them.
_MOST_WORDS, _FRAMES_A_WORD = 120, 40
#: Of the phones of the text or of the speech, whichever are fewer, so many are found if it can be
#: trusted.
_LEAST_FOUND = 0.4
#: Fewer are enough where long runs of them fit as well as speech that the network hears well.
_SURE_FIT = -0.6
#: What is found fits better than this on the whole: -1.1 in languages that the network hears badly,
#: -1.5 and worse under voices that are as loud. English fits at -0.6 and better, at -0.9 where one
#: other voice is as loud, of whose words many are taken for the text's.
_LEAST_MEAN_FIT, _LEAST_IN_ENGLISH = -1.3, -0.75
#: So few words left out between others are said if they have so many frames a phone.
_MOST_FILLED, _ROOM_FRAMES = 3, (3, 15)
#: Where there is more room, they fit no more than so much worse than others do.
_WORSE_APART = 0.5
_CHUNK_WORDS = 100
#: A cut lies so many frames before the first phone of the word behind it.
_BEFORE_FRAMES = 3


Search = Callable[..., list[PhoneSpan | None]]


def chunks_by_phones(
    prepared: Prepared,
    texts: Sequence[str],
    *,
    language: str,
    done: Sequence[RecognisedWord] = (),
    progress: Progress,
) -> list[Chunk] | None:
    """The words of a text that are said behind what is `done`, as chunks that are numbered on.

    Whatever is done, all of the text is looked for in all of the recording, so that who goes on
    finds the rest as if nothing had been between.
    Sentences in another language are found by how they sound in that, and their words carry it.
    None where `language` cannot be said, or too little of the text is found in too much speech.
    """
    network = phone_network()
    if network is None or not can_be_said(language):
        return None
    languages = languages_of_words(texts, language, can_be=can_be_said)
    said = _said(texts, languages)
    heard = heard_phones(prepared, network, said, progress)
    found = _all_found(heard, said, progress)
    progress.checkpoint()
    spans = _filled(believed_words(found, said, heard.frames), said, texts, heard)
    if not _is_enough(spans, said, heard, language):
        return None
    progress.checkpoint()
    foreign = ["" if code == language else code for code in languages]
    recognised = _recognised(texts, foreign, spans, prepared)
    if done:
        last_ms = max(word.start_ms for word in done)
        recognised = [word for word in recognised if word.start_ms > last_ms]
    first_number = max((word.chunk + 1 for word in done), default=0)
    chunks: list[Chunk] = []
    settled_ms = max((word.end_ms for word in done), default=0)
    for first in range(0, len(recognised), _CHUNK_WORDS):
        number = first_number + len(chunks)
        part = numbered(recognised[first : first + _CHUNK_WORDS], number)
        rest = recognised[first + _CHUNK_WORDS :]
        end_ms = max(rest[0].start_ms if rest else prepared.duration_ms, settled_ms + 1)
        chunks.append(Chunk(number, settled_ms, end_ms, language, part))
        settled_ms = end_ms
    return chunks


def _is_enough(
    spans: Sequence[PhoneSpan | None],
    said: Sequence[Sequence[Phones]],
    heard: Heard,
    language: str,
) -> bool:
    """Whether so much is found, or some so surely, that the rest of the text is not said."""
    found = sum(len(ways[0]) for span, ways in zip(spans, said, strict=True) if span)
    sayable = min(len(heard.phones), sum(len(ways[0]) for ways in said if ways))
    least = _LEAST_IN_ENGLISH if language == "en" else _LEAST_MEAN_FIT
    if not found or mean(span.fit for span in spans if span) < least:
        return False
    usual = usual_fit(spans, said, heard.frames)
    return found >= _LEAST_FOUND * sayable or (usual is not None and usual >= _SURE_FIT)


def _said(texts: Sequence[str], languages: Sequence[str]) -> list[list[Phones]]:
    """The ways to say each word in its language, all of which can be said."""
    said: list[list[Phones]] = [[] for _ in texts]
    for code in sorted(set(languages)):
        own = [n for n, its in enumerate(languages) if its == code]
        if words := pronouncer(code):
            for n, ways in zip(own, words.ways([texts[n] for n in own]), strict=True):
                said[n] = ways
    return said


def _all_found(
    heard: Heard,
    said: Sequence[Sequence[Phones]],
    progress: Progress,
) -> list[PhoneSpan | None]:
    """The words found in all that was heard, window by window."""
    cuts = _cuts(_anchors(heard, said, progress), said, heard)
    cuts = [(0, 0), *cuts, (len(said), heard.frame_count)]
    spans: list[PhoneSpan | None] = []
    for (first, frame), (end, end_frame) in pairwise(cuts):
        progress.checkpoint()
        share = HEARD_SHARE + (1 - HEARD_SHARE) * frame / max(1, cuts[-1][1])
        progress.report(DECODE_SHARE + RECOGNISE_SHARE * share, "align")
        found = _found(heard, said[first:end], frame, end_frame)
        spans += [_moved(span, frame) for span in found]
    return spans


def _anchors(heard: Heard, said: Sequence[Sequence[Phones]], progress: Progress) -> list[Anchor]:
    classes = classes_of(heard.network.tokens)
    text = [phone for ways in said for phone in (ways[0] if ways else ())]
    return anchors_of(classes[np.array(text, np.int64)], classes[heard.phones], progress.checkpoint)


def _cuts(
    anchors: Sequence[Anchor], said: Sequence[Sequence[Phones]], heard: Heard
) -> list[tuple[int, int]]:
    """Words of anchors and the frames before which nothing of them is said."""
    word_at = {}
    place = 0
    for word, ways in enumerate(said):
        if ways:
            word_at[place] = word
            place += len(ways[0])
    cuts: list[tuple[int, int]] = []
    last_frame = 0
    for anchor in anchors:
        for written, said_at in anchor.places:
            frame = int(heard.frames[said_at]) - _BEFORE_FRAMES
            if written in word_at and frame - last_frame >= _LEAST_FRAMES:
                cuts.append((word_at[written], frame))
                last_frame = frame
    return cuts


def _found(
    heard: Heard,
    said: Sequence[Sequence[Phones]],
    first: int,
    end: int,
) -> list[PhoneSpan | None]:
    """The words that are said in frames [first, end); their frames count from `first`."""
    states = sum(2 * len(phones) + 1 for ways in said for phones in ways)
    if (end - first) * states <= _MOST_CELLS or len(said) < 2:
        return _searched(heard, said, first, min(end, first + _MOST_CELLS // max(1, states)))
    # Too much for one search: what is near both edges. Nothing between holds an anchor.
    half = len(said) // 2
    words = min(half, _MOST_WORDS)
    frames = min((end - first) // 2, _FRAMES_A_WORD * words)
    head = _searched(heard, said[:words], first, first + frames)
    tail = _searched(heard, said[len(said) - words :], end - frames, end)
    between: list[PhoneSpan | None] = [None] * (len(said) - 2 * words)
    return [*head, *between, *(_moved(span, end - frames - first) for span in tail)]


def _searched(
    heard: Heard,
    said: Sequence[Sequence[Phones]],
    first: int,
    end: int,
    search: Search = searched_words,
) -> list[PhoneSpan | None]:
    network = heard.network
    used = {phone for ways in said for phones in ways for phone in phones}
    wanted = sorted(used | {network.blank, network.boundary})
    columns = {token: column for column, token in enumerate(wanted)}
    return search(
        heard.between(first, end, wanted),
        [[[columns[phone] for phone in phones] for phones in ways] for ways in said],
        blank=columns[network.blank],
        boundary=columns[network.boundary],
    )


def _moved(span: PhoneSpan | None, frames: int) -> PhoneSpan | None:
    if span is None:
        return None
    before = None if span.before is None else span.before + frames
    return replace(span, first=span.first + frames, end=span.end + frames, before=before)


def _filled(
    spans: Sequence[PhoneSpan | None],
    said: Sequence[Sequence[Phones]],
    texts: Sequence[str],
    heard: Heard,
) -> list[PhoneSpan | None]:
    """The words found, and of those left out the few for whose phones there is room beside others.

    They are said, but not as they are written, or the network hears them badly. Where there is
    more room than for them, they are said beside what they belong to or not found.
    """
    filled = list(spans)
    usual = usual_fit(spans, said, heard.frames) or 0.0
    words = [n for n, ways in enumerate(said) if ways]
    places = [at for at, n in enumerate(words) if spans[n]]
    for left, right in pairwise([-1, *places, len(words)] if places else ()):
        missing = words[left + 1 : right]
        before = spans[words[left]] if left >= 0 else None
        after = spans[words[right]] if right < len(words) else None
        if not 0 < len(missing) <= _MOST_FILLED:
            continue
        phones = sum(len(said[n][0]) for n in missing)
        first = before.end if before else 0
        end = after.first if after else heard.frame_count
        least, most = (frames * phones for frames in _ROOM_FRAMES)
        if end - first < least:
            continue
        is_wide = end - first > most
        if is_wide and (not before or (after and ends_sentence(texts[missing[0] - 1]))):
            first = end - most
        elif is_wide:
            end = first + most
        found = _searched(heard, [said[n] for n in missing], first, end, found_words)
        fits = [span.fit for span in found if span]
        if is_wide and (not fits or mean(fits) < usual - _WORSE_APART):
            continue
        for n, span in zip(missing, found, strict=True):
            filled[n] = _moved(span, first)
    return filled


def _recognised(
    texts: Sequence[str],
    languages: Sequence[str],
    spans: Sequence[PhoneSpan | None],
    prepared: Prepared,
) -> list[RecognisedWord]:
    known = [
        (text, code, span) for text, code, span in zip(texts, languages, spans, strict=True) if span
    ]
    times = intervals_of([span for _, _, span in known])
    words = [
        RecognisedWord(
            0, text, start, end, round(exp(span.fit), 3), language=code, aligner="phones"
        )
        for (text, code, span), (start, end) in zip(known, times, strict=True)
    ]
    return ended_by_silences(in_order(words), prepared.silences)
