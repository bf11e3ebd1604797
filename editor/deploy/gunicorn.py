"""Gunicorn's settings: `gunicorn -c python:editor.deploy.gunicorn`.

Whatever imports the app's metrics must come after the variable that is set here.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

from editor.config import Settings
from editor.logs import ending_told

with ending_told(2):
    _settings = Settings.from_env(os.environ)
_metrics = _settings.data_dir / "metrics"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_metrics)

wsgi_app = "editor.deploy.wsgi:app()"
_host = f"[{_settings.host}]" if ":" in _settings.host else _settings.host
bind = f"{_host}:{_settings.port}"
worker_class = "gthread"
workers = _settings.processes
# Each event stream holds a thread.
threads = 32
timeout = 120
graceful_timeout = 10
# It would lie in a home folder, which a service has none of.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Begin with counts of nothing: those of an earlier run would never go down."""
    shutil.rmtree(_metrics, ignore_errors=True)
    with ending_told(2):
        _metrics.mkdir(parents=True)


def worker_int(worker: Any) -> None:
    """End the event streams, which would hold up the end of the process."""
    worker.wsgi.extensions["transcript-editor-streams"].stop()


def worker_exit(server: Any, worker: Any) -> None:
    """Close what the process holds, where it came to hold anything."""
    if hasattr(worker, "wsgi"):
        worker.wsgi.extensions["transcript-editor"].store.close()
