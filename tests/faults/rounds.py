"""A person at work while processes are killed; what was acknowledged must be there afterwards.

All that is chosen comes from one seed, except when exactly the kill falls.
"""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editor.cli.startup import found_after_cut_off, only_server
from editor.edits.utf16 import utf16_length
from editor.store import check_sqlite, open_store
from tests.faults.running import START_S, Gone, Running
from tests.support.clock import wait_for
from tests.support.library import settings_for
from tests.support.stand_in import write_recording
from tests.tools.make_release import unpack_release

#: Several pieces for the worker, in a file that takes several requests.
WORD_COUNT = 600
PIECE_BYTES = 400_000
LINES = [f"line {number} of the text" for number in range(30)]
VICTIMS = ("server", "worker", "both")
#: A text of which the database has more than 1 MB, so that its going leaves a gap worth closing.
LONG = [" ".join(f"word{number}x{n}" for n in range(20)) for number in range(800)]
WORKS = ("upload", "save", "everywhere", "clean", "export", "start", "save")


@dataclass
class Known:
    """What of a transcript the server said it had saved; what is under way may be there or not."""

    texts: dict[str, str]
    revisions: dict[str, int]
    speaker: str | None = None
    pending_texts: dict[str, str] = field(default_factory=dict)
    pending_speaker: str | None = None
    edit_count: int = 0


@dataclass
class Life:
    """A data folder through many deaths. Fails by assertion where anything is lost."""

    data_dir: Path
    seed: int
    recording: bytes = b""
    known: dict[str, Known] = field(default_factory=dict)
    uploads: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    doomed: str | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        # Apart, so that who is killed does not hang on how much was done before.
        self._kills = random.Random(self.seed)
        self.data_dir.mkdir(parents=True)
        path = self.data_dir.parent / f"tones-{self.seed}.wav"
        write_recording(path, WORD_COUNT)
        self.recording = path.read_bytes()
        path.unlink()

    def run(self, round_count: int) -> Counter[str]:
        """So many kills, each followed by a look at everything; gives what was done how often."""
        unpack_release(self.data_dir)
        running = Running(self.data_dir)
        try:
            running.wait_ready()
            for number in range(round_count):
                work = WORKS[number % len(WORKS)]
                self.counts["kills"] += 1
                self._work_until_killed(running, work)
                running = self._again(running)
                self.counts["survived"] += 1
                self.counts[f"during {work}"] += 1
            running = self._end(running)
        finally:
            running.close()
        return self.counts

    def _work_until_killed(self, running: Running, work: str) -> None:
        """Do one kind of work again and again; the kill comes in the middle of it."""
        if not self.known and work != "start":
            self._learn(running)
        if work == "clean":
            self._doom(running)
        victim = self._kills.choice(VICTIMS)
        if victim != "server":
            wait_for(running.has_worker, START_S)
        is_server = victim != "worker"
        timer = threading.Timer(self._kills.uniform(0.02, 0.8), self._kill, (running, victim))
        timer.start()
        end = time.monotonic() + 1.0
        try:
            while is_server or time.monotonic() < end:
                self._do(running, work)
        except Gone:
            assert is_server
        timer.join()

    def _kill(self, running: Running, victim: str) -> None:
        if victim != "server":
            self.counts["worker killed"] += running.kill_worker()
        if victim != "worker":
            self.counts["server killed"] += 1
            running.kill()

    def _do(self, running: Running, work: str) -> None:
        if work == "upload" or not self.known:
            self._upload(running)
        elif work == "save":
            self._save(running)
        elif work == "everywhere":
            self._random.choice((self._rename_everywhere, self._correct_everywhere))(running)
        elif work == "export":
            self._export(running)
        elif work == "clean":
            self._clean_up(running)
        else:
            self._listen_again(running)

    def _upload(self, running: Running) -> None:
        self._learn_one(running, self._made(running, "Tones", LINES))

    def _made(self, running: Running, title: str, lines: list[str]) -> str:
        """The id of a new transcript."""
        media_id = self._sent(running, "x.wav", self.recording)
        text_id = self._sent(running, "x.txt", "\n".join(lines).encode())
        # From here on the server may use them up.
        del self.uploads[media_id], self.uploads[text_id]
        body = {"media_upload": media_id, "text_upload": text_id, "title": title}
        status, summary, _ = running.ask("POST", "/api/transcripts", body)
        assert status == 201, summary
        self.counts["transcripts made"] += 1
        return str(summary["id"])

    def _doom(self, running: Running) -> None:
        """Put a long transcript into the trash."""
        self.doomed = self._made(running, "Doomed", LONG)
        assert running.ask("DELETE", f"/api/transcripts/{self.doomed}")[0] == 204

    def _clean_up(self, running: Running) -> None:
        """Delete a transcript for good, and give the room back that it took."""
        if self.doomed is None:
            self._doom(running)
        item, self.doomed = str(self.doomed), None
        assert running.ask("DELETE", f"/api/transcripts/{item}")[0] == 204
        self.gone.add(item)
        kinds = ["room", "work", "copies", "trash", "leftovers"]
        status, answer, _ = running.ask("POST", "/api/storage/clean", {"kinds": kinds, "days": 0})
        assert status == 200, answer
        self.counts["gaps closed"] += any(one["kind"] == "room" for one in answer["removed"])

    def _sent(self, running: Running, name: str, data: bytes) -> str:
        upload_id = running.begin_upload(name, len(data))
        for offset in range(0, len(data), PIECE_BYTES):
            self.uploads[upload_id] = offset
            running.add_to_upload(upload_id, offset, data[offset : offset + PIECE_BYTES])
        self.uploads[upload_id] = len(data)
        return upload_id

    def _save(self, running: Running) -> None:
        transcript_id, known = self._some()
        segment_id = self._random.choice(sorted(known.texts))
        text = f"{known.texts[segment_id]} {self._random.randrange(1000)}"[-80:].strip()
        known.pending_texts = {segment_id: text}
        self._edit(
            running,
            transcript_id,
            {
                "kind": "text",
                "segment_id": segment_id,
                "base_revision": known.revisions[segment_id],
                "text": text,
                "edit_id": f"{self._random.getrandbits(60)}",
            },
        )
        self._are_saved(known)

    def _correct_everywhere(self, running: Running) -> None:
        """Another word wherever one stands, in one step."""
        transcript_id, known = self._some()
        words = re.findall(r"\w+", " ".join(known.texts.values()))
        sought = re.compile(rf"\b{self._random.choice(words)}\b")
        new = "".join(self._random.choices("aeioulmnrst", k=5))
        places = [
            {
                "segment_id": segment_id,
                "base_revision": known.revisions[segment_id],
                "start": utf16_length(text[: found.start()]),
                "length": utf16_length(found[0]),
                "new": new,
            }
            for segment_id, text in known.texts.items()
            for found in sought.finditer(text)
        ]
        changed = {one: sought.sub(new, text) for one, text in known.texts.items()}
        known.pending_texts = {
            one: changed[one] for one in changed if changed[one] != known.texts[one]
        }
        self._edit(running, transcript_id, {"kind": "correct", "places": places})
        self._are_saved(known)
        self.counts["corrections everywhere"] += 1

    def _are_saved(self, known: Known) -> None:
        known.texts |= known.pending_texts
        known.pending_texts = {}

    def _rename_everywhere(self, running: Running) -> None:
        transcript_id, known = self._some()
        if known.speaker is None:
            return self._name_speaker(running, transcript_id, known)
        known.pending_speaker = f"Speaker {self._random.randrange(1000)}"
        self._edit(
            running,
            transcript_id,
            {"kind": "rename_speaker", "speaker": known.speaker, "to": known.pending_speaker},
        )
        known.speaker, known.pending_speaker = known.pending_speaker, None
        return None

    def _name_speaker(self, running: Running, transcript_id: str, known: Known) -> None:
        for segment_id, revision in list(known.revisions.items()):
            edit = {"kind": "set", "segment_id": segment_id, "base_revision": revision}
            self._edit(running, transcript_id, {**edit, "speaker": "Ann"})
        known.speaker = "Ann"

    def _edit(self, running: Running, transcript_id: str, edit: dict[str, Any]) -> None:
        status, applied, _ = running.ask("POST", f"/api/transcripts/{transcript_id}/edits", edit)
        assert status == 200, applied
        known = self.known[transcript_id]
        known.edit_count += 1
        known.revisions |= {one["id"]: one["revision"] for one in applied["segments"]}
        self.counts["edits acknowledged"] += 1

    def _export(self, running: Running) -> None:
        transcript_id, known = self._some()
        for name in ("docx", "json", "txt"):
            address = f"/api/transcripts/{transcript_id}/export?format={name}"
            status, data, _ = running.ask("GET", address)
            assert status == 200, data
        for text in known.texts.values():
            assert text.encode() in data
        address = f"/api/transcripts/{transcript_id}/project"
        assert running.ask("GET", address)[0] == 200
        self.counts["exports"] += 1

    def _listen_again(self, running: Running) -> None:
        transcript_id, _ = self._some()
        address = f"/api/transcripts/{transcript_id}/jobs"
        status, job, _ = running.ask("POST", address, {"kind": "transcribe"})
        assert status in (200, 201, 202), job
        self.counts["jobs asked for"] += 1
        time.sleep(0.05)

    def _some(self) -> tuple[str, Known]:
        transcript_id = self._random.choice(list(self.known))
        return transcript_id, self.known[transcript_id]

    def _again(self, old: Running) -> Running:
        """Start the server again if it is dead, and look at everything."""
        try:
            old.ask("GET", "/api/models")
            running = old
        except Gone:
            old.close()
            running = Running(self.data_dir)
            running.wait_ready()
            assert "did not shut down properly last time. The database is intact" in running.said()
        self._look(running)
        return running

    def _look(self, running: Running) -> None:
        for transcript_id, known in self.known.items():
            self._look_at_text(running, transcript_id, known)
        _, library, _ = running.ask("GET", "/api/transcripts")
        ids = {one["id"] for one in library["transcripts"] if one["title"] != "Doomed"}
        assert ids >= self.known.keys()
        for transcript_id in self.gone:
            assert running.ask("GET", f"/api/transcripts/{transcript_id}")[0] == 404
        for transcript_id in sorted(ids - self.known.keys()):
            self._learn_one(running, transcript_id)
        for upload_id, offset in self.uploads.items():
            status, _, headers = running.ask("HEAD", f"/api/uploads/{upload_id}")
            assert status == 200
            assert int(headers["Upload-Offset"]) >= offset

    def _look_at_text(self, running: Running, transcript_id: str, known: Known) -> None:
        _, whole, _ = running.ask("GET", f"/api/transcripts/{transcript_id}")
        texts = {one["id"]: one["text"] for one in whole["segments"]}
        # All of a change that was under way is there, or nothing of it.
        assert texts in (known.texts, known.texts | known.pending_texts)
        known.texts, known.pending_texts = texts, {}
        if known.speaker is not None:
            speakers = {one["speaker"] for one in whole["segments"]}
            assert len(speakers) == 1
            assert speakers <= {known.speaker, known.pending_speaker}
            known.speaker, known.pending_speaker = speakers.pop(), None
        known.revisions = {one["id"]: one["revision"] for one in whole["segments"]}

    def _learn(self, running: Running) -> None:
        _, library, _ = running.ask("GET", "/api/transcripts")
        for one in library["transcripts"]:
            if one["title"] != "Doomed":
                self._learn_one(running, one["id"])

    def _learn_one(self, running: Running, transcript_id: str) -> None:
        """Take in a transcript that is new to us; it must be whole, recording and text."""
        _, whole, _ = running.ask("GET", f"/api/transcripts/{transcript_id}")
        first = {"Range": "bytes=0-99"}
        status, data, headers = running.ask(
            "GET", f"/api/transcripts/{transcript_id}/media", headers=first
        )
        assert status == 206, data
        if whole["title"] == "Tones":
            assert headers["Content-Range"] == f"bytes 0-99/{len(self.recording)}"
            assert len(whole["segments"]) == len(LINES)
            assert whole["jobs"]
        texts = {one["id"]: one["text"] for one in whole["segments"]}
        revisions = {one["id"]: one["revision"] for one in whole["segments"]}
        self.known[transcript_id] = Known(texts, revisions)

    def _end(self, running: Running) -> Running:
        """Let all jobs come to their end, then look once more, also into the file."""
        for transcript_id in self.known:
            address = f"/api/transcripts/{transcript_id}/jobs"
            running.ask("POST", address, {"kind": "transcribe"})
        jobs = running.wait_for_jobs()
        assert {job["state"] for job in jobs} == {"done"}, jobs
        self.counts["jobs done"] += len(jobs)
        self._look(running)
        for transcript_id, known in self.known.items():
            self._export_is_whole(running, transcript_id, known)
        assert running.stop() == 0
        check_sqlite(self.data_dir / "transcripts.db")
        return running

    def _export_is_whole(self, running: Running, transcript_id: str, known: Known) -> None:
        address = f"/api/transcripts/{transcript_id}/export?format=srt"
        status, data, _ = running.ask("GET", address)
        assert status == 200
        assert data.count(b"-->") == sum(1 for text in known.texts.values() if text)


def kills_during_migration(data_dir: Path, seed: int, round_count: int) -> int:
    """Kill a server that makes its tables; gives how often it was still at it."""
    chosen, unfinished = random.Random(seed), 0
    for number in range(round_count):
        folder = data_dir / f"{number}"
        first = Running(folder)
        wait_for((folder / "transcripts.db").exists, START_S, pause_s=0.001)
        time.sleep(chosen.uniform(0.0, 0.1))
        first.close()
        unfinished += not _has_tables(folder)
        # As the next server does; a process of its own would show no more.
        settings = settings_for(folder)
        with only_server(settings) as was_cut_off:
            store = open_store(settings.database_url)
            assert was_cut_off
            assert "The database is intact" in found_after_cut_off(settings, store)
            assert store.list_transcripts() == []
            store.close()
        check_sqlite(folder / "transcripts.db")
        assert _has_tables(folder)
    return unfinished


def _has_tables(folder: Path) -> bool:
    """Whether a migration is recorded in a database."""
    with closing(sqlite3.connect(folder / "transcripts.db")) as connection:
        try:
            return bool(connection.execute("SELECT * FROM alembic_version").fetchall())
        except sqlite3.OperationalError:
            return False
