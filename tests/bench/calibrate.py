"""Run as `python -m tests.bench.calibrate MODEL [FOLDER]`: how a model hears where words begin.

Prints for each lead (see `editor.asr.word_times`) how far starts spread on one half of the
speech, and for the best of them how far on the other half and how late they are. FOLDER holds
recordings as for `make bench`; lateness should come from hand-labelled ones, since a synthetic
voice counts a word from another moment than a hand does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from editor import media
from editor.align import link_spoken, split_as_written
from editor.asr import load_recogniser
from editor.asr.recogniser import Recogniser
from editor.asr.word_times import Calibration
from editor.config import Settings
from editor.document import RecognisedWord
from tests.bench.listening import Case, Quiet, cases_of

LEADS_S = (None, 0.06, 0.08, 0.1, 0.12, 0.15)


def errors_ms(case: Case, recogniser: Recogniser) -> list[int]:
    """How far the words that were heard right begin from where they do."""
    recognised: list[RecognisedWord] = []
    for number, (start_ms, end_ms) in enumerate(case.prepared.chunks):
        samples = media.read_samples(case.prepared.pcm_path, start_ms, end_ms)
        recognised += recogniser.recognise(samples, language="en", start_ms=start_ms, chunk=number)
    pieces = split_as_written(recognised)
    return [
        pieces[link.recognised_first].start_ms - true
        for link in link_spoken(case.texts, case.spoken, pieces)
        if link.kind == "equal" and (true := case.starts_ms[link.written_first]) is not None
    ]


def spread(errors: list[int]) -> float:
    """Mean distance from the median, in ms."""
    middle = median(errors)
    return sum(abs(error - middle) for error in errors) / len(errors)


def main() -> None:
    model = sys.argv[1]
    speech = Path(sys.argv[2]) if sys.argv[2:] and sys.argv[2] else None
    recogniser = load_recogniser(Settings.from_env({}), model, Quiet())
    with tempfile.TemporaryDirectory() as folder:
        cases = [case for case in cases_of(speech, Path(folder)) if case.name != "in babble"]
        halves: dict[float | None, tuple[list[int], list[int]]] = {}
        for lead_s in LEADS_S:
            recogniser.calibrate(Calibration(lead_s, 0.0))
            errors = [error for case in cases for error in errors_ms(case, recogniser)]
            halves[lead_s] = (errors[::2], errors[1::2])
            print(f"{model}, lead {lead_s}: spread {spread(errors[::2]):.0f} ms", flush=True)
        best = min(LEADS_S, key=lambda lead_s: spread(halves[lead_s][0]))
        other = halves[best][1]
        print(
            f"{model}: lead {best}; the other half: spread {spread(other):.0f} ms, "
            f"late by {median(other):.0f} ms"
        )


if __name__ == "__main__":
    main()
