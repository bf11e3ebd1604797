"""Keeps the model used last for a while: loading it takes longer than a short alignment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from editor.asr.prepare import Progress, load_recogniser
from editor.asr.recogniser import Recogniser
from editor.config import Settings

IDLE_S = 300.0


class ModelCache:
    """Holds one loaded model at most, and lets it go when it was not used for `idle_s`."""

    def __init__(self, settings: Settings, *, idle_s: float = IDLE_S) -> None:
        self._settings = settings
        self._idle_s = idle_s
        self._using = threading.Lock()
        self._loaded: tuple[str, Recogniser] | None = None
        self._timer: threading.Timer | None = None

    @contextmanager
    def recogniser(self, model: str, progress: Progress) -> Iterator[Recogniser]:
        """The model, loaded where it is not kept; one user at a time."""
        with self._using:
            if self._timer:
                self._timer.cancel()
            if self._loaded is None or self._loaded[0] != model:
                self._loaded = None
                self._loaded = (model, load_recogniser(self._settings, model, progress))
            try:
                yield self._loaded[1]
            finally:
                self._timer = threading.Timer(self._idle_s, self._unload)
                self._timer.daemon = True
                self._timer.start()

    @property
    def is_loaded(self) -> bool:
        """Whether a model is in memory."""
        return self._loaded is not None

    def _unload(self) -> None:
        with self._using:
            self._loaded = None
