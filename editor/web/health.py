"""Whether the server lives and whether it can work, for what watches over it."""

from __future__ import annotations

PROBES = {"/healthz", "/readyz"}
