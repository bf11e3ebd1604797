"""Word times from Whisper's attention, sharper than faster-whisper's own. Extends faster-whisper.

The attention of a token says where it is said; a token that is a whole word says little about
where the word begins. So the words are given to the decoder once more, each as a space, its first
letter and its rest: it begins where the space or the letter is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray

from editor.asr.forced.word import AlignedWord, ForcedAligner
from editor.document import is_unspaced, split_words

_FRAMES_PER_S = 50
#: What `align` takes at once.
_MOST_TOKENS = 440
_MEDIAN_WIDTH = 3
#: So many wordings are compared where the first one is doubtful.
_WIDE_BEAM = 5

#: A result of decoding, its log probability, its temperature, and how far it can be compressed.
_Text = tuple[Any, float, float, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far to trust the two moments of a model, in s.

    A word begins at the jump to its space, but at most `lead_s` before its first letter (None: the
    space alone counts), and then `late_s` earlier, by which the model is late.
    """

    lead_s: float | None
    late_s: float


#: By `python -m tests.bench.calibrate MODEL FOLDER`; how late, by hand-labelled words. Other models
#: are taken to be like those of their family.
CALIBRATIONS = {"base": Calibration(0.10, 0.0), "tiny.en": Calibration(None, 0.08)}


def calibration_of(model: str, *, is_multilingual: bool) -> Calibration:
    """The calibration of a model by its name in the catalogue; its family's where not measured."""
    return CALIBRATIONS.get(model) or CALIBRATIONS["base" if is_multilingual else "tiny.en"]


class TimedWhisper(WhisperModel):  # type: ignore[misc]  # faster-whisper has no types
    """faster-whisper with better times for the words it recognises."""

    calibration = CALIBRATIONS["base"]

    def find_alignment(
        self,
        tokenizer: Any,
        text_tokens: list[list[int]],
        encoder_output: Any,
        num_frames: int,
        median_filter_width: int = 7,
    ) -> list[list[dict[str, Any]]]:
        """The words of each text with `start` and `end` in s and their `probability`."""
        found: list[list[dict[str, Any]]] = super().find_alignment(
            tokenizer, text_tokens, encoder_output, num_frames, median_filter_width
        )
        for words in found:
            parts = [part for word in words for part in _as_written(word)]
            texts = [part["word"] for part in parts]
            tokens, places = _tokens_of(tokenizer, _set_apart(texts))
            if len(tokens) > _MOST_TOKENS:
                tokens, places = _tokens_of(tokenizer, texts)
            if not parts or len(tokens) > _MOST_TOKENS:
                continue
            words[:] = parts
            (aligned,) = self.model.align(
                encoder_output,
                tokenizer.sot_sequence,
                [tokens],
                num_frames,
                median_filter_width=_MEDIAN_WIDTH,
            )
            moments = _moments(aligned.alignments, num_frames, len(tokens))
            # Recognition goes on where the last word ends: there its own time stands.
            last_end = words[-1]["end"]
            for word, times in zip(words, self._times(moments, places), strict=True):
                word["start"], word["end"] = times
            words[-1]["end"] = max(last_end, words[-1]["start"])
        return found

    def generate_with_fallback(
        self, encoder_output: Any, prompt: list[int], tokenizer: Tokenizer, options: Any
    ) -> _Text:
        """The likeliest text, sought more widely where it is doubtful; chance has no part in it."""
        found: _Text = super().generate_with_fallback(encoder_output, prompt, tokenizer, options)
        if options.log_prob_threshold is None or not _is_doubtful(found, options):
            return found
        options = replace(options, beam_size=_WIDE_BEAM)
        wider: _Text = super().generate_with_fallback(encoder_output, prompt, tokenizer, options)
        return wider if wider[1] > found[1] or not _is_doubtful(wider, options) else found

    def forced_aligner(self, samples: NDArray[np.float32], language: str) -> ForcedAligner:
        """A function that finds where words are said in at most 30 s of sound, and how likely so.

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. The sound is encoded here, once for all
        it is asked about.
        """
        tokenizer = Tokenizer(
            self.hf_tokenizer, self.model.is_multilingual, task="transcribe", language=language
        )
        features = self.feature_extractor(samples)
        num_frames = min(features.shape[-1], self.feature_extractor.nb_max_frames)
        encoded = self.encode(pad_or_trim(features, self.feature_extractor.nb_max_frames))

        def force_align(words: Sequence[str]) -> list[AlignedWord]:
            plain = [tokenizer.encode(f" {word}") for word in words]
            tokens, places = _tokens_of(tokenizer, [f" {word}" for word in words])
            if not words or len(tokens) > _MOST_TOKENS:
                return []
            sot = tokenizer.sot_sequence
            (timed,) = self.model.align(
                encoded, sot, [tokens], num_frames, median_filter_width=_MEDIAN_WIDTH
            )
            (likely,) = self.model.align(
                encoded, sot, [[t for word in plain for t in word]], num_frames
            )
            times = self._times(_moments(timed.alignments, num_frames, len(tokens)), places)
            logs = iter(np.log(np.maximum(likely.text_token_probs, 1e-9)))
            worst = [min(next(logs) for _ in word) for word in plain]
            return [
                AlignedWord(round(start * 1000), round(end * 1000), float(log))
                for (start, end), log in zip(times, worst, strict=True)
            ]

        return force_align

    def _times(
        self, moments: Sequence[float], places: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[float, float]]:
        lead_s, late_s = self.calibration.lead_s, self.calibration.late_s
        starts = []
        for space, letter in places:
            start = moments[space]
            if lead_s is not None:
                start = max(start, moments[letter] - lead_s)
            starts.append(max(0.0, start - late_s))
        ends = [*(max(0.0, moments[space] - late_s) for space, _ in places[1:]), moments[-1]]
        for start, end in zip(starts, ends, strict=True):
            yield start, max(start, end)


def _is_doubtful(found: _Text, options: Any) -> bool:
    """Whether a text repeats itself more than most, or is unlikely and not for lack of speech."""
    result, log_probability, _, compression = found
    is_unlikely = log_probability < float(options.log_prob_threshold)
    if is_unlikely and result.no_speech_prob > options.no_speech_threshold:
        return False
    return is_unlikely or compression > float(options.compression_ratio_threshold)


def _as_written(word: dict[str, Any]) -> list[dict[str, Any]]:
    """A word of several graphemes in a script written without spaces as one for each of them.

    Its tokens are those of the last, since faster-whisper counts them until a segment is full.

    >>> [(part["word"], part["tokens"]) for part in _as_written({"word": " 手机", "tokens": [7]})]
    [(' 手', []), ('机', [7])]
    """
    texts = split_words(word["word"])
    if len(texts) < 2:
        return [word]
    space = " " * word["word"].startswith(" ")
    parts = [{**word, "word": text, "tokens": []} for text in (space + texts[0], *texts[1:])]
    parts[-1]["tokens"] = word["tokens"]
    return parts


def _set_apart(words: Sequence[str]) -> list[str]:
    """The words, those of a text in a script written without spaces with a space before each.

    The moment of a space says better where a word begins than that of its first letter.

    >>> _set_apart(["今", "3", "。"]), _set_apart(["Well", " then"])
    ([' 今', ' 3', '。'], ['Well', ' then'])
    """
    if not any(map(is_unspaced, words)):
        return list(words)
    return [f" {word.lstrip()}" if any(map(str.isalnum, word)) else word for word in words]


def _tokens_of(tokenizer: Any, words: Sequence[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """The tokens of words, and for each word where its space and its first letter stand."""
    tokens: list[int] = []
    places = []
    for word in words:
        text = word.removeprefix(" ")
        space = len(tokens)
        if text != word:
            tokens += tokenizer.encode(" ")
        places.append((space, len(tokens) if text else space))
        tokens += tokenizer.encode(text[:1])
        tokens += tokenizer.encode(text[1:]) if text[1:] else []
    return tokens, places


def _moments(
    alignments: Sequence[tuple[int, int]], num_frames: int, token_count: int
) -> list[float]:
    """When each token begins, in s, and when the last one ends: `token_count` + 1 moments."""
    pairs = np.asarray(alignments)
    jumps = np.diff(pairs[:, 0], prepend=-1) > 0
    moments = [float(frame) / _FRAMES_PER_S for frame in pairs[jumps, 1]]
    end = num_frames / (2 * _FRAMES_PER_S)
    return (moments + [end] * (token_count + 1))[: token_count + 1]
