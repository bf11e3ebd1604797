"""Which language is spoken in a recording: from sound with speech in it, or from its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.asr.prepare import Prepared, Progress
from editor.asr.recogniser import Recogniser

#: So much sound shows a language ...
_WINDOW_MS = 30_000
#: ... if so much of it is speech.
_LEAST_SPEECH_MS = 5_000
#: Where nobody speaks no language is spoken; recognition wants one all the same.
_NONE = "en"
#: Short words that make up a large part of any text in a language, and hardly of one in others.
_COMMON = {
    "en": "the and of to that is was you it with for this are have not they",
    "de": "der die und das ist nicht ich ein eine zu mit den auf sich dem auch",
    "fr": "le les et des est une que je pas pour dans vous du il elle avec ce",
    "es": "el los que y las una por con para lo como está pero más muy",
    "it": "il di che è la non per una sono gli della ha con più anche",
    "pt": "o que não do uma os para com em da você mais isso são ao",
    "nl": "het een van en ik dat niet zijn op voor met hij maar aan er",
}
#: A text is in the language of which this share of its words is, and twice as many as of the next.
_LEAST_COMMON = 0.12


def language_from(
    start_ms: int, *, prepared: Prepared, recogniser: Recogniser, progress: Progress
) -> str:
    """The language (ISO 639-1) of the first speech from a place on, whatever sounds before it."""
    best_ms, spoken = 0, None
    at_ms = start_ms
    while at_ms < prepared.duration_ms:
        progress.checkpoint()
        samples = _sound(prepared, at_ms)
        found = recogniser.voices_in(samples)
        if found and found[0][0] > 0:
            samples = _sound(prepared, at_ms + found[0][0])
            found = recogniser.voices_in(samples)
        speech_ms = sum(end - start for start, end in found)
        if speech_ms > best_ms:
            best_ms, spoken = speech_ms, samples
        if best_ms >= _LEAST_SPEECH_MS:
            break
        at_ms += _WINDOW_MS
    return _NONE if spoken is None else recogniser.language_of(spoken)


def language_of_text(texts: Sequence[str]) -> str | None:
    """The language (ISO 639-1) of written words by the commonest of them; None where unsure.

    >>> language_of_text("Der Hund und die Katze sind nicht im Haus .".split())
    'de'
    >>> language_of_text(["Yes."]) is None
    True
    """
    times = Counter(text.casefold().strip(".,;:!?\"'") for text in texts)
    found = {code: sum(times[word] for word in common.split()) for code, common in _COMMON.items()}
    best, second = sorted(found, key=lambda code: -found[code])[:2]
    is_sure = found[best] >= max(2, 2 * found[second], _LEAST_COMMON * times.total())
    return best if is_sure else None


def _sound(prepared: Prepared, at_ms: int) -> NDArray[np.float32]:
    end_ms = min(at_ms + _WINDOW_MS, prepared.duration_ms)
    return media.read_samples(prepared.pcm_path, at_ms, end_ms)
