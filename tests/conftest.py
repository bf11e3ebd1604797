"""What every test stands on: no model hub, no settings of the person who runs the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Read when huggingface_hub is imported, so it must be set before any room is.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


@pytest.fixture(autouse=True, scope="session")
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the settings and data of the person who runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("TRANSCRIPT_EDITOR_")]:
        del os.environ[name]
    folder = tmp_path_factory.mktemp("data")
    os.environ["TRANSCRIPT_EDITOR_DATA"] = str(folder)
    return folder
