"""Samples -> recognised words. Owns faster-whisper; models are loaded when first needed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval
from editor.asr.confirmed import with_drowned_confirmed, with_guesses
from editor.asr.device import Device, loaded
from editor.asr.forced.ctc import CtcAligner
from editor.asr.forced.phone_aligner import PhoneAligner, phone_aligner
from editor.asr.forced.pocketsphinx import PocketSphinxAligner, is_installed
from editor.asr.forced.windows import Aligner, times_by
from editor.asr.forced.word import ForcedAligner
from editor.asr.refine import with_aligned_times
from editor.asr.vad import SAMPLES_PER_MS, VoiceInterval, voice_intervals, voices_in
from editor.document import MIN_WORD_MS, AlignerName, RecognisedWord

if TYPE_CHECKING:
    from editor.asr.word_times import Calibration

Times = list[Interval | None]

#: More than anyone says in one chunk; ids of a chunk begin at its number times this.
MAX_CHUNK_WORDS = 10_000
#: How sound without a voice is recognised: what is no speech by the model's own word is left out.
_IF_SPEECH = {"no_speech_threshold": 0.5, "log_prob_threshold": None}
_FEW_WORKERS, _MANY_THREADS = 2, 8


class Recogniser:
    """A loaded model; `name` is its name in the catalogue, by which its times are calibrated.

    `device` is "auto" (a GPU where one works), "cpu" or "cuda"; `threads` 0 means all cores. As
    many chunks as there are `workers` can be recognised at the same time, in threads of the caller.
    `ctc_dir` holds a CTC model, the forced aligner for all that it can spell.

    Raises:
        GpuUnusable: "cuda" is asked for and does not work.
        ModelUnavailable: there is no CTC model in `ctc_dir`.
    """

    workers: int
    device: Device

    def __init__(
        self,
        model_dir: Path,
        *,
        name: str = "",
        device: str = "auto",
        threads: int = 0,
        ctc_dir: Path | None = None,
    ) -> None:
        # Slow to import, and not needed where nothing is recognised.
        from editor.asr.word_times import TimedWhisper, calibration_of

        self._ctc = CtcAligner(ctc_dir) if ctc_dir else None
        threads = threads or os.cpu_count() or 1

        def load(on: Device) -> TimedWhisper:
            workers = _workers(on, threads)
            return TimedWhisper(
                str(model_dir),
                device=on,
                compute_type="int8" if on == "cpu" else "auto",
                cpu_threads=threads // workers,
                num_workers=workers,
            )

        self._model: Any
        self._model, self.device = loaded(device, load)
        self.workers = _workers(self.device, threads)
        is_multilingual = bool(self._model.model.is_multilingual)
        self.calibrate(calibration_of(name, is_multilingual=is_multilingual))

    def calibrate(self, calibration: Calibration) -> None:
        """Time words by this calibration from now on."""
        self._model.calibration = calibration

    def language_of(self, samples: NDArray[np.float32]) -> str:
        """The language code (ISO 639-1) of speech: float32 (n,), mono, 16 kHz, in [-1, 1]."""
        return self.likely_language(samples)[0]

    def likely_language(self, samples: NDArray[np.float32]) -> tuple[str, float]:
        """The language code of speech, as in `language_of`, and its probability."""
        if not self._model.model.is_multilingual:
            return "en", 1.0
        language, probability, _ = self._model.detect_language(samples)
        return str(language), float(probability)

    def recognise(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        start_ms: int,
        chunk: int,
        hotwords: str | None = None,
    ) -> Iterator[RecognisedWord]:
        """Recognise one chunk that begins at `start_ms` of the media; words as they are recognised.

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. Ids rise from chunk to chunk. `hotwords`
        are names and terms to expect; of very many the first.
        """
        count, last_start = chunk * MAX_CHUNK_WORDS, start_ms
        for interval, word in self._words_in(samples, language, hotwords):
            from_ms = start_ms + interval.start_ms
            start = max(last_start, from_ms + round(word.start * 1000))
            end = max(start + MIN_WORD_MS, from_ms + round(word.end * 1000))
            text = word.word.strip()
            if text:
                yield RecognisedWord(
                    count, text, start, end, round(float(word.probability), 3), chunk
                )
                count, last_start = count + 1, start

    def _words_in(
        self, samples: NDArray[np.float32], language: str, hotwords: str | None
    ) -> Iterator[tuple[VoiceInterval, Any]]:
        """The words as faster-whisper has them, each with the interval that it is timed in.

        Where no voice was found, recognition must find speech itself, or what it makes of silence,
        noise and music is left out; names to expect would be all that it makes of them.
        """
        for interval in voice_intervals(samples):
            part = samples[interval.start_ms * SAMPLES_PER_MS : interval.end_ms * SAMPLES_PER_MS]
            if not part.any():
                continue
            asked = {"hotwords": hotwords} if interval.has_voice else _IF_SPEECH
            segments, _ = self._model.transcribe(
                part,
                language=language,
                beam_size=1,
                word_timestamps=True,
                condition_on_previous_text=False,
                vad_filter=False,
                temperature=0.0,
                **asked,
            )
            for segment in segments:
                for word in segment.words or ():
                    yield interval, word

    def voices_in(self, samples: NDArray[np.float32]) -> list[Interval]:
        """Where voices are, in ms from the first of `samples`, which are as in `recognise`."""
        return voices_in(samples)

    def forced_aligner(self, samples: NDArray[np.float32], *, language: str) -> ForcedAligner:
        """A function that finds where words are said in at most 30 s of sound, and how likely so.

        `samples` as in `recognise`; times count from the first one. It can be asked about several
        wordings, and gives an empty list where the words are too many.
        """
        force_align: ForcedAligner = self._model.forced_aligner(samples, language)
        return force_align

    def refine_times(
        self,
        samples: NDArray[np.float32],
        recognised: Sequence[RecognisedWord],
        *,
        language: str,
        start_ms: int,
        silences: Sequence[Interval],
    ) -> list[RecognisedWord]:
        """Give the words of a chunk sharper times, by the forced aligners that know them.

        `samples` as in `recognise`; `silences` (start_ms, end_ms) of the media, sorted. Words in
        languages that no aligner knows just end where a silence begins.
        """

        def times_of(aligner: Aligner | None, asked: Sequence[RecognisedWord]) -> Times:
            if aligner is None:
                return [None] * len(asked)
            return times_by(
                aligner,
                samples,
                asked,
                start_ms=start_ms,
                silences=silences,
                is_halved=not isinstance(aligner, PhoneAligner),
            )

        if self._ctc and self._ctc.can_spell([word.text for word in recognised]):
            return with_aligned_times(
                recognised,
                times_of(self._ctc, recognised),
                aligners=["ctc"] * len(recognised),
                silences=silences,
            )
        times: Times = [None] * len(recognised)
        aligners: list[AlignerName] = ["attention"] * len(recognised)
        drowned = [False] * len(recognised)
        codes = [word.language or language for word in recognised]
        for code in sorted(set(codes)):
            known = [n for n, its in enumerate(codes) if its == code]
            words = [recognised[n] for n in known]
            by_phones = phone_aligner(code)
            found = times_of(by_phones or (self._pocketsphinx if code == "en" else None), words)
            is_drowned = [False] * len(words)
            if by_phones:
                found, is_drowned = with_drowned_confirmed(
                    found,
                    samples,
                    words,
                    by_phones.align_near,
                    partial(self.forced_aligner, language=code),
                    start_ms=start_ms,
                    silences=silences,
                )
            for n, time, is_lost in zip(known, found, is_drowned, strict=True):
                times[n], drowned[n] = time, is_lost
                aligners[n] = "phones" if by_phones else "pocketsphinx"
        timed = with_aligned_times(recognised, times, aligners=aligners, silences=silences)
        end_ms = start_ms + len(samples) // SAMPLES_PER_MS
        return with_guesses(timed, drowned, start_ms=start_ms, end_ms=end_ms, silences=silences)

    @cached_property
    def _pocketsphinx(self) -> PocketSphinxAligner | None:
        return PocketSphinxAligner() if is_installed() else None


def _workers(device: Device, threads: int) -> int:
    """How many chunks to recognise at once: decoding one keeps a core busy, but hardly a second.

    Nor does it keep a GPU busy; more than two gained nothing on an H100.
    """
    if device == "cuda":
        return _FEW_WORKERS
    return min(threads, _FEW_WORKERS if threads < _MANY_THREADS else 2 * _FEW_WORKERS)
