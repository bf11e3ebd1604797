"""What a server was not told is told later, also after a restart, and in its order."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from editor.library.outbox import Outbox, untold_of
from editor.library.retries import GIVE_UP_MS
from editor.library.webhook import NotDelivered
from tests.support.clock import Clock


class Hook:
    """Takes what it is told, but for what `answers` say of the next times."""

    def __init__(self, *answers: NotDelivered) -> None:
        self.answers, self.got = list(answers), list[object]()

    def send(self, told: Mapping[str, object]) -> None:
        if self.answers:
            raise self.answers.pop(0)
        self.got.append(told["recording"])


AWAY = NotDelivered("hooks.example", "it answers 500")
REFUSED = NotDelivered("hooks.example", "it answers 404", is_final=True)


def box(folder: Path, hook: Hook, clock: Clock, *recordings: str) -> Outbox:
    outbox = Outbox(folder, folder, hook.send, clock=clock)
    for one in recordings:
        with outbox.kept({"recording": one}):
            pass
    return outbox


def test_what_was_not_taken_is_sent_again_in_order_and_told_once(
    tmp_path: Path, clock: Clock
) -> None:
    hook = Hook(AWAY, AWAY, AWAY)
    outbox = box(tmp_path, hook, clock, "a", "b")
    said, waits = list[str](), list[int]()
    while len(outbox):
        said += outbox.send_due()
        waits.append(outbox.wait_ms)
        clock.ms += outbox.wait_ms
    assert hook.got == ["a", "b"]
    assert waits == [1000, 2000, 6000, 0]
    assert said == ["a: hooks.example was not told: it answers 500; it is sent again later"]
    assert not untold_of(tmp_path, tmp_path).exists()


def test_a_name_that_is_no_text_is_kept_and_told(tmp_path: Path, clock: Clock) -> None:
    name = "talk\udcff.wav"
    box(tmp_path, Hook(), clock, name)
    hook = Hook()
    list(Outbox(tmp_path, tmp_path, hook.send, clock=clock).send_due())
    assert hook.got == [name]


def test_a_restart_loses_nothing_and_what_is_refused_holds_nothing_up(
    tmp_path: Path, clock: Clock
) -> None:
    first = box(tmp_path, Hook(AWAY), clock, "a", "b")
    list(first.send_due())
    again = Hook(REFUSED)
    outbox = Outbox(tmp_path, tmp_path, again.send, clock=clock)
    assert list(outbox.send_due()) == ["a: hooks.example was not told: it answers 404"]
    assert (again.got, len(outbox), outbox.refused) == (["b"], 0, 1)
    # After a day it is given up, also where the server is away.
    box(tmp_path, Hook(), clock, "c")
    clock.ms += GIVE_UP_MS + 1
    late = Outbox(tmp_path, tmp_path, Hook(AWAY).send, clock=clock)
    assert list(late.send_due()) == ["c: hooks.example was not told: it answers 500"]
    assert len(Outbox(tmp_path, tmp_path, Hook().send, clock=clock)) == 0


@pytest.mark.parametrize(
    "content", ["", "{", "{}", "[1, {}]", json.dumps([{"told": 1}]), "[" * 200_000]
)
def test_a_file_that_is_none_of_its_own_holds_nothing(
    tmp_path: Path, clock: Clock, content: str
) -> None:
    untold_of(tmp_path, tmp_path).write_text(content)
    assert len(Outbox(tmp_path, tmp_path, Hook().send, clock=clock)) == 0


@pytest.mark.parametrize(
    ("written", "got"), [((), []), (("a.vtt",), []), (("a.vtt", "a.txt"), ["a.wav"])]
)
def test_a_program_killed_while_it_writes_tells_of_what_it_wrote(
    tmp_path: Path, clock: Clock, written: tuple[str, ...], got: list[str]
) -> None:
    told = {"recording": "a.wav", "files": ["a.vtt", "a.txt"]}
    outbox = Outbox(tmp_path / "data", tmp_path, Hook().send, clock=clock)
    writing = outbox.kept(told)
    writing.__enter__()
    for name in written:
        (tmp_path / name).write_text("hi")
    hook = Hook()
    again = Outbox(tmp_path / "data", tmp_path, hook.send, clock=clock)
    list(again.send_due())
    assert (hook.got, len(again)) == (got, 0)


def test_what_was_written_is_told_though_somebody_has_moved_it(
    tmp_path: Path, clock: Clock
) -> None:
    outbox = Outbox(tmp_path / "data", tmp_path, Hook().send, clock=clock)
    with outbox.kept({"recording": "a.wav", "files": ["a.vtt"]}):
        (tmp_path / "a.vtt").write_text("hi")
    (tmp_path / "a.vtt").unlink()
    full = OSError(errno.ENOSPC, "no space left")
    with (
        pytest.raises(OSError, match="no space"),
        outbox.kept({"recording": "b.wav", "files": ["b.vtt"]}),
    ):
        raise full
    hook = Hook()
    list(Outbox(tmp_path / "data", tmp_path, hook.send, clock=clock).send_due())
    assert hook.got == ["a.wav"]
    # Nothing in the folder of the results is believed.
    assert list(tmp_path.iterdir()) == [tmp_path / "data"]
