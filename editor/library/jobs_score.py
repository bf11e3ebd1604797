"""After recognition: how likely the words in doubt are, so that doubts get a score."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from editor.asr import Prepared, Progress, as_recognised, score_words
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord, Word, spoken_words
from editor.library.soundings import soundings
from editor.review import Evidence, Told, WordScores
from editor.store import Store


def listen_for_doubts(
    store: Store,
    transcript_id: str,
    recognition: str,
    prepared: Prepared,
    recogniser: Recogniser,
    *,
    language: str,
    terms: Sequence[str] = (),
    progress: Progress,
) -> None:
    """Tell how likely the words are that were recognised otherwise, both ways, chunk by chunk.

    And which of the `terms` of the glossary was said where something else is written. Pieces that
    were listened to before are left out, and so are those without a doubt.
    """
    segments = [stored.segment for stored in store.segments(transcript_id)]
    recognised = store.recognised_words(transcript_id, recognition=recognition)
    words, spoken = spoken_words(segments)
    evidence = Evidence(words, spoken, recognised)
    written_in_doubt, recognised_in_doubt = _in_doubt(evidence)
    starts = [word.start_ms for word in words]
    by_chunk: dict[int, list[RecognisedWord]] = {}
    for word in recognised:
        by_chunk.setdefault(word.chunk, []).append(word)
    done = store.scored_chunks(transcript_id, recognition)
    for number, (start_ms, end_ms) in enumerate(prepared.chunks):
        progress.checkpoint()
        progress.report(start_ms / max(1, prepared.duration_ms), "listen")
        if number in done:
            continue
        inside = range(bisect_left(starts, start_ms), bisect_left(starts, end_ms))
        written = [(index, words[index]) for index in inside if spoken[index]]
        said = by_chunk.get(number, [])
        in_doubt = (
            {n for n, (index, _) in enumerate(written) if index in written_in_doubt},
            {n for n, word in enumerate(said) if word.id in recognised_in_doubt},
        )
        written_logs, recognised_logs = score_words(
            prepared,
            recogniser,
            [[as_recognised(word) for _, word in written], said],
            in_doubt=in_doubt,
            language=language,
            progress=progress,
        )
        spans = [span for span in evidence.spans if span.first in inside]
        scores = WordScores(
            _by_text((written[n][1], written_logs[n]) for n in sorted(in_doubt[0])),
            {
                said[n].id: round(log, 3)
                for n in sorted(in_doubt[1])
                if (log := recognised_logs[n]) is not None
            },
            soundings(evidence, spans, terms, prepared, language=language, progress=progress),
        )
        progress.checkpoint()
        store.save_word_scores(transcript_id, recognition, number, start_ms, end_ms, scores)


def _in_doubt(evidence: Evidence) -> tuple[set[int], set[int]]:
    """The numbers of the written and the ids of the recognised words that say different things."""
    differing = [span for span in evidence.spans if not span.agrees]
    return (
        {index for span in differing for index in range(span.first, span.end)},
        {
            word.id
            for span in differing
            for word in evidence.recognised[span.recognised_first : span.recognised_end]
        },
    )


def _by_text(told: Iterable[tuple[Word, float | None]]) -> dict[str, tuple[Told, ...]]:
    found: dict[str, tuple[Told, ...]] = {}
    for word, log in told:
        if log is not None:
            one = (word.start_ms, word.end_ms, round(log, 3))
            found[word.text] = (*found.get(word.text, ()), one)
    return found
