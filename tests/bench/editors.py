"""Simulated editors who save for a minute: `python -m tests.bench.editors [SECONDS]`.

Each adds a mark of its own to a segment, every fourth time to one of a few that all fight for, with
a second of thought between. Whoever meets a conflict takes the text that is there and adds to it,
as a person would. Afterwards each acknowledged mark is looked for in the history and in the text.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from editor.accounts import Accounts
from editor.document import Segment, Word
from editor.store import Store, open_store
from tests.support.segments import put_segments
from tests.support.servers import free_port, running_postgres
from tests.support.stand_in import CHEAP

Row = tuple[str, str]

EDITORS = 200
#: Fewer, who save beside others that ask for a recording and hardly read it.
FEW_EDITORS = 30
SLOW_READERS = 32
CLIENT_PROCESSES = 2
TRANSCRIPTS = 10
SEGMENTS = 200
#: Segments of a transcript that all its editors fight for, and how often.
CONTESTED = 5
CONTESTED_SHARE = 0.25
THOUGHT_S = 1.0
#: Segments of a long transcript, and places in it that one person corrects while others type.
LONG = 7200
PLACES = 1200
TYPISTS = 5
CORRECTING_S = 20
WORDS = ("so", "every", "single", "day", "counts")


@dataclass
class Tally:
    """What editors saw; `saved` is (transcript, segment, mark) of all that was acknowledged."""

    saved: list[tuple[str, str, str]] = field(default_factory=list)
    waits_ms: list[float] = field(default_factory=list)
    conflicts: int = 0
    put_off: int = 0
    errors: list[str] = field(default_factory=list)


class Editor:
    """One person at one transcript, with a connection of their own."""

    def __init__(self, number: int, port: int, token: str, transcript_id: str) -> None:
        self._number, self._port, self._token = number, port, token
        self._transcript_id = transcript_id
        self._known: dict[str, tuple[int, str]] = {}
        self._random = random.Random(number)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def work(self, until_s: float, tally: Tally) -> None:
        """Save until the time is over."""
        try:
            time.sleep(self._random.random() * THOUGHT_S)
            count = 0
            while time.monotonic() < until_s:
                count += 1
                self._save(f"e{self._number}-{count}", tally)
                time.sleep(self._random.uniform(0.5, 1.5) * THOUGHT_S)
        except Exception as error:
            tally.errors.append(f"{type(error).__name__}: {error}")
        finally:
            self._connection.close()

    def _save(self, mark: str, tally: Tally) -> None:
        is_contested = self._random.random() < CONTESTED_SHARE
        segment_id = f"s{self._random.randrange(CONTESTED if is_contested else SEGMENTS)}"
        began_s = time.monotonic()
        while True:
            revision, text = self._known.get(segment_id, (1, " ".join(WORDS)))
            edit = {
                "kind": "text",
                "segment_id": segment_id,
                "base_revision": revision,
                "text": f"{text} {mark}",
                "edit_id": f"{mark}-{revision}",
            }
            status, answer = self._post(edit)
            if status == 503:
                tally.put_off += 1
                continue
            if status != 409:
                break
            tally.conflicts += 1
            current = answer["current"]
            self._known[segment_id] = (current["revision"], current["text"])
        assert status == 200, answer
        tally.waits_ms.append(1000 * (time.monotonic() - began_s))
        tally.saved.append((self._transcript_id, segment_id, mark))
        for segment in answer["segments"]:
            self._known[segment["id"]] = (segment["revision"], segment["text"])

    def _post(self, edit: Mapping[str, object]) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        address = f"/api/transcripts/{self._transcript_id}/edits"
        while True:
            try:
                self._connection.request("POST", address, json.dumps(edit), headers)
                answer = self._connection.getresponse()
                return answer.status, json.loads(answer.read())
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # An idle connection was closed; the edit's id makes sending twice harmless.
                self._connection.close()


def edit_for(
    seconds: float, numbers: Sequence[int], port: int, token: str, ids: Sequence[str]
) -> Tally:
    """What one process's share of the editors saw."""
    editors = [Editor(number, port, token, ids[number % len(ids)]) for number in numbers]
    tallies = [Tally() for _ in editors]
    until_s = time.monotonic() + seconds
    threads = [
        Thread(target=editor.work, args=(until_s, tally))
        for editor, tally in zip(editors, tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return joined(tallies)


def joined(tallies: Sequence[Tally]) -> Tally:
    """Several tallies as one."""
    return Tally(
        [one for tally in tallies for one in tally.saved],
        [one for tally in tallies for one in tally.waits_ms],
        sum(tally.conflicts for tally in tallies),
        sum(tally.put_off for tally in tallies),
        [one for tally in tallies for one in tally.errors],
    )


def prepared(database_url: str) -> tuple[list[str], str]:
    """The ids of fresh transcripts, and a token to edit them with."""
    store = open_store(database_url)
    ids = [_new_transcript(store) for _ in range(TRANSCRIPTS)]
    accounts = Accounts(store, hasher=CHEAP)
    accounts.add("Ann", "editor", "correct horse")
    token = accounts.add_token("Ann", "bench")
    store.close()
    return ids, token


def _new_transcript(store: Store, count: int = SEGMENTS) -> str:
    transcript_id = store.create_transcript(title="Talk", media_name="t.mp3", model="base").id
    segments = []
    for number in range(count):
        starts = [number * 3000 + 500 * index for index in range(len(WORDS))]
        words = tuple(
            Word(word, start_ms, start_ms + 400, "heard", 0.9)
            for word, start_ms in zip(WORDS, starts, strict=True)
        )
        segments.append(Segment(f"s{number}", " ".join(WORDS), words))
    put_segments(store, transcript_id, segments)
    return transcript_id


def missing(database_url: str, saved: Sequence[tuple[str, str, str]]) -> tuple[int, int]:
    """How many acknowledged marks the history lacks, and how many the text lacks."""
    store = open_store(database_url)
    texts: dict[tuple[str, str], list[str]] = {}
    pasts: dict[tuple[str, str], set[str]] = {}
    for transcript_id in {transcript_id for transcript_id, _, _ in saved}:
        for stored in store.segments(transcript_id):
            texts[transcript_id, stored.segment.id] = stored.segment.text.split()
        for revision in store.revisions(transcript_id, limit=10**6):
            for splice in revision.change.splices:
                for segment in splice.inserted:
                    past = pasts.setdefault((transcript_id, segment.id), set())
                    past.update(segment.text.split())
    store.close()
    lost = sum(mark not in pasts.get((one, segment_id), ()) for one, segment_id, mark in saved)
    unseen = sum(mark not in texts[one, segment_id] for one, segment_id, mark in saved)
    return lost, unseen


@contextmanager
def serving(
    command: Sequence[str], environ: Mapping[str, str], port: int
) -> Iterator[dict[str, float]]:
    """A server that answers; afterwards `cpu_s` has the seconds its processes worked."""
    cost: dict[str, float] = {}
    process = subprocess.Popen([sys.executable, "-m", *command], env={**os.environ, **environ})
    try:
        while not _is_ready(port):
            assert process.poll() is None, "the server ended"
            time.sleep(0.1)
        yield cost
    finally:
        process.terminate()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        cost["cpu_s"] = usage.ru_utime + usage.ru_stime


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def slow_readers(port: int, token: str, transcript_id: str, count: int) -> Iterator[None]:
    """Clients that ask for a whole recording and read none of it."""
    asked = (
        f"GET /api/transcripts/{transcript_id}/media HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {token}\r\nRange: bytes=0-\r\n\r\n"
    )
    with ExitStack() as open_ones:
        for _ in range(count):
            reader = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
            reader.sendall(asked.encode())
            assert reader.recv(12) == b"HTTP/1.1 206"
        yield


def _bring_recording(database_url: str, data_dir: Path, transcript_id: str) -> None:
    name = f"media/{transcript_id}/original.wav"
    path = data_dir / name
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    store = open_store(database_url)
    store.update_transcript(transcript_id, media_path=name)
    store.close()


def figures(
    name: str,
    command: Sequence[str],
    database_url: str,
    seconds: float,
    *,
    editors: int = EDITORS,
    readers: int = 0,
) -> Row:
    """A minute of editing on one database, beside so many slow readers of a recording."""
    ids, token = prepared(database_url)
    port = free_port()
    with TemporaryDirectory() as folder:
        _bring_recording(database_url, Path(folder), ids[0])
        named = {"DATA": folder, "DATABASE_URL": database_url, "PORT": str(port), "LOGIN": "1"}
        environ = {f"TRANSCRIPT_EDITOR_{key}": value for key, value in named.items()}
        with (
            serving(command, environ, port) as cost,
            slow_readers(port, token, ids[0], readers),
            get_context("spawn").Pool(CLIENT_PROCESSES) as pool,
        ):
            shares = [range(editors)[first::CLIENT_PROCESSES] for first in range(CLIENT_PROCESSES)]
            calls = [(seconds, share, port, token, ids) for share in shares]
            seen = joined(pool.starmap(edit_for, calls))
    lost, unseen = missing(database_url, seen.saved)
    assert not seen.errors, seen.errors[:3]
    waits = sorted(seen.waits_ms)
    p50, p95 = (waits[int(share * len(waits))] for share in (0.5, 0.95))
    return name, (
        f"{len(waits) / seconds:.0f} saves/s, p50 {p50:.0f} ms, p95 {p95:.0f} ms, "
        f"{1000 * cost['cpu_s'] / len(waits):.0f} ms of server CPU each, "
        f"{seen.conflicts} conflicts, {seen.put_off} put off, "
        f"{lost} lost, {unseen} overwritten unseen"
    )


def correction_row() -> Row:
    """One person corrects 1,200 places and undoes it, again and again, while others type."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'transcripts.db'}"
        ids, token = prepared(url)
        store = open_store(url)
        long_id = _new_transcript(store, LONG)
        store.close()
        port = free_port()
        named = {"DATA": folder, "DATABASE_URL": url, "PORT": str(port), "LOGIN": "1"}
        environ = {f"TRANSCRIPT_EDITOR_{key}": value for key, value in named.items()}
        with (
            serving(["editor", "serve"], environ, port),
            get_context("spawn").Pool(1) as pool,
        ):
            typing = (range(TYPISTS), port, token, ids)
            alone = pool.starmap(edit_for, [(CORRECTING_S, *typing)])[0]
            typed = pool.starmap_async(edit_for, [(CORRECTING_S, *typing)])
            corrected_ms = list(_corrections(port, token, long_id, CORRECTING_S))
            beside = typed.get()[0]
    assert not alone.errors + beside.errors
    without, with_it = (
        f"p95 {_share(one.waits_ms, 0.95):.0f} ms, worst {max(one.waits_ms):.0f}"
        for one in (alone, beside)
    )
    return f"{TYPISTS} who type, one corrects {PLACES} places", (
        f"keystrokes alone {without}; beside it {with_it}; "
        f"{len(corrected_ms)} corrections and undoes, median {_share(corrected_ms, 0.5):.0f} ms"
    )


def _corrections(port: int, token: str, transcript_id: str, seconds: float) -> Iterator[float]:
    """How long each took, in ms."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    revision, until_s = 1, time.monotonic() + seconds
    while time.monotonic() < until_s:
        places = [
            {"segment_id": f"s{n}", "base_revision": revision, "start": 0, "length": 2, "new": "So"}
            for n in range(0, LONG, LONG // PLACES)
        ][:PLACES]
        for path, body in (("edits", {"kind": "correct", "places": places}), ("undo", {})):
            began_s = time.monotonic()
            address = f"/api/transcripts/{transcript_id}/{path}"
            connection.request("POST", address, json.dumps(body), headers)
            answer = connection.getresponse()
            assert (answer.status, len(json.loads(answer.read())["segments"])) == (200, PLACES)
            yield 1000 * (time.monotonic() - began_s)
        revision += 2
    connection.close()


def _share(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * len(values))]


def rows(seconds: float = 60) -> Iterator[Row]:
    """On SQLite with the server of one process, on PostgreSQL with gunicorn's two."""
    yield correction_row()
    for readers in (0, SLOW_READERS):
        with TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'transcripts.db'}"
            yield figures(
                f"{FEW_EDITORS} editors, {readers} slow readers",
                ["editor", "serve"],
                url,
                seconds / 3,
                editors=FEW_EDITORS,
                readers=readers,
            )
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'transcripts.db'}"
        yield figures(f"{EDITORS} editors, SQLite", ["editor", "serve"], url, seconds)
    with running_postgres(is_careless=False) as postgres:
        command = ["gunicorn", "-c", "python:editor.deploy.gunicorn"]
        yield figures(f"{EDITORS} editors, PostgreSQL", command, postgres.fresh(), seconds)


if __name__ == "__main__":
    for name, told in rows(float(sys.argv[1]) if sys.argv[1:] else 60):
        print(f"{name:44} {told}", flush=True)
