"""Spans of a recording as files, so that a crash costs no more than the chunk at work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from editor.atomic import written_whole
from editor.diarization.networks import VOICE_SIZE
from editor.diarization.voice_spans import VoiceSpan

_ENDING = ".npz"


def save_voice_spans(folder: Path, number: int, spans: Sequence[VoiceSpan]) -> None:
    """Save the spans of the chunk of this number."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = [(p.start_ms, p.end_ms, p.slot, p.alone_ms, p.is_telephone) for p in spans]
    voices = [span.voice for span in spans]
    with written_whole(folder / f"{number}{_ENDING}") as file:
        np.savez(
            file,
            facts=np.array(facts, np.int64).reshape(-1, 5),
            voices=np.array(voices, np.float32).reshape(-1, VOICE_SIZE),
        )


def saved_voice_spans(folder: Path) -> dict[int, list[VoiceSpan]]:
    """The spans that were saved, by chunk; a file that is damaged counts for none."""
    found = dict[int, list[VoiceSpan]]()
    for path in folder.glob(f"*{_ENDING}"):
        try:
            with np.load(path, allow_pickle=False) as saved:
                facts, voices = saved["facts"].tolist(), saved["voices"]
        except (OSError, ValueError, KeyError, BadZipFile):
            continue
        found[int(path.stem)] = [
            VoiceSpan(start_ms, end_ms, slot, alone_ms, voice, bool(is_telephone))
            for (start_ms, end_ms, slot, alone_ms, is_telephone), voice in zip(
                facts, voices, strict=True
            )
        ]
    return found
