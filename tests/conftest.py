"""What tests stand on: no model hub, no settings of the person who runs them, a store."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from editor.jobs import Queue
from editor.store import Store
from tests.support import chance  # noqa: F401 - sets how random tests are random
from tests.support.clock import Clock
from tests.support.fresh import fresh_store
from tests.support.order import long_first
from tests.support.servers import Bucket, Postgres, running_postgres, running_redis, running_s3

# Read when huggingface_hub is imported, which no room does before it is needed.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


# Of what is imported for the tests nothing is garbage; to look for it again and again takes long.
gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if beside := getattr(config, "workerinput", None):
        items[:] = long_first(items, beside["workercount"])


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the settings and data of the person who runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("TRANSCRIPT_EDITOR_")]:
        del os.environ[name]
    folder = tmp_path_factory.mktemp("data")
    os.environ["TRANSCRIPT_EDITOR_DATA"] = str(folder)
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = fresh_store(f"sqlite:///{tmp_path / 'transcripts.db'}", clock=clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture(scope="session")
def s3() -> Iterator[dict[str, str]]:
    with running_s3() as environ:
        yield environ


@pytest.fixture
def bucket(s3: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """A bucket of its own, to which this process's environment leads."""
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    name = f"b{uuid.uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=name)
    return Bucket(f"s3://{name}/texts", s3)


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    opened = Queue(tmp_path / "queue.db")
    yield opened
    opened.close()
